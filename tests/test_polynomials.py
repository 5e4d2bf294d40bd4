"""Polynomial fits: NumPy's own, the normal equations and gradient descent itself are the oracles."""

import numpy as np
import pytest
from numpy.polynomial import Legendre
from numpy.polynomial.legendre import legvander

from landscapes.from_data import polynomials
from landscapes.from_data.polynomials import (
    Sample,
    fitted_polynomial,
    learning_curves,
    mean_squared_error,
    predicted,
    sample,
    sine,
    trained_polynomial,
    training_rate,
)

POINTS = sample(12, 0.3, 0, 0)


@pytest.mark.parametrize("degree", [0, 1, 3, 9, 11])
def test_a_fit_is_numpys(degree):
    np.testing.assert_allclose(
        fitted_polynomial(POINTS, degree), Legendre.fit(*POINTS, degree, domain=[-1, 1]).coef, rtol=1e-7, atol=1e-9
    )


def test_through_as_many_points_as_coefficients_the_curve_goes_exactly():
    np.testing.assert_allclose(predicted(fitted_polynomial(POINTS, 11), POINTS.x), POINTS.y, atol=1e-9)


def test_of_many_curves_through_the_points_it_is_the_one_with_the_smallest_coefficients():
    fit, matrix = fitted_polynomial(POINTS, 15), legvander(POINTS.x, 15)
    np.testing.assert_allclose(matrix @ fit, POINTS.y, atol=1e-9)
    np.testing.assert_allclose(fit, np.linalg.pinv(matrix) @ POINTS.y, atol=1e-9)
    away = np.linalg.svd(matrix)[2][12:]  # directions that change no prediction at the points
    np.testing.assert_allclose(away @ fit, 0, atol=1e-9)


@pytest.mark.parametrize("penalty", [1e-6, 0.01, 1.0, 100.0])
@pytest.mark.parametrize("degree", [2, 9, 15])
def test_with_a_penalty_it_solves_the_normal_equations(degree, penalty):
    matrix = legvander(POINTS.x, degree)
    penalised = np.diag([0.0, *[penalty] * degree])
    wanted = np.linalg.solve(matrix.T @ matrix / 12 + penalised, matrix.T @ POINTS.y / 12)
    np.testing.assert_allclose(fitted_polynomial(POINTS, degree, penalty), wanted, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("penalty", [0.0, 0.05])
def test_training_is_gradient_descent_step_by_step(penalty):
    matrix, rate = legvander(POINTS.x, 9), training_rate(POINTS, 9, penalty)
    mask, w, path = np.array([0.0, *[1.0] * 9]), np.zeros(10), []
    hessian = 2 * (matrix.T @ matrix / 12 + penalty * np.diag(mask))
    assert rate == pytest.approx(1 / np.linalg.eigvalsh(hessian)[-1])
    for _ in range(200):
        path.append(w)
        w = w - rate * (2 * matrix.T @ (matrix @ w - POINTS.y) / 12 + 2 * penalty * mask * w)
    np.testing.assert_allclose(trained_polynomial(POINTS, 9, np.arange(200), penalty), np.array(path).T, atol=1e-10)


@pytest.mark.parametrize("degree", [5, 15])
def test_training_for_ever_ends_at_the_fit_of_least_squares(degree):
    ended = trained_polynomial(POINTS, degree, np.array([1e14]))[:, 0]
    np.testing.assert_allclose(ended, fitted_polynomial(POINTS, degree), atol=1e-7)


def test_the_training_loss_falls_with_the_degree_and_with_training_and_the_test_loss_does_not():
    test = sample(100, 0.3, 0, polynomials.HELD_OUT)
    fits = [fitted_polynomial(POINTS, degree) for degree in range(12)]
    over_degrees = np.array([[mean_squared_error(fit, of) for fit in fits] for of in (POINTS, test)])
    training, held_out = (
        mean_squared_error(trained_polynomial(POINTS, 9, 10.0 ** np.arange(7)), of) for of in (POINTS, test)
    )
    assert (np.diff(over_degrees[0]) < 0).all()
    assert (np.diff(training) < 0).all()
    for losses in (over_degrees[1], held_out):
        best = int(losses.argmin())
        assert 0 < best < losses.size - 1
        assert losses[-1] > 10 * losses[best]


def test_an_error_is_the_mean_of_squares_for_many_polynomials_at_once():
    both = np.array([[0.0, 1.0], [0.0, 2.0]])  # 0 and 1 + 2x
    points = Sample(np.array([-1.0, 0.5]), np.array([1.0, 3.0]))
    np.testing.assert_allclose(mean_squared_error(both, points), [5.0, (2**2 + 1**2) / 2])


def test_a_sample_has_one_point_in_each_part_and_the_noise_that_was_asked_for():
    points = sample(4000, 0.3, 7)
    np.testing.assert_array_equal(np.floor((points.x + 1) / 2 * 4000), np.arange(4000))
    assert np.std(points.y - sine(points.x)) == pytest.approx(0.3, rel=0.05)
    np.testing.assert_array_equal(sample(9, 0.3, 7).y, sample(9, 0.3, 7).y)
    assert np.abs(sample(9, 0.3, 7).y - sample(9, 0.3, 8).y).max() > 0


def test_with_more_examples_training_and_test_loss_meet_at_the_noise():
    held_out = sample(400, 0.3, 0, polynomials.HELD_OUT)
    training, test = learning_curves(5, 0.0, np.array([8, 20, 400]), 0.3, held_out, 0)
    assert (np.diff(training) > 0).all()
    assert (np.diff(test) < 0).all()
    floor = float(mean_squared_error(fitted_polynomial(held_out, 5), held_out))  # no curve of degree 5 has less there
    assert floor < test[-1] < 1.1 * floor
    assert training[-1] == pytest.approx(0.3**2, rel=0.1)
