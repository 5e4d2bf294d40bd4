"""Long work: done once for all who ask at the same moment, kept within a bound, and ended where nobody waits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from caching import POOLS, Pool
from landscapes import LANDSCAPES, Noise
from optimizers import OPTIMIZERS, descend
from pages.shared.controls.start_controls import left_out
from pages.shared.controls.tune import RATES, after
from pages.shared.fields.run_choice import MOST_STEPS, SEARCHES, SEARCHING, run_choice
from pages.shared.race.compute import outcome, outcomes
from pages.shared.state.choices import MOST_POINTS, Choices, first_choices
from pages.shared.state.starts import Grid
from pages.shared.work import kept


def with_runs(*names: str, **others: object) -> Choices:
    return replace(first_choices(), runs=tuple(map(run_choice, names)), **others)


def test_what_is_asked_for_by_many_at_once_is_computed_once():
    begun, go, calls = Event(), Event(), []

    @kept("runs")
    def slow(number):
        calls.append(number)
        begun.set()
        assert go.wait(60)
        return object()

    with ThreadPoolExecutor(8) as visitors:
        first = visitors.submit(slow, 1)
        assert begun.wait(60)
        others = [visitors.submit(slow, 1) for _ in range(7)]
        go.set()
        assert {id(one.result()) for one in (first, *others)} == {id(first.result())}
    assert calls == [1]


def test_one_who_waits_begins_anew_where_the_other_was_ended():
    begun, go, calls = Event(), Event(), []

    @kept("runs")
    def slow():
        calls.append(0)
        if len(calls) > 1:
            return "done"
        begun.set()
        assert go.wait(60)
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(slow)
        assert begun.wait(60)
        second = visitors.submit(slow)
        go.set()
        assert second.result() == "done"
        with pytest.raises(KeyboardInterrupt):
            first.result()


def test_results_are_kept_by_their_size_and_the_last_used_ones_stay(monkeypatch):
    calls = []
    monkeypatch.setitem(POOLS, "ten", Pool(10))

    @kept("ten", lambda result: result)
    def weighing(weight, name):
        calls.append(name)
        return weight

    for weight, name in ((4, "a"), (4, "b"), (4, "a"), (4, "c"), (4, "a"), (4, "b"), (50, "d"), (50, "d"), (4, "a")):
        assert weighing(weight, name) == weight
    assert calls == ["a", "b", "c", "b", "d", "a"]


def asking_again():
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

    from pages.shared.fields.run_choice import run_choice
    from pages.shared.race.compute import outcome
    from pages.shared.state.choices import first_choices

    if "asked" not in st.session_state:
        st.session_state["asked"] = True
        get_script_run_ctx().script_requests.request_rerun(RerunData())
        outcome(first_choices().where, Noise(), run_choice("adam", learning_rate=0.0123), (0.1, 0.2), 200_000)
        raise AssertionError("the run came to its end, though another was asked for")
    st.write("the other one")


def test_a_run_of_200_000_steps_ends_where_its_visitor_asks_for_something_else():
    app = AppTest.from_function(asking_again, default_timeout=60).run()
    assert not app.exception
    assert app.markdown[0].value == "the other one"


def test_one_run_takes_200_000_steps_and_eight_take_what_there_is_room_for():
    assert MOST_STEPS == MOST_POINTS == 200_000
    one = with_runs("gradient_descent", steps=200_000)
    assert (one.steps_taken, left_out(one)) == (200_000, [])
    eight = with_runs(*["gradient_descent"] * 8, steps=200_000)
    assert eight.steps_taken == 25_000
    assert left_out(eight) == [
        "Only 25,000 of 200,000 steps run: there is room for 200,000 steps of all runs together. Fewer runs make room."
    ]
    assert replace(eight, runs=eight.runs[:1]).steps_taken == 200_000  # nothing that was asked for is forgotten


def test_every_race_of_5_000_steps_has_room_from_its_start():
    for name in OPTIMIZERS:
        assert with_runs(*[name] * 8, steps=5000).steps_taken == 5000


@pytest.mark.parametrize("steps", [1, 500, 5000, 17_082, 60_000, 200_000])
@pytest.mark.parametrize("names", [["adam"], ["adam"] * 8, ["lbfgs", "newton", "lion"]])
def test_no_race_is_longer_than_its_bound(names, steps):
    choices = with_runs(*names, steps=steps, further=Grid(5))
    work = (
        len(choices.starts_within_budget)
        * choices.steps_taken
        * sum(SEARCHING if name in SEARCHES else 1 for name in names)
    )
    assert work <= MOST_POINTS
    more = (len(choices.starts_within_budget) + 1) * choices.steps_taken * choices.weight
    assert len(choices.starts_within_budget) == len(choices.starts) or more > MOST_POINTS
    assert bool(left_out(choices)) == (
        choices.steps_taken < steps or len(choices.starts_within_budget) < len(choices.starts)
    )


def test_a_rule_that_searches_is_named_with_what_its_steps_are_counted_as():
    assert OPTIMIZERS.keys() >= SEARCHES
    choices = with_runs("conjugate_gradient", "adam", steps=200_000)
    assert left_out(choices) == [
        "Only 33,333 of 200,000 steps run: there is room for 200,000 steps of all runs together, a step of Conjugate "
        "gradients counted 5 times. Fewer runs make room."
    ]


def test_gradient_descent_arrives_on_rosenbrock_after_17_082_steps_at_its_default_rate():
    choices = with_runs("gradient_descent", steps=17_082)
    assert choices.start == (-1.2, 1.0)
    (outcome,) = outcomes(choices)
    assert outcome.verdict.kind == "minimum"
    np.testing.assert_allclose(outcome.verdict.position, [1.0, 1.0], atol=1e-9)
    assert outcome.loss.size == 17_083


@pytest.mark.long
def test_a_sweep_of_a_long_run_in_pieces_ends_where_the_run_in_one_does():
    landscape, rates = LANDSCAPES["rosenbrock"](), np.geomspace(1e-5, 1.0, RATES)
    starts = np.repeat([[-1.2], [1.0]], RATES, axis=1)
    for name, per_step in (("adam", 1), ("sam", 2)):
        optimizer = OPTIMIZERS[name](learning_rate=rates)
        whole = descend(landscape, optimizer, starts, 12_001 // per_step).positions[:, -1]
        np.testing.assert_array_equal(after(landscape, optimizer, starts, 12_001), whole)


def test_the_same_run_is_not_made_twice():
    names = (first_choices().where, Noise(), run_choice("adam"), (0.3, 0.4), 7)
    assert outcome(*names) is outcome(*names)
