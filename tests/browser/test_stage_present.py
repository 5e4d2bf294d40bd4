"""The stage before an audience: it fills the window, its words are in view and large, and a remote plays it."""

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import boxes, places, resize, slow_down, wait_for_boxes, wait_for_step, wait_until_nothing_scrolls

pytestmark = [pytest.mark.browser, pytest.mark.long]

RUNS = "v=1&landscape=rosenbrock&run=adam~learning_rate~0.3&run=nesterov&run=gradient_descent&steps=300"
CUT = """() => [...document.querySelectorAll(".fall-line tr, .fall-line-notes p, .fall-line-bar, [data-panel]")]
  .map((element) => element.getBoundingClientRect())
  .filter((box) => box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1)"""
LETTERS = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
FILLED = """() => {
  const { bottom } = document.querySelector(".fall-line").getBoundingClientRect();
  return innerHeight - bottom;
}"""


@pytest.fixture(scope="module")
def large_curves(lasting_visit, fall_line):
    """A race in its layout for a hall, for tests that say first how large the window is."""
    seen = lasting_visit(f"{fall_line}/?{RUNS}&layout=curves")
    seen.drawn()
    return seen


@pytest.fixture
def page(large_curves):
    """The same on a usual screen, played to its end, for tests that leave no presentation behind."""
    resize(large_curves, 1400, 900)
    large_curves.page.get_by_label("Step", exact=True).press("End")
    wait_for_step(large_curves.page, "step === 300")
    large_curves.page.evaluate("() => document.activeElement.blur()")
    yield large_curves.page
    assert large_curves.errors == []


def wait_until_presented(page):
    """Returns when the stage covers the window."""
    wait_until(
        page,
        """() => {
          const { left, top, width, height } = document.querySelector(".fall-line").getBoundingClientRect();
          return left === 0 && top === 0 && width === innerWidth && height === innerHeight;
        }""",
    )


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_pictures_and_sentences_are_in_view_and_the_text_is_large(large_curves, size):
    check_presentation(large_curves, *size)
    assert large_curves.errors == []


def test_so_are_those_of_eight_runs(visit, fall_line):
    seen = visit(f"{fall_line}/?{RUNS}&run=rmsprop&run=adagrad&run=lion&run=adamw&run=newton&layout=curves")
    seen.drawn()
    for size in ((1920, 1080), (3840, 2160)):
        check_presentation(seen, *size)
    assert seen.errors == []


def check_presentation(seen, width, height):
    """A presentation is begun in a window of this size, and ended when all has been looked at."""
    page = seen.page
    resize(seen, width, height)
    before = page.evaluate(LETTERS, ".fall-line-notes td")
    page.keyboard.press("p")
    wait_until_presented(page)
    wait_until(page, f"() => ({CUT})().length === 0")
    assert page.evaluate(LETTERS, ".fall-line-notes td") > 1.2 * before
    assert page.evaluate("() => document.elementFromPoint(5, innerHeight / 2).closest('.fall-line') !== null")
    wait_until(
        page,
        "size => document.querySelector('[data-panel=loss] .fall-line-plot')._fullLayout.font.size >= size",
        arg=12 * (1.3 if width < 3000 else 2.6),
    )
    page.keyboard.press("p")
    wait_until(page, "() => !document.querySelector('.fall-line-present')")


def test_key_button_and_escape_lead_there_and_back(page):
    (before,) = boxes(page, *places("map"))
    header = page.locator(".fall-line-presents")
    header.click()
    wait_until_presented(page)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('.fall-line').contains(document.activeElement)")
    page.keyboard.press("Escape")
    wait_for_boxes(page, ["map"], f"Math.abs(box.height - {before['height']}) < 2")
    expect(header).to_be_focused()
    page.keyboard.press("P")
    wait_until_presented(page)
    page.keyboard.press("p")
    wait_for_boxes(page, ["map"], f"Math.abs(box.height - {before['height']}) < 2")


def test_a_remote_plays_pauses_and_begins_anew(page):
    page.keyboard.press("PageUp")
    expect(page.get_by_text("step 300", exact=True)).to_be_visible()  # without the presentation it scrolls the page
    page.keyboard.press("p")
    wait_until_presented(page)
    page.keyboard.press("PageUp")
    wait_for_step(page, "step === 0")
    page.keyboard.press("ArrowRight")
    wait_for_step(page, "step === 1")
    slow_down(page)
    page.locator(".fall-line").focus()
    page.keyboard.press("PageDown")
    wait_for_step(page, "step > 2")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_label("Step", exact=True).focus()
    page.keyboard.press("PageUp")
    wait_for_step(page, "step === 0")
    page.keyboard.press("Escape")
    wait_until(page, "() => !document.querySelector('.fall-line-present')")


def test_full_screen_keeps_the_sentences_in_view(large_curves):
    page = large_curves.page
    page.bring_to_front()  # what lies behind another page fills no screen
    resize(large_curves, 1920, 1080)
    page.get_by_role("button", name="Full screen").click()
    wait_until(page, "() => document.fullscreenElement?.classList.contains('fall-line')")
    wait_until(page, f"() => ({CUT})().length === 0")
    page.get_by_role("button", name="Full screen").click()
    wait_until(page, "() => !document.fullscreenElement && !document.querySelector('.fall-line-present')")


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1920, 1080), (2560, 1440)])
def test_a_race_fills_the_window_without_a_presentation(large_curves, width, height):
    seen = large_curves
    resize(seen, width, height)
    wait_until(seen.page, f"() => 0 <= ({FILLED})() && ({FILLED})() <= 40")
    wait_until_nothing_scrolls(seen.page)
    seen.page.set_viewport_size({"width": width, "height": height - 100})
    wait_until(seen.page, f"() => Math.abs(({FILLED})()) <= 40")
    assert seen.errors == []


def test_a_stage_with_more_below_it_leaves_room_for_that(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=matyas", 1920, 1080)
    seen.drawn()
    wait_until_nothing_scrolls(seen.page)


def test_a_letter_that_is_typed_presents_nothing(page):
    field = page.locator("[data-testid=stSidebar] input[type=text]").first
    field.click()
    page.keyboard.press("p")
    page.keyboard.press("Control+p")
    expect(page.locator(".fall-line")).not_to_have_class("fall-line fall-line-present")
