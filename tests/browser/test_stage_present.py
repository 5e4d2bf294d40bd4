"""The stage before an audience: it fills the window, its words are in view and large, and a remote plays it."""

import pytest
from playwright.sync_api import expect

from browser.screen import boxes, places, slow_down, wait_for_boxes, wait_for_step

pytestmark = pytest.mark.browser

RUNS = "v=1&landscape=rosenbrock&run=adam~learning_rate~0.3&run=nesterov&run=gradient_descent&steps=300"
LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&run=momentum&steps=60"
CUT = """() => [...document.querySelectorAll(".fall-line tr, .fall-line-notes p, .fall-line-bar, [data-panel]")]
  .map((element) => element.getBoundingClientRect())
  .filter((box) => box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1)"""
LETTERS = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
FILLED = """() => {
  const { bottom } = document.querySelector(".fall-line").getBoundingClientRect();
  return innerHeight - bottom;
}"""


@pytest.fixture
def page(visit, fall_line):
    """A race on a curve, which is drawn at once."""
    seen = visit(f"{fall_line}/?{LINK}")
    seen.drawn()
    yield seen.page
    assert seen.errors == []


def wait_until_presented(page):
    """Returns when the stage covers the window."""
    page.wait_for_function(
        """() => {
          const { left, top, width, height } = document.querySelector(".fall-line").getBoundingClientRect();
          return left === 0 && top === 0 && width === innerWidth && height === innerHeight;
        }"""
    )


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("more", ["", "&run=rmsprop&run=adagrad&run=lion&run=adamw&run=newton"])
def test_pictures_and_sentences_are_in_view_and_the_text_is_large(visit, fall_line, width, height, more):
    seen = visit(f"{fall_line}/?{RUNS}{more}&layout=curves", width, height)
    seen.drawn()
    page = seen.page
    before = page.evaluate(LETTERS, ".fall-line-notes td")
    page.keyboard.press("p")
    wait_until_presented(page)
    page.wait_for_function(f"() => ({CUT})().length === 0")
    assert page.evaluate(LETTERS, ".fall-line-notes td") > 1.2 * before
    assert page.evaluate("() => document.elementFromPoint(5, innerHeight / 2).closest('.fall-line') !== null")
    page.wait_for_function(
        "size => document.querySelector('[data-panel=loss] .fall-line-plot')._fullLayout.font.size >= size",
        arg=12 * (1.3 if width < 3000 else 2.6),
    )
    assert seen.errors == []


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
    expect(page.get_by_text("step 60", exact=True)).to_be_visible()  # without the presentation it scrolls the page
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


def test_a_letter_that_is_typed_presents_nothing(page):
    field = page.locator("[data-testid=stSidebar] input[type=text]").first
    field.click()
    page.keyboard.press("p")
    page.keyboard.press("Control+p")
    expect(page.locator(".fall-line")).not_to_have_class("fall-line fall-line-present")


def test_full_screen_keeps_the_sentences_in_view(visit, fall_line):
    seen = visit(f"{fall_line}/?{RUNS}&layout=curves", 1920, 1080)
    seen.drawn()
    page = seen.page
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement?.classList.contains('fall-line')")
    page.wait_for_function(f"() => ({CUT})().length === 0")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => !document.fullscreenElement && !document.querySelector('.fall-line-present')")


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1920, 1080), (2560, 1440)])
def test_a_race_fills_the_window_without_a_presentation(visit, fall_line, width, height):
    seen = visit(f"{fall_line}/?{RUNS}&layout=curves", width, height)
    seen.drawn()
    assert 0 <= seen.page.evaluate(FILLED) <= 40
    assert seen.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight <= innerHeight")
    heights = f"() => {FILLED.removeprefix('() => ')}"
    seen.page.set_viewport_size({"width": width, "height": height - 100})
    seen.page.wait_for_function(f"() => Math.abs(({heights})()) <= 40")
    assert seen.errors == []


def test_a_stage_with_more_below_it_leaves_room_for_that(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=matyas", 1920, 1080)
    seen.drawn()
    assert seen.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight <= innerHeight")
