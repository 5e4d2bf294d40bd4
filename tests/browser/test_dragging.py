"""The start dragged over the map: the runs follow, the rest of the page waits, and all of it is one choice."""

from itertools import pairwise

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import middle, text_field, unfold
from pages.shared.fields import number

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once
LOG = """
  window.log = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) { log.push("asked"); return send.call(this, data); };
  addEventListener("pointermove", () => log.push("moved"), true);
  new MutationObserver((changes) => changes.length && log.push("drawn"))
    .observe(document, { subtree: true, attributeFilter: ["data-drawn"] });
"""  # what is done at the start, what the server is asked, what is drawn of its answers: in the order of time


def ring(seen):
    box = seen.page.locator(".fall-line-start").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture(scope="module")
def race(lasting_visit, fall_line):
    """A race whose start is to be seen in its field too; the tests lead back to it, all but the last."""
    seen = lasting_visit(f"{fall_line}/?{FLAT}")
    unfold(seen.page, "Start and more")
    seen.drawn()
    return seen


def test_a_drag_is_taken_back_as_one_choice(race):
    seen = race
    field = text_field(seen.page, "Start x")
    expect(field).not_to_have_value("")
    before, first = seen.drawn(), field.input_value()
    x, y = ring(seen)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    for stride in (20, 40):
        seen.page.mouse.move(x - stride, y + stride)
        before = seen.wait_for_drawing(after=before)
    seen.page.mouse.up()
    expect(field).not_to_have_value(first)
    seen.page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value(first)
    expect(seen.page.get_by_role("button", name="Undo")).to_be_disabled()
    seen.rest()
    assert seen.errors == []


def test_a_place_that_was_clicked_and_taken_back_can_be_clicked_again(race):
    seen = race
    field = text_field(seen.page, "Start x")
    expect(field).not_to_have_value("")
    first, place = field.input_value(), middle(seen.page, "map", 0.3, 0.3)
    seen.page.mouse.click(*place)
    expect(field).not_to_have_value(first)
    there = field.input_value()
    seen.page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value(first)
    seen.rest()
    seen.page.mouse.click(*place)
    expect(field).to_have_value(there)
    seen.page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value(first)
    seen.rest()
    assert seen.errors == []


def test_two_quick_clicks_at_two_places_are_no_double_click(race):
    seen = race
    field = text_field(seen.page, "Start x")
    first, place, another = field.input_value(), middle(seen.page, "map", 0.3, 0.3), middle(seen.page, "map", 0.6, 0.3)
    seen.page.mouse.click(*another)
    expect(field).not_to_have_value(first)
    there, undo = field.input_value(), seen.page.get_by_role("button", name="Undo")
    undo.click()
    expect(field).to_have_value(first)
    seen.page.mouse.click(*place)
    seen.page.mouse.click(*another)
    expect(field).to_have_value(there)
    undo.click()
    expect(field).not_to_have_value(there)
    if field.input_value() != first:  # the first click was answered before the second came: a step of its own
        undo.click()
    expect(field).to_have_value(first)
    seen.rest()
    assert seen.errors == []


def test_while_the_start_is_held_the_curves_keep_in_sight_what_they_showed(race):
    seen = race
    ends = "() => document.querySelector('[data-panel=loss] .js-plotly-plot')?._fullLayout?.yaxis.range"
    before, alone = seen.drawn(), seen.page.evaluate(ends)
    x, y = ring(seen)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    held = []
    for stride in (40, 80, 20):
        seen.page.mouse.move(x + stride, y)
        before = seen.wait_for_drawing(after=before)
        held.append(seen.page.evaluate(ends))
    assert held[0] != alone
    for earlier, later in pairwise(held):
        assert later[0] <= earlier[0] < earlier[1] <= later[1]
    seen.page.mouse.move(x, y)
    seen.page.mouse.up()  # which may be answered together with the last move, on a stage that begins anew
    wait_until(seen.page, f"alone => String(({ends})()) === String(alone)", arg=alone)
    seen.rest()
    assert seen.errors == []


def test_runs_follow_a_dragged_start_and_the_page_when_it_is_let_go(race):
    seen = race
    text_field(seen.page, "Start x").wait_for()
    field, address = text_field(seen.page, "Start x"), seen.page.url
    before, held = seen.drawn(), field.input_value()
    x, y = ring(seen)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    for stride in (20, 40, 60):
        seen.page.mouse.move(x + stride, y + stride)
        before = seen.wait_for_drawing(after=before)
    seen.rest()
    assert field.input_value() == held
    assert seen.page.url == address
    seen.page.mouse.up()
    expect(field).not_to_have_value(held)
    wait_until(seen.page, "before => location.href !== before", arg=address)
    x_there = seen.page.evaluate(
        """() => {
      const plot = document.querySelector('[data-panel=map] .js-plotly-plot');
      return plot._fullLayout.xaxis.p2d(%f - plot.getBoundingClientRect().left - plot._fullLayout.xaxis._offset);
    }"""
        % (x + 60)
    )
    assert number(field.input_value()) == pytest.approx(x_there, abs=0.01)
    assert seen.errors == []


@pytest.mark.long
def test_while_the_start_is_held_the_server_is_asked_again_once_its_answer_is_drawn(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}", before=LOG)
    seen.drawn()
    x, y = ring(seen)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.rest()
    slow = seen.page.context.new_cdp_session(seen.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})  # drawing takes longer than the way there and back
    seen.page.evaluate("() => log.splice(0)")
    for stride in range(1, 15):
        seen.page.mouse.move(x + stride, y - stride / 2)
    last = "log.at(-1) === 'drawn' && log.lastIndexOf('asked') > log.lastIndexOf('moved')"
    told = wait_until(seen.page, f"() => {last} && log.slice()").json_value()  # in one moment: more may follow
    slow.detach()  # the tab is used again
    turns = [what for what in told if what != "moved"]
    assert turns == ["asked", "drawn"] * (len(turns) // 2)
    assert len(turns) >= 4
    seen.page.mouse.up()
    assert seen.errors == []
