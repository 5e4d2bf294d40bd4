"""Noise that is known exactly: examples that each tilt a landscape their own way, and together not at all."""

from dataclasses import replace

import numpy as np

from landscapes.from_data.training import Rows, TrainingLoss
from landscapes.landscape import Array, Landscape


def tilted(landscape: Landscape, examples: int, noise: float, seed: int = 0) -> TrainingLoss:
    """Example i has the loss f(p) + ξᵢ·p. The ξᵢ have mean 0 and covariance σ² along each axis, exactly.

    So the full loss is f, every curvature is that of f, and the noise of the gradient is the same everywhere: what
    the theory of stochastic descent on a quadratic asks for.

    Rows of shape (N, B) are a batch for each of N points, which then meet noise of their own.

    Args:
        examples: at least 3, so that ξ has room for mean and covariance.
        noise: σ, of one example's gradient along each axis.
    """
    if examples < 3:
        raise ValueError(f"tilted needs 3 examples or more, got {examples}")
    tilts = noise * np.sqrt(examples) * _orthonormal(examples, seed)

    def of(rows: Rows) -> Landscape:
        sx, sy = tilts[:, rows].mean(axis=-1)

        def value(p: Array) -> Array:
            loss: Array = landscape.value(p) + sx * np.asarray(p)[0] + sy * np.asarray(p)[1]
            return loss

        def gradient(p: Array) -> Array:
            g = landscape.gradient(p)
            g[0] += sx
            g[1] += sy
            return g

        return replace(landscape, value=value, gradient=gradient, rounding=None)

    def gradients(p: Array) -> Array:
        each: Array = landscape.gradient(p)[:, None] + tilts
        return each

    return TrainingLoss(full=landscape, examples=examples, of=of, gradients=gradients)


def _orthonormal(examples: int, seed: int) -> Array:
    """Two random rows of length 1, at right angles to each other and to (1, ..., 1)."""
    rng = np.random.default_rng([seed, examples])
    columns = np.column_stack([np.ones(examples), rng.standard_normal((examples, 2))])
    rows: Array = np.linalg.qr(columns)[0][:, 1:].T
    return rows


def stationary_variance(learning_rate: float, curvature: float, variance: float, momentum: float = 0.0) -> float:
    """η s² (1 + β) / (λ (1 - β) (2 (1 + β) - ηλ)): how far descent with independent noise spreads about a minimum.

    The variance of a coordinate with curvature λ under gradient noise of variance s²; with β = 0 it is
    η s² / (λ (2 - ηλ)). Infinite at and beyond the edge of stability, ηλ = 2 (1 + β).

    >>> round(stationary_variance(0.3, 2.0, 0.25), 9), round(stationary_variance(0.3, 2.0, 0.25, momentum=0.8), 9)
    (0.026785714, 0.1125)

    Source: K. Liu, L. Ziyin, M. Ueda, Noise and fluctuation of finite learning rate SGD, ICML 2021, arXiv:2012.03636.
    """
    room = 2 * (1 + momentum) - learning_rate * curvature
    if room <= 0:
        return float("inf")
    return learning_rate * variance * (1 + momentum) / (curvature * (1 - momentum) * room)
