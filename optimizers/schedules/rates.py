"""The rate that each step of a run was made with."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import Trajectory
from optimizers.optimizer import Optimizer, Schedule
from optimizers.schedules.plateau import OnPlateau


def learning_rates(landscape: Landscape, optimizer: Optimizer, run: Trajectory) -> Array | None:
    """The rate of every step, shape (steps,) or (steps, N); None for a rule without a rate."""
    steps = run.positions.shape[1] - 1
    if optimizer.rate is None or steps == 0:
        return None
    if isinstance(optimizer.rate, OnPlateau):
        return optimizer.rate.rates(_losses(landscape, run.positions[:, :-1]))
    return np.array([optimizer.rate(t) for t in range(steps)], dtype=float)


def _losses(landscape: Landscape, positions: Array) -> Array:
    """The loss before each step as the step's mini-batch shows it, shape (steps, ...)."""
    if landscape.batch is None:
        return landscape.value(positions)
    return np.array([landscape.at(t).value(positions[:, t]) for t in range(positions.shape[1])])


def never_acts(schedule: Schedule, steps: int) -> bool:
    """Whether a schedule keeps its first rate through all of a run, so that it might as well not be there.

    >>> never_acts(lambda t: 0.1 if t < 100 else 0.01, steps=50)
    True
    """
    first = np.asarray(schedule(0))
    return all(np.array_equal(first, schedule(t)) for t in range(1, steps))
