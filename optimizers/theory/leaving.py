"""How long runs stay beside a saddle: measured, and by the law of the smaller eigenvalue."""

from collections.abc import Callable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.visits import visits
from optimizers.engine import descend
from optimizers.optimizer import Optimizer

TOGETHER = 2**21  # positions that are held at once


def steps_beside(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array,
    steps: int,
    place: Array,
    radius: float,
    check: Callable[[], object] | None = None,
) -> NDArray[np.int64]:
    """How many of the positions after each start, (2, N), lie within a radius of a place, of `steps` updates, (N,)."""
    with suppress(NotRecordable):
        return visits(landscape, optimizer, starts, steps, place, radius, check)
    found = np.zeros(starts.shape[1], dtype=np.int64)
    size = max(1, TOGETHER // (steps + 1))
    for first in range(0, starts.shape[1], size):
        run = descend(landscape, optimizer, starts[:, first : first + size], steps, check=check)
        with np.errstate(invalid="ignore"):
            beside = np.hypot(*(run.positions[:, 1:] - place[:, None, None])) <= radius
        found[first : first + size] = beside.sum(axis=0)
    return found


def steps_until_away(
    landscape: Landscape,
    optimizer: Optimizer,
    place: Array,
    direction: Array,
    distances: Array,
    radius: float,
    steps: int,
) -> Array:
    """The first step at which runs from beside a place are farther away than a radius, (K,); nan where they stay.

    Args:
        direction: along which they begin, of length 1.
        distances: at which they begin, (K,).
    """
    run = descend(landscape, optimizer, place[:, None] + direction[:, None] * distances, steps)
    away = ~(np.hypot(*(run.positions - place[:, None, None])) <= radius)
    return np.where(away.any(axis=0), away.argmax(axis=0), np.nan)


def growth(learning_rate: float, curvature: float, momentum: float = 0.0) -> float:
    """By which a step multiplies a small distance from a saddle along a negative curvature, in the end.

    It is 1 + η|λ| for gradient descent, and the larger root of z² - (1 + β + η|λ|) z + β for the heavy ball.

    >>> growth(0.1, -2.0), round(growth(0.1, -2.0, 0.9), 3)
    (1.2, 1.5)
    """
    middle = 1 + momentum + learning_rate * abs(curvature)
    return float((middle + np.sqrt(middle**2 - 4 * momentum)) / 2)
