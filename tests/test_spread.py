"""How far batches scatter a descent on a quadratic: against every order that chance can bring, and closed forms."""

import itertools

import numpy as np
import pytest

from landscapes import Batches, stationary_variance
from optimizers import expected_spread

TILTS = np.array([1.0, -0.4, 2.3, -2.9])
RULES = [(0.3, 2.0, 0.0), (0.9, 2.0, 0.0), (0.1, 1.0, 0.8), (1.7, 2.0, 0.75)]  # rate, curvature, momentum


def every_epoch(batches):
    """Every order of an epoch that chance can bring, all as likely."""
    if batches.order == "replaced":
        return list(itertools.product(range(batches.examples), repeat=batches.examples_per_epoch))
    return [rows[: batches.examples_per_epoch] for rows in itertools.permutations(range(batches.examples))]


def descended(orders, batches, rate, curvature, momentum, steps):
    """Every run without a way down, (orders, steps + 1): one tilt of the parabola after the other."""
    rows = np.array([list(itertools.chain(*epochs)) for epochs in orders])
    x, v, at, points = np.zeros(len(rows)), np.zeros(len(rows)), 0, [np.zeros(len(rows))]
    for step in range(steps):
        last = step % batches.steps_per_epoch == batches.steps_per_epoch - 1
        size = batches.last_size if last else batches.size
        v = momentum * v + curvature * x + TILTS[rows[:, at : at + size]].mean(axis=1)
        x, at = x - rate * v, at + size
        points.append(x)
    return np.array(points).T


@pytest.mark.parametrize("order", ["shuffled", "replaced"])
@pytest.mark.parametrize(("size", "drop_last"), [(1, False), (2, False), (3, False), (3, True), (4, False)])
@pytest.mark.parametrize(("rate", "curvature", "momentum"), RULES)
def test_the_spread_is_the_mean_over_all_that_chance_can_bring(order, size, drop_last, rate, curvature, momentum):
    batches = Batches(examples=4, size=size, order=order, drop_last=drop_last)
    epochs = 2 if order == "shuffled" else 1
    steps = epochs * batches.steps_per_epoch
    orders = list(itertools.product(every_epoch(batches), repeat=epochs))
    points = descended(orders, batches, rate, curvature, momentum, steps)
    tilts = TILTS - TILTS.mean()
    assert tilts.mean() == pytest.approx(0.0, abs=1e-15)
    for first in (0, steps // 2, steps):
        window = points[:, first:]
        found = expected_spread(batches, float(TILTS.var(ddof=1)), rate, curvature, steps, first, momentum)
        assert found.variance == pytest.approx((window**2).mean(), rel=1e-10, abs=1e-14)
        covariance = window.T @ window / len(window)
        counted = np.trace(covariance) ** 2 / (covariance**2).sum() if found.variance > 1e-20 else window.shape[1]
        assert found.looks == pytest.approx(counted, rel=1e-8)


def test_independent_draws_for_long_are_the_stationary_spread_and_count_as_their_correlation_says():
    batches = Batches(examples=64, size=1, order="replaced")
    for rate, curvature, momentum in RULES:
        found = expected_spread(batches, 0.25 * 64 / 63, rate, curvature, 4000, 2000, momentum)
        stationary = stationary_variance(rate, curvature, 0.25, momentum)
        assert found.variance == pytest.approx(stationary, rel=1e-9)
        if momentum == 0:
            rho = 1 - rate * curvature
            assert found.looks == pytest.approx(2001 * (1 - rho**2) / (1 + rho**2), rel=5e-3)


def test_shuffled_epochs_are_quieter_where_the_surface_is_flat_and_louder_where_every_step_turns_round():
    """Beside independent noise of the same variance as one batch of theirs."""
    shuffled, variance = Batches(examples=8, size=4), 1.0 / 4 * (1 - 4 / 8)
    flat, steep = (
        expected_spread(shuffled, 1.0, rate, 1.0, 400, 200).variance / stationary_variance(rate, 1.0, variance)
        for rate in (0.1, 1.7)
    )
    assert flat < 0.2
    assert steep > 1.4


def test_batches_in_order_have_no_chance_in_them():
    with pytest.raises(ValueError, match="nothing about them is left to chance"):
        expected_spread(Batches(examples=4, size=2, order="in_order"), 1.0, 0.1, 1.0, 10, 5)


def test_the_work_hardly_grows_with_the_updates_and_the_result_is_that_of_a_run_as_long():
    """A million updates, of which the last ten are looked at: nothing goes through them one by one."""
    batches = Batches(examples=5, size=2)
    short, long = (expected_spread(batches, 1.0, 0.05, 1.0, steps, steps - 10) for steps in (3000, 3_000_000))
    assert long.variance == pytest.approx(short.variance, rel=1e-9)
    assert long.looks == pytest.approx(short.looks, rel=1e-9)
