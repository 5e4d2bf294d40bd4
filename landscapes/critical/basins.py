"""How far around a zero of the gradient nothing else can be one: what tells simple zeros, and tells them apart."""

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.nearness import Numbers, distinct, pairs
from landscapes.critical.newton import SINGULAR, newton_step
from landscapes.critical.view import View, determinant, largest, size
from landscapes.landscape import Array

FINEST = 1e-9  # zeros nearer than this are one
WIDEST = 1e-3  # no basin need be wider
USUAL = 1e-5  # the first radius that is tried
LEAST = 1e-10  # the last
ATTEMPTS = 8
RING = np.array([[np.cos(turn), np.sin(turn)] for turn in np.arange(8) * np.pi / 4 + 0.3]).T[..., None]  # (2, 8, 1)


def circles(view: View, u: Array, radius: Array | float) -> tuple[Array, Array, Array]:
    """Eight points around each of N, (2, 8, N), with the gradients there, (2, 8, N), and Hessians, (2, 2, 8, N)."""
    circle = u[:, None] + radius * RING
    flat = circle.reshape(2, -1)
    return circle, view.gradient(flat).reshape(circle.shape), view.hessian(flat).reshape(2, *circle.shape)


def basins(view: View, u: Array, singular: float = SINGULAR) -> tuple[Array, NDArray[np.bool_]]:
    """For each zero (2, N) a radius within which it is the only one, 0 where there is none: (N,); and what is a corner.

    On a circle of that radius det H differs by less than half from that at its centre, and a Newton step from there
    leads back to the centre, to a quarter of the radius. Where H has no inverse this holds nowhere, and where rounding
    hides the zero it does not hold either. At a corner the gradient jumps: it is more than the Hessian's doing.
    """
    found = np.zeros(u.shape[1])
    bend = size(h := view.hessian(u))
    det = determinant(h / bend)
    radius = np.full(u.shape[1], USUAL)
    left = np.arange(u.shape[1])
    corner = np.zeros(u.shape[1], dtype=bool)
    for attempt in range(ATTEMPTS):
        here, r = u[:, left], radius[left]
        circle, g, h = circles(view, here, r)
        if attempt == 0:
            corner = largest(*g).max(axis=0) > 10 * USUAL * size(h).max(axis=0)
        change = np.abs(determinant(h / bend[left]) - det[left]).max(axis=0)
        back = np.hypot(*(circle + newton_step(g, h, singular).move - here[:, None])).max(axis=0)
        good = (np.abs(det[left]) > singular) & (change < np.abs(det[left]) / 2) & (back < r / 4)
        found[left[good]] = r[good]
        radius[left] = np.minimum(r * np.sqrt(np.abs(det[left]) / change) / 4, WIDEST)
        left = left[~good & (radius[left] > LEAST) & (np.abs(det[left]) > singular) & ~corner[left]]
        if not len(left):
            break
    return np.where(corner, 0.0, found), corner


def alone(u: Array, basin: Array) -> Numbers:
    """The numbers of the zeros (2, N), each perhaps several times, without those in the basin of another."""
    wide = basin >= USUAL
    scales = ((wide, USUAL / 10), (~wide, FINEST))
    kept = np.concatenate([np.flatnonzero(some)[distinct(u[:, some], scale)] for some, scale in scales])
    kept = kept[np.argsort(-basin[kept], kind="stable")]
    one, other, apart = pairs(u[:, kept], WIDEST)
    return np.delete(kept, other[apart < basin[kept[one]]])
