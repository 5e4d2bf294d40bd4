"""The language of a page, chosen by its visitor."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import resize, wait_for_link
from figures.stage.sayings import SAYINGS, STREAMLITS_LABELS

pytestmark = [pytest.mark.browser, pytest.mark.long]
LABELS = """() => [...document.querySelectorAll('[aria-label], [title]')]
  .flatMap((element) => [element.ariaLabel, element.title]).filter(Boolean)"""
ENGLISH = {*SAYINGS, *STREAMLITS_LABELS}


CHINESE = re.compile("[\u4e00-\u9fff]")


def check_nothing_is_labelled_in_english(page):
    wait_until(page, f"english => !({LABELS})().some((label) => english.includes(label))", arg=sorted(ENGLISH))


def chosen(page):
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def choose(page, name, code):
    """Takes a language from the menu, which is closed then and goes on from its button."""
    menu = page.locator(".st-key-languages button").first
    menu.click()
    page.get_by_role("button", name=name).click()
    wait_until(page, "code => document.documentElement.lang === code", arg=code)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(menu).to_be_focused()


def test_another_language_in_the_middle_of_a_run_changes_the_words_and_nothing_else(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=himmelblau&run=momentum&steps=100&frame=40&layout=map", width=1000)
    page = seen.page
    seen.drawn()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    wait_until(page, "() => location.search.includes('frame=40')")
    before = chosen(page)
    page.evaluate("() => void (document.querySelector('.fall-line').same = true)")
    choose(page, "繁體中文", "zh-Hant")
    seen.rest()
    page.get_by_role("link", name="曲率").wait_for()
    assert chosen(page) == before | {"lang": ["zh-Hant"]}
    page.get_by_text("第 40 步").first.wait_for()
    check_nothing_is_labelled_in_english(page)
    page.get_by_label("儲存圖片", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="將「地圖」儲存為 SVG").click()
    assert ">Himmelblau，第 40 步，共 100 步<" in Path(download.value.path()).read_text(encoding="utf-8")
    choose(page, "English", "en")
    seen.rest()
    assert chosen(page) == before | {"lang": ["en"]}
    labels = page.evaluate(LABELS)
    assert {"Play", "Save the map as PNG", "Sidebar", "Collapse sidebar"} - set(labels) == set()
    assert [label for label in labels if CHINESE.search(label)] == []
    assert page.evaluate("() => document.querySelector('.fall-line').same")  # it would have stopped playing
    assert seen.errors == []


def test_all_stages_of_a_page_and_what_streamlit_writes_are_in_the_language(visit, fall_line):
    seen = visit(f"{fall_line}/step-by-step?v=1&lang=zh-Hant", width=800)
    seen.drawn()
    seen.rest()
    check_nothing_is_labelled_in_english(seen.page)
    assert "快速鍵 Ctrl + Z" in seen.page.evaluate(LABELS)
    expect(seen.page.get_by_text("跳至主要內容")).to_have_count(1)
    choose(seen.page, "简体中文", "zh-Hans")
    size = seen.page.get_by_test_id("stSelectbox").filter(has_text="文字与线条").locator("input")
    expect(size).to_have_value("适合屏幕")
    before = chosen(seen.page)
    seen.page.get_by_role("button", name="前进").click()  # with it the browser tells what all lists show
    wait_for_link(seen.page, "link.get('update') === '2'")
    assert chosen(seen.page) == before | {"update": ["2"], "lang": ["zh-Hans"]}
    expect(size).to_have_value("适合屏幕")
    resize(seen, 844, 390)  # a phone that lies on its side has no room for all pages
    expect(seen.page.get_by_test_id("stTopNavSection")).to_have_text(re.compile("^另外 [0-9] 项"))
