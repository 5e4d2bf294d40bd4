"""What is remarked on a race: schedules that never act, rules of one name that part."""

import json
from dataclasses import replace

import pytest
from visitor import opened, race

from figures.stage.packing import unpack
from optimizers import OPTIMIZERS, short
from pages.shared.compute import outcomes
from pages.shared.recording import measured, recorded
from pages.shared.remarks import conventions, idle_schedules, scheduled
from pages.shared.run_choice import run_choice, takes_schedule


def test_a_schedule_that_never_acts_is_pointed_out_with_the_step_at_which_it_would():
    choices = race(run_choice("adam", "step", learning_rate=0.1))
    rates = scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)])
    (sentence,) = idle_schedules(choices, rates)
    assert sentence == (
        "Adam: the schedule “Staircase” never acts within the 20 steps of this run, the rate stays 0.1; "
        "its first change comes with step 31."
    )
    longer = replace(choices, steps=31)
    acting = scheduled(longer, [outcome.trajectory for outcome in outcomes(longer)])
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
    rates = scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)])
    assert idle_schedules(choices, rates) == said


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if takes_schedule(name)])
def test_a_constant_rate_is_no_idle_schedule(name):
    choices = race(run_choice(name))
    assert scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)]) == {}
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
    rates = scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)]).values()
    said = [f"{name}: from {short(r[0])} to {short(r[-1])}." for name, r in zip(choices.names(), rates, strict=True)]
    assert len(said) == 2
    stages = " ".join(
        json.dumps(unpack(element.proto.bytes)[0], ensure_ascii=False)
        for element in app.get("bidi_component")
        if element.proto.component_name == "fall_line_stage"
    )
    assert f"The learning rate of every step. {' '.join(said)}" in stages
