"""axe-core reads every page in a real Chromium, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.screen import wait_for_link
from pages.data_parts import choices as data_choices
from pages.shared.state.choices import PARTS, SHEETS

pytestmark = pytest.mark.browser

EXPLORE = "?v=1&landscape=parabola&run=adam&run=momentum&steps=50"
PAGES = {
    EXPLORE: ("part", {}),
    "curvature?v=1&landscape=two_weight_network&steps=50&point=0~0": ("part", PARTS),
    "step-by-step?v=1&run=gradient_descent&run=momentum&steps=60&update=5": ("sheet", SHEETS),
    "data?v=1&data=three_points": ("part", data_choices.PARTS),
}  # by address: the name of the page's parts in a link, and the words for each there and on the page
SPOKEN = {"empty-table-header": "th:has(math)"}  # axe-core takes MathML for nothing; screen readers read it
UNMOVED = "() => !document.getAnimations().length"


def violations(seen, **options):
    """Each rule that is broken, with the element that breaks it, once nothing fades or moves any more."""
    seen.rest()
    seen.page.wait_for_function(UNMOVED)
    found = Axe().run(seen.page, options=options | {"resultTypes": ["violations"]}).response["violations"]
    broken = [(rule["id"], node["target"][0], node["html"]) for rule in found for node in rule["nodes"]]
    return [
        (rule, place, markup)
        for rule, place, markup in broken
        if not (rule in SPOKEN and seen.page.locator(place).and_(seen.page.locator(SPOKEN[rule])).count())
    ]


def contrasts(seen):
    """The same for colours alone."""
    return violations(seen, runOnly=["color-contrast"])


def go_dark(seen):
    """The same page, drawn again in dark colours."""
    drawn = "[...document.querySelectorAll('.fall-line')].map((stage) => Number(stage.dataset.drawn))"
    before = seen.page.evaluate(drawn)
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_function("() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    seen.page.wait_for_function(f"before => {drawn}.every((times, i) => times > before[i])", arg=before)


def walk(seen, key, parts):
    """Yields the word for each part of the page when it is drawn, and "" for a page that has no parts."""
    seen.page.locator(".fall-line[data-drawn], table .katex").first.wait_for()
    if not parts:
        yield ""
    for word, name in parts.items():
        seen.page.get_by_test_id("stMain").get_by_role("radio", name=name, exact=True).click()
        wait_for_link(seen.page, f"(link.get('{key}') ?? '{next(iter(parts))}') === '{word}'")
        seen.rest()
        yield word


@pytest.mark.parametrize("address", PAGES)
def test_axe_core_finds_no_violation_in_any_part_of_any_page(visit, fall_line, address):
    seen = visit(f"{fall_line}/{address}")
    key, parts = PAGES[address]
    assert [(part, found) for part in walk(seen, key, parts) if (found := violations(seen))] == []
    go_dark(seen)  # nothing changes with the light but colours
    assert [(part, found) for part in walk(seen, key, parts) if (found := contrasts(seen))] == []


def test_axe_core_finds_no_violation_in_an_open_menu_but_a_picture_that_has_lost_its_words(visit, fall_line):
    seen = visit(f"{fall_line}/{EXPLORE}")
    seen.drawn()
    seen.page.get_by_role("button", name="Save the runs").click()
    seen.page.get_by_role("button", name="Table, CSV").wait_for()
    assert violations(seen) == []
    seen.page.evaluate("() => document.querySelector('.fall-line-plot').removeAttribute('aria-label')")
    assert [rule for rule, _, _ in violations(seen)] == ["role-img-alt"]
