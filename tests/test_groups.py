"""A control makes anew what depends on it, and all of that, and computes nothing twice."""

from functools import wraps

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from visitor import choices, control, opened, press

from caching import computed

RATE = "learning rate η"
RUNS = {"v": "1", "steps": "50", "run": ["gradient_descent~0.001", "adam~0.3"]}
MOVED = {"header", "picture", "chip 0"}  # what shows the rate of the first run
PAGES = {  # by page and part: its link, the label of a slider, where to, and the parts of the page that show it
    "explore": ("explore", RUNS, f"Gradient descent: {RATE}", (0.002, 0.003), MOVED),
    "step by step": ("step_by_step", RUNS, f"Gradient descent: {RATE}", (0.002, 0.003), MOVED),
    "lecture": (
        "step_by_step",
        {"v": "1", "sheet": "tables"},
        "η, length of a step",
        (0.2, 0.3),
        {"header", "lecture pushes"},
    ),
    "curvature": ("curvature", {**RUNS, "part": "run"}, f"Gradient descent: {RATE}", (0.002, 0.003), MOVED),
    "data": ("data", {"v": "1", "steps": "50"}, f"Adam: {RATE}", (0.2, 0.25), MOVED),
    "batches": (
        "data",
        {"v": "1", "part": "batch", "steps": "50"},
        RATE,
        (0.002, 0.003),
        {"header", "picture", "racer"},
    ),
    "wells": (
        "data",
        {"v": "1", "part": "flat"},
        "shift, of the test loss",
        (0.2, 0.3),
        {"header", "picture", "problem"},
    ),
    "softmax": (
        "data",
        {"v": "1", "part": "softmax"},
        "z₁, logit of class 1",
        (1.0, 3.0),
        {"header", "picture", "problem"},
    ),
    "machine": (
        "data",
        {"v": "1", "part": "batch", "clock": "seconds", "steps": "50"},
        "t, milliseconds of an update",
        (20.0, 50.0),
        {"header", "picture", "runs", "racer"},
    ),
}


@pytest.fixture
def drawn(monkeypatch):
    """The names of the parts of a page in the order in which they are drawn."""
    seen, fragment = [], st.fragment

    def noting(*, key):
        def decorate(draw):
            @wraps(draw)
            def drawn(*args):
                seen.append(key)
                return draw(*args)

            return fragment(key=key)(drawn)

        return decorate

    monkeypatch.setattr(st, "fragment", noting)
    return seen


def rate(app, slot=0):
    return [slider for slider in app.select_slider if slider.label.endswith(RATE)][slot]


def verdicts(app):
    return [caption.value for caption in app.caption]


def undo(app):
    return control(app, "button", "Undo")


@pytest.mark.parametrize(("page", "link", "label", "numbers", "parts"), PAGES.values(), ids=PAGES)
def test_a_slider_draws_the_parts_that_show_it_and_comes_back_without_computing_anything(
    drawn, page, link, label, numbers, parts
):
    app = opened(page, **link)
    all_parts = set(drawn)
    first, second = numbers
    for number in numbers:
        drawn.clear()
        control(app, "select_slider", label).set_value(number).run()
        assert not app.exception
        assert set(drawn) == parts < all_parts
        assert len(drawn) == len(parts)
    before = computed()
    control(app, "select_slider", label).set_value(first).run()
    assert computed() == before
    assert control(app, "select_slider", label).value == first != second


def test_a_learning_rate_changes_verdict_and_link_and_can_be_taken_back_in_every_part(drawn):
    app = opened(**RUNS)
    all_parts, words, link = set(drawn), verdicts(app), dict(app.query_params)
    assert undo(app).disabled
    rate(app).set_value(10.0).run()
    assert not app.exception
    assert verdicts(app) != words
    assert any("diverged" in word for word in verdicts(app))
    assert dict(app.query_params) != link
    assert not undo(app).disabled
    drawn.clear()
    press(app, "Undo")
    assert set(drawn) == all_parts
    assert verdicts(app) == words
    assert rate(app).value == 0.001


def test_a_rate_that_was_moved_can_be_moved_on_and_another_one_too():
    app = opened(**RUNS)
    for number in (0.002, 0.003):
        rate(app).set_value(number).run()
    rate(app, 1).set_value(0.4).run()
    assert [dict(run.numbers)["learning_rate"] for run in choices(app).runs] == [0.003, 0.4]
    assert [rate(app, slot).value for slot in (0, 1)] == [0.003, 0.4]


def test_runs_of_one_rule_are_told_apart_by_their_rates_and_so_are_drawn_together(drawn):
    app = opened(v="1", steps="50", run=["adam~0.3", "adam~0.2"])
    app.session_state["run 1"] = False  # the closed chip says what tells its run from the other
    app.run()
    drawn.clear()
    rate(app).set_value(0.2).run()
    assert {"chip 0", "chip 1"} < set(drawn)
    assert any(word.startswith("number 2") for word in verdicts(app))


@pytest.mark.parametrize(
    ("page", "asked"),
    [("explore", {"picture", "runs", "more"}), ("step_by_step", {"picture", "more"}), ("data", {"picture", "problem"})],
)
def test_an_embedded_page_has_the_parts_that_its_picture_asks_for_though_they_show_nothing(
    drawn, monkeypatch, page, asked
):
    monkeypatch.setattr(type(st.context), "is_embedded", True)
    app = opened(page)
    assert {"header", *asked} <= set(drawn)
    assert not app.select_slider


def test_a_control_whose_part_is_gone_makes_the_whole_page_anew():
    def page():
        import streamlit as st

        from pages.shared.parts import FIRST, only

        st.fragment(lambda: st.write("above"), key=FIRST)()
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        st.button("late", on_click=lambda: only("gone"))

    app = AppTest.from_function(page).run()
    app.button[0].click().run()
    assert not app.exception
    assert app.session_state["runs"] == 2
