"""The language of a page, chosen by its visitor."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser


def chosen(page):
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def test_another_language_in_the_middle_of_a_run_changes_the_words_and_nothing_else(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=himmelblau&run=momentum&steps=100&frame=40&layout=map")
    page = seen.page
    seen.drawn()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    page.wait_for_function("() => location.search.includes('frame=40')")
    before = chosen(page)
    page.locator(".st-key-languages button").first.click()
    page.get_by_role("button", name="繁體中文").click()
    page.wait_for_function("() => document.documentElement.lang === 'zh-Hant'")
    seen.rest()
    page.get_by_role("link", name="曲率").wait_for()
    assert chosen(page) == before | {"lang": ["zh-Hant"]}
    page.get_by_text("第 40 步").first.wait_for()
    assert seen.errors == []
