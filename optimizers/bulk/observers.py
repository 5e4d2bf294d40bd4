"""What is kept in mind of each step of a run, as functions of arrays: enough to tell what became of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array
from optimizers.verdicts import REACH


class Stay(NamedTuple):
    """How long a run was near a place, each (N,). Distances are in views, the larger of the two coordinates."""

    x: Array  # the place
    y: Array
    limit: Array  # distance that counts as staying
    outside: Array  # last step farther away than `REACH`
    stay: Array  # steps up to now within the limit
    longest: Array  # the longest such stretch that has ended


class Look(NamedTuple):
    """The same, and what a stretch of the run looks like, each (N,); `u`, `v` are the place now, in views."""

    near: Stay
    u: Array
    v: Array
    reach: Array  # greatest distance
    stride: Array  # longest step, by its larger coordinate
    way: Array  # length of the way
    left: Array  # the box
    right: Array
    low: Array
    high: Array


class Box(NamedTuple):
    """How long a run was in a box, each (N,)."""

    left: Array
    right: Array
    low: Array
    high: Array
    outside: Array  # last step outside
    stay: Array  # steps up to now inside
    longest: Array  # the longest such stretch that has ended


def staying(scale: Array) -> Callable[..., Stay]:
    """Keeps a `Stay`; `scale` is a view, (2,)."""

    per_view = 1.0 / scale  # a product takes a tenth of the time of a quotient

    def observe(before: Any, p: Any, seen: Stay, time: Any) -> Stay:
        u, v = (p[0] - seen.x) * per_view[0], (p[1] - seen.y) * per_view[1]
        return _stayed(seen, np.maximum(np.abs(u), np.abs(v)), time)

    return observe


def _stayed(seen: Stay, distance: Any, time: Any) -> Stay:
    inside = distance <= seen.limit
    return seen._replace(
        outside=np.where(distance <= REACH, seen.outside, time),
        stay=np.where(inside, seen.stay + 1.0, 0.0),
        longest=np.where(inside, seen.longest, np.maximum(seen.longest, seen.stay)),
    )


def looking(scale: Array) -> Callable[..., Look]:
    """Keeps a `Look`; `scale` is a view, (2,)."""

    per_view = 1.0 / scale

    def observe(before: Any, p: Any, seen: Look, time: Any) -> Look:
        u, v = (p[0] - seen.near.x) * per_view[0], (p[1] - seen.near.y) * per_view[1]
        distance = np.maximum(np.abs(u), np.abs(v))
        du, dv = u - seen.u, v - seen.v
        return Look(
            near=_stayed(seen.near, distance, time),
            u=u,
            v=v,
            reach=np.maximum(seen.reach, distance),
            stride=np.maximum(seen.stride, np.maximum(np.abs(du), np.abs(dv))),
            way=seen.way + np.sqrt(du * du + dv * dv),
            left=np.minimum(seen.left, u),
            right=np.maximum(seen.right, u),
            low=np.minimum(seen.low, v),
            high=np.maximum(seen.high, v),
        )

    return observe


def boxed(before: Any, p: Any, seen: Box, time: Any) -> Box:
    """Keeps a `Box`."""
    across = (p[0] >= seen.left) & (p[0] <= seen.right)
    inside = across & (p[1] >= seen.low) & (p[1] <= seen.high)
    return seen._replace(
        outside=np.where(inside, seen.outside, time),
        stay=np.where(inside, seen.stay + 1.0, 0.0),
        longest=np.where(inside, seen.longest, np.maximum(seen.longest, seen.stay)),
    )
