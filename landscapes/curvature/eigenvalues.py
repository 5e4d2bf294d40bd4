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
    """How far eigenvalues at these points may be off in float64, shape (...): no sign is known within it."""
    h = np.abs(landscape.hessian(points)).max(axis=(0, 1))
    if landscape.rounding is None:
        off = np.full(h.shape, PLAIN * float(h[np.isfinite(h)].max(initial=0.0)))
    else:
        off = landscape.rounding("hessian", points).max(axis=(0, 1))
    return np.asarray(4 * off + 8 * UNIT * h)  # ‖H - Ĥ‖ ≤ 2 off, twice for good measure, and the closed form's own


def eigenvalue_signs(landscape: Landscape, points: Array) -> Array:
    """-1, 0 or 1 for each eigenvalue, ascending, shape (2, ...): 0 within rounding, nan where there is no Hessian.

    There is none where its formula has no number, though the landscape puts 0 there to go on with, nor where the
    function itself is not defined.
    """
    values, rounding = eigenvalues(landscape, points), eigenvalue_rounding(landscape, points)
    with np.errstate(invalid="ignore"):
        signs = np.where(np.abs(values) <= rounding, 0.0, np.sign(values))
    known = np.isfinite(values).all(axis=0) & ~np.isnan(rounding) & np.isfinite(landscape.value(points))
    return np.where(known, signs, np.nan)
