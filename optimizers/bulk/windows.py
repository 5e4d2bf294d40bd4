"""The stretches of a run that decide what became of it, and what was seen in each."""

from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.verdicts import FEWEST, RECENT, STILL, last_twentieth

STRIDE, WAY, LOW, HIGH = 0, 1, slice(2, 4), slice(4, 6)  # where they are in a `Look`
Span = tuple[int, int]  # positions of a run from the first to before the last


class Windows(NamedTuple):
    """The stretches of a run of so many steps, as positions counted from its start; empty ones are (0, 0)."""

    before: Span
    tail: Span
    first: Span  # half of the tail
    second: Span
    tail_way: Span
    earlier: Span  # five positions
    recent: Span
    end: Span  # the last two
    still: Span  # those of the last steps, of which a standstill needs five
    late: Span  # the last quarter
    late_way: Span
    quarter_before: Span
    eighths: tuple[Span, ...]  # the last four, the last one first

    @property
    def towards_the_end(self) -> list[int]:
        """All positions at which one of those begins or ends that tell whether a run stays where it is, in order."""
        return _borders([self.tail, self.first, self.second, self.tail_way, self.earlier, self.recent, self.end])

    @property
    def of_the_last_quarter(self) -> list[int]:
        """The same of those that tell what a run does that does not."""
        return _borders([self.still, self.late, self.late_way, *self.eighths[:2]])

    @property
    def of_the_quarter_before(self) -> list[int]:
        """The same of those that tell whether it does that for ever."""
        return [border for border in _borders([self.quarter_before, *self.eighths[2:]]) if border <= self.late[0]]


def _borders(spans: list[Span]) -> list[int]:
    return sorted({border for span in spans for border in span if span[1] > span[0]})


def windows(end: int) -> Windows:
    """The stretches of a run of `end` steps."""
    size, last = end + 1, last_twentieth(end)
    split = end - last if end > last else end // 2
    half = split + (size - split + 1) // 2
    grown = size > 2 * RECENT
    quarter = size // 4
    whole = quarter >= FEWEST
    eighth = quarter // 2
    return Windows(
        before=(max(0, end - 6 * last), split),
        tail=(split, size),
        first=(split, half),
        second=(half, size),
        tail_way=(split + 1, size),
        earlier=(size - 2 * RECENT, size - RECENT) if grown else (0, 0),
        recent=(size - RECENT, size) if grown else (0, 0),
        end=(max(0, size - 2), size),
        still=(max(1, size - STILL), size),
        late=(size - quarter, size) if whole else (0, 0),
        late_way=(size - quarter + 1, size) if whole else (0, 0),
        quarter_before=(size - 2 * quarter, size - quarter) if whole else (0, 0),
        eighths=tuple((size - (back + 1) * eighth, size - back * eighth) for back in range(4)) if whole else (),
    )


class Log:
    """What was seen between two borders, put together for the stretches; each result (N,) or (2, N)."""

    def __init__(self, parts: list[tuple[int, int, Array]]) -> None:
        self.parts = parts  # the positions from the first to before the last, and a `Look` at them as an array, (6, N)

    def of(self, lanes: NDArray[np.intp]) -> "Log":
        """The same of some of the runs."""
        return Log([(first, last, look[:, lanes]) for first, last, look in self.parts])

    def reach(self, span: Span, place: Array) -> Array:
        """Greatest distance along each axis from a place, (2, N): that of one of the sides of the box."""
        return np.maximum(np.abs(self.low(span) - place), np.abs(self.high(span) - place))

    def stride(self, span: Span) -> Array:
        """Longest step, in views."""
        return reduce(np.maximum, [look[STRIDE] for look in self._of(span)])

    def way(self, span: Span) -> Array:
        """Length of the way, in views."""
        return reduce(np.add, [look[WAY] for look in self._of(span)])

    def low(self, span: Span) -> Array:
        """The lower left corner of the box."""
        return reduce(np.minimum, [look[LOW] for look in self._of(span)])

    def high(self, span: Span) -> Array:
        """The upper right corner of the box."""
        return reduce(np.maximum, [look[HIGH] for look in self._of(span)])

    def _of(self, span: Span) -> list[Array]:
        return [look for first, last, look in self.parts if span[0] <= first and last <= span[1]]
