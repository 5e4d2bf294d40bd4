"""Does a run go round without end: does it stay in the same places and keep moving through them?"""

from typing import NamedTuple

import numpy as np

from landscapes import Array

LONGEST = 64  # longest period looked for
STEADY = 1e-3  # change of the box between two eighths of the run, in parts of its size: nothing is left to settle
SETTLING = 0.3  # the same where the curvature forbids settling in the middle
ENOUGH = 16  # steps in an eighth from which on SETTLING can be told from shrinking


class Orbit(NamedTuple):
    """Where a run goes round."""

    period: int | None  # None: round the same places, but never the same way twice
    since: int  # first step from which on it did not leave the box of its last eighth


def orbit_of(path: Array, scale: Array, unstable: bool) -> Orbit | None:
    """The orbit on which a run goes round, None if it does not.

    It does if the boxes that it fills in the last two eighths of its steps agree to a thousandth of their size, and it
    runs through the last one from end to end at least twice. Where the curvature on the way exceeds what the rule can
    hold (`unstable`), it cannot come to rest in between, and agreement to three tenths is enough.
    """
    end = path.shape[1] - 1
    last = max(4, end // 8)
    if end < 2 * last:
        return None
    p = path / scale[:, None]
    box, former = p[:, -last:], p[:, -2 * last : -last]
    low, high = box.min(axis=1), box.max(axis=1)
    size = (high - low).max()
    if not size > 1e-12 or np.linalg.norm(np.diff(box), axis=0).sum() < 4 * size:
        return None
    change = max(np.abs(former.min(axis=1) - low).max(), np.abs(former.max(axis=1) - high).max())
    if change > (SETTLING if unstable and last >= ENOUGH else STEADY) * size:
        return None
    outside = (p < (low - SETTLING * size)[:, None]) | (p > (high + SETTLING * size)[:, None])
    left = np.flatnonzero(outside.any(axis=0))
    return Orbit(_period(box, size), int(left[-1]) + 1 if left.size else 0)


def _period(box: Array, size: float) -> int | None:
    """The smallest number of steps after which the last steps repeat, to a twentieth of the orbit's size."""
    longest = min(LONGEST, box.shape[1] // 2)
    return next((k for k in range(2, longest + 1) if np.abs(box[:, k:] - box[:, :-k]).max() <= size / 20), None)
