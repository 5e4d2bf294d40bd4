"""A person who goes on before an answer has come: nothing forgotten is referred to, links are right."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.screen import link, press_slider, rate_slider, wait_for_link
from figures.stage.host import FORGOTTEN

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once


@dataclass
class Line:
    """The connection of a page, on which answers can be held up."""

    page: Any
    holds: bool = False
    held: list[bytes] = field(default_factory=list)
    socket: Any = None

    def relay(self, socket):
        self.socket, server = socket, socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda message: (self.held.append if self.holds else socket.send)(message))

    def hold_the_next_answer(self, ask):
        """Asks, and returns when the whole answer is held up."""
        self.holds = True
        ask()
        while not any(ForwardMsg.FromString(each).WhichOneof("type") == "script_finished" for each in self.held):
            self.page.wait_for_timeout(20)

    def release(self, asked):
        """Lets go of what is held up, once another question has been asked."""
        while not asked():
            self.page.wait_for_timeout(20)
        self.holds = False
        for message in self.held:
            self.socket.send(message)
        self.held.clear()


@pytest.fixture(scope="module")
def slow(lasting_visit, fall_line):
    """Explore on a line that can be held up."""
    seen = lasting_visit(f"{fall_line}/?{LINK}")
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
    line.release(lambda: seen.frames["sent"] > sent)
    wait_for_link(seen.page, f"link.get('run') === '{run}'")
    seen.rest()
    assert seen.errors == []


def press(slow, key):
    """Presses a key on the slider, and gives the run as the link tells of it then."""
    press_slider(slow[0], rate_slider(slow[0].page), key)
    return link(slow[0].page)["run"][0]


def test_the_link_is_right_that_was_asked_for_before_the_last_one_came(slow):
    press_both(slow, "ArrowRight", "ArrowLeft", press(slow, "ArrowRight"))


def test_what_the_browser_forgets_while_it_asks_for_it_comes_whole(slow):
    lowest = press(slow, "Home")
    for others in range(1, FORGOTTEN + 1):
        for _ in range(others):
            press(slow, "ArrowRight")
        press_both(slow, "ArrowRight", "Home", lowest)
