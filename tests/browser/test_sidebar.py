"""Menus in a real browser: nothing of them lies outside the window."""

import pytest

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once


@pytest.mark.parametrize("menu", ["Save the runs", "Save the pictures"])
def test_a_menu_at_the_end_of_the_sidebar_opens_where_all_of_it_is_seen(visit, fall_line, menu):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
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
