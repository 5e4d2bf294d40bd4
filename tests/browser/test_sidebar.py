"""Menus in a real browser: nothing of them lies outside the window."""

import pytest

from browser.screen import rate_slider

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once


@pytest.mark.parametrize("menu", ["Save the runs", "Save the pictures"])
def test_a_menu_at_the_end_of_the_sidebar_opens_where_all_of_it_is_seen(visit, fall_line, menu):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    seen.page.get_by_test_id("stSidebarUserContent").locator("summary", has_text="More").click()
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
    sidebar.locator("summary", has_text="More").wait_for()
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
