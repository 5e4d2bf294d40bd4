"""Data in a real browser: all three parts draw, the marker moves the line, playback moves the lines, on a phone too."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

MARKER = """() => {
  const data = document.querySelector('[data-panel=fit] .fall-line-plot').data;
  return Array.from(data.find((trace) => trace.name === 'at the marker').y);
}"""
PICTURE = """() => {
  const canvas = document.querySelector('[data-panel=fit] canvas');
  return canvas.toDataURL();
}"""


def test_every_part_draws_and_says_nothing_wrong(visit, fall_line):
    seen = visit(f"{fall_line}/data?v=1")
    seen.drawn()
    for part, panel in (("The batch", "cloud"), ("Flat and sharp", "profile"), ("The model and its surface", "fit")):
        seen.page.get_by_role("radio", name=part).click()
        seen.page.wait_for_selector(f"[data-panel={panel}] .main-svg")
        assert seen.page.locator("[data-testid=stException]").count() == 0
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_click_on_the_map_moves_the_marker_and_the_line_through_the_data(visit, fall_line):
    seen = visit(f"{fall_line}/data?v=1&data=three_points")
    before = seen.drawn()
    level = seen.page.evaluate(MARKER)
    assert max(map(abs, level)) < 1e-6
    box = seen.page.locator("[data-panel=map]").bounding_box()
    seen.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.4 * box["height"])
    seen.wait_for_drawing(after=before)
    seen.page.wait_for_function("() => location.search.includes('start=')")
    w, b = (float(part) for part in parse_qs(urlsplit(seen.page.url).query)["start"][0].split("~"))
    line = seen.page.evaluate(MARKER)
    assert line[-1] - line[0] == pytest.approx(w * 2.32, rel=1e-3)  # inputs from 1 to 3, and 8 % on each side
    assert (line[0] + line[-1]) / 2 == pytest.approx(2 * w + b, rel=1e-3)
    assert seen.errors == []


def test_playback_moves_the_lines_through_the_data(visit, fall_line):
    seen = visit(f"{fall_line}/data?v=1&data=three_points")
    seen.drawn()
    at_the_end = seen.page.evaluate(PICTURE)
    seen.page.get_by_label("Step", exact=True).press("Home")
    assert seen.page.evaluate(PICTURE) != at_the_end
    assert seen.errors == []


def test_on_a_phone_nothing_overflows(visit, fall_line):
    seen = visit(f"{fall_line}/data?v=1&part=batch", width=390, height=844, has_touch=True, is_mobile=True)
    seen.drawn()
    main = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
    assert max(seen.page.evaluate(main)) <= 390
    for panel in ("map", "one", "cloud", "loss"):
        box = seen.page.locator(f"[data-panel={panel}]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert seen.errors == []
