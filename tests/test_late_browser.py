"""A browser that has not got its new page yet tells again what the old one showed, and takes nothing back by it."""

import pytest
from visitor import control, opened

from pages.shared.state.keys import TURNS

RUN = {"v": "1", "landscape": "himmelblau", "steps": "50", "run": ["adam~0.3"]}
FORMULA = {"v": "1", "landscape": "formula", "f": "c*x**2 + 3*y**2", "steps": "50", "run": ["adam~0.3"]}
RATE, FIELD = "learning rate η", "learning rate η: exact number"
HISTORIES = ("choices", "data choices", "networks choices", "lessons choices")
MOVES = {  # a control of a page, and where it is moved: what else the page shows changes with it
    "landscape": ("explore", RUN, "selectbox", "Landscape", "rosenbrock"),
    "another run": ("explore", RUN, "selectbox", "Add a run", "momentum"),
    "part of Data": ("data", {"v": "1"}, "segmented_control", "Part", "batch"),
    "loss": ("data", {"v": "1"}, "selectbox", "Loss", "absolute"),
    # The other axis takes the name that this one had, and the formula says so.
    "axis of a formula": ("explore", FORMULA, "selectbox", "Axis across", "y"),
    "axis of a map": ("maps", {**RUN, "map": "knobs", "run": ["momentum~0.01"]}, "selectbox", "Across", "momentum"),
}


def chosen(app):
    return {name: app.session_state[name] for name in HISTORIES if name in app.session_state}


def told(app):
    """What a browser tells that shows this page."""
    return app._tree.get_widget_states()


def tell(app, states):
    app._run(states)
    assert not app.exception


@pytest.mark.parametrize("move", MOVES)
def test_what_was_moved_and_is_told_again_changes_nothing_more(move):
    page, link, kind, label, value = MOVES[move]
    app = opened(page, **link)
    before = chosen(app)
    control(app, kind, label).set_value(value)
    states = told(app)
    tell(app, states)
    after = chosen(app)
    assert after != before
    tell(app, states)
    assert chosen(app) == after


def test_an_axis_changes_places_with_the_other_as_often_as_one_likes():
    app = opened(**FORMULA)
    for turn in range(TURNS + 2):  # more than there are keys
        across, up = ("y", "x") if turn % 2 == 0 else ("x", "y")
        control(app, "selectbox", "Axis across").set_value(across).run()
        assert not app.error
        assert control(app, "selectbox", "Axis upwards").value == up
        text = FORMULA["f"] if across == "x" else f"f(y, x) = {FORMULA['f']}"
        assert app.session_state["choices"].text == text == app.text_area[0].value


def rate(app):
    return dict(app.session_state["choices"].runs[0].numbers)["learning_rate"]


def test_a_slider_that_is_moved_stays_while_its_field_is_told_as_it_was_and_a_field_likewise():
    app = opened(**RUN)
    for kind, label, value, number in (("select_slider", RATE, 0.1, 0.1), ("text_input", FIELD, "0.07", 0.07)):
        control(app, kind, label).set_value(value)
        states = told(app)
        for _ in range(2):
            tell(app, states)
            assert rate(app) == number
        control(app, kind, label).set_value(value)
        assert control(app, "select_slider", RATE).value == number == float(control(app, "text_input", FIELD).value)


def test_a_control_goes_back_to_where_it_was_when_a_visitor_moves_it_there():
    app = opened(**RUN)
    for kind, label, value, number in (
        ("select_slider", RATE, 0.1, 0.1),
        ("select_slider", RATE, 0.3, 0.3),
        ("text_input", FIELD, "0.1", 0.1),
        ("text_input", FIELD, "0.3", 0.3),
        ("select_slider", RATE, 0.1, 0.1),
        ("text_input", FIELD, "0.3", 0.3),
    ):
        control(app, kind, label).set_value(value).run()
        assert not app.exception
        assert rate(app) == number
