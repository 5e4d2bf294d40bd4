"""Does a run stay at the place next to its end? The tests of `converged_since`, by the numbers kept in mind beside it.

They are written for arrays (N,), and for what is recorded of them: nothing is decided by a single number.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.bulk.observers import Approach
from optimizers.bulk.windows import Log, Span, Windows
from optimizers.verdicts import (
    BURST,
    CRAWL,
    DIGITS,
    EXACT,
    JITTER,
    LASTING,
    LONGER,
    NEAR,
    REACH,
    TENFOLD,
    UNSHRUNK,
    last_twentieth,
)

Truths = NDArray[np.bool_]
BORDER = 1e-9  # what is nearer than this, in parts, to a number that decides is left to `verdict`
AT_ONE_PLACE = 2.1 * REACH  # views: two positions that are farther apart are not both at one place


def close(a: Array, b: Array) -> Truths:
    """Whether rounding may decide which of two is larger."""
    near: Truths = np.abs(a - b) <= BORDER * (np.abs(a) + np.abs(b))
    return near


class Glance(NamedTuple):
    """What the last twentieth tells, each (N,)."""

    stays: Truths  # as far as can be told by it
    radius: Array  # greatest distance in it, in views
    limit: Array  # distance that counts as staying
    rounding: Array  # distance that may be rounding

    def of(self, lanes: NDArray[np.intp]) -> "Glance":
        """The same of some of the runs."""
        return Glance(self.stays[lanes], self.radius[lanes], self.limit[lanes], self.rounding[lanes])


class Settling:
    """The tests for runs of so many steps.

    Args:
        scale: a view, (2,).
    """

    def __init__(self, steps: int, windows: Windows, scale: Array) -> None:
        self.steps, self.windows, self.per_view = steps, windows, 1 / scale

    def views(self, pairs: Array) -> Array:
        """The larger of two coordinates that are not negative, in views, (2, N) -> (N,)."""
        size: Array = np.maximum(pairs[0] * self.per_view[0], pairs[1] * self.per_view[1])
        return size

    def at_one_place(self, log: Log) -> Truths:
        """Whether the last step was so short that both its ends may be at one place."""
        end = self.windows.end
        near: Truths = self.views(log.high(end) - log.low(end)) <= AT_ONE_PLACE
        return near

    def glance(self, log: Log, place: Array, known: Truths, distance: Array) -> Glance:
        """Rules out most of the runs that do not stay.

        Args:
            log: what the last twentieth of the runs looks like.
            place: (2, N).
            known: whether there is a place.
            distance: from it in the end, in views.
        """
        spans, end = self.windows, self.steps
        radius = self._reach(log, spans.tail, place)
        stays = known & (self._reach(log, spans.end, place) <= REACH)
        passes = distance > EXACT
        stays = stays & ~(passes if end <= last_twentieth(end) else passes & (radius > REACH))
        motion = self.views(log.high(spans.tail) - log.low(spans.tail))
        stays = stays & ~((distance > NEAR) & (motion <= CRAWL * distance))
        rounding = DIGITS * self.views(np.abs(place))
        if spans.recent[1]:
            then, now = spans.earlier, spans.recent
            farther = self._reach(log, now, place) > np.maximum(TENFOLD * self._reach(log, then, place), rounding)
            longer = log.stride(now) > np.maximum(TENFOLD * log.stride(then), rounding)
            stays = stays & ~(farther & longer)
        return Glance(stays, radius, np.maximum(2 * radius, EXACT), rounding)

    def stays(self, log: Log, place: Array, glance: Glance, seen: Approach) -> tuple[Truths, Truths]:
        """Which of those that may stay do so, and which may or may not; `seen` is the way to the last twentieth."""
        spans, radius = self.windows, glance.radius
        size = spans.tail[1] - spans.tail[0]
        stay, wide = seen.near.stay + size, radius > EXACT
        stays = ~((seen.near.longest > 0) & (stay < BURST * seen.near.longest))
        first, second = (self._reach(log, span, place) for span in (spans.first, spans.second))
        way = log.way(spans.tail_way)
        jitters = wide & ((stay > LASTING * size) | (second >= UNSHRUNK * first)) & (way >= JITTER * radius)
        unsure = close(second, UNSHRUNK * first) | close(way, JITTER * radius)
        if spans.before[1] > spans.before[0]:
            farther = radius > np.maximum(LONGER * seen.reach, glance.rounding)
            longer = log.stride(spans.tail) > np.maximum(LONGER * seen.stride, glance.rounding)
            near = close(radius, seen.reach)
            stays = stays & ~(farther & longer) & (~(wide & (radius > seen.reach)) | (wide & near))
            unsure = unsure | (near & ~jitters)
        unsure = wide & unsure
        return stays & ~jitters & ~unsure, stays & unsure

    def _reach(self, log: Log, span: Span, place: Array) -> Array:
        return self.views(log.reach(span, place))
