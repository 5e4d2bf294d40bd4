"""Losses made from data: exact derivatives, and one shape for one point and for many."""

import numpy as np
import pytest
from data_models import MODELS
from landscape_face import SHAPES, assert_point_is_left_alone, assert_shapes_follow_the_point, assert_together_is_alone

from landscapes import (
    softmax_cross_entropy,
    softmax_squared,
)

LANDSCAPES = {name: model.full for name, model in MODELS.items()} | {
    "logits cross-entropy": softmax_cross_entropy(),
    "logits squared": softmax_squared(),
}
STENCIL = np.array([[-2, 1], [-1, -8], [1, 8], [2, -1]]) / [1, 12]  # fourth-order central difference
every_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)


def random_points(landscape, count=30):
    low, high = np.array(landscape.domain).T
    return np.random.default_rng(1).uniform(low[:, None], high[:, None], (2, count))


def difference_quotients(function, landscape, p):
    """d function/d coordinate along a new axis 0; the step is a share of the domain, whose axes may differ greatly."""
    widths = np.array([high - low for low, high in landscape.domain]) * 5e-5
    return np.stack(
        [
            sum(w * function(p + k * h * unit[:, None]) for k, w in STENCIL) / h
            for unit, h in zip(np.eye(2), widths, strict=True)
        ]
    )


def away_from_kinks(landscape, p):
    """Points such that no kink lies within the reach of a difference quotient: there the slope changes as H says."""
    if landscape.smooth:
        return p
    reach = np.array([high - low for low, high in landscape.domain]) * 1e-4
    corners = [p + reach[:, None] * np.array([[i], [j]]) for i in (-1, 1) for j in (-1, 1)]
    middle, hessian = landscape.gradient(p), landscape.hessian(p)
    expected = [middle + np.einsum("ijn,jn->in", hessian, corner - p) for corner in corners]
    off = np.array([landscape.gradient(c) - e for c, e in zip(corners, expected, strict=True)])
    bent = np.array([landscape.hessian(c) - hessian for c in corners])
    straight = (np.abs(off) < 1e-4 * np.abs(middle).max(axis=1)[:, None]).all(axis=(0, 1))
    even = (np.abs(bent) < 5e-3 * np.abs(hessian).max(axis=2, keepdims=True)).all(axis=(0, 1, 2))
    return p[:, straight & (even | (hessian == 0).all())]


def close(got, expected, rtol=1e-6):
    np.testing.assert_allclose(got, expected, rtol=rtol, atol=1e-7 * np.abs(expected).max() + 1e-12)


@every_landscape
def test_gradient_is_the_derivative_of_the_loss(landscape):
    p = away_from_kinks(landscape, random_points(landscape, 100))
    assert p.shape[1] >= 5
    gradient, quotients = landscape.gradient(p), difference_quotients(landscape.value, landscape, p)
    for got, expected in zip(gradient, quotients, strict=True):
        close(got, expected)


@every_landscape
def test_hessian_is_the_derivative_of_the_gradient(landscape):
    p = away_from_kinks(landscape, random_points(landscape, 100))
    hessian, quotients = landscape.hessian(p), difference_quotients(landscape.gradient, landscape, p)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        close(hessian[i, j], quotients[i, j])
    np.testing.assert_array_equal(hessian[0, 1], hessian[1, 0])


@every_landscape
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_follow_the_point(landscape, shape):
    assert_shapes_follow_the_point(landscape, shape)


@every_landscape
def test_many_points_together_are_each_point_alone_bit_for_bit(landscape):
    assert_together_is_alone(landscape, random_points(landscape, 37))


@every_landscape
def test_the_point_is_left_as_it_was_and_the_answer_is_new(landscape):
    assert_point_is_left_alone(landscape, random_points(landscape, 5))


@every_landscape
def test_nothing_is_missing_on_the_domain_and_the_start_is_in_it(landscape):
    p = random_points(landscape, 400)
    for function in (landscape.value, landscape.gradient, landscape.hessian):
        assert np.isfinite(function(p)).all()
    for coordinate, (low, high) in zip(landscape.start, landscape.domain, strict=True):
        assert low < coordinate < high
    assert np.hypot(*landscape.gradient(np.array(landscape.start))) > 0
