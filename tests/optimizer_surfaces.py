"""Surfaces on which an update rule's answer is known: slopes, scripts of slopes, quadratics."""

from collections.abc import Sequence

import numpy as np

from landscapes import Array, Landscape


def quadratic(first: float, second: float) -> Landscape:
    """½(λ₁x² + λ₂y²)."""

    def scaled(p: Array) -> Array:
        return np.stack([first * p[0], second * p[1]])

    def hessian(p: Array) -> Array:
        return np.broadcast_to(np.diag([first, second]).reshape(2, 2, *[1] * (p.ndim - 1)), (2, *p.shape)).copy()

    return Landscape(
        name="quadratic", latex="", value=lambda p: (p * scaled(p)).sum(axis=0) / 2, gradient=scaled, hessian=hessian
    )


def slope(*gradient: float) -> Landscape:
    """The same gradient everywhere."""
    g = np.array(gradient)

    def everywhere(p: Array) -> Array:
        return np.zeros_like(p) + g.reshape(2, *[1] * (p.ndim - 1))

    return Landscape(
        name="slope",
        latex="",
        value=lambda p: (p * everywhere(p)).sum(axis=0),
        gradient=everywhere,
        hessian=lambda p: np.zeros((2, *p.shape)),
    )


def script(gradients: Sequence[float]) -> Landscape:
    """A slope along x that is another in every step."""
    slopes = [slope(g, 0.0) for g in gradients]
    return Landscape(
        name="script",
        latex="",
        value=slopes[0].value,
        gradient=slopes[0].gradient,
        hessian=slopes[0].hessian,
        batch=lambda step: slopes[step],
    )
