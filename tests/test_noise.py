"""Gradient noise: one draw a step, the same for all, with the spread that was asked for."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, noisy
from optimizers import OPTIMIZERS, descend

BOWL = LANDSCAPES["quadratic_bowl"](kappa=2.0)


def test_all_runs_meet_the_same_draw_at_the_same_step():
    noise = noisy(BOWL, 0.5, seed=7)
    p = np.random.default_rng(0).normal(size=(2, 5))
    off = noise.at(3).gradient(p) - BOWL.gradient(p)
    np.testing.assert_allclose(off, off[:, :1].repeat(5, axis=1), atol=1e-14)
    np.testing.assert_allclose(noise.at(3).gradient(p[:, 0]) - BOWL.gradient(p[:, 0]), off[:, 0], atol=1e-14)
    assert not np.allclose(noise.at(4).gradient(p), noise.at(3).gradient(p))


def test_another_seed_is_another_draw_and_the_same_seed_the_same_trajectory():
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    ends = [descend(noisy(BOWL, 0.5, seed), optimizer, np.ones(2), 50).positions for seed in (1, 1, 2)]
    np.testing.assert_array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[0], ends[2])


def test_no_noise_is_the_landscape_itself():
    assert noisy(BOWL, 0.0) is BOWL


def test_the_stationary_spread_on_a_quadratic_is_that_of_theory():
    rate, sigma, curvature, steps = 0.3, 0.5, 2.0, 60_000
    run = descend(noisy(BOWL, sigma, seed=1), OPTIMIZERS["gradient_descent"](learning_rate=rate), np.zeros(2), steps)
    spread = run.positions[1, 1000:].var()
    assert spread == pytest.approx(rate * sigma**2 / (curvature * (2 - rate * curvature)), rel=0.05)


@pytest.mark.parametrize(("sigma", "seed"), [(-1.0, 0), (np.nan, 0), (np.inf, 0), (1.0, -1)])
def test_impossible_noise_is_refused(sigma, seed):
    with pytest.raises(ValueError, match="noise needs"):
        noisy(BOWL, sigma, seed)
