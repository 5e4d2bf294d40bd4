"""Surfaces of thousands of examples: the quick sums over a grid are the sums that they stand for."""

from dataclasses import replace

import numpy as np
import pytest

from landscapes import CLASSIFICATION_LOSSES, REGRESSION_LOSSES, huber, with_intercept
from landscapes.from_data import linear_model
from landscapes.from_data.many_examples import as_grid, moved

DICE = np.random.default_rng(3)
X = DICE.normal(size=3000)
Y = 1.5 * X + 1 + DICE.standard_t(2, size=3000)
NOISY, APART = (Y > 1).astype(float), (X > 0.3).astype(float)

MANY = {
    "absolute": (X, Y, REGRESSION_LOSSES["absolute"]),
    "absolute, equal residuals": (X.round(), (2 * X.round() + 1), REGRESSION_LOSSES["absolute"]),
    "huber": (X, Y, REGRESSION_LOSSES["huber"]),
    "huber, a narrow square": (X, 100 * Y, huber(0.01)),
    "huber, far from the origin": (X, 1e4 + Y, huber(3.0)),
    "cross-entropy": (X, NOISY, CLASSIFICATION_LOSSES["cross_entropy"]),
    "cross-entropy, classes apart": (X, APART, CLASSIFICATION_LOSSES["cross_entropy"]),
    "cross-entropy, feature far from 0": (300 + X, NOISY, CLASSIFICATION_LOSSES["cross_entropy"]),
    "squared error": (X, NOISY, CLASSIFICATION_LOSSES["squared"]),
    "squared error, classes apart": (X, APART, CLASSIFICATION_LOSSES["squared"]),
}


def nodes(landscape, across=31, up=29):
    (x0, x1), (y0, y1) = landscape.domain
    return np.stack(np.meshgrid(np.linspace(x0, x1, across), np.linspace(y0, y1, up), indexing="ij"))


@pytest.mark.parametrize("case", MANY)
@pytest.mark.parametrize("function", ["value", "gradient", "hessian"])
def test_on_a_grid_the_means_are_those_of_each_point_alone(case, function):
    x, target, loss = MANY[case]
    landscape = linear_model(with_intercept(x), target, loss).full
    p = nodes(landscape)
    of = getattr(landscape, function)
    together = of(p)
    assert together.shape == (*(2,) * ("value", "gradient", "hessian").index(function), *p.shape[1:])
    picked = DICE.integers(0, (31, 29), size=(40, 2)).T
    alone = of(p[:, *picked])
    np.testing.assert_allclose(together[..., *picked], alone, rtol=2e-10, atol=1e-11 * np.abs(alone).max() + 1e-300)


def test_the_quick_way_is_taken_on_grids_alone():
    x, target, loss = MANY["cross-entropy"]
    calls = []

    def watched(*arguments):
        calls.append(1)
        return loss.sums[0](*arguments)

    landscape = linear_model(with_intercept(x), target, replace(loss, sums=(watched, *loss.sums[1:]))).full
    p = nodes(landscape)
    landscape.value(p)
    assert len(calls) == 31
    landscape.value(p.reshape(2, -1)[:, 1:])
    landscape.value(np.random.default_rng(0).permuted(p.reshape(2, -1), axis=1))
    assert len(calls) == 31


def test_a_grid_is_known_in_any_order_and_nothing_else_is_one():
    p = np.stack(np.meshgrid([0.0, 1.0, 2.0], [5.0, 7.0])).reshape(2, -1)
    grid = as_grid(p[:, ::-1])
    np.testing.assert_array_equal(np.stack([grid.slopes[grid.at[0]], grid.intercepts[grid.at[1]]]), p[:, ::-1])
    assert as_grid(p[:, 1:]) is None
    assert as_grid(p[:, [0, 0, 1, 2, 3, 4]]) is None
    assert as_grid(np.full((2, 4), np.nan)) is None


def test_examples_that_moved_to_nodes_give_the_same_sums_of_analytic_terms():
    u, c = DICE.uniform(-7, 9, 5000), DICE.uniform(0, 1, (2, 5000))
    at, weights = moved(u, c)
    assert at.size < 200
    for term in (np.cos, lambda z: z**5, lambda z: 1 / (1 + np.exp(-z))):
        np.testing.assert_allclose(weights @ term(at), c @ term(u), rtol=1e-12)


def test_a_classifier_needs_two_classes_by_name():
    with pytest.raises(ValueError, match="cross-entropy of a classifier needs targets 0 and 1"):
        linear_model(with_intercept(X), Y, CLASSIFICATION_LOSSES["cross_entropy"])
