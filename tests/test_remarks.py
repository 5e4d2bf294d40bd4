"""What is remarked on a race: schedules that never act, rules of one name that part."""

import json
from dataclasses import replace

import numpy as np
import pytest
from visitor import drawn, opened, race

from figures.stage.packing import unpack
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, RULES, descend, plain_updates
from pages.shared.fields.run_choice import run_choice, takes_schedule
from pages.shared.race.compute import outcomes
from pages.shared.race.recording import measured, recorded
from pages.shared.race.remarks import conventions, idle_schedules, scheduled, thrown_out
from pages.shared.state.choices import OWN, with_landscape
from words import short


def test_a_schedule_that_never_acts_is_pointed_out_with_the_step_at_which_it_would():
    choices = race(run_choice("adam", "step", learning_rate=0.1))
    rates = scheduled(choices)
    (sentence,) = idle_schedules(choices, rates)
    assert sentence == (
        "Adam: the schedule “Staircase” never acts within the 20 steps of this run, the rate stays 0.1; "
        "its first change comes with step 31."
    )
    longer = replace(choices, steps=31)
    acting = scheduled(longer)
    assert idle_schedules(longer, acting) == []


@pytest.mark.parametrize(
    ("schedule", "warmup", "said"),
    [
        ("constant", 10, []),
        ("cosine", 10, []),
        (
            "step",
            10,
            [
                "Adam: the schedule “Staircase” never acts within the 20 steps of this run, after its warm-up the rate "
                "stays 0.1; its first change comes with step 41."
            ],
        ),
        (
            "cosine",
            40,
            [
                "Adam: the warm-up of 40 steps outlasts the 20 steps of this run; the rate only comes to 0.0475, "
                "and “Cosine” never begins."
            ],
        ),
        (
            "constant",
            20,
            ["Adam: the warm-up of 20 steps outlasts the 20 steps of this run; the rate only comes to 0.095."],
        ),
    ],
)
def test_what_a_warm_up_leaves_of_a_schedule_is_said(schedule, warmup, said):
    choices = race(replace(run_choice("adam", schedule, learning_rate=0.1), warmup=warmup))
    rates = scheduled(choices)
    assert idle_schedules(choices, rates) == said


def on_a_bowl(bottom, schedule="reduce_on_plateau", steps=80, start=(3.0, 3.0), **numbers):
    """Gradient descent on a bowl of that depth, with the learning rate of every step."""
    run = run_choice("gradient_descent", schedule, learning_rate=0.2)
    run = replace(run, schedule_numbers=tuple((n, numbers.get(n, v)) for n, v in run.schedule_numbers))
    bowl = {"landscape": OWN, "text": f"x**2 + y**2 + ({bottom})", "numbers": ()}
    there = replace(race(run), steps=steps, start=start, **bowl)
    return there, scheduled(there)


def test_a_plateau_that_is_not_seen_because_the_loss_is_negative_is_pointed_out():
    choices, rates = on_a_bowl(-5)
    assert (rates[0] == 0.2).all()
    loss = outcomes(choices)[0].loss
    first = int(np.argmax(loss < 0))
    assert 0 < first < 5
    *_, sentence = idle_schedules(choices, rates)
    assert sentence == (
        f"Gradient descent: the loss is negative from step {first} on, and “Reduce on plateau” has not lowered the "
        "rate since: its threshold is a share of the loss, and a negative loss at rest counts as progress. “Reduce on "
        "plateau, absolute” acts there too."
    )
    *_, at_once = idle_schedules(*on_a_bowl(-5, start=(1.0, 1.0)))
    assert "the loss is negative from the start" in at_once


@pytest.mark.parametrize(
    ("bottom", "parts"),
    [
        (5, {}),  # acts where the loss is positive
        (-5, {"schedule": "reduce_on_plateau_absolute"}),  # and this one everywhere
        (-5, {"threshold": 0.0}),  # without a share there is nothing that a sign could turn round
        (-5, {"steps": 9}),  # too short for any plateau
    ],
)
def test_nothing_is_said_of_the_sign_where_it_changes_nothing(bottom, parts):
    assert not any("negative" in sentence for sentence in idle_schedules(*on_a_bowl(bottom, **parts)))


def test_the_absolute_threshold_acts_on_the_same_losses():
    assert (on_a_bowl(-5, "reduce_on_plateau_absolute")[1][0] < 0.2).any()
    assert (on_a_bowl(5)[1][0] < 0.2).any()


def test_the_plain_name_is_that_of_the_line_search_and_pytorchs_rule_goes_by_its_name():
    names = {key: rule.name for key, rule in RULES.items()}
    assert (names["lbfgs_wolfe"], names["lbfgs"]) == ("L-BFGS", "L-BFGS (PyTorch)")
    assert list(names).index("lbfgs_wolfe") == list(names).index("lbfgs") - 1
    assert "torch.optim.LBFGS" in RULES["lbfgs"].torch({"learning_rate": 1.0, "history": 10})
    assert RULES["lbfgs_wolfe"].torch is None


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if takes_schedule(name)])
def test_a_constant_rate_is_no_idle_schedule(name):
    choices = race(run_choice(name))
    assert scheduled(choices) == {}
    assert idle_schedules(choices, {0: measured(choices, 0).rate}) == []


def test_two_rules_of_one_name_are_told_apart_with_the_step_at_which_they_part():
    choices = race(run_choice("adam", learning_rate=0.1), run_choice("adam_uncorrected", learning_rate=0.1))
    paths = [recorded(choices, slot).run.positions for slot in (0, 1)]
    what, where = conventions(choices, choices.names(), paths)
    assert "3.16η" in what
    assert where == "Adam and Adam, uncorrected part here at step 1."
    app = opened("step_by_step", v="1", run=["adam", "adam_uncorrected"], steps="9")
    assert "3.16η" in " ".join(part.value for part in app.info)


@pytest.mark.parametrize("page", ["explore", "step_by_step"])
def test_the_picture_of_the_learning_rates_is_told_in_numbers(page):
    app = opened(page, v="1", run=["adam~linear_warmup~learning_rate~0.25", "momentum~learning_rate~0.005"], steps="7")
    choices = app.session_state["choices"]
    rates = scheduled(choices).values()
    said = [f"{name}: from {short(r[0])} to {short(r[-1])}." for name, r in zip(choices.names(), rates, strict=True)]
    assert len(said) == 2
    stages = " ".join(
        json.dumps(unpack(element.proto.bytes)[0], ensure_ascii=False)
        for element in app.get("bidi_component")
        if element.proto.component_name == "fall_line_stage"
    )
    assert f"The learning rate of every step. {' '.join(said)}" in stages


def remarks_on(choices):
    paths = [outcome.trajectory.positions for outcome in outcomes(choices)]
    return thrown_out(choices.build(), choices.names(), choices.runs, paths), paths


@pytest.mark.parametrize("beta2", [0.5, 0.7, 0.9, 0.99, 0.999, 0.9999])
def test_radams_plain_updates_are_those_whose_step_is_the_rate_times_the_mean_gradient(beta2):
    rate, choices = 1e-5, race(run_choice("radam", learning_rate=1e-5, beta2=beta2))
    optimizer = choices.runs[0].build()
    run = descend(choices.build(), optimizer, np.array(choices.start), choices.steps, record=True)
    steps = np.diff(run.positions).T
    plain = [
        np.allclose(step, -rate * state.m / state.c1, rtol=1e-6) for step, state in zip(steps, run.states, strict=True)
    ]
    assert plain == [t <= plain_updates(beta2, choices.steps) for t in range(1, choices.steps + 1)]


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize("rate", [1e-3, 0.03, 0.3, 3.0])
def test_radam_gets_its_remark_where_its_first_steps_leave_the_view_and_nowhere_else(name, rate):
    choices = with_landscape(
        name, race(run_choice("radam", learning_rate=rate), run_choice("adam", learning_rate=rate))
    )
    said, (path, _) = remarks_on(choices)
    (x, y), landscape = choices.build().domain, choices.build()
    inside = [x[0] <= p[0] <= x[1] and y[0] <= p[1] <= y[1] for p in path[:, :6].T]
    assert bool(said) == (not all(inside))
    if said:
        step = inside.index(False)
        before, after = path[:, step - 1], path[:, step]
        assert f"Step {step}, at η = {short(rate)} from" in said[0]
        assert f"the gradient is {short(float(np.hypot(*landscape.gradient(before))))} long" in said[0]
        if np.isfinite(after).all():
            assert f"is {short(float(np.hypot(*(after - before))))} long and leaves" in said[0]
        if step == 1:  # then the step is the rate times the gradient
            np.testing.assert_allclose(after - before, -rate * landscape.gradient(before), rtol=1e-9, atol=1e-12)


def test_radam_that_never_divides_and_one_on_a_schedule_are_told_apart():
    (never,), _ = remarks_on(race(run_choice("radam", learning_rate=0.3, beta2=0.5)))
    assert "all its steps are plain momentum" in never
    (warmed,), _ = remarks_on(race(replace(run_choice("radam", learning_rate=0.3), warmup=50)))
    assert "at η = 0.018 from" in warmed  # the fourth step, of which the rate is 0.3 · 3/50
    (plateau,), _ = remarks_on(race(run_choice("radam", "reduce_on_plateau", learning_rate=0.3)))
    assert "at η = 0.3 from" in plateau


def test_the_remark_on_radam_is_on_every_page_with_runs():
    assert "are plain momentum at the learning rate itself" in drawn(opened("explore", v="1", run="radam~0.3"))
    app = opened("step_by_step", v="1", run="radam~0.3")
    assert "are plain momentum at the learning rate itself" in " ".join(part.value for part in app.info)
    assert "are plain momentum at the learning rate itself" in drawn(
        opened("data", v="1", run="radam~10", data="forbes")
    )
