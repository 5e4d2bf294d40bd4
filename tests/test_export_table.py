"""The table of a run that was taken away: its points, and what its rule remembers."""

import csv
import io

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, descend, run_as_csv

STEPS = 25


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_table_holds_the_run_to_its_last_digit(name):
    landscape = LANDSCAPES["himmelblau"]()
    optimizer = OPTIMIZERS[name]()
    run = descend(landscape, optimizer, np.array(landscape.start), STEPS, record=True)
    rows = list(csv.DictReader(io.StringIO(run_as_csv(landscape, optimizer, [run]))))
    assert [int(row["step"]) for row in rows] == list(range(STEPS + 1))
    points = np.array([[float(row["x"]), float(row["y"])] for row in rows]).T
    np.testing.assert_array_equal(points, run.positions)
    np.testing.assert_array_equal([float(row["loss"]) for row in rows], landscape.value(run.positions))
    norms = np.linalg.norm(landscape.gradient(run.positions), axis=0)
    np.testing.assert_allclose([float(row["gradient_norm"]) for row in rows], norms, rtol=1e-12)


def test_the_table_holds_what_the_rule_remembers_and_the_rate():
    landscape, schedule = LANDSCAPES["himmelblau"](), SCHEDULES["cosine"](0.3, steps=STEPS)
    optimizer = OPTIMIZERS["adam"](learning_rate=schedule)
    run = descend(landscape, optimizer, np.array(landscape.start), STEPS, record=True)
    rows = list(csv.DictReader(io.StringIO(run_as_csv(landscape, optimizer, [run]))))
    assert rows[0]["learning_rate"] == ""
    assert (rows[0]["m_x"], rows[0]["c1"]) == ("0.0", "0.0")
    for step in (1, 2, STEPS):
        state = run.states[step - 1]
        assert float(rows[step]["learning_rate"]) == schedule(step - 1)
        assert [float(rows[step][key]) for key in ("m_x", "m_y", "v_x", "v_y")] == [*state.m, *state.v]
        assert float(rows[step]["c2"]) == state.c2


def test_the_table_of_a_run_that_left_ends_with_its_last_point():
    landscape, optimizer = LANDSCAPES["rosenbrock"](), OPTIMIZERS["gradient_descent"](0.1)
    run = descend(landscape, optimizer, np.array(landscape.start), STEPS, record=True)
    rows = list(csv.DictReader(io.StringIO(run_as_csv(landscape, optimizer, [run]))))
    assert len(rows) == int(np.isfinite(run.positions).all(axis=0).sum()) < STEPS


def test_a_rate_that_follows_the_loss_leaves_its_rule_readable_in_the_table():
    landscape = LANDSCAPES["himmelblau"]()
    optimizer = OPTIMIZERS["adam"](learning_rate=SCHEDULES["reduce_on_plateau"](0.5, patience=2))
    run = descend(landscape, optimizer, np.array(landscape.start), STEPS, record=True)
    (header, *_) = run_as_csv(landscape, optimizer, [run]).splitlines()
    assert {"m_x", "v_y", "learning_rate"} <= set(header.split(","))
