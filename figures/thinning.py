"""Long runs drawn with fewer points so that their picture stays the same: evenly spread steps, and all extremes."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Domain
from words import say

Steps = NDArray[np.int64]  # numbers of steps, ascending

WHOLE = 5000  # steps up to which every one is drawn
EVENLY = 2000  # steps of a longer run, evenly spread, about as many as these
FINE = 2  # of these spaces make a part of a curve, a pixel or less, whose extremes are drawn
COARSE = 32  # of these spaces make a part of a trajectory whose extremes are drawn whatever else is
CORNERS = 1500  # of a trajectory in one view, at most
GRAIN = 2.5e-4  # views: a quarter of a pixel, which no corner is worth
CELLS = 400  # along each side of a view: in one of them nothing is told apart
AGAIN = 0.1  # what counts of a distance where the run has been before
ASIDE = 0.01  # what counts of a distance beside the view: only whether a line would go through it


def stride(steps: int, whole: int = WHOLE) -> int:
    """Of a run of so many steps every how many-th is drawn; 1, or a prime number.

    A prime, so that a run that goes round is not met at the same place each time.

    >>> stride(5000), stride(5001), stride(17_082), stride(200_000)
    (1, 3, 11, 101)

    Args:
        whole: steps up to which every one is drawn, at least 2000.
    """
    number = 1 if steps <= whole else -(-steps // EVENLY)
    while any(number % divisor == 0 for divisor in range(2, number)):
        number += 1
    return number


def thinned_words(steps: int) -> str:
    """Which steps of a run of so many are drawn.

    >>> thinned_words(5000), thinned_words(200_000)
    ('every step', 'every 101st step and the extremes')
    """
    if stride(steps) == 1:
        return say("every step")
    return say("every {nth} step and the extremes", nth=ordinal(stride(steps)))


def ordinal(number: int) -> str:
    """A number that counts in order.

    >>> ordinal(2), ordinal(13), ordinal(101)
    ('2nd', '13th', '101st')
    """
    ending = 0 if number % 100 in (11, 12, 13) else number % 10
    if ending == 1:
        return say("{number}st", number=number)
    if ending == 2:
        return say("{number}nd", number=number)
    return say("{number}rd", number=number) if ending == 3 else say("{number}th", number=number)


def evenly(steps: int, whole: int = WHOLE) -> Steps:
    """The steps at which playback stops: the first, every so many-th, and the last."""
    return np.union1d(np.arange(0, steps + 1, stride(steps, whole)), [steps])


def of_curve(values: Array) -> Steps:
    """The steps at which a curve is drawn: the evenly spread ones, and the extremes of each of its parts.

    Args:
        values: shape (steps + 1,), nan where nothing is drawn.
    """
    steps = values.size - 1
    if steps <= WHOLE:
        return np.arange(steps + 1)
    found = [evenly(steps), _edges(np.isfinite(values)), _extremes(values, FINE * stride(steps))]
    return np.unique(np.concatenate(found))


def of_trajectory(positions: Array, heights: Array, views: Sequence[Domain]) -> Steps:
    """The steps at which a trajectory is drawn, so that its line stays where it is in every view.

    Args:
        positions: shape (2, steps + 1), nan after the run left.
        heights: over each of them, 0 at the bottom of the picture and 1 at its top, shape (steps + 1,).
        views: the domain, which is looked at in three dimensions too, and windows in it.
    """
    steps = positions.shape[1] - 1
    if steps <= WHOLE:
        return np.arange(steps + 1)
    known = np.asarray(np.isfinite(positions).all(axis=0))
    even = evenly(steps)
    found = [even, _edges(known), *(_extremes(axis, COARSE * stride(steps)) for axis in positions)]
    seen, even = positions[:, : int(known.sum())], even[even < known.sum()]
    up = np.clip(np.nan_to_num(heights[: seen.shape[1]]), 0.0, 1.0)
    for view in views:
        low, high = np.array(view).T[:, :, None]
        points = (seen - low) / (high - low)
        found.append(corners(points if view is not views[0] else np.concatenate([points, up[None]]), even))
    return np.unique(np.concatenate(found))


def corners(points: Array, drawn: Steps, most: int = CORNERS) -> Steps:
    """The points, those most needed, that are drawn besides, so that straight lines come near to all the others.

    The farthest point from its line is drawn next, until none is farther than a quarter of a pixel. Where the run has
    been before a tenth of the distance counts, and beside the view, which lies from 0 to 1 along x and y, a hundredth.

    Args:
        points: in parts of the view, shape (2 or more, n).
        drawn: those drawn anyway, the first among them.

    Source: D. H. Douglas, T. K. Peucker, Algorithms for the reduction of the number of points required to represent a
        digitized line or its caricature, Cartographica 10 (1973) 112, doi:10.3138/FM57-6770-U75U-7727.
    """
    counts = np.where(_near(points[:2]), np.where(_first(points[:2]), 1.0, AGAIN), ASIDE)
    waiting: list[tuple[float, int, int, int]] = []  # minus the distance, and the point between two that are drawn
    found: list[int] = []

    def wait(a: int, b: int) -> None:
        if b - a > 1:
            away = counts[a + 1 : b] * np.minimum(_distance(points[:, a : b + 1]), 1.0)
            farthest = int(away.argmax())
            if away[farthest] > GRAIN:
                heappush(waiting, (-float(away[farthest]), a, a + 1 + farthest, b))

    for a, b in pairwise(np.union1d(drawn, [points.shape[1] - 1]).tolist()):
        wait(a, b)
    while waiting and len(found) < most:
        _, a, between, b = heappop(waiting)
        found.append(between)
        wait(a, between)
        wait(between, b)
    return np.array(found, dtype=np.int64)


def _extremes(values: Array, length: int) -> Steps:
    """The lowest and the highest step in each part of that length, both its ends included."""
    steps = values.size - 1
    parts = np.minimum(np.arange(0, steps, length)[:, None] + np.arange(length + 1), steps)
    known = np.isfinite(values[parts])
    lowest = np.where(known, values[parts], np.inf).argmin(axis=1)
    highest = np.where(known, values[parts], -np.inf).argmax(axis=1)
    found: Steps = np.minimum(parts[:, 0] + np.stack([lowest, highest]), steps)[:, known.any(axis=1)].ravel()
    return found


def _distance(points: Array) -> Array:
    """How far the points between the first and the last are from the line between these two."""
    begin, way = points[:, :1], points[:, -1:] - points[:, :1]
    offsets = points[:, 1:-1] - begin
    length = float((way**2).sum())
    share = np.clip((way * offsets).sum(axis=0) / length, 0.0, 1.0) if length > 0 else np.zeros(offsets.shape[1])
    away: Array = np.sqrt(((offsets - share * way) ** 2).sum(axis=0))
    return away


def _near(points: Array) -> NDArray[np.bool_]:
    """Whether a point is in the view, or an end of a line that may cross it."""
    ends = np.stack([points[:, :-1], points[:, 1:]])
    crosses = ((ends.min(axis=0) <= 1.0) & (ends.max(axis=0) >= 0.0)).all(axis=0)
    near: NDArray[np.bool_] = np.append(crosses, False) | np.insert(crosses, 0, False)
    return near


def _first(points: Array) -> NDArray[np.bool_]:
    """Whether a point is the first in its cell of the view."""
    cells = np.clip(np.floor(CELLS * points), 0, CELLS - 1).astype(np.int64)
    numbers = (CELLS * cells[0] + cells[1])[::-1]
    first = np.full(CELLS**2, -1)
    first[numbers] = np.arange(numbers.size)[::-1]  # the last that is written is the first of the run
    return np.isin(np.arange(numbers.size), first)


def _edges(known: NDArray[np.bool_]) -> Steps:
    """The steps about the first and the last change between something and nothing to draw."""
    changes = np.flatnonzero(np.diff(known))
    about = changes[[0, -1]] if changes.size else changes
    return np.concatenate([about, about + 1])
