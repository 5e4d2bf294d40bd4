"""What is saved is what was seen."""

from dataclasses import replace

import numpy as np
from visitor import race

from landscapes import formula
from optimizers import SCHEDULES
from pages.shared.choices import OWN, run_choice
from pages.shared.compute import outcomes
from pages.shared.recording import recorded
from pages.shared.save import recipe, table


def test_what_is_saved_is_the_run_that_is_seen():
    choices = race(
        run_choice("lbfgs", history=3.0), run_choice("adam", "warmup", learning_rate=0.2), noise=0.25, seed=4
    )
    for slot in (0, 1):
        rows = table(choices, slot).splitlines()
        seen = outcomes(choices)[slot].trajectory.positions
        assert len(rows) - 1 == int(np.isfinite(seen).all(axis=0).sum())
        x, y = map(float, rows[-1].split(",")[1:3])
        np.testing.assert_array_equal([x, y], seen[:, len(rows) - 2])
    assert recipe(choices, choices.runs[0]).numbers["history"] == 3
    it = recipe(choices, choices.runs[1])
    assert it.plan is SCHEDULES["warmup"]
    assert it.plan_numbers["then"] == 0.2
    assert it.noise == (0.25, 4)


def test_a_hidden_run_is_recorded_once():
    choices = race(run_choice("adam"))
    hidden = replace(choices, runs=(replace(choices.runs[0], hidden=True),))
    assert recorded(choices, 0) is recorded(hidden, 0)


def test_a_landscape_of_ones_own_is_saved_without_its_text():
    own = replace(race(run_choice("adam")), landscape=OWN, text="depth*x**2 + y**2", numbers=(("depth", 2.0),))
    assert own.build().program is not None
    assert formula(own.text).program("numpy") != own.build().program("numpy")
    assert "depth" not in own.build().program("torch")
