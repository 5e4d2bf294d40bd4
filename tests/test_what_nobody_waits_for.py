"""What nobody waits for any more ends within a small number of evaluations, and who waits hears a place in the row."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from threading import Event
from types import SimpleNamespace

import pytest
from driver import REPOSITORY
from streamlit.testing.v1 import AppTest

from landscapes import LANDSCAPES, Noise
from pages.data_parts import compute as data
from pages.data_parts.choices import first_choices as first_on_data
from pages.shared import work
from pages.shared.controls import tune
from pages.shared.fields.run_choice import SEARCHES, run_choice
from pages.shared.race import compute, recording
from pages.shared.state.choices import first_choices
from pages.shared.state.starts import Grid
from pages.shared.turns import Turns

flood = import_module("pages.shared.race.flood")  # a function has the name of its module
LEAVES = 500  # gradients after which the visitor is gone
LOOK = 64  # steps between two looks of the engine
SEARCH = 60  # evaluations that one step of a rule that searches takes at most
ROSENBROCK = first_choices().where
DOMAIN = LANDSCAPES["rosenbrock"]().domain


class Gone(BaseException):
    """What Streamlit raises in a script of a visitor who has gone, in the tests."""


@pytest.fixture
def evaluations(monkeypatch):
    """The evaluations of a visitor who goes after the first 500 of them."""
    counts = []

    def counting(act):
        def evaluate(p):
            counts.append(0)
            return act(p)

        return evaluate

    def counted(landscape):
        return replace(landscape, gradient=counting(landscape.gradient), value=counting(landscape.value))

    def look():
        if len(counts) >= LEAVES:
            raise Gone
        return False

    build, model = compute.built, data.model_of
    for module in (compute, flood, recording, tune):
        monkeypatch.setattr(module, "built", lambda *where: counted(build(*where)))
    monkeypatch.setattr(data, "model_of", lambda *where: replace(model(*where), full=counted(model(*where).full)))
    monkeypatch.setattr(work, "is_script_running", look)
    return counts


LONG = 20_000
STARTS = tuple((0.1 * n, 0.3) for n in range(5))
RUNS = {name: run_choice(name) for name in ("adam", *sorted(SEARCHES))}
EVERY_START = replace(first_choices(), steps=LONG, runs=(run_choice("gradient_descent"),), further=Grid(3))


def exported(choices):
    for _ in recording.from_every_start(choices, 0):
        pass


WORK = {
    **{f"a run of {name}": lambda run=run: compute.outcome(ROSENBROCK, Noise(0.01), run, (0.11, 0.2), LONG)
       for name, run in RUNS.items()},
    "runs from several starts": lambda: compute.crowd(ROSENBROCK, Noise(), RUNS["adam"], STARTS, LONG),
    "a flood": lambda: flood.flooding(ROSENBROCK, Noise(), RUNS["adam"], 0, DOMAIN, LONG),
    "rates that are tuned": lambda: tune.sweep(ROSENBROCK, Noise(), RUNS["adam"], (0.11, 0.2), LONG),
    "a table of every start": lambda: exported(EVERY_START),
    "a run on data": lambda: data.full_runs(replace(first_on_data(), steps=LONG, start=(0.5, 0.5))),
}  # fmt: skip


@pytest.mark.parametrize("asked", WORK.values(), ids=WORK)
def test_work_of_a_visitor_who_is_gone_ends_after_a_few_evaluations(evaluations, asked):
    with pytest.raises(Gone):
        asked()
    assert len(evaluations) <= LEAVES + LOOK * SEARCH


def test_the_first_has_its_turn_and_the_others_hear_their_places():
    turns, go, heard, order = Turns(1), Event(), [], []
    begun = [Event() for _ in range(3)]

    def visitor(number):
        def wait(place):
            heard.append((number, place))
            begun[number].set()

        with turns.taken(wait):
            order.append(number)
            begun[number].set()
            assert go.wait(60)

    with ThreadPoolExecutor(3) as visitors:
        asked = []
        for number in range(3):
            asked.append(visitors.submit(visitor, number))
            assert begun[number].wait(60)  # it has its turn, or knows its place
        assert (turns.under_way, turns.waiting) == (1, 2)
        go.set()
        for one in asked:
            one.result()
    assert order == [0, 1, 2]
    assert {(1, 1), (2, 2)} <= set(heard)
    assert (turns.under_way, turns.waiting) == (0, 0)


def test_of_the_tabs_of_one_visitor_one_has_its_turn_and_others_do_not_wait_for_the_rest():
    turns, go, order = Turns(2), Event(), []
    begun = [Event() for _ in range(4)]

    def tab(number, visitor):
        def wait(place):
            order.append((number, place))
            begun[number].set()

        with turns.taken(wait, visitor):
            order.append((number, 0))
            begun[number].set()
            assert go.wait(60)

    with ThreadPoolExecutor(4) as tabs:
        asked = []
        for number, visitor in enumerate(("one", "one", "another", None)):
            asked.append(tabs.submit(tab, number, visitor))
            assert begun[number].wait(60)
        assert (turns.under_way, turns.waiting) == (2, 2)
        assert {first for first in order if first[1] == 0} == {(0, 0), (2, 0)}
        go.set()
        for each in asked:
            each.result()
    assert {(1, 1), (3, 2)} <= set(order)
    assert (turns.under_way, turns.waiting) == (0, 0)


def test_a_visitor_is_known_by_the_cookie_that_the_proxy_gives_her(monkeypatch):
    context = SimpleNamespace(cookies={"fall_line": "a" * 32})
    monkeypatch.setattr(work.st, "context", context)
    assert work.visitor() is None  # nobody asks
    monkeypatch.setattr(work, "is_script_running", lambda: True)
    assert work.visitor() == "a" * 32
    context.cookies.clear()
    assert work.visitor() is None
    proxy = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"{work.COOKIE}=$request_id" in proxy


def test_who_leaves_the_row_makes_room_and_who_has_a_turn_needs_no_other():
    turns, go, inside = Turns(1), Event(), Event()

    def first():
        with turns.taken(lambda place: None), turns.taken(lambda place: None):
            inside.set()
            assert go.wait(60)

    def leave(place):
        raise Gone

    with ThreadPoolExecutor(1) as visitors:
        asked = visitors.submit(first)
        assert inside.wait(60)
        with pytest.raises(Gone), turns.taken(leave):
            raise AssertionError("two had their turn at once")
        assert turns.waiting == 0
        go.set()
        asked.result()


def waiting():
    import streamlit as st

    from pages.shared.work import saying_the_place

    with saying_the_place() as wait:
        for place in (3, 3, 2):
            wait(place)
    st.write("done")


def test_a_place_in_the_row_is_said_beside_the_page():
    app = AppTest.from_function(waiting, default_timeout=60).run()
    assert not app.exception
    assert app.main[0].value == "done"  # nothing before it, which would move the page


def test_the_bytes_of_a_file_are_taken_once(monkeypatch):
    from pages.data_parts import table

    taken = []

    class File:
        file_id = "one"

        def getvalue(self):
            taken.append(self.file_id)
            return b"x,y\n1,2\n"

    monkeypatch.setattr(table.st, "session_state", {})
    first = [table.content_of(File()) for _ in range(3)]
    assert first[0] is first[2]
    File.file_id = "another"
    table.content_of(File())
    assert taken == ["one", "another"]
