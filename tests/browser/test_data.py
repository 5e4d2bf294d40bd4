"""Data in a real browser: the marker moves the line, playback moves the lines."""

import pytest
from driver import wait_until

from browser.screen import link, middle, wait_for_link, wait_until_in_view

pytestmark = pytest.mark.browser

MARKER = """() => {
  const data = document.querySelector('[data-panel=fit] .fall-line-plot')?.data ?? [];
  return Array.from(data.find((trace) => trace.name === 'at the marker')?.y ?? []);
}"""
BENT = f"() => ({MARKER})().some((y) => Math.abs(y) > 1e-6)"
STALE = """stale => {
  document.querySelector(".fall-line").closest("[data-stale]").dataset.stale = stale;
}"""  # as Streamlit marks what its script has not come to yet
HIGHER = """() => new Promise((done) => {
  const content = document.querySelector("[data-testid=stMainBlockContainer]");
  const before = content.clientHeight;
  content.prepend(Object.assign(document.createElement("div"), { className: "more", style: "height: 80px" }));
  const grown = new ResizeObserver(() => content.clientHeight !== before && done(grown.disconnect()));
  grown.observe(content);
})"""  # something comes above the pictures; they have heard of it before, since they look for longer
HEIGHT = "document.querySelector('[data-panel=map]').clientHeight"
PICTURE = "document.querySelector('[data-panel=fit] canvas').toDataURL()"


@pytest.fixture(scope="module")
def three_points(lasting_visit, fall_line):
    """A line through three points."""
    seen = lasting_visit(f"{fall_line}/data?v=1&data=three_points")
    seen.drawn()
    return seen


def test_playback_moves_the_lines_through_the_data(three_points):
    seen = three_points
    wait_until_in_view(seen.page, "map", "fit", "loss")
    at_the_end = seen.page.evaluate(PICTURE)
    seen.page.get_by_label("Step", exact=True).press("Home")
    wait_until(seen.page, f"before => {PICTURE} !== before", arg=at_the_end)
    seen.page.get_by_label("Step", exact=True).press("End")
    assert seen.errors == []


def test_a_click_on_the_map_moves_the_marker_and_the_line_through_the_data(three_points):
    seen = three_points
    page = seen.page
    wait_until(page, f"() => ({MARKER})().length && !({BENT})()")
    page.mouse.click(*middle(page, "map", 0.7, 0.4))
    wait_for_link(page, "link.has('start')")
    wait_until(page, BENT)
    w, b = (float(part) for part in link(page)["start"][0].split("~"))
    line = page.evaluate(MARKER)
    assert line[-1] - line[0] == pytest.approx(w * 2.32, rel=1e-3)  # inputs from 1 to 3, and 8 % on each side
    assert (line[0] + line[-1]) / 2 == pytest.approx(2 * w + b, rel=1e-3)
    assert seen.errors == []


def test_pictures_make_room_for_what_comes_unless_they_may_be_about_to_go_themselves(three_points):
    seen, page = three_points, three_points.page
    seen.rest()
    before = page.evaluate(HEIGHT)
    page.evaluate(STALE, "true")
    page.evaluate(HIGHER)
    assert page.evaluate(HEIGHT) == before
    page.evaluate(STALE, "false")
    wait_until(page, f"before => {HEIGHT} < before", arg=before)
    page.evaluate("() => document.querySelector('.more').remove()")
    wait_until(page, f"before => {HEIGHT} === before", arg=before)
    assert seen.errors == []
