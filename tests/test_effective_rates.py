"""What an update owes to its rate, to its memory and to its gradient."""

import numpy as np
import pytest
from optimizer_surfaces import slope
from recorded_runs import STEPS, recorded

from optimizers import RULES, SCHEDULES, history
from optimizers.worked_steps import anatomy

ANY = 3  # an update in the middle of a run
LINED = [name for name, rule in RULES.items() if rule.lines is not None]


@pytest.mark.parametrize("name", LINED)
def test_the_effective_rate_of_an_update_is_that_of_the_curve(name):
    it = recorded(name, "himmelblau")
    rates = history(it).effective
    for t in (1, 2, ANY, STEPS):
        np.testing.assert_allclose(anatomy(it, t).effective, rates[:, t - 1], rtol=1e-12)


@pytest.mark.parametrize(
    "name", ["gradient_descent", "adagrad", "adagrad_rms", "adadelta", "rmsprop", "rmsprop_lee", "rmsprop_hinton"]
)
def test_without_momentum_the_step_is_the_effective_rate_times_the_gradient(name):
    it = recorded(name)
    for t in (1, ANY):
        update = anatomy(it, t)
        np.testing.assert_allclose(update.step, -update.effective * update.g, rtol=1e-6)


def test_the_effective_rate_of_adam_is_the_rate_over_the_corrected_root():
    it = recorded("adam", landscape=slope(2.0, -0.5), start=(0.0, 0.0), steps=4, learning_rate=0.1)
    np.testing.assert_allclose(history(it).effective, [[0.05] * 4, [0.2] * 4], rtol=1e-7)


def test_radams_rate_becomes_effective_with_its_sixth_step():
    it = recorded("radam", landscape=slope(2.0, -0.5), start=(0.0, 0.0), steps=8, learning_rate=0.1)
    rates = history(it).effective
    np.testing.assert_array_equal(rates[:, :5], 0.1)
    assert rates[0, 5] == pytest.approx(0.1 * 0.0258211128019 / 2, rel=1e-6)


@pytest.mark.parametrize("name", sorted(RULES.keys() - set(LINED)))
def test_a_search_has_no_effective_rate_and_no_lines(name):
    it = recorded(name, "himmelblau")
    assert history(it).effective is None
    assert anatomy(it, 1).lines == ()
    assert anatomy(it, 1).effective is None


def test_momentums_part_and_the_gradients_part_are_the_whole_step():
    update = anatomy(recorded("momentum", learning_rate=1e-4, momentum=0.8), ANY)
    (v,) = update.memories
    np.testing.assert_allclose(update.from_memory, -1e-4 * 0.8 * v.before, rtol=1e-9)
    np.testing.assert_allclose(update.step - update.from_memory, -1e-4 * update.g, rtol=1e-9)


def test_a_first_step_owes_nothing_to_momentum():
    for name in ("momentum", "momentum_lee", "nesterov", "adam", "lion"):
        np.testing.assert_array_equal(anatomy(recorded(name), 1).from_memory, 0.0)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_rate_of_an_update_is_that_of_its_schedule(schedule):
    plan = SCHEDULES[schedule]()
    update = anatomy(recorded("adam", "himmelblau", schedule=plan), ANY)
    assert update.rate == plan(ANY - 1)
    np.testing.assert_allclose(update.lines[-1].value, update.new, rtol=1e-9)
