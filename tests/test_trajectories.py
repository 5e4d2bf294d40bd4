"""A race as JSON: another program finds in it what was on the screen."""

import json
from dataclasses import replace

import numpy as np

from pages.shared.fields.run_choice import run_choice
from pages.shared.race.compute import crowds, outcomes
from pages.shared.race.trajectories import race_as_json
from pages.shared.state.choices import first_choices
from pages.shared.state.starts import Ring


def test_every_point_of_every_trajectory_is_written_to_its_last_digit():
    runs = (run_choice("adam", learning_rate=0.3), run_choice("gradient_descent", learning_rate=1e-4))
    choices = replace(
        first_choices(), runs=runs, further=Ring(3), steps=40, noise=0.2, seed=5, noise_kind="multiplicative"
    )
    race = json.loads(race_as_json(choices))
    assert (race["landscape"], race["noise"], race["seed"], len(race["starts"])) == ("Rosenbrock", 0.2, 5, 4)
    assert race["noise_kind"] == "multiplicative"
    assert [run["name"] for run in race["runs"]] == choices.names()
    assert race["runs"][0]["numbers"]["learning_rate"] == 0.3
    for run, first, others in zip(race["runs"], outcomes(choices), crowds(choices), strict=True):
        for written, outcome in zip(run["trajectories"], (first, *others), strict=True):
            np.testing.assert_array_equal([written["x"], written["y"]], outcome.trajectory.positions)
            np.testing.assert_array_equal(written["loss"], outcome.loss)
            assert written["verdict"] == outcome.verdict.kind


def test_a_trajectory_that_left_ends_and_a_loss_that_is_not_finite_is_null():
    away = replace(first_choices(), runs=(run_choice("gradient_descent", learning_rate=1.0),), steps=40)
    (written,) = json.loads(race_as_json(away))["runs"][0]["trajectories"]
    assert written["verdict"] == "diverged"
    assert 1 <= len(written["x"]) == len(written["y"]) == len(written["loss"]) < 40
    pole = replace(away, landscape="formula", numbers=(), text="1/x", start=(0.0, 1.0))
    (written,) = json.loads(race_as_json(pole))["runs"][0]["trajectories"]
    assert written["loss"] == [None]
