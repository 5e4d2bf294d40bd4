"""axe-core reads every page in a real Chromium, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

EXPLORE = "?v=1&landscape=parabola&run=adam&run=momentum&steps=50"
PAGES = [
    EXPLORE,
    "curvature?v=1&landscape=himmelblau",
    *(f"curvature?v=1&landscape=two_weight_network&steps=50&part={part}" for part in ("model", "maps", "run")),
    "curvature?v=1&landscape=two_weight_network&part=escape&point=0~0",
    "step-by-step?v=1&run=adam&run=momentum&steps=60&update=5",
    "step-by-step?v=1&sheet=tables",
    *(f"data?v=1&data=three_points&part={part}" for part in ("model", "batch", "flat")),
]
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


def in_the_dark(seen):
    """The same visit, drawn again in dark colours."""
    drawn = "[...document.querySelectorAll('.fall-line')].map((stage) => Number(stage.dataset.drawn))"
    before = seen.page.evaluate(drawn)
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_function("() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    seen.page.wait_for_function(f"before => {drawn}.every((times, i) => times > before[i])", arg=before)
    return seen


@pytest.mark.parametrize("address", PAGES)
def test_axe_core_finds_no_violation_on_any_page(visit, fall_line, address):
    seen = visit(f"{fall_line}/{address}")
    seen.page.locator(".fall-line[data-drawn], table .katex").first.wait_for()
    assert violations(seen) == []
    assert violations(in_the_dark(seen), runOnly=["color-contrast"]) == []  # nothing else changes with the light


def test_axe_core_finds_no_violation_in_an_open_menu_but_a_picture_that_has_lost_its_words(visit, fall_line):
    seen = visit(f"{fall_line}/{EXPLORE}")
    seen.drawn()
    seen.page.get_by_role("button", name="Save the runs").click()
    seen.page.get_by_role("button", name="Table, CSV").wait_for()
    assert violations(seen) == []
    seen.page.evaluate("() => document.querySelector('.fall-line-plot').removeAttribute('aria-label')")
    assert [rule for rule, _, _ in violations(seen)] == ["role-img-alt"]
