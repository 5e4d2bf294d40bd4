"""A person who goes on before an answer has come: nothing forgotten is referred to, links are right."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from driver import PATIENCE, wait_until
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.screen import link, middle, press_slider, rate_slider, wait_for_link
from figures.stage.host import FORGOTTEN

pytestmark = pytest.mark.browser

LOOK = 20  # milliseconds between two looks
LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once


@dataclass
class Line:
    """The connection of a page, on which answers can be held up, and questions."""

    page: Any
    holds: bool = False
    held: list[bytes] = field(default_factory=list)
    gathers: bool = False
    gathered: list[bytes] = field(default_factory=list)
    socket: Any = None
    server: Any = None

    def relay(self, socket):
        self.socket, self.server = socket, socket.connect_to_server()
        socket.on_message(lambda message: (self.gathered.append if self.gathers else self.server.send)(message))
        self.server.on_message(lambda message: (self.held.append if self.holds else socket.send)(message))

    def wait_until(self, claim):
        """Returns when something is so that the page itself cannot tell; what passes here is heard while it waits."""
        for _ in range(1000 * PATIENCE // LOOK):
            if claim():
                return
            self.page.wait_for_timeout(LOOK)
        raise TimeoutError("what was waited for did not come")

    def ask_together(self, *questions):
        """Asks one after the other, and sends them to the server in one moment."""
        self.gathers = True
        for ask in questions:
            before = len(self.gathered)
            ask()
            self.wait_until(lambda before=before: len(self.gathered) > before)
        self.gathers = False
        while self.gathered:
            self.server.send(self.gathered.pop(0))

    def hold_the_next_answer(self, ask):
        """Asks, and returns when the whole answer is held up, behind those that are."""
        self.holds = True
        before = self.answers()
        ask()
        self.wait_until(lambda: self.answers() > before)

    def answers(self):
        """How many whole answers are held up: one that is given up for another is none."""
        messages = map(ForwardMsg.FromString, self.held)
        ends = [each.script_finished for each in messages if each.WhichOneof("type") == "script_finished"]
        return sum(end != ForwardMsg.FINISHED_EARLY_FOR_RERUN for end in ends)

    def release(self):
        """Lets go of what is held up."""
        self.holds = False
        self.send(len(self.held))

    def release_without_the_stage(self):
        """Lets go of all but the last message to a stage and what follows it; no earlier one comes any more.

        Which is what Streamlit does where the next run begins before what the last one made has been sent.
        """
        stages = [each for each in self.held if component_of(each) == "fall_line_stage"]
        self.held[:] = [each for each in self.held if each not in stages[:-1]]
        self.send(self.held.index(stages[-1]))

    def send(self, count):
        for message in self.held[:count]:
            self.socket.send(message)
        del self.held[:count]


def component_of(message):
    """The name of the component that a message is for; "" where it is for none."""
    return ForwardMsg.FromString(message).delta.new_element.bidi_component.component_name


@pytest.fixture(scope="module")
def slow(lasting_visit, fall_line):
    """Explore on a line that can be held up."""
    seen = lasting_visit(f"{fall_line}/?{LINK}", rerouted=True)
    line = Line(seen.page)
    seen.page.route_web_socket("**/*", line.relay)
    seen.page.reload()
    seen.drawn()
    return seen, line, rate_slider(seen.page).locator("input[type=range]")


def press_both(slow, first, second, run):
    """Presses two keys on the slider, the second while the answer to the first is held up; the link tells of `run`."""
    seen, line, slider = slow
    line.hold_the_next_answer(lambda: slider.press(first))
    sent = seen.frames["sent"]
    slider.press(second)
    line.wait_until(lambda: seen.frames["sent"] > sent)
    line.release()
    wait_for_link(seen.page, f"link.get('run') === '{run}'")
    seen.rest()
    assert seen.errors == []


def press(slow, key):
    """Presses a key on the slider, and gives the run as the link tells of it then."""
    press_slider(slow[0], rate_slider(slow[0].page), key)
    return link(slow[0].page)["run"][0]


def test_the_link_is_right_that_was_asked_for_before_the_last_one_came(slow):
    press_both(slow, "ArrowRight", "ArrowLeft", press(slow, "ArrowRight"))


@pytest.mark.long
def test_what_the_browser_forgets_while_it_asks_for_it_comes_whole(slow):
    lowest = press(slow, "Home")
    for others in range(1, FORGOTTEN + 1):
        for _ in range(others):
            press(slow, "ArrowRight")
        press_both(slow, "ArrowRight", "Home", lowest)


def clicked(seen, x, y):
    """Clicks on the map, and gives the start as the link tells of it then."""
    before = link(seen.page).get("start", [""])[0]
    seen.page.mouse.click(x, y)
    wait_for_link(seen.page, f"(link.get('start') ?? '') !== '{before}'")
    seen.rest()
    return link(seen.page)["start"][0]


def test_a_drag_goes_on_when_the_stage_is_mounted_anew_under_it(slow):
    seen, line, slider = slow
    page = seen.page
    x, y = middle(page, "map", 0.3, 0.3)
    there = clicked(seen, x + 90, y)
    clicked(seen, x, y)
    page.evaluate("() => { window.under = document.querySelector('.fall-line'); }")
    line.hold_the_next_answer(lambda: slider.press("ArrowRight"))
    page.mouse.move(x, y)
    page.mouse.down()
    line.hold_the_next_answer(lambda: page.mouse.move(x + 30, y))
    line.release_without_the_stage()
    wait_until(page, "() => !under.isConnected")
    line.release()
    seen.rest()
    for right in (60, 90):
        page.mouse.move(x + right, y)
    page.mouse.up()
    wait_for_link(page, f"link.get('start') === '{there}'")
    expect(page.locator(".fall-line-start")).to_be_focused()
    seen.rest()
    assert seen.errors == []


def test_a_zoom_is_told_while_something_else_is_asked(slow):
    seen, page = slow[0], slow[0].page
    page.evaluate("() => { document.querySelector('[data-test-script-state]').dataset.testScriptState = 'running'; }")
    page.mouse.move(*middle(page, "map"))
    page.mouse.wheel(0, -400)
    wait_for_link(page, "link.has('zoom')")
    seen.rest()
    assert seen.errors == []


def test_what_is_done_on_a_page_that_is_left_does_not_come_into_the_next_one(slow):
    seen, line, slider = slow
    page, ring = seen.page, seen.page.locator(".fall-line-start")
    to_curvature = page.get_by_role("link", name="Curvature")
    for leave in (to_curvature.click, lambda: page.evaluate("() => history.back()")):
        for act in (lambda: slider.press("ArrowLeft"), lambda: ring.press("ArrowRight")):
            line.ask_together(leave, act)
            page.get_by_role("heading", name="Curvature").wait_for()
            seen.drawn()
            assert page.locator("[data-panel]").count() > 1
            page.get_by_role("link", name="Explore").click()
            page.get_by_role("heading", name="Explore").wait_for()
            seen.drawn()
    assert seen.errors == []
