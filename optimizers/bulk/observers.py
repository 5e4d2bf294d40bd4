"""What is kept in mind of each step of a run, as functions of arrays: enough to tell what became of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array
from optimizers.verdicts import REACH


class Observer(NamedTuple):
    """Keeps something in mind of each step."""

    keep: Callable[[Any, Any, Any, Any], Any]  # p before, p after, what was seen before, number of the step -> seen
    fresh: tuple[tuple[str, float], ...] = ()  # what is put down at the end of a stretch, and begins anew from a number


class Stay(NamedTuple):
    """How long a run was near a place, each (N,). Distances are in views, the larger of the two coordinates."""

    x: Array  # the place
    y: Array
    limit: Array  # distance that counts as staying
    outside: Array  # last step farther away than `REACH`
    stay: Array  # steps up to now within the limit
    longest: Array  # the longest such stretch that has ended


class Approach(NamedTuple):
    """The same, and how the run moved."""

    near: Stay
    reach: Array  # greatest distance
    stride: Array  # longest step, by its larger coordinate


class Look(NamedTuple):
    """What a stretch of a run looks like, each (N,); none of it depends on a place."""

    stride: Array  # longest step, by its larger coordinate, in views
    way: Array  # length of the way, in views
    left: Array  # the box: its lower left corner, and its upper right one
    low: Array
    right: Array
    high: Array


NOTHING = Look(0.0, 0.0, np.inf, np.inf, -np.inf, -np.inf)  # type: ignore[arg-type]


class Box(NamedTuple):
    """Until when a run was not in a box, each (N,)."""

    left: Array
    right: Array
    low: Array
    high: Array
    outside: Array  # last step outside


def staying(scale: Array) -> Observer:
    """Keeps a `Stay`; `scale` is a view, (2,)."""
    per_view = 1.0 / scale  # a product takes a tenth of the time of a quotient

    def keep(before: Any, p: Any, seen: Stay, time: Any) -> Stay:
        u, v = (p[0] - seen.x) * per_view[0], (p[1] - seen.y) * per_view[1]
        return _stayed(seen, np.fmax(np.abs(u), np.abs(v)), time)

    return Observer(keep)


def _stayed(seen: Stay, distance: Any, time: Any) -> Stay:
    inside = distance <= seen.limit
    return seen._replace(
        outside=np.where(distance <= REACH, seen.outside, time),
        stay=np.where(inside, seen.stay + 1.0, 0.0),
        longest=np.where(inside, seen.longest, np.fmax(seen.longest, seen.stay)),
    )


def approaching(scale: Array) -> Observer:
    """Keeps an `Approach`; `scale` is a view, (2,)."""
    per_view = 1.0 / scale

    def keep(before: Any, p: Any, seen: Approach, time: Any) -> Approach:
        u, v = (p[0] - seen.near.x) * per_view[0], (p[1] - seen.near.y) * per_view[1]
        du, dv = (p[0] - before[0]) * per_view[0], (p[1] - before[1]) * per_view[1]
        distance, step = np.fmax(np.abs(u), np.abs(v)), np.fmax(np.abs(du), np.abs(dv))
        return Approach(_stayed(seen.near, distance, time), np.fmax(seen.reach, distance), np.fmax(seen.stride, step))

    return Observer(keep)


def looking(scale: Array) -> Observer:
    """Keeps a `Look`; `scale` is a view, (2,)."""
    per_view = 1.0 / scale

    def keep(before: Any, p: Any, seen: Look, time: Any) -> Look:
        du, dv = (p[0] - before[0]) * per_view[0], (p[1] - before[1]) * per_view[1]
        return Look(
            stride=np.fmax(seen.stride, np.fmax(np.abs(du), np.abs(dv))),
            way=seen.way + np.sqrt(du * du + dv * dv),
            left=np.fmin(seen.left, p[0]),
            low=np.fmin(seen.low, p[1]),
            right=np.fmax(seen.right, p[0]),
            high=np.fmax(seen.high, p[1]),
        )

    return Observer(keep, tuple(NOTHING._asdict().items()))


def _boxed(before: Any, p: Any, seen: Box, time: Any) -> Box:
    across = (p[0] >= seen.left) & (p[0] <= seen.right)
    inside = across & (p[1] >= seen.low) & (p[1] <= seen.high)
    return seen._replace(outside=np.where(inside, seen.outside, time))


BOXED = Observer(_boxed)  # keeps a `Box`


class Curvature(NamedTuple):
    """How much the landscape bends along a run, each (N,)."""

    total: Array  # of the Hessian's largest eigenvalues at the places that steps set out from


def bending(hessian: Callable[[Any, Any], tuple[Any, Any, Any]]) -> Observer:
    """Keeps a `Curvature`; `hessian` is that of the formula."""

    def keep(before: Any, p: Any, seen: Curvature, time: Any) -> Curvature:
        a, b, d = hessian(before[0], before[1])
        half = (a - d) / 2
        return Curvature(seen.total + ((a + d) / 2 + np.sqrt(half * half + b * b)))

    return Observer(keep)


class Here(NamedTuple):
    """Where a run is, each (N,)."""

    x: Array
    y: Array


HERE = Observer(lambda before, p, seen, time: Here(p[0], p[1]), (("x", 0.0), ("y", 0.0)))  # puts down every place
