"""What is saved is what was seen."""

import csv
import io
from dataclasses import replace

import numpy as np
from visitor import race

from landscapes import NOISE_MODELS, Noise, formula
from optimizers import SCHEDULES
from pages.shared.controls.run_downloads import recipe, table
from pages.shared.fields.run_choice import run_choice
from pages.shared.race.compute import crowds, outcomes
from pages.shared.race.recording import recorded
from pages.shared.state.choices import OWN
from pages.shared.state.starts import Grid, Ring


def test_what_is_saved_is_the_run_that_is_seen():
    choices = race(
        run_choice("lbfgs", history=3.0), run_choice("adam", "warmup", learning_rate=0.2), noise=0.25, seed=4
    )
    for slot in (0, 1):
        rows = table(choices, slot).splitlines()
        seen = outcomes(choices)[slot].trajectory.positions
        assert len(rows) - 1 == int(np.isfinite(seen).all(axis=0).sum())
        x, y = map(float, rows[-1].split(",")[2:4])
        np.testing.assert_array_equal([x, y], seen[:, len(rows) - 2])
    assert recipe(choices, choices.runs[0]).numbers["history"] == 3
    it = recipe(choices, choices.runs[1])
    assert it.plan is SCHEDULES["warmup"]
    assert it.plan_numbers["then"] == 0.2
    assert it.noise == Noise(0.25, 4)


def test_a_table_and_a_script_hold_every_start_that_runs():
    run = run_choice("gradient_descent", learning_rate=0.004)
    choices = race(run, further=Ring(5), noise=0.1, seed=2, noise_kind="multiplicative")
    rows = list(csv.DictReader(io.StringIO(table(choices, 0))))
    (first,), (others,) = outcomes(choices), crowds(choices)
    for number, outcome in enumerate((first, *others), 1):
        positions = outcome.trajectory.positions
        mine = [row for row in rows if row["start"] == str(number)]
        seen = positions[:, np.isfinite(positions).all(axis=0)]
        np.testing.assert_array_equal([[float(row["x"]), float(row["y"])] for row in mine], seen.T)
        assert [int(row["step"]) for row in mine] == list(range(len(mine)))
    assert {row["start"] for row in rows} == set("123456")
    assert recipe(choices, run).noise == Noise(0.1, 2, NOISE_MODELS["multiplicative"])
    assert recipe(choices, run).starts == choices.starts_within_budget
    crowded = replace(choices, further=Grid(5), steps=5000, runs=8 * (run,))
    assert recipe(crowded, run).starts == crowded.starts_within_budget != crowded.starts


def test_a_hidden_run_is_recorded_once():
    choices = race(run_choice("adam"))
    hidden = replace(choices, runs=(replace(choices.runs[0], hidden=True),))
    assert recorded(choices, 0).run is recorded(hidden, 0).run


def test_a_landscape_of_ones_own_is_saved_without_its_text():
    own = replace(race(run_choice("adam")), landscape=OWN, text="depth*x**2 + y**2", numbers=(("depth", 2.0),))
    assert own.build().program is not None
    assert formula(own.text).program("numpy") != own.build().program("numpy")
    assert "depth" not in own.build().program("torch")
