"""Does a run go round without end: does it stay in the same places and keep moving through them?"""

from typing import NamedTuple

import numpy as np

from landscapes import Array

LONGEST = 64  # longest period looked for
STEADY = 1e-3  # change of the box from one quarter of the run to the next, in parts of its size: nothing shrinks
OUTGROWN = 0.05  # growth of the box along an axis, in parts of its extent there, that is not going anywhere new
CLOSING = 0.02  # change of the box over the last eighth of the run at most, where its changes die away
DYING = 0.5  # how much of the change before each change may be, in a box whose changes die away
AGAIN = 0.05  # distance, in parts of the box, at which a place counts as the same
FEWEST = 4  # steps in a quarter of a run about which anything can be said
TURNS = 4  # times the box: the way of who runs through it from end to end twice
AROUND = 0.5  # of its size: how far beyond its box a run is still in its cycle
MARGIN = 1e-12  # views: a box narrower than this is a point


class LimitCycle(NamedTuple):
    """Where a run goes round."""

    centre: Array  # (2,), the mean of its places
    period: int | None  # None: not, or not yet, in a period of up to 64 steps
    off: float  # how far the places of a period are apart when they return, in parts of the box
    since: int  # the first step from which on it did not leave its box by more than half of its size


def find_limit_cycle(path: Array, scale: Array, unstable: bool) -> LimitCycle | None:
    """The places in which a run goes round, periodically or not; None if it does not.

    It does if it runs through the box of its last quarter from end to end at least twice, and that box and the one of
    the quarter before agree to a thousandth of their size: then nothing shrinks. Or the box of the last eighth has
    changed by no more than a fiftieth, and the changes die away at least by half from one eighth to the next: then the
    run comes ever closer to a cycle. Where the mean curvature is more than the rule can hold (`unstable`), the run
    cannot come to rest there, and it is enough that it goes nowhere new.
    """
    quarter = path.shape[1] // 4
    if quarter < FEWEST:
        return None
    p = path / scale[:, None]
    late, before = p[:, -quarter:], p[:, -2 * quarter : -quarter]
    low, high = late.min(axis=1), late.max(axis=1)
    size = (high - low).max()
    if size <= MARGIN or np.linalg.norm(np.diff(late), axis=0).sum() < TURNS * size:
        return None
    beyond = np.maximum(before.min(axis=1) - low, high - before.max(axis=1))  # positive where the last box is wider
    short = np.maximum(low - before.min(axis=1), before.max(axis=1) - high)  # positive where it is narrower
    steady = max(beyond.max(), short.max()) <= STEADY * size
    bound = unstable and (beyond <= OUTGROWN * (high - low) + MARGIN).all()
    if not (steady or bound or _closes_in(p, quarter // 2)):
        return None
    left = np.flatnonzero(((p < (low - AROUND * size)[:, None]) | (p > (high + AROUND * size)[:, None])).any(axis=0))
    period, off = _period(late[:, -2 * LONGEST :], size)
    return LimitCycle(late.mean(axis=1) * scale, period, off, int(left[-1]) + 1 if left.size else 0)


def _closes_in(p: Array, eighth: int) -> bool:
    """Do the changes of the box from one eighth of the run to the next die away?"""
    ends = [p.shape[1] - back * eighth for back in range(4)]
    boxes = [p[:, end - eighth : end] for end in ends]
    corners = np.array([np.concatenate([box.min(axis=1), box.max(axis=1)]) for box in boxes])
    changes = np.abs(np.diff(corners, axis=0)).max(axis=1)  # the last one first
    size = np.ptp(boxes[0], axis=1).max()
    return bool(changes[0] <= CLOSING * size and (changes[:-1] <= DYING * changes[1:]).all())


def _period(places: Array, size: float) -> tuple[int | None, float]:
    """The smallest number of steps after which the places repeat, and how far off they are then, in parts of `size`."""
    for k in range(2, min(LONGEST, places.shape[1] // 2) + 1):
        off = float(np.abs(places[:, k:] - places[:, :-k]).max() / size)
        if off <= AGAIN:
            return k, off
    return None, 0.0
