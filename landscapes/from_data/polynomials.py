"""Polynomials through few noisy points: how well do they fit these, and how well others from the same source?"""

import math
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import legval, legvander

from landscapes.landscape import Array

DRAWS = 31  # samples of each size behind a learning curve
HELD_OUT = 1  # of the seeds of a sample: what is only for testing


class Sample(NamedTuple):
    """Points about a curve."""

    x: Array  # (n,), in [-1, 1]
    y: Array  # (n,)


def sine(x: Array) -> Array:
    """sin πx, the curve behind every sample."""
    curve: Array = np.sin(math.pi * x)
    return curve


def sample(n: int, noise: float, *seed: int) -> Sample:
    """n points about the sine: x at random in each of n equal parts of [-1, 1], normal noise in y."""
    rng = np.random.default_rng(seed)
    x = -1.0 + 2.0 * (np.arange(n) + rng.uniform(size=n)) / n
    return Sample(x, sine(x) + noise * rng.standard_normal(n))


def predicted(coefficients: Array, x: Array) -> Array:
    """Polynomials with coefficients (degree + 1, ...) of the Legendre polynomials at x (M,), shape (..., M)."""
    values: Array = np.asarray(legval(x, coefficients), dtype=float)
    return values


def mean_squared_error(coefficients: Array, points: Sample) -> Array:
    """The mean of (prediction - y)² over the points, for coefficients (degree + 1, ...), shape (...)."""
    errors: Array = ((predicted(coefficients, points.x) - points.y) ** 2).mean(axis=-1)
    return errors


def fitted_polynomial(points: Sample, degree: int, penalty: float = 0.0) -> Array:
    """Coefficients of the Legendre polynomials that minimise the mean squared error + λ Σ wⱼ², j ≥ 1.

    Where more than one polynomial does, it is the one with the least sum of squares.

    Args:
        penalty: λ ≥ 0; the constant w₀ is not penalised.

    Returns:
        Shape (degree + 1,).

    Source: G. Strang, Introduction to Linear Algebra (5th ed. 2016), 7.4: the pseudoinverse.
    """
    left, values, right, target = _decomposed(points, degree, penalty)
    coefficients: Array = right.T @ (left.T @ target / values)
    return coefficients


def trained_polynomial(points: Sample, degree: int, updates: Array, penalty: float = 0.0) -> Array:
    """The coefficients after some updates of gradient descent from 0 at η = 1/λₘₐₓ, (degree + 1, U).

    In closed form: along the singular vector of a singular value s, (1 - s²/s_max²)ᵗ of the way is left at update t.

    Args:
        updates: how many, (U,); as many as one likes.

    Source: T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed. 2009), 3.4.1 and 7.
    """
    left, values, right, target = _decomposed(points, degree, penalty)
    kept = 1.0 - (values / values[0]) ** 2
    way = 1.0 - kept[:, None] ** np.asarray(updates, dtype=float)
    coefficients: Array = right.T @ ((left.T @ target / values)[:, None] * way)
    return coefficients


def training_rate(points: Sample, degree: int, penalty: float = 0.0) -> float:
    """η = 1/λₘₐₓ of the loss that is trained, half of the rate beyond which gradient descent diverges."""
    largest = float(_decomposed(points, degree, penalty)[1][0])
    return points.x.size / (2 * largest**2)


def learning_curves(
    degree: int, penalty: float, sizes: Array, noise: float, held_out: Sample, seed: int
) -> tuple[Array, Array]:
    """The median training loss and the median test loss of 31 samples of each size, (S,) each."""
    losses = np.empty((2, len(sizes), DRAWS))
    for i, n in enumerate(sizes):
        for draw in range(DRAWS):
            points = sample(int(n), noise, seed, HELD_OUT + 1 + draw, int(n))
            fit = fitted_polynomial(points, degree, penalty)
            losses[:, i, draw] = mean_squared_error(fit, points), mean_squared_error(fit, held_out)
    training, test = np.median(losses, axis=2)
    return training, test


def _decomposed(points: Sample, degree: int, penalty: float) -> tuple[Array, Array, Array, Array]:
    """The singular value decomposition of the least squares problem without what is 0 to rounding, and its target.

    Each penalised coefficient is one more equation, √(nλ) wⱼ = 0.
    """
    matrix, target = legvander(points.x, degree), points.y
    if penalty > 0:
        matrix = np.vstack([matrix, math.sqrt(points.x.size * penalty) * np.eye(degree + 1)[1:]])
        target = np.concatenate([target, np.zeros(degree)])
    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    rank = int((values > np.finfo(float).eps * max(matrix.shape) * values[0]).sum())
    return left[:, :rank], values[:rank], right[:rank], target
