"""Second derivatives where they may jump or grow without end: what they tend to near a point."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.basins import RING
from landscapes.critical.view import View
from landscapes.landscape import Array

RADII = np.array([1e-3, 1e-6, 1e-9])  # in halves of the view, each by the same factor less than the one before
SAME = 1e-3  # of the largest eigenvalue on the first circle: limits that differ by less are one
SETTLED = 1e-6  # of the same: a change from circle to circle that is less has ended
GROWING = 0.9  # a change that is not less than the one before, by this factor, does not end


class Bends(NamedTuple):
    """Around each of N points."""

    eigenvalues: (
        Array  # (N, 2), what they tend to; infinite where they grow without end, nan where that depends on the way
    )
    eigenvectors: Array  # (N, 2, 2), of the mean of the Hessians on the smallest circle
    signs: Array  # (N, 2), of the eigenvalues around the point; 0 where they tend to 0, nan where there are several
    tolerance: Array  # (N,), within which an eigenvalue agrees with the limit


def bends_near(view: View, p: Array) -> Bends:
    """What the eigenvalues of the Hessian tend to at each point (2, N), from eight directions.

    From each direction there are three values, at distances by which a power of the distance changes by a constant
    factor; so they are carried on as a geometric series is, which is exact for c + d·rᵏ.

    Source:
        A. C. Aitken, On Bernoulli's numerical solution of algebraic equations, Proc. R. Soc. Edinb. 46 (1926) 289.
    """
    places = p[:, None, None] + view.half[:, None, None] * RING[:, None] * RADII[:, None, None]
    h = view.landscape.hessian(places.reshape(2, -1)).reshape(2, 2, *places.shape[1:])
    (a, b), (_, d) = h
    mean, half = (a + d) / 2, np.hypot((a - d) / 2, b)
    near = np.array([mean - half, mean + half])  # (2, circles, directions, N)
    scale = np.abs(near).max(axis=(0, 2))[0]
    values, entries = limits(near, scale), limits(np.array([a, b, d]), scale)
    one, turns = same(values, scale), ~same(entries, scale).all(axis=0)
    eigenvalues = np.where(one, values[:, 0], np.nan)
    eigenvalues[np.abs(eigenvalues) <= SAME * scale] = 0.0
    eigenvalues[:, turns & np.isfinite(eigenvalues).all(axis=0)] = np.nan  # the same from all sides, along other axes
    middle = np.nan_to_num(np.moveaxis(h[:, :, 2].mean(axis=2), -1, 0))
    eigenvectors = np.linalg.eigh(middle)[1]
    along = np.einsum("nik,ijcn,njk->kcn", eigenvectors, h[:, :, 2], eigenvectors)  # (2, directions, N)
    sign = np.sign(near[:, 2])
    known = ((sign == sign[:, :1]) & (np.sign(along) == sign)).all(axis=1)
    signs = np.where(eigenvalues == 0, 0.0, np.where(known, sign[:, 0], np.nan))
    return Bends(eigenvalues.T, eigenvectors, signs.T, SAME * scale)


def limits(near: Array, scale: Array) -> Array:
    """What M numbers tend to from each direction, (M, circles, directions, N) -> (M, directions, N)."""
    before, after = near[:, 1] - near[:, 0], near[:, 2] - near[:, 1]
    settled = np.abs(after) <= SETTLED * scale
    ending = np.abs(after) < GROWING * np.abs(before)
    endless = after * before > 0
    towards = np.where(
        ending, near[:, 2] + after**2 / (before - after), np.where(endless, np.copysign(np.inf, after), np.nan)
    )
    return np.where(settled, near[:, 2], towards)


def same(limit: Array, scale: Array) -> NDArray[np.bool_]:
    """Whether M limits are the same from all directions, (M, directions, N) -> (M, N)."""
    agrees = (limit == limit[:, :1]) | (np.abs(limit - limit[:, :1]) <= SAME * scale)
    return np.asarray(agrees.all(axis=1))
