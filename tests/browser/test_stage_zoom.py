"""The map zoomed, by a wheel or by two fingers: drawn from a mesh of its own, kept in the link, and all shown again."""

import pytest
from driver import wait_until

from browser.screen import PHONE, double_click, middle, wait_for_link

pytestmark = [pytest.mark.browser, pytest.mark.long]

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once
PLOT = "document.querySelector('[data-panel=map] .fall-line-plot')"
RANGES = f"() => ['xaxis', 'yaxis'].flatMap(axis => {PLOT}._fullLayout[axis].range)"
WIDE = f"(([left, right]) => right - left)(({RANGES})())"
MESHES = f"() => {PLOT}._fullData.filter(trace => trace.type === 'contour').length"
IN_LINK = f"""() => {{
  const ends = new URLSearchParams(location.search).get("zoom")?.split("~").map(Number), ranges = ({RANGES})();
  return ends?.every((end, i) => Math.abs(end - ranges[i]) < 1e-3 * (ranges[1] - ranges[0]));
}}"""


def wait_for_ranges(page, ranges, within):
    wait_until(
        page,
        f"([ends, within]) => ({RANGES})().every((end, i) => Math.abs(end - ends[i]) < within)",
        arg=[ranges, within],
    )


def test_a_zoom_is_drawn_from_a_mesh_of_its_own_and_is_in_the_link_until_all_is_shown_again(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}")
    seen.drawn()
    page = seen.page
    home = page.evaluate(RANGES)
    page.mouse.move(*middle(page, "map", 0.6, 0.4))
    for _ in range(3):
        page.mouse.wheel(0, -400)
    wait_until(page, f"wide => {WIDE} < 0.75 * wide", arg=home[1] - home[0])  # by a tenth of its width each time
    wait_for_link(page, "link.has('zoom')")
    wait_until(page, f"() => ({IN_LINK})() && ({MESHES})() === 2")
    seen.rest()
    zoomed = page.evaluate(RANGES)

    other = visit(page.evaluate("() => location.href"))
    other.drawn()
    wait_until(other.page, f"() => ({MESHES})() === 2")
    assert other.page.evaluate(RANGES) == pytest.approx(zoomed, abs=1e-2)

    double_click(page, *middle(page, "map", 0.5, 0.5))
    wait_for_link(page, "!link.has('zoom')")
    wait_until(page, f"() => ({MESHES})() === 1")
    wait_for_ranges(page, home, 1e-6)
    page.get_by_role("button", name="Undo").click()
    wait_until(page, f"() => ({MESHES})() === 2")
    wait_for_ranges(page, zoomed, 1e-2)
    assert seen.errors == []


def test_two_fingers_zoom_the_map_and_one_scrolls_the_page(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", **PHONE, phone=True)
    seen.drawn()
    page = seen.page
    page.locator("[data-panel=map]").scroll_into_view_if_needed()
    before = page.evaluate(RANGES)
    x, y = middle(page, "map", 0.6, 0.6)
    fingers = page.context.new_cdp_session(page)

    def touch(kind, *points):
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    page.evaluate("() => { document.querySelector('[data-testid=stMain]').onscrollend = () => (window.ended = true); }")
    scroller = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    top = page.evaluate(scroller)
    touch("touchStart", (x, y))
    for i in range(1, 9):
        touch("touchMove", (x, y - 12 * i))
    touch("touchEnd")
    wait_until(page, f"top => window.ended && ({scroller})() > top", arg=top)
    seen.rest()
    assert page.evaluate(RANGES) == before
    x, y = middle(page, "map", 0.6, 0.6)
    touch("touchStart", (x - 20, y), (x + 20, y))
    for i in range(1, 15):
        touch("touchMove", (x - 20 - 4 * i, y), (x + 20 + 4 * i, y))
    touch("touchEnd")
    wait_until(page, f"wide => {WIDE} < 0.7 * wide", arg=before[1] - before[0])
    assert seen.errors == []
