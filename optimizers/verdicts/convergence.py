"""Has a run converged: does it stay at the critical point next to its end?

Distances are measured in views, the larger of the two coordinates each divided by the width of the domain along it.
"""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.verdicts.convergence_point import REACH, ROUNDING, ConvergencePoint

EXACT = 1e-9  # views: nearer than this, a run is at the point as far as float64 and the derivatives can tell
NEAR = 1e-4  # views: a run that hardly moves any more is at the point if it is nearer than this
CRAWL = 0.01  # of its distance, over the last twentieth of a run: a run that gets no further has stopped
RECENT = 5  # steps: a stretch in which growth by a constant factor a step can be seen
TENFOLD = 10.0  # growth from one such stretch to the next that no passing makes
JITTER = 4  # times its distance: who runs farther in the last twentieth runs to and fro
UNSHRUNK = 0.9  # of the distance in the half before: that is not coming nearer
LASTING = 4  # times the last twentieth: a stay of that length is no passing
BURST = 2  # times an earlier stay: a shorter last one may end as that has
LONGER = 1.1  # the same from the quarter before to the last twentieth of a run
DIGITS = 64 * np.finfo(float).eps  # of a coordinate: what is nearer may be rounding


class Fate(Enum):
    """What a run does about a critical point."""

    SETTLED = "it stays there"
    STOPPED = "it has stopped short of it"
    GROWING = "it is there, and its distance grows"
    RESTLESS = "it passes by, jitters, or has not been there for long"


def converged_since(place: ConvergencePoint, path: Array, scale: Array) -> tuple[Fate, int]:
    """What a run does about a place, and the step from which on it is within a thousandth of a view of it.

    It has settled when, over the last twentieth of the run, it is there to rounding, or still no farther than in the
    quarter before and neither jitters (keeps running to and fro across the point without coming nearer) nor has been as
    near for long and left again, as Adam's bursts do. Nor must it grow however small it is, as RMSProp does once its
    mean of squares has died away; and at a saddle or a maximum, nor must what leads down. A run that has stopped, as
    where a schedule has brought the rate to zero, must be within a ten thousandth of a view.
    """
    offsets = (path - place.position[:, None]) / scale[:, None]
    distance = np.abs(offsets).max(axis=0)
    outside = np.flatnonzero(~(distance <= REACH))
    since = int(outside[-1]) + 1 if outside.size else 0
    end = distance.size - 1
    last = last_twentieth(end)
    split = end - last if end > last else end // 2
    before, tail = slice(max(0, end - 6 * last), split), slice(split, None)
    if distance[-2:].max() > REACH or (end == 0 and distance[0] > EXACT):
        return Fate.RESTLESS, since
    if distance[-1] > EXACT and (since > split or end <= last):
        return Fate.RESTLESS, since  # has not been here for long enough to tell staying from passing
    if distance[-1] > NEAR and recent_motion(path, scale) <= CRAWL * distance[-1]:
        return Fate.STOPPED, since
    if place.kind in ("saddle", "maximum"):
        fall = np.abs(place.falls.T @ (offsets * scale[:, None])).max(axis=0, initial=0.0) / scale.max()
        if fall[-1] > ROUNDING and (split == 0 or fall[tail].max() > fall[before].max()):
            return Fate.GROWING, since
    if _grows(offsets, distance, before, tail, float(DIGITS * np.abs(place.position / scale).max())):
        return Fate.GROWING, since
    return Fate.RESTLESS if _restless(offsets, distance, before, tail) else Fate.SETTLED, since


def recent_motion(path: Array, scale: Array) -> float:
    """How far a run moved about in its last twentieth, in views."""
    end = path.shape[1] - 1
    return float((np.ptp(path[:, max(0, end - last_twentieth(end)) :], axis=1) / scale).max())


def last_twentieth(end: int) -> int:
    """The steps of the last twentieth of a run, and a few at least."""
    return max(RECENT, end // 20)


def _grows(offsets: Array, distance: Array, before: slice, tail: slice, rounding: float) -> bool:
    """Do the distance and the steps grow together? In passing, and in a swing, one shrinks as the other grows."""
    lengths = np.abs(np.diff(offsets, prepend=offsets[:, :1])).max(axis=0)
    stretches = [(before, tail, LONGER)]
    if distance.size > 2 * RECENT:
        stretches.append((slice(-2 * RECENT, -RECENT), slice(-RECENT, None), TENFOLD))
    return any(
        distance[now].max() > max(factor * distance[then].max(), rounding)
        and lengths[now].max() > max(factor * lengths[then].max(), rounding)
        for then, now, factor in stretches
        if distance[then].size
    )


def _restless(offsets: Array, distance: Array, before: slice, tail: slice) -> bool:
    """Does the motion about the point grow, jitter, or repeat a stay that has ended before?"""
    radius = float(distance[tail].max())
    if radius > EXACT:
        if distance[before].size and radius > distance[before].max():
            return True  # it grows
        first, second = np.array_split(distance[tail], 2)
        lasting = (
            _stays(distance <= 2 * radius)[-1] > LASTING * distance[tail].size or second.max() >= UNSHRUNK * first.max()
        )
        length = np.linalg.norm(np.diff(offsets[:, tail]), axis=0).sum()
        if lasting and length >= JITTER * radius:
            return True  # it jitters
    stays = _stays(distance <= max(2 * radius, EXACT))
    return bool(stays[:-1].size and stays[-1] < BURST * stays[:-1].max())


def _stays(inside: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The lengths of the unbroken stretches of True; the last one reaches the end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(int)))
    return edges[1::2] - edges[::2]
