"""The browser's own ways back: its Back button, and undo in a text."""

import pytest
from driver import wait_until

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once


def start_by_click(seen, x):
    before = seen.drawn()
    box = seen.page.locator("[data-panel=map]").bounding_box()
    seen.page.mouse.click(box["x"] + x * box["width"], box["y"] + 0.4 * box["height"])
    seen.wait_for_drawing(after=before)


def test_back_leaves_the_page_however_much_was_chosen_on_it(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    long = seen.page.evaluate("history.length")
    for _ in range(3):
        address = seen.page.url
        seen.page.locator(".fall-line-start").press("ArrowRight")
        wait_until(seen.page, "before => location.href !== before", arg=address)
        seen.rest()
    assert seen.page.evaluate("history.length") == long
    chosen = seen.page.url
    seen.page.get_by_role("link", name="Curvature").click()
    seen.page.get_by_role("heading", name="Curvature").wait_for()
    wait_until(seen.page, "() => location.search.includes('landscape')")
    seen.page.go_back()
    seen.page.get_by_role("heading", name="Explore").wait_for()
    seen.page.wait_for_url(chosen)
    assert seen.errors == []


def test_undo_in_a_formula_that_is_typed_takes_no_choice_back(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=formula&f=x**2&run=adam&steps=20&layout=map")
    seen.drawn()
    start_by_click(seen, 0.3)
    wait_until(seen.page, "() => location.search.includes('start=')")
    seen.rest()
    seen.page.locator(".fall-line-start").press("Home")
    wait_until(seen.page, "() => location.search.includes('frame=0')")  # with that it tells what is in view
    seen.rest()
    field = seen.page.get_by_role("textbox", name="f(x, y) =")
    field.press("End")
    field.press_sequentially("+1")
    sent = seen.frames["sent"]
    field.press("Control+z")
    wait_until(seen.page, "field => !field.value.endsWith('+1')", arg=field.element_handle())
    assert seen.frames["sent"] == sent
    assert "start=" in seen.page.url
    field.blur()
    seen.page.keyboard.press("Control+z")
    wait_until(seen.page, "() => !location.search.includes('start=')")
    assert seen.errors == []
