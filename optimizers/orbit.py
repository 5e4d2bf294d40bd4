"""Does a run go round without end: does it stay in the same places and keep moving through them?"""

from typing import NamedTuple

import numpy as np

from landscapes import Array

LONGEST = 64  # longest period looked for
STEADY = 1e-3  # change of the box from one quarter of the run to the next, in parts of its size: nothing shrinks
OUTGROWN = 0.05  # growth of the box along an axis, in parts of its extent there, that is not going anywhere new
AGAIN = 0.05  # distance, in parts of the box, at which a place counts as the same
FEWEST = 4  # steps in a quarter of a run about which anything can be said
MARGIN = 1e-12  # views: a box narrower than this is a point


class Orbit(NamedTuple):
    """Where a run goes round."""

    centre: Array  # (2,), the mean of its places
    period: int | None  # None: not, or not yet, in a period of up to 64 steps
    since: int  # the first step from which on it did not leave its box by more than half of its size


def orbit_of(path: Array, scale: Array, strained: bool) -> Orbit | None:
    """The orbit on which a run goes round, None if it does not.

    It does if it runs through the box of its last quarter from end to end at least twice, and that box and the one of
    the quarter before agree to a thousandth of their size: then nothing shrinks. Where the mean curvature is more than
    the rule can hold (`strained`), the run cannot come to rest there, and it is enough that it goes nowhere new.
    """
    quarter = path.shape[1] // 4
    if quarter < FEWEST:
        return None
    p = path / scale[:, None]
    late, before = p[:, -quarter:], p[:, -2 * quarter : -quarter]
    low, high = late.min(axis=1), late.max(axis=1)
    size = (high - low).max()
    if size <= MARGIN or np.linalg.norm(np.diff(late), axis=0).sum() < 4 * size:
        return None
    beyond = np.maximum(before.min(axis=1) - low, high - before.max(axis=1))  # positive where the last box is wider
    short = np.maximum(low - before.min(axis=1), before.max(axis=1) - high)  # positive where it is narrower
    steady = max(beyond.max(), short.max()) <= STEADY * size
    bound = strained and (beyond <= OUTGROWN * (high - low) + MARGIN).all()
    if not (steady or bound):
        return None
    left = np.flatnonzero(((p < (low - size / 2)[:, None]) | (p > (high + size / 2)[:, None])).any(axis=0))
    return Orbit(
        late.mean(axis=1) * scale, _period(late[:, -2 * LONGEST :], AGAIN * size), int(left[-1]) + 1 if left.size else 0
    )


def _period(places: Array, same: float) -> int | None:
    """The smallest number of steps after which the places repeat."""
    longest = min(LONGEST, places.shape[1] // 2)
    return next((k for k in range(2, longest + 1) if np.abs(places[:, k:] - places[:, :-k]).max() <= same), None)
