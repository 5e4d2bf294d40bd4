"""For a lecture hall everything is larger, and the verdicts are in view all the same."""

import pytest
from driver import wait_until

from browser.screen import APART, wait_until_nothing_scrolls

pytestmark = [pytest.mark.browser, pytest.mark.long]

EIGHT = "".join(
    f"&run={name}" for name in ("adam", "momentum", "nesterov", "rmsprop", "adagrad", "lion", "adamw", "newton")
)
BOTTOM = (
    "selector => Math.max(...[...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect().bottom))"
)

IN_SPACE = """() => {
  const { font, scene } = document.querySelector("[data-panel=surface] .fall-line-plot")._fullLayout;
  return scene.xaxis.tickfont.size ** 2 / 12 / font.size;
}"""  # the height of a surface's numbers, which Plotly draws by the square of their size, in that of all letters


@pytest.mark.parametrize(
    ("runs", "seen_whole"),
    [
        ("", [".fall-line-notes tr", ".fall-line-notes p"]),
        ("&starts=grid~3", [".fall-line-notes tr"]),
        (EIGHT, [".fall-line-notes tr"]),
    ],
)
def test_the_verdicts_of_a_race_are_in_view(visit, fall_line, runs, seen_whole):
    seen = visit(f"{fall_line}/?v=1&size=hall{runs}", width=1400, height=900)
    seen.drawn()
    assert_the_verdicts_are_in_view(seen, seen_whole, 900)
    assert seen.page.get_by_test_id("stTopNavSection").count() == 0  # every page is in the header
    assert seen.page.evaluate(APART)
    assert seen.page.evaluate(IN_SPACE) == pytest.approx(1, abs=0.01)
    before = seen.drawn()
    seen.page.set_viewport_size({"width": 1920, "height": 1080})
    seen.wait_for_drawing(after=before)
    assert_the_verdicts_are_in_view(seen, seen_whole, 1080)
    assert seen.errors == []


def assert_the_verdicts_are_in_view(seen, seen_whole, height):
    for part in seen_whole:
        assert seen.page.evaluate(BOTTOM, part) <= height
    assert seen.page.evaluate(BOTTOM, "[data-panel=map]") < seen.page.evaluate(BOTTOM, ".fall-line-notes tr")
    assert seen.page.evaluate("() => document.querySelector('[data-panel=map]').clientHeight") >= 0.35 * height


SIZES = """() => [
  parseFloat(getComputedStyle(document.querySelector(".fall-line")).fontSize),
  parseFloat(getComputedStyle(document.querySelector("[data-panel=map] .xtick text")).fontSize),
  document.querySelector("[data-testid=stSidebar]").offsetWidth,
  document.querySelector(".fall-line-start").offsetWidth,
]"""


def test_on_a_screen_with_twice_the_pixels_what_is_written_is_twice_as_large(visit, fall_line):
    sizes = []
    for width, height in ((1920, 1080), (3840, 2160)):
        seen = visit(f"{fall_line}/?v=1&landscape=parabola&run=adam~0.1&steps=60", width=width, height=height)
        seen.drawn()
        wait_until(seen.page, f"small => ({SIZES})()[1] > small", arg=1.5 * sizes[0][1] if sizes else 0)
        sizes.append(seen.page.evaluate(SIZES))
        wait_until_nothing_scrolls(seen.page)
    assert sizes[1] == pytest.approx([2 * size for size in sizes[0]], rel=0.02)


def test_the_curves_over_one_knob_are_high_beside_a_long_table(visit, fall_line):
    seen = visit(f"{fall_line}/maps?v=1&map=knob&steps=40&size=hall{EIGHT}", width=1400, height=900)
    seen.drawn()
    assert seen.page.evaluate("() => document.querySelector('[data-panel=sensitivity]').clientHeight") >= 0.5 * 900
    assert seen.page.evaluate(BOTTOM, "[data-panel=sensitivity]") <= 900
    seen.page.get_by_label("Save a picture").first.click()
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="Save the outcome over one knob as PNG").click()
    assert saved.value.suggested_filename == "fall-line-learning_rate-rosenbrock-sensitivity.png"
    assert seen.page.get_by_role("group", name="Playback").count() == 0  # nothing plays
    assert seen.errors == []
