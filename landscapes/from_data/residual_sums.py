"""Sums of absolute and Huber errors over many examples: once the residuals are in order, every intercept is cheap."""

from typing import NamedTuple

import numpy as np

from landscapes.from_data.many_examples import Sum
from landscapes.landscape import Array

Moments = tuple[Array, Array, Array]  # sums of c, of c·r and of c·r², each (R, V)


class Residuals(NamedTuple):
    """r = t - u less their median, in ascending order, and the intercepts less the same."""

    r: Array  # (n,)
    sums: Array  # (3, R, n + 1), over all residuals before each place
    b: Array  # (V,)

    def between(self, low: Array | float, high: Array | float) -> Moments:
        """The sums over low ≤ r ≤ high, for limits (V,)."""
        first = np.searchsorted(self.r, np.atleast_1d(low))
        behind = np.searchsorted(self.r, np.atleast_1d(high), side="right")
        zero, one, two = self.sums[:, :, behind] - self.sums[:, :, first]
        return zero, one, two


def residuals(u: Array, target: Array, c: Array, b: Array) -> Residuals:
    """Scores without intercept u (n,), targets (n,), coefficients c (R, n), intercepts b (V,)."""
    r = target - u
    middle = np.median(r)  # taken away so that the squares lose the fewest digits
    order = np.argsort(r)
    r, c = r[order] - middle, c[:, order]
    powers = np.array([c, c * r, c * r * r])
    return Residuals(r, np.pad(np.cumsum(powers, axis=2), ((0, 0), (0, 0), (1, 0))), b - middle)


def absolute_sum(u: Array, target: Array, c: Array, b: Array) -> Array:
    """Σ cᵢ |uᵢ + b - tᵢ|."""
    it = residuals(u, target, c, b)
    (below, below_r, _), (above, above_r, _) = it.between(-np.inf, it.b), it.between(it.b, np.inf)
    total: Array = it.b * below - below_r + above_r - it.b * above
    return total


def sign_sum(u: Array, target: Array, c: Array, b: Array) -> Array:
    """Σ cᵢ sign(uᵢ + b - tᵢ); a residual of 0 counts on both sides, and so not at all."""
    it = residuals(u, target, c, b)
    total: Array = it.between(-np.inf, it.b)[0] - it.between(it.b, np.inf)[0]
    return total


def no_sum(u: Array, target: Array, c: Array, b: Array) -> Array:
    """Σ cᵢ 0."""
    return np.zeros((c.shape[0], b.size))


def huber_sums(delta: float) -> tuple[Sum, Sum, Sum]:
    """The sums of the Huber loss and of its two derivatives.

    Sums of squares within δ are differences of sums over all, so they keep as many digits fewer than the others as
    the square of (largest residual / δ) has; where that is many, the absolute part outweighs them.
    """

    def parts(u: Array, target: Array, c: Array, b: Array) -> tuple[Array, Moments, Moments, Moments]:
        it = residuals(u, target, c, b)
        low, high = it.b - delta, it.b + delta
        below, above = it.between(-np.inf, np.nextafter(low, -np.inf)), it.between(np.nextafter(high, np.inf), np.inf)
        return it.b, below, it.between(low, high), above

    def value(u: Array, target: Array, c: Array, b: Array) -> Array:
        b, below, inside, above = parts(u, target, c, b)
        square = (b * b * inside[0] - 2 * b * inside[1] + inside[2]) / 2
        straight = (b - delta / 2) * below[0] - below[1] + above[1] - (b + delta / 2) * above[0]
        total: Array = square + delta * straight
        return total

    def derivative(u: Array, target: Array, c: Array, b: Array) -> Array:
        b, below, inside, above = parts(u, target, c, b)
        total: Array = b * inside[0] - inside[1] + delta * (below[0] - above[0])
        return total

    def second_derivative(u: Array, target: Array, c: Array, b: Array) -> Array:
        return parts(u, target, c, b)[2][0]

    return value, derivative, second_derivative
