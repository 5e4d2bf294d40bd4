"""The lecture's picture of two logits: cross-entropy and squared error after a softmax, a third logit held far away."""

from collections.abc import Callable

import numpy as np

from landscapes.landscape import Array, Domain, Landscape
from words import mark

THIRD = -1000.0  # the third logit: its class is ruled out
DOMAIN: Domain = ((-10.0, 10.0), (-10.0, 10.0))
START = (-8.0, 8.0)
Shares = tuple[Array, Array, Array]


def shares(p: Array) -> Shares:
    """The softmax of (y₁, y₂, -1000), each share to full relative precision."""
    x, y = np.asarray(p, dtype=float)
    top = np.maximum(x, y)
    weights = np.exp(x - top), np.exp(y - top), np.exp(THIRD - top)
    total = weights[0] + weights[1] + weights[2]
    return weights[0] / total, weights[1] / total, weights[2] / total


def softmax_cross_entropy() -> Landscape:
    """-ln q₁, the gradient q - t: at the wrong corner, (-10, 10), it is (-1, 1) to nine digits."""

    def value(p: Array) -> Array:
        x, y = np.asarray(p, dtype=float)
        loss: Array = np.logaddexp(np.logaddexp(0.0, y - x), THIRD - x)
        return loss

    def gradient(p: Array) -> Array:
        _, q2, q3 = shares(p)
        return np.stack([-(q2 + q3), q2])

    def hessian(p: Array) -> Array:
        q1, q2, q3 = shares(p)
        return _symmetric(q1 * (q2 + q3), -q1 * q2, q2 * (q1 + q3))

    return _pictured(
        mark("Cross-entropy after softmax"),
        r"-\ln q_1, \quad q = \mathrm{softmax}(y_1, y_2, -1000)",
        (value, gradient, hessian),
        mark(
            "Class 1 is right. However wrong the logits are, the slope towards the answer stays near 1 along each axis."
        ),
        "J. S. Bridle, Probabilistic interpretation of network outputs, NATO ASI F68 (1990) 227",
    )


def softmax_squared() -> Landscape:
    """Σ (qₖ - tₖ)²: at the wrong corner, (-10, 10), its gradient is 8.2e-9, a plateau of height 2."""

    def value(p: Array) -> Array:
        _, q2, q3 = shares(p)
        loss: Array = (q2 + q3) ** 2 + q2**2 + q3**2
        return loss

    def gradient(p: Array) -> Array:
        q1, q2, q3 = shares(p)
        first = -q1 * ((q2 + q3) ** 2 + q2**2 + q3**2)
        second = q2 * (q1 * (2 * q2 + q3) + (q2 - q3) * q3)
        return 2 * np.stack([first, second])

    def hessian(p: Array) -> Array:
        q = shares(p)
        errors = -(q[1] + q[2]), q[1], q[2]
        entries = []
        for i, j in ((0, 0), (0, 1), (1, 1)):
            entry = np.zeros_like(q[0])
            for k, error in enumerate(errors):
                off_i, off_j = (k == i) - q[i], (k == j) - q[j]
                entry = entry + 2 * q[k] ** 2 * off_i * off_j  # of the slopes' product
                entry = entry + 2 * error * q[k] * (off_i * off_j - q[i] * ((i == j) - q[j]))
            entries.append(entry)
        return _symmetric(*entries)

    return _pictured(
        mark("Squared error after softmax"),
        r"\sum_k (q_k - t_k)^2, \quad q = \mathrm{softmax}(y_1, y_2, -1000)",
        (value, gradient, hessian),
        mark("Class 1 is right. Far from the answer the softmax is flat, and with it the loss: descent cannot start."),
        "X. Glorot, Y. Bengio, Understanding the difficulty of training deep networks, AISTATS 2010, figure 5",
    )


def _symmetric(xx: Array, xy: Array, yy: Array) -> Array:
    return np.array([[xx, xy], [xy, yy]])


def _pictured(
    name: str, latex: str, functions: tuple[Callable[[Array], Array], ...], about: str, source: str
) -> Landscape:
    value, gradient, hessian = functions
    return Landscape(
        name=name,
        latex=latex,
        value=value,
        gradient=gradient,
        hessian=hessian,
        domain=DOMAIN,
        start=START,
        about=about,
        source=source,
    )
