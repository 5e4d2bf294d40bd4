"""The sidebar in a real browser: no menu lies outside the window, and what is chosen is shown wherever it counts."""

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import (
    APART,
    PHONE,
    boxes,
    link,
    press_slider,
    rate_slider,
    resize,
    tap,
    tap_on,
    text_field,
    unfold,
    wait_for_link,
    wait_until_nothing_scrolls,
)

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once


@pytest.fixture(scope="module")
def three_runs(lasting_visit, fall_line):
    """Three runs, all folded, for tests that leave them so."""
    seen = lasting_visit(f"{fall_line}/?{FLAT}&run=adam~0.2&run=lion")
    seen.drawn()
    return seen


FOCUSED = """() => {
  const it = document.activeElement;
  return [it.ariaLabel || it.innerText, it.matches("a") && getComputedStyle(it).outlineStyle === "none"];
}"""  # its name, and whether it is a link that does not show it


def test_keys_go_through_the_landscape_the_runs_the_rest_the_pages_and_the_way_back_in_this_order(three_runs):
    seen = three_runs
    seen.page.locator(".st-key-card-landscape summary").first.focus()
    met, unmarked = [], []
    for _ in range(24):
        name, is_unmarked = seen.page.evaluate(FOCUSED)
        met.append(name)
        unmarked += [name] * is_unmarked
        seen.page.keyboard.press("Tab")
    assert unmarked == []
    runs = ["Adam", "Adam 1: learning", "Adam", "Adam 2: learning", "Lion", "Lion: learning"]
    wanted = ["Parabola", *runs, "Add a run", "Tune all", "Start and more"]
    wanted += ["Lessons", "Explore", "Curvature", "Step by step", "Maps", "Data", "Networks"]
    wanted += ["Share", "Open a room", "Present"]
    met = iter(met)
    assert [name for name in wanted if not any(name in words for words in met)] == []


NAMES = """() => [...document.querySelectorAll("[data-testid=stSidebarUserContent] :is(input, select, textarea)")]
  .filter((field) => field.checkVisibility())
  .map((field) => field.getAttribute("aria-label") || field.labels?.[0]?.innerText)"""


def test_every_field_of_two_open_chips_has_a_name_of_its_own(three_runs):
    seen = three_runs
    for chip in (0, 2):
        seen.page.locator(f".st-key-chip-{chip} summary").first.click()
        seen.page.locator(f".st-key-chip-{chip}").get_by_role("button", name="Copy").wait_for()
        seen.rest()  # what it holds has come whole; a chip that grows while it is closed stays open
    names = seen.page.evaluate(NAMES)
    assert {"Adam 1: learning rate η", "Adam 2: learning rate η", "Lion: learning rate η"} <= set(names)
    lists = "Schedule", "Gradients"  # which are those of the chip that they stand in
    named = [name for name in names if name not in lists]
    assert len(set(named)) == len(named)
    for chip in (0, 2):
        seen.page.locator(f".st-key-chip-{chip} summary").first.click()
        expect(seen.page.locator(f".st-key-chip-{chip}").get_by_role("button", name="Copy")).to_be_hidden()


@pytest.fixture(scope="module")
def unfolded(three_runs):
    """The same with the last card of the sidebar open, for tests that leave it so."""
    unfold(three_runs.page, "Start and more")
    return three_runs


@pytest.mark.parametrize("menu", ["Save the runs", "Save the pictures"])
def test_a_menu_at_the_end_of_the_sidebar_opens_where_all_of_it_is_seen(unfolded, menu):
    seen = unfolded
    seen.page.get_by_role("button", name=menu).click()
    body = seen.page.get_by_test_id("stPopoverBody")
    body.get_by_role("button").last.wait_for()
    wait_until(
        seen.page,
        "body => { const {top, bottom} = body.getBoundingClientRect();"
        " return top >= 0 && bottom <= innerHeight && body.scrollHeight <= body.clientHeight + 2; }",
        arg=body.element_handle(),
    )
    seen.page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    assert seen.errors == []


FOCUSABLE = (
    "selector => [...document.querySelectorAll(`${selector} :is(button, input, summary, select, textarea, a)`)]"
    ".filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.disabled).length"
)


@pytest.fixture(scope="module")
def first_screen(lasting_visit, fall_line):
    """What a visitor without a link sees, for tests that say first how large their screen is."""
    seen = lasting_visit(f"{fall_line}/")
    seen.drawn()
    return seen


def test_the_first_screen_has_ten_controls_and_needs_no_scrolling_and_a_moved_rate_keeps_the_focus(first_screen):
    seen = first_screen
    resize(seen, 1400, 900)
    sidebar = seen.page.get_by_test_id("stSidebarUserContent")
    sidebar.locator("summary", has_text="Start and more").wait_for()
    assert seen.page.evaluate(FOCUSABLE, "[data-testid=stSidebarUserContent]") <= 10
    wait_until_nothing_scrolls(seen.page, "stSidebarContent")
    before = seen.drawn()
    slider = rate_slider(seen.page).locator("input[type=range]")
    for _ in range(2):
        slider.press("ArrowLeft")
        seen.wait_for_drawing(after=before)
        before = seen.drawn()
        assert slider.evaluate("it => it === document.activeElement")
    assert seen.errors == []


def test_what_is_chosen_in_one_card_is_shown_by_the_picture_the_runs_and_the_link(unfolded):
    seen = unfolded
    before, chip = seen.drawn(), seen.page.locator("[class*=st-key-chip-]").first
    became = chip.get_by_test_id("stCaptionContainer").inner_text()
    steps = text_field(seen.page, "Steps")
    steps.fill("1")
    steps.press("Enter")
    seen.wait_for_drawing(after=before)
    wait_for_link(seen.page, "link.get('steps') === '1'")
    expect(chip.get_by_test_id("stCaptionContainer")).not_to_have_text(became)
    seen.page.get_by_role("button", name="Undo").click()
    expect(steps).to_have_value("60")
    expect(chip.get_by_test_id("stCaptionContainer")).to_have_text(became)
    assert seen.errors == []


def test_what_a_narrow_field_does_not_take_is_said_in_lines_as_wide_as_its_card(unfolded):
    seen = unfolded
    steps = text_field(seen.page, "Steps")
    said = seen.page.get_by_test_id("stSidebarUserContent").get_by_role("alert")
    steps.fill("1e9")
    steps.press("Enter")
    expect(said).to_contain_text("“1e9” was not taken")
    card = seen.page.locator("[class*=st-key-card-]", has=steps).bounding_box()
    assert said.bounding_box()["width"] > 0.9 * card["width"]
    steps.fill("60")
    steps.press("Enter")
    expect(said).to_have_count(0)
    assert seen.errors == []


def test_a_slider_keeps_the_focus_while_it_is_moved_and_a_card_that_is_open_stays_so(unfolded):
    seen = unfolded
    seen.page.get_by_role("button", name="Save the runs").wait_for()
    slider = rate_slider(seen.page)
    for _ in range(2):
        press_slider(seen, slider)
        assert slider.locator("input[type=range]").evaluate("slider => slider === document.activeElement")
    wait_for_link(seen.page, "link.getAll('run')[0] === 'adam~0.08'")
    assert seen.page.get_by_role("button", name="Save the runs").is_visible()
    assert seen.errors == []


SMALL = """() => {
  const target = (it) => it.closest(".stSlider > div > div") ?? it;
  return [...document.querySelectorAll("button, input, select, textarea, summary, a[href]")]
    .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.tabIndex >= 0 && !it.disabled)
    .map((it) => [it.ariaLabel || it.title || it.innerText, target(it).getBoundingClientRect()])
    .filter(([name, { width, height }]) => name !== "Skip to main content" && Math.min(width, height) < 44)
    .map(([name, { width, height }]) => `${name}: ${width} x ${height}`);
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1024, 768)])
def test_map_and_play_are_in_view_without_scrolling_and_no_page_is_covered_on_any_screen(first_screen, width, height):
    page = first_screen.page
    resize(first_screen, width, height)
    map_, play = boxes(page, "[data-panel=map]", ".fall-line-play")
    assert 0 <= map_["top"] < map_["bottom"] <= play["top"] < play["bottom"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wait_until(page, APART)


@pytest.fixture(scope="module")
def touched(lasting_visit, fall_line):
    """Two runs on a screen for fingers, with the sidebar folded, for tests that say first how large it is.

    They are the last of this file: the browser remembers for its other pages that the sidebar is folded.
    """
    seen = lasting_visit(f"{fall_line}/?{FLAT}&run=lion", **PHONE, phone=True)
    seen.drawn()
    return seen


def fold(seen):
    """Folds the sidebar again."""
    tap_on(seen, seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button"))
    seen.page.get_by_role("button", name="Expand sidebar").wait_for()


@pytest.mark.parametrize(("width", "height"), [(844, 390), (390, 844)])
def test_what_a_finger_meets_is_44_pixels_wide_and_high(touched, width, height):
    resize(touched, width, height)
    wait_until(touched.page, f"() => !({SMALL})().length")
    if width < height:
        tap_on(touched, touched.page.get_by_role("button", name="Expand sidebar"))
        boxes(touched.page, "[data-testid=stSidebar]")
        assert touched.page.evaluate(SMALL) == []
        fold(touched)


@pytest.mark.long
@pytest.mark.parametrize(("width", "height", "share"), [(390, 844, 0.9), (320, 568, 0.5)])
def test_on_a_phone_a_rate_is_two_touches_away_and_the_map_stays_in_view(touched, width, height, share):
    seen = touched
    resize(seen, width, height)
    before, runs = seen.drawn(), link(seen.page)["run"]
    tap_on(seen, seen.page.get_by_role("button", name="Expand sidebar"))
    (sheet,) = boxes(seen.page, "[data-testid=stSidebar]")
    assert (sheet["left"], sheet["right"], sheet["bottom"]) == (0, width, height)
    map_, play = boxes(seen.page, "[data-panel=map]", ".fall-line-play")
    assert sheet["top"] - map_["top"] > 0.2 * height
    assert map_["bottom"] <= play["top"] < play["bottom"] <= sheet["top"]
    slider = boxes(seen.page, ".st-key-chip-0 [data-testid=stSlider]")[0]
    assert slider["bottom"] <= height
    tap(seen, slider["left"] + share * slider["width"], slider["top"] + 0.5 * slider["height"])
    seen.wait_for_drawing(after=before)
    wait_for_link(seen.page, f"link.getAll('run').join() !== '{','.join(runs)}'")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    fold(seen)
    assert seen.errors == []
