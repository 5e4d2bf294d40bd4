"""200 starts at once in a real browser: asked for by a click, moved between steps, taken back."""

from itertools import pairwise

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import STEADY, wait_for_link, wait_for_step

pytestmark = [pytest.mark.browser, pytest.mark.long]

LINK = "v=1&landscape=himmelblau&run=adam~learning_rate~0.05&run=momentum&steps=60&layout=map"
CURVE = "v=1&landscape=parabola&run=adam~learning_rate~0.05&steps=60"  # drawn at once
PEN = """() => {
  window.balls = [];
  window.drawings = [];
  const pen = CanvasRenderingContext2D.prototype;
  const { clearRect, arc } = pen;
  const isMap = (context) => context.canvas.closest("[data-panel=map]");
  pen.clearRect = function (...given) {
    if (isMap(this)) window.drawings.push(window.balls = []);
    return clearRect.apply(this, given);
  };
  pen.arc = function (x, y, radius, ...given) {
    if (isMap(this) && radius < 5) window.balls.push({ x, y, colour: this.fillStyle });
    return arc.call(this, x, y, radius, ...given);
  };
}"""  # the balls that were drawn on the map last, and at every drawing
ENDS = """() => [...document.querySelectorAll("[data-panel=map] .legendtext")].map((text) => text.textContent)"""


def test_a_click_floods_the_map_and_can_be_taken_back(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", before=f"({PEN})()")
    drawn, page = seen.drawn(), seen.page
    button = page.get_by_role("button", name="200 starts")
    button.click()
    wait_for_link(page, "link.get('flood') === '1'")
    drawn = seen.wait_for_drawing(after=drawn)
    wait_until(page, "() => balls.length === 200")
    legend = page.evaluate(ENDS)
    assert sum(int(text.rsplit(":", 1)[1]) for text in legend) == 200
    assert sum(text.startswith("(") for text in legend) == 4  # minima, by their places
    assert len({ball["colour"] for ball in page.evaluate("() => balls")}) == len(legend)
    expect(page.get_by_text("Adam from 200 starts over the map, 60 steps each")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_label("200 starts", exact=True).select_option("Momentum")
    wait_for_link(page, "link.get('flood') === '2'")
    drawn = seen.wait_for_drawing(after=drawn)
    expect(page.get_by_text("Momentum from 200 starts over the map, 60 steps each")).to_be_visible()
    page.keyboard.press("Control+z")
    wait_for_link(page, "link.get('flood') === '1'")
    drawn = seen.wait_for_drawing(after=drawn)
    button.click()
    wait_for_link(page, "!link.has('flood')")
    seen.wait_for_drawing(after=drawn)
    wait_until(page, "() => balls.length === 0")
    assert page.evaluate(ENDS) == []
    way_on = page.get_by_role("link", name="Open this run on Maps")
    expect(way_on).to_have_count(0)
    page.keyboard.press("Control+z")
    wait_for_link(page, "link.get('flood') === '1'")
    page.get_by_label("200 starts", exact=True).select_option("Momentum")
    wait_for_link(page, "link.get('flood') === '2'")
    way_on.click()
    wait_until(page, "() => location.pathname.endsWith('maps')")
    wait_for_link(page, "link.get('landscape') === 'himmelblau' && link.get('of') === '1'")
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    assert seen.errors == []


def test_the_balls_move_at_every_frame_and_ask_the_server_nothing(visit, fall_line):
    seen = visit(f"{fall_line}/?{CURVE}&flood=1&step=0", before=f"({PEN})()")
    seen.drawn()
    page = seen.page
    page.evaluate(STEADY, 20)
    frames = seen.frames.copy()
    page.evaluate("() => { window.drawings = []; }")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for_step(page, "step >= 12")
    page.get_by_role("button", name="Pause").click()
    assert seen.frames == frames
    places = page.evaluate("() => drawings.filter((balls) => balls.length === 200).map((balls) => balls[7].x)")
    moved = sum(one != other for one, other in pairwise(places))
    assert moved >= 60  # in 12 steps of a sixth of a second there are a hundred frames of a fiftieth
    assert moved >= 0.9 * (len(places) - 2)


def test_the_ends_are_kept_back_with_the_answers(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&flood=1&answers=hidden", before=f"({PEN})()")
    seen.drawn()
    page = seen.page
    assert page.evaluate(ENDS) == []
    assert {ball["colour"] for ball in page.evaluate("() => balls")} == {"#6b7280"}
    page.get_by_role("button", name="Show the answer").click()
    wait_until(page, f"() => ({ENDS})().length > 3")
