"""The peaks of a sequence and how far each stands out, as `scipy.signal` has them, whose import takes far longer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from landscapes import Array


def prominent_peaks(values: Array, least: float) -> tuple[NDArray[np.intp], Array]:
    """Where a sequence has peaks of at least this prominence, in order, and the prominence of each.

    A peak is higher than what comes before and after it; of one with a flat top it is the middle. It stands out by its
    height over the higher of two lows: the lowest value on either side, as far as nothing higher than it comes between.

    Args:
        values: (T,), all finite.

    >>> prominent_peaks(np.array([0.0, 3.0, 2.0, 4.0, 4.0, 4.0, 1.0]), least=0.5)
    (array([1, 4]), array([1., 3.]))
    """
    steps = np.flatnonzero(np.diff(values)) + 1
    first, last = np.append(0, steps), np.append(steps, values.size) - 1  # of each stretch of equal values
    level = values[first]
    top = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] > level[2:])) + 1
    if not top.size:
        return top, np.zeros(0)
    heights = level[top].tolist()
    lows = np.minimum.reduceat(level, np.append(0, top)).tolist()  # before the first peak, between each two, and after
    before = _lows(heights, lows[:-1])
    after = _lows(heights[::-1], lows[:0:-1])[::-1]
    prominences = level[top] - np.maximum(before, after)
    far = prominences >= least
    return ((first + last) // 2)[top[far]], prominences[far]


def _lows(heights: Sequence[float], lows: Sequence[float]) -> list[float]:
    """The lowest value from each peak back to one that is higher, given the lowest since the peak before it."""
    higher: list[tuple[float, float]] = []  # the peaks that may end the way back of a later one, and their own lows
    found = []
    for height, low in zip(heights, lows, strict=True):
        while higher and higher[-1][0] <= height:
            low = min(low, higher.pop()[1])
        higher.append((height, low))
        found.append(low)
    return found
