"""Hessian eigenvalues at many points at once, and which of their signs are more than rounding."""

import numpy as np

from landscapes.formula import UNIT
from landscapes.landscape import Array, Landscape

PLAIN = 64 * UNIT  # of the largest entry at these points: what a Hessian of unknown making may be off


def eigenvalues(landscape: Landscape, points: Array) -> Array:
    """Hessian eigenvalues, ascending, shape (2, ...); in closed form, for they are wanted at thousands of points."""
    h = landscape.hessian(points)
    with np.errstate(all="ignore"):  # at a pole of a formula there is no Hessian
        size = np.abs(h).max(axis=(0, 1))
        (a, b), (_, d) = h / np.where(size > 0, size, 1.0)
        middle, spread = (a + d) / 2, np.hypot((a - d) / 2, b)
        far = middle + np.copysign(spread, middle)  # the eigenvalue of larger size, free of cancellation
        near = np.where(far != 0, (a * d - b * b) / far, 0.0)
    return np.asarray(size * np.stack([np.minimum(far, near), np.maximum(far, near)]))


def eigenvalue_rounding(landscape: Landscape, points: Array) -> Array:
    """How far eigenvalues at these points may be off in float64, ascending, (2, ...): no sign is known within it.

    Each has a bound of its own: 2 is not 0 because the other one is 2e10.
    """
    h = landscape.hessian(points)
    if landscape.rounding is None:
        size = np.abs(h).max(axis=(0, 1))
        return eigenvalue_errors(h, np.broadcast_to(PLAIN * float(size[np.isfinite(size)].max(initial=0.0)), h.shape))
    return eigenvalue_errors(h, landscape.rounding("hessian", points))


def eigenvalue_errors(h: Array, off: Array) -> Array:
    """How far the eigenvalues of symmetric matrices, (2, 2, ...), are off at most when the entries are: (2, ...).

    The larger one in size by no more than all entries together, twice for good measure; the smaller one, which is the
    determinant divided by it, by what makes the determinant uncertain, where that is less.
    """
    with np.errstate(all="ignore"):
        size = np.abs(h).max(axis=(0, 1))
        scale = np.where(size > 0, size, 1.0)
        (a, b), (_, d) = np.abs(h) / scale
        (off_a, off_b), (_, off_d) = off / scale
        most = 4 * np.maximum(np.maximum(off_a, off_b), off_d) + 8 * UNIT * np.maximum(np.maximum(a, b), d)
        area = 2 * (a * off_d + d * off_a + 2 * b * off_b + 2 * off_a * off_d + off_b**2) + 8 * UNIT * (a * d + b * b)
        (x, y), (_, z) = h / scale
        far = np.abs((x + z) / 2) + np.hypot((x - z) / 2, y)
        near = np.abs(x * z - y * y) / far
        least = np.fmin(most, np.where(far > 2 * most, area / far + near * most / far, most))
    larger_first = x + z < 0
    both = np.stack([np.where(larger_first, most, least), np.where(larger_first, least, most)])
    return np.asarray(scale * np.where(np.isnan(most), np.nan, both))


def eigenvalue_signs(landscape: Landscape, points: Array) -> Array:
    """-1, 0 or 1 for each eigenvalue, ascending, shape (2, ...): 0 within rounding, nan where there is no Hessian.

    There is none where its formula has no number, though the landscape puts 0 there to go on with, nor where the
    function itself is not defined.
    """
    values, rounding = eigenvalues(landscape, points), eigenvalue_rounding(landscape, points)
    with np.errstate(invalid="ignore"):
        signs = np.where(np.abs(values) <= rounding, 0.0, np.sign(values))
    known = np.isfinite(values).all(axis=0) & ~np.isnan(rounding).any(axis=0) & np.isfinite(landscape.value(points))
    return np.where(known, signs, np.nan)
