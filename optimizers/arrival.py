"""Has a run arrived: the critical point next to its end, what it is, and whether the run stays there.

Places are measured in views: a coordinate divided by the width of the landscape's domain along it. So nothing here
depends on units, and a thousandth of a view is what a map of ordinary size can just show.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape

REACH = 1e-3  # views: nearer than this, a run is at the point as far as a map can show
EXACT = 1e-9  # views: nearer than this, a run is at the point as far as float64 and the derivatives can tell
ROUNDING = 1e-13  # views: what an exactly stable direction gathers by rounding alone
FLAT = 1e-7  # an eigenvalue below this part of the Hessian's size is zero
CIRCLE = 1e-2  # views: radius of the circle on which the Hessian's size is taken
ITERATIONS = 24  # of Newton's method: enough for a linear convergence by 2/3, as at a fourth power


Kind = Literal["minimum", "maximum", "saddle", "flat"]


class Place(NamedTuple):
    """A critical point: where, of which kind, and the Hessian's eigenvalues with their directions."""

    position: Array  # (2,)
    kind: Kind  # flat: an eigenvalue is zero, so that the Hessian does not decide
    eigenvalues: Array  # (2,), ascending
    eigenvectors: Array  # (2, 2), in columns
    zeros: int  # how many of the eigenvalues that count are zero: of a landscape of one variable, f'' alone
    lowest: bool  # is the loss nowhere lower on a small circle round the point?


def widths(landscape: Landscape) -> Array:
    """One view: the extent of the domain along each axis, shape (2,)."""
    return np.array([high - low for low, high in landscape.domain])


def critical_point_near(landscape: Landscape, p: Array) -> Place | None:
    """The critical point within a thousandth of a view or so, found by Newton's method; None where there is none.

    The Newton step, not the size of the gradient, says whether it is near: it does not depend on how steep the
    landscape is, and on a plateau, where the gradient is small too, it is long. Directions without curvature are left
    alone, so that a valley of minima is met where the run came down.
    """
    scale = widths(landscape)
    c = p.copy()
    for _ in range(ITERATIONS):
        g, hessian = landscape.gradient(c) * scale, landscape.hessian(c) * np.outer(scale, scale)
        if not (np.isfinite(g).all() and np.isfinite(hessian).all()):
            return None
        curvatures, axes = np.linalg.eigh(hessian)
        floor = 1e-9 * np.abs(curvatures).max()
        step = -axes @ (axes.T @ g * curvatures / (curvatures**2 + floor**2)) if floor > 0 else np.zeros_like(g)
        if np.abs(step).max() > 2 * REACH or np.abs((c - p) / scale).max() > 4 * REACH:
            return None
        c = c + step * scale
        if np.abs(step).max() <= ROUNDING:
            break
    g = landscape.gradient(c) * scale
    around = c[:, None] + CIRCLE * scale[:, None] * _CIRCLE
    hessians = landscape.hessian(np.concatenate([c[:, None], around], axis=1)) * np.outer(scale, scale)[:, :, None]
    size = np.nan_to_num(np.abs(hessians), posinf=0.0).max()
    arrived = np.abs(step).max() <= 1e-3 * REACH and np.abs(g).max() <= 1e-10 * size
    if not (arrived and np.isfinite(hessians[:, :, 0]).all()):
        return None
    return _place(landscape, c, around, scale, FLAT * size)


_ANGLES = np.arange(8) * np.pi / 4 + 0.1  # turned a little, so that no axis of symmetry is met
_CIRCLE = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)])


def _place(landscape: Landscape, c: Array, around: Array, scale: Array, zero: float) -> Place:
    hessian = landscape.hessian(c)
    bends = hessian * np.outer(scale, scale)
    curvatures = bends[0, :1] if landscape.curve else np.linalg.eigvalsh(bends)
    eigenvalues, eigenvectors = np.linalg.eigh(hessian)
    zeros = int((np.abs(curvatures) <= zero).sum())
    kind: Kind = "saddle"
    if zeros:
        kind = "flat"
    elif (curvatures > 0).all():
        kind = "minimum"
    elif (curvatures < 0).all():
        kind = "maximum"
    lowest = bool((landscape.value(around) >= landscape.value(c)).all())
    return Place(c, kind, eigenvalues, eigenvectors, zeros, lowest)


def settled_since(place: Place, path: Array, scale: Array) -> int | None:
    """The step from which the run stays within a thousandth of a view of the place, if it has settled there.

    It has settled when, over the last twentieth of the run, it is there to rounding, or still no farther than in the
    quarter before and neither jitters (keeps running to and fro across the point without coming nearer) nor has been as
    near for long and left again, as Adam's bursts do. At a saddle or a maximum, what points down must not grow either.
    """
    offsets = (path - place.position[:, None]) / scale[:, None]
    distance = np.abs(offsets).max(axis=0)
    outside = np.flatnonzero(~(distance <= REACH))
    since = int(outside[-1]) + 1 if outside.size else 0
    end = distance.size - 1
    last = max(5, end // 20)
    split = end - last if end > last else end // 2
    before, tail = slice(max(0, end - 6 * last), split), slice(split, None)
    if distance[-2:].max() > REACH or (end == 0 and distance[0] > EXACT):
        return None
    if distance[-1] > EXACT and (since > split or end <= last):
        return None  # has not been here for long enough to tell staying from passing
    if place.kind in ("saddle", "maximum"):
        down = np.abs(place.eigenvectors[:, place.eigenvalues < 0].T @ (offsets * scale[:, None])) / scale.max()
        fall = down.max(axis=0)
        if fall[-1] > ROUNDING and (split == 0 or fall[tail].max() > fall[before].max()):
            return None
    return None if _restless(offsets, distance, before, tail) else since


def _restless(offsets: Array, distance: Array, before: slice, tail: slice) -> bool:
    """Does the motion about the point grow, jitter, or repeat a stay that has ended before?"""
    radius = float(distance[tail].max())
    if radius > EXACT:
        if distance[before].size and radius > distance[before].max():
            return True  # it grows
        first, second = np.array_split(distance[tail], 2)
        lasting = _stays(distance <= 2 * radius)[-1] > 4 * distance[tail].size or second.max() >= 0.9 * first.max()
        length = np.linalg.norm(np.diff(offsets[:, tail]), axis=0).sum()
        if lasting and length >= 4 * radius:
            return True  # it jitters
    stays = _stays(distance <= max(2 * radius, EXACT))
    return bool(stays[:-1].size and stays[-1] < 2 * stays[:-1].max())


def _stays(inside: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The lengths of the unbroken stretches of True; the last one reaches the end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(int)))
    return edges[1::2] - edges[::2]
