"""Every landscape opens with rates that suit it, and what a person has set stays."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from visitor import choices, control, opened, press

from landscapes import LANDSCAPES, Knob, formula, knobs
from optimizers import OPTIMIZERS, descend, suggested_rate
from pages.shared.controls.suggest import set_by_hand, suited, with_suited_rates
from pages.shared.fields import run_choice
from pages.shared.race.compute import outcomes
from pages.shared.state.choices import OWN, first_choices, with_landscape
from pages.shared.state.link import read, write
from pages.shared.state.session import set_number

FULL = Knob("η", 0.0, 1.0, default=1.0)
RATED = [name for name, rule in OPTIMIZERS.items() if knobs(rule).get("learning_rate", FULL).default != 1]
NO_ARRIVAL = {  # where none of the first runs arrives in 500 steps, and why
    "saddle": "it has no minimum: the loss falls without end",
    "monkey_saddle": "it has no minimum: the loss falls without end",
    "quartic_bowl": "its minimum is degenerate: the gradient dies away with the cube of the distance",
    "leon": "its valley is curved and narrower than Rosenbrock's: this slow crawl is what it is about",
}


@cache
def arrived_on(name):
    """The first choices, taken to a landscape by hand, with what becomes of the runs."""
    there = with_suited_rates(with_landscape(name, first_choices()), first_choices())
    return there, outcomes(there)


def rates(there):
    return [dict(run.numbers)["learning_rate"] for run in there.runs]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_first_runs_show_something_on_every_landscape(name):
    kinds = [outcome.verdict.kind for outcome in arrived_on(name)[1]]
    assert "diverged" not in kinds
    assert (set(kinds) == {"moving"}) == (name in NO_ARRIVAL)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_first_run_goes_down_and_across_the_view_in_steps_that_are_seen(name):
    there, found = arrived_on(name)
    landscape = there.build()
    width = np.ptp(np.array(landscape.domain), axis=1)
    for outcome in found:
        path = outcome.trajectory.positions
        assert outcome.loss[-1] < outcome.loss[0]
        assert (np.ptp(path, axis=1) / width).max() > 0.005
        assert (np.abs(np.diff(path)) / width[:, None]).max() <= 0.25


def test_where_nothing_arrives_the_table_says_why_truly():
    out = np.array([1.0, 10.0, 1e3, 1e5])
    for name, way in (("saddle", (0, 1)), ("monkey_saddle", (-1, 0))):
        losses = LANDSCAPES[name]().value(np.array(way)[:, None] * out)
        assert (np.diff(losses) < 0).all()
        assert all(outcome.loss[-1] < 0 for outcome in arrived_on(name)[1])
    hessian = LANDSCAPES["quartic_bowl"]().hessian(np.zeros(2))
    assert not hessian.any()


def test_the_rate_is_below_the_limit_of_theory_where_there_is_one():
    for stiffness in (1.0, 30.0, 1e4):
        steep = formula(f"{stiffness}*x**2 + y**2", domain=((-2, 2), (-2, 2)))
        rate = suggested_rate(steep, OPTIMIZERS["gradient_descent"])
        assert 0.02 / stiffness < rate < 1 / stiffness


def test_a_landscape_that_is_a_million_times_as_steep_gets_a_rate_a_million_times_as_small():
    plain, steep = (formula(f"{size}*(x**2 + 3*y**2)") for size in ("1", "1e9"))
    rates = [suggested_rate(it, OPTIMIZERS["gradient_descent"]) for it in (plain, steep)]
    np.testing.assert_allclose(rates[0] / rates[1], 1e9, rtol=0.7)


def test_where_the_start_leads_nowhere_there_is_no_suggestion_and_the_rule_keeps_its_own():
    text = "0*x + 3"
    assert suggested_rate(formula(text), OPTIMIZERS["adam"]) is None
    there = replace(first_choices(), landscape=OWN, text=text, numbers=())
    run = run_choice("adam", learning_rate=0.5)
    assert suited(run, there.where) == run_choice("adam")


@pytest.mark.parametrize(
    "name", [name for name, rule in OPTIMIZERS.items() if knobs(rule).get("learning_rate", FULL).default != 1]
)
def test_every_rule_with_a_rate_is_given_one_at_which_it_goes_down(name):
    there = with_landscape("himmelblau", first_choices())
    run, landscape = suited(run_choice(name), there.where), there.build()
    loss = landscape.value(descend(landscape, run.build(), np.array(there.start), 500).positions)
    assert loss[-1] < 0.6 * loss[0]


@pytest.mark.parametrize("name", ["newton", "adadelta", "line_search"])
def test_a_rule_that_finds_the_length_of_its_steps_stays_as_it_is(name):
    run = run_choice(name)
    assert suited(run, first_choices().where) == run


def test_a_rate_that_was_set_stays_and_the_others_follow_the_landscape():
    first = first_choices()
    by_hand = replace(first.runs[0], numbers=set_number(first.runs[0].numbers, "learning_rate", 0.123))
    before = replace(first, runs=(by_hand, *first.runs[1:]))
    after = with_suited_rates(with_landscape("booth", before), before)
    assert rates(after)[0] == 0.123
    assert rates(after)[1:] == rates(arrived_on("booth")[0])[1:]


def test_rates_follow_from_landscape_to_landscape_whatever_lies_between():
    there = first_choices()
    for name in ("booth", "peaks", "quadratic_bowl"):
        there = with_suited_rates(with_landscape(name, there), there)
        assert rates(there) == rates(arrived_on(name)[0])
    turned = replace(there, numbers=set_number(there.numbers, "kappa", 500.0))
    assert not any(set_by_hand(run, turned) for run in turned.runs)
    away = with_suited_rates(with_landscape("booth", turned), turned)
    assert rates(away) == rates(arrived_on("booth")[0])


def test_a_run_with_a_schedule_keeps_it_and_a_hidden_one_stays_hidden():
    first = first_choices()
    runs = tuple(replace(run, schedule="cosine", schedule_numbers=(("steps", 100.0),)) for run in first.runs)
    before = replace(first, runs=(replace(runs[0], hidden=True), *runs[1:]))
    after = with_suited_rates(with_landscape("booth", before), before)
    assert rates(after) == rates(arrived_on("booth")[0])
    assert [replace(run, numbers=()) for run in after.runs] == [replace(run, numbers=()) for run in before.runs]


@pytest.mark.parametrize("name", ["himmelblau", "saddle", "rastrigin"])
def test_what_was_suggested_is_in_the_link_and_a_link_is_opened_as_it_stands(name):
    there, _ = arrived_on(name)
    link = {key: [part] if isinstance(part, str) else part for key, part in write(there).items()}
    assert read(link) == (there, [])
    old, _ = read({"v": ["1"], "landscape": [name]})
    assert old.runs == first_choices().runs


def test_a_visitor_who_chooses_another_landscape_gets_its_rates_and_takes_them_back():
    app = opened()
    control(app, "selectbox", "Landscape").set_value("himmelblau").run()
    assert not app.exception
    assert choices(app) == arrived_on("himmelblau")[0]
    press(app, "Undo")
    assert choices(app) == first_choices()


def test_a_formula_of_ones_own_gets_new_rates_when_it_changes_and_keeps_what_was_set():
    app = opened(v="1", landscape=OWN, f="x**2 + 3*y**2", run=["gradient_descent~0.03", "adam~0.3"])
    old = choices(app)
    app.session_state["choices"] = replace(old, runs=(suited(old.runs[0], old.where), old.runs[1]))
    control(app, "text_area", "f(x, y) =").set_value("1000*(x**2 + 3*y**2)").run()
    assert not app.exception
    new = choices(app)
    assert new.text == "1000*(x**2 + 3*y**2)"
    assert new.runs[0] == suited(new.runs[0], new.where)
    assert rates(new)[0] < 1 / 3000
    assert new.runs[1] == suited(new.runs[1], new.where)  # 0.3 is what the app opens with
