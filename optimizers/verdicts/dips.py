"""Dips of a curve, and how deep each is."""

import numpy as np
from numpy.typing import NDArray

from landscapes import Array


def dips(heights: Array) -> tuple[NDArray[np.intp], Array]:
    """Where a curve (T,) has its dips, in order, and the depth of each.

    A dip is a place, or the middle of a level stretch, that is lower than what is beside it on both sides; an end is
    none. It is as deep as one has to climb to come to a lower place or to an end of the curve, on the side where that
    is less.

    Source: the prominence of a peak, as in `scipy.signal.find_peaks` of the curve upside down.
    """
    steps = np.flatnonzero(np.diff(heights))
    first, last = np.append(0, steps + 1), np.append(steps, heights.size - 1)  # of every level stretch
    level = heights[first]
    inside = np.flatnonzero((level[1:-1] < level[:-2]) & (level[1:-1] < level[2:])) + 1
    if not inside.size:
        return np.empty(0, dtype=np.intp), np.empty(0)
    lowest = level[inside]
    passes = np.maximum.reduceat(level, np.append(0, inside))  # before the first, between each two, after the last
    before = _climbs(lowest.tolist(), passes.tolist())
    after = _climbs(lowest[::-1].tolist(), passes[::-1].tolist())[::-1]
    return (first[inside] + last[inside]) // 2, np.minimum(before, after) - lowest


def _climbs(lowest: list[float], passes: list[float]) -> Array:
    """Of every dip, the highest pass on the way back to a lower one, or to the beginning; `passes[i]` is before it."""
    found: list[float] = []
    lower: list[tuple[float, float]] = []  # dips than which none since is as low, each with the highest pass before it
    for low, highest in zip(lowest, passes, strict=False):
        while lower and lower[-1][0] >= low:
            highest = max(highest, lower.pop()[1])
        lower.append((low, highest))
        found.append(highest)
    return np.array(found)
