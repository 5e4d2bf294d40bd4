"""Seconds of batches, and the critical batch: counted one update at a time, and against the best of all rates."""

from itertools import product

import numpy as np
import pytest

from landscapes.from_data import Batches
from landscapes.from_data.machine import Machine, noise_scale, updates_needed

MACHINE = Machine(seconds=0.01, width=8)


@pytest.mark.parametrize(("size", "drop_last"), [(1, False), (8, False), (10, False), (10, True), (24, False)])
def test_the_seconds_that_have_passed_are_those_of_every_update(size, drop_last):
    batches = Batches(examples=24, size=size, drop_last=drop_last)
    each = [MACHINE.update(batches.rows(step).size) for step in range(40)]
    passed = [MACHINE.elapsed(batches, updates) for updates in range(41)]
    np.testing.assert_allclose(passed, [0, *np.cumsum(each)], rtol=1e-12)
    assert MACHINE.epoch(batches) == pytest.approx(sum(each[: batches.steps_per_epoch]))


def test_an_update_is_flat_until_the_machine_is_full_and_then_linear():
    times = [MACHINE.update(size) for size in range(1, 33)]
    assert times[:8] == [0.01] * 8
    np.testing.assert_allclose(np.diff(times[7:]), 0.01 / 8)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_at_its_best_rate_a_batch_gains_what_the_noise_scale_says(size):
    """On |p|²/2 + tilts, over every batch that can be drawn with replacement."""
    tilts = np.random.default_rng(3).standard_normal((2, 6))
    tilts -= tilts.mean(axis=1, keepdims=True)
    p = np.array([0.7, -0.4])
    gradients = p[:, None] + tilts
    drawn = np.array([gradients[:, list(rows)].mean(axis=1) for rows in product(range(6), repeat=size)])
    rates = np.linspace(0, 1, 20001)
    ends = (p @ p - 2 * rates * (drawn @ p).mean() + rates**2 * (drawn**2).sum(axis=1).mean()) / 2
    gain = p @ p / 2 - ends.min()
    assert gain == pytest.approx(p @ p / 2 / updates_needed(size, noise_scale(gradients)), rel=1e-6)


def test_at_the_critical_batch_twice_as_many_updates_are_needed_as_without_noise():
    gradients = np.array([[1.0, 3.0, 2.0], [0.0, 0.0, 0.0]])
    scale = noise_scale(gradients)
    assert scale == pytest.approx((2 / 3) / 4)
    assert updates_needed(scale, scale) == 2.0
    assert updates_needed(1e9, scale) == pytest.approx(1.0)


def test_where_the_gradient_is_zero_no_batch_is_large_enough():
    assert noise_scale(np.array([[1.0, -1.0], [0.0, 0.0]])) == np.inf
    assert noise_scale(np.array([[1.0, 1.0], [0.0, 0.0]])) == 0


@pytest.mark.parametrize("wrong", [{"seconds": 0.0, "width": 1}, {"seconds": 1.0, "width": 0.5}])
def test_what_is_no_machine_is_refused(wrong):
    with pytest.raises(ValueError, match="a machine"):
        Machine(**wrong)


@pytest.mark.parametrize("scale", [0.1, 5.0, 1000.0])
@pytest.mark.parametrize("width", [1, 8, 40])
def test_the_same_progress_is_soonest_with_batches_that_just_fill_the_machine(width, scale):
    machine = Machine(seconds=1.0, width=width)
    seconds = {size: updates_needed(size, scale) * machine.update(size) for size in range(1, 100)}
    assert min(seconds, key=seconds.get) == width
