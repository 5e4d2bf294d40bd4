"""Softmax of three classes: SciPy's, difference quotients and the likelihood itself are the oracles."""

import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.special import softmax as scipys

from landscapes.from_data import softmax_cross_entropy
from landscapes.from_data.softmax import (
    logit_gradient,
    negative_log_likelihood,
    softmax,
    three_class_loss,
)

POINTS = np.random.default_rng(0).uniform(-6, 6, (3, 50))
temperatures = pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])


@temperatures
def test_probabilities_are_scipys(temperature):
    np.testing.assert_allclose(softmax(POINTS, temperature), scipys(POINTS / temperature, axis=0), rtol=1e-12)


@temperatures
@pytest.mark.parametrize("target", [0, 1, 2])
def test_the_loss_is_minus_the_logarithm_of_the_targets_probability(target, temperature):
    wanted = -log_softmax(POINTS / temperature, axis=0)[target]
    np.testing.assert_allclose(negative_log_likelihood(POINTS, target, temperature), wanted, rtol=1e-12, atol=1e-13)


def test_of_several_examples_the_losses_sum_to_the_likelihood_of_all():
    targets = np.random.default_rng(1).integers(3, size=POINTS.shape[1])
    losses = [negative_log_likelihood(z, t) for z, t in zip(POINTS.T, targets, strict=True)]
    chances = [scipys(z)[t] for z, t in zip(POINTS.T, targets, strict=True)]
    assert np.exp(-np.sum(losses)) == pytest.approx(np.prod(chances), rel=1e-9)


@temperatures
@pytest.mark.parametrize("target", [0, 1, 2])
def test_the_gradient_is_the_slope_of_the_loss_and_sums_to_0(target, temperature):
    gradient, h = logit_gradient(POINTS, target, temperature), 1e-6
    for k in range(3):
        step = h * np.eye(3)[:, k : k + 1]
        ahead, behind = (negative_log_likelihood(POINTS + s, target, temperature) for s in (step, -step))
        np.testing.assert_allclose(gradient[k], (ahead - behind) / (2 * h), rtol=1e-5, atol=1e-6 / temperature)
    np.testing.assert_allclose(gradient.sum(axis=0), 0, atol=1e-14)
    assert (gradient[target] <= 0).all()


def test_far_out_nothing_overflows_and_the_slope_stays():
    far = np.array([-1e4, 1e4, 0.0])
    assert negative_log_likelihood(far, 0) == 2e4
    np.testing.assert_array_equal(logit_gradient(far, 0), [-1.0, 1.0, 0.0])


@pytest.mark.parametrize(("temperature", "wanted"), [(1e-3, [0, 0, 1]), (1e9, [1 / 3] * 3)])
def test_a_low_temperature_picks_the_largest_and_a_high_one_none(temperature, wanted):
    np.testing.assert_allclose(softmax(np.array([0.1, -2.0, 0.2]), temperature), wanted, atol=1e-8)


def test_a_third_logit_far_away_leaves_the_surface_of_two():
    mine, other = three_class_loss(-1000.0, 0), softmax_cross_entropy()
    p = POINTS[:2]
    for part in ("value", "gradient", "hessian"):
        np.testing.assert_allclose(getattr(mine, part)(p), getattr(other, part)(p), rtol=1e-9, atol=1e-12)


@temperatures
@pytest.mark.parametrize("target", [0, 2])
def test_the_surface_has_the_derivatives_of_its_value_and_is_convex(target, temperature):
    landscape, p, h = three_class_loss(0.5, target, temperature), POINTS[:2], 1e-5
    steps = [h * np.eye(2)[:, k : k + 1] for k in range(2)]
    slopes = [(landscape.value(p + s) - landscape.value(p - s)) / (2 * h) for s in steps]
    bends = [(landscape.gradient(p + s) - landscape.gradient(p - s)) / (2 * h) for s in steps]
    np.testing.assert_allclose(landscape.gradient(p), slopes, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(landscape.hessian(p), np.moveaxis(bends, 0, 1), rtol=1e-3, atol=1e-5)
    assert (np.linalg.eigvalsh(np.moveaxis(landscape.hessian(p), 2, 0)) >= -1e-12 / temperature**2).all()


@pytest.mark.parametrize("wrong", [{"target": 3}, {"target": 0, "temperature": 0.0}])
def test_what_is_no_loss_is_refused(wrong):
    with pytest.raises(ValueError, match=r"three classes|temperature"):
        three_class_loss(0.0, **wrong)
