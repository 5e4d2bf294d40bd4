"""The sidebar in a real browser: no menu lies outside the window, and what is chosen is shown wherever it counts."""

import pytest
from playwright.sync_api import expect

from browser.screen import boxes, press_slider, rate_slider, unfold, wait_for_link

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once


@pytest.mark.parametrize("menu", ["Save the runs", "Save the pictures"])
def test_a_menu_at_the_end_of_the_sidebar_opens_where_all_of_it_is_seen(visit, fall_line, menu):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    unfold(seen.page, "Start and more")
    seen.page.get_by_role("button", name=menu).click()
    body = seen.page.get_by_test_id("stPopoverBody")
    body.get_by_role("button").last.wait_for()
    seen.page.wait_for_function(
        "body => { const {top, bottom} = body.getBoundingClientRect();"
        " return top >= 0 && bottom <= innerHeight && body.scrollHeight <= body.clientHeight + 2; }",
        arg=body.element_handle(),
    )
    assert seen.errors == []


def test_a_phone_is_told_of_no_keys(visit, fall_line):
    seen = visit(f"{fall_line}/data?v=1&run=adam&steps=20", width=390, height=844, has_touch=True, is_mobile=True)
    seen.drawn()
    assert not seen.page.locator("kbd").first.is_visible()


FOCUSABLE = (
    "selector => [...document.querySelectorAll(`${selector} :is(button, input, summary, select, textarea, a)`)]"
    ".filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.disabled).length"
)


def test_the_first_screen_has_ten_controls_and_needs_no_scrolling_and_a_moved_rate_keeps_the_focus(visit, fall_line):
    seen = visit(f"{fall_line}/", width=1400, height=900)
    seen.drawn()
    sidebar = seen.page.get_by_test_id("stSidebarUserContent")
    sidebar.locator("summary", has_text="Start and more").wait_for()
    assert seen.page.evaluate(FOCUSABLE, "[data-testid=stSidebarUserContent]") <= 10
    assert seen.page.get_by_test_id("stSidebarContent").evaluate("it => it.scrollHeight <= it.clientHeight")
    before = seen.drawn()
    slider = rate_slider(seen.page).locator("input[type=range]")
    for _ in range(2):
        slider.press("ArrowLeft")
        seen.wait_for_drawing(after=before)
        before = seen.drawn()
        assert slider.evaluate("it => it === document.activeElement")
    assert seen.errors == []


def test_what_is_chosen_in_one_card_is_shown_by_the_picture_the_runs_and_the_link(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    before, chip = seen.drawn(), seen.page.locator("[class*=st-key-chip-]").first
    became = chip.get_by_test_id("stCaptionContainer").inner_text()
    unfold(seen.page, "Start and more")
    steps = seen.page.get_by_role("textbox", name="Steps", exact=True)
    steps.fill("1")
    steps.press("Enter")
    seen.wait_for_drawing(after=before)
    wait_for_link(seen.page, "link.get('steps') === '1'")
    expect(chip.get_by_test_id("stCaptionContainer")).not_to_have_text(became)
    seen.page.get_by_role("button", name="Undo").click()
    expect(steps).to_have_value("60")
    expect(chip.get_by_test_id("stCaptionContainer")).to_have_text(became)
    assert seen.errors == []


def test_a_slider_keeps_the_focus_while_it_is_moved_and_a_card_that_is_open_stays_so(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    unfold(seen.page, "Start and more")
    seen.page.get_by_role("button", name="Save the runs").wait_for()
    slider = rate_slider(seen.page)
    for _ in range(2):
        press_slider(seen, slider)
        assert slider.locator("input[type=range]").evaluate("slider => slider === document.activeElement")
    wait_for_link(seen.page, "link.getAll('run').join() === 'adam~0.08'")
    assert seen.page.get_by_role("button", name="Save the runs").is_visible()
    assert seen.errors == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568)])
def test_on_a_phone_a_rate_is_two_touches_away_and_the_map_stays_in_view(visit, fall_line, width, height):
    seen = visit(f"{fall_line}/?{FLAT}", width=width, height=height, has_touch=True, is_mobile=True)
    before = seen.drawn()
    seen.page.get_by_role("button", name="Expand sidebar").tap()
    (sheet,) = boxes(seen.page, "[data-testid=stSidebar]")
    assert (sheet["left"], sheet["right"], sheet["bottom"]) == (0, width, height)
    map_, play = boxes(seen.page, "[data-panel=map]", ".fall-line-play")
    assert sheet["top"] - map_["top"] > 0.2 * height
    assert map_["bottom"] <= play["top"] < play["bottom"] <= sheet["top"]
    slider = boxes(seen.page, "[class*=st-key-chip] [data-testid=stSlider]")[0]
    assert slider["bottom"] <= height
    seen.page.touchscreen.tap(slider["left"] + 0.9 * slider["width"], slider["top"] + 0.5 * slider["height"])
    seen.wait_for_drawing(after=before)
    wait_for_link(seen.page, "link.getAll('run').join() !== 'adam~0.1'")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.errors == []


NAMES = """() => [...document.querySelectorAll("[data-testid=stSidebarUserContent] :is(input, select, textarea)")]
  .filter((field) => field.checkVisibility())
  .map((field) => field.getAttribute("aria-label") || field.labels?.[0]?.innerText)"""


def test_every_field_of_two_open_chips_has_a_name_of_its_own(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=parabola&run=adam&run=adam~0.2&run=lion&steps=60")
    seen.drawn()
    for chip in (0, 2):
        seen.page.locator(f".st-key-chip-{chip} summary").first.click()
        seen.page.locator(f".st-key-chip-{chip}").get_by_role("button", name="Copy").wait_for()
    names = seen.page.evaluate(NAMES)
    assert {"Adam 1: learning rate η", "Adam 2: learning rate η", "Lion: learning rate η"} <= set(names)
    named = [name for name in names if name != "Schedule"]  # which is that of the chip that it stands in
    assert len(set(named)) == len(named)


SMALL = """() => {
  const target = (it) => it.closest(".stSlider > div > div") ?? it;
  return [...document.querySelectorAll("button, input, select, textarea, summary, a[href]")]
    .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.tabIndex >= 0 && !it.disabled)
    .map((it) => [it.ariaLabel || it.title || it.innerText, target(it).getBoundingClientRect()])
    .filter(([name, { width, height }]) => name !== "Skip to main content" && Math.min(width, height) < 44)
    .map(([name, { width, height }]) => `${name}: ${width} x ${height}`);
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_what_a_finger_meets_is_44_pixels_wide_and_high(visit, fall_line, width, height):
    seen = visit(f"{fall_line}/?{FLAT}&run=lion", width=width, height=height, has_touch=True, is_mobile=True)
    seen.drawn()
    assert seen.page.evaluate(SMALL) == []
    if width < height:
        seen.page.get_by_role("button", name="Expand sidebar").tap()
        boxes(seen.page, "[data-testid=stSidebar]")
        assert seen.page.evaluate(SMALL) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1024, 768)])
def test_map_and_play_are_in_view_without_scrolling_on_any_screen(visit, fall_line, width, height):
    seen = visit(f"{fall_line}/?v=1", width=width, height=height)
    seen.drawn()
    map_, play = boxes(seen.page, "[data-panel=map]", ".fall-line-play")
    assert 0 <= map_["top"] < map_["bottom"] <= play["top"] < play["bottom"] <= height
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_go_through_the_landscape_the_runs_the_rest_the_pages_and_the_way_back_in_this_order(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}&run=lion")
    seen.drawn()
    seen.page.locator(".st-key-card-landscape summary").first.focus()
    met = []
    for _ in range(20):
        met.append(seen.page.evaluate("(({ ariaLabel, innerText }) => ariaLabel || innerText)(document.activeElement)"))
        seen.page.keyboard.press("Tab")
    wanted = ["Parabola", "Adam", "Adam: learning", "Lion", "Lion: learning", "Add a run", "Tune all", "Start and more"]
    wanted += ["Lessons", "Explore", "Curvature", "Step by step", "Maps", "Data", "Networks"]
    wanted += ["Share", "Open a room", "Present"]
    met = iter(met)
    assert [name for name in wanted if not any(name in words for words in met)] == []
