"""A control makes anew what depends on it, and all of that."""

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from visitor import choices, control, opened, press

import pages.shared.controls as controls

OTHERS = {"landscape": "landscape_controls", "more": "start_in_words"}  # by group: what it calls whenever it is drawn
RACE = {"header": "header", "runs": "run_controls"}
RATE = "learning rate η"


@pytest.fixture
def drawn():
    """The names of the groups in the order in which they are drawn."""
    seen = []

    def noted(name, act):
        def draw(*args, **kwargs):
            seen.append(name)
            return act(*args, **kwargs)

        return draw

    with ExitStack() as patches:
        for name, call in (OTHERS | RACE).items():
            patches.enter_context(patch.object(controls, call, noted(name, getattr(controls, call))))
        yield seen


def rate(app, slot=0):
    return [slider for slider in app.select_slider if slider.label.endswith(RATE)][slot]


def verdicts(app):
    return [caption.value for caption in app.caption]


def undo(app):
    return control(app, "button", "Undo")


def test_a_learning_rate_draws_the_header_and_the_runs_and_no_other_group(drawn):
    app = opened(v="1", steps="50", run=["gradient_descent~0.001", "adam~0.3"])
    assert set(drawn) == {*RACE, *OTHERS}
    before, words, link = list(drawn), verdicts(app), dict(app.query_params)
    assert undo(app).disabled
    rate(app).set_value(10.0).run()
    assert not app.exception
    assert set(drawn[len(before) :]) == {*RACE}
    assert verdicts(app) != words
    assert any("diverged" in word for word in verdicts(app))
    assert dict(app.query_params) != link
    assert not undo(app).disabled


def test_what_is_taken_back_is_taken_back_in_every_group(drawn):
    app = opened(v="1", steps="50", run=["gradient_descent~0.001", "adam~0.3"])
    words = verdicts(app)
    rate(app).set_value(10.0).run()
    drawn.clear()
    press(app, "Undo")
    assert set(drawn) == {*RACE, *OTHERS}
    assert verdicts(app) == words
    assert rate(app).value == 0.001


def test_a_rate_that_was_moved_can_be_moved_on_and_another_one_too():
    app = opened(v="1", steps="50", run=["gradient_descent~0.001", "adam~0.3"])
    for number in (0.002, 0.003):
        rate(app).set_value(number).run()
    rate(app, 1).set_value(0.4).run()
    assert [dict(run.numbers)["learning_rate"] for run in choices(app).runs] == [0.003, 0.4]
    assert [rate(app, slot).value for slot in (0, 1)] == [0.003, 0.4]
