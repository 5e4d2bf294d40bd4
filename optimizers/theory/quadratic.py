"""Where the heavy ball is fastest on a quadratic by theory, and how fast a run is in truth."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import descend
from optimizers.optimizer import Optimizer

NEAR = 1e-4  # of the domain's longer side: so far from the minimum a measurement begins
LEAST = 1e-12  # of it: nearer, distances are rounding


class Optimum(NamedTuple):
    """The heavy ball at its best on a quadratic."""

    learning_rate: float
    momentum: float
    factor: float  # by which each step shortens the distance to the minimum in the end


def polyak(smallest: float, largest: float) -> Optimum:
    """η = 4/(√L + √μ)², β = ((√L - √μ)/(√L + √μ))²; each step then shortens the distance by √β.

    Args:
        smallest, largest: the Hessian's eigenvalues μ and L at the minimum, both positive.

    Raises:
        ValueError: one of them is not positive.

    >>> [round(number, 3) for number in polyak(1.0, 100.0)]
    [0.033, 0.669, 0.818]

    Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods (1964), Theorem 9.
    """
    if not 0 < smallest <= largest < np.inf:
        raise ValueError(f"polyak needs eigenvalues > 0, ascending, got {smallest} and {largest}")
    low, high = np.sqrt(smallest), np.sqrt(largest)
    factor = (high - low) / (high + low)
    return Optimum(float(4 / (high + low) ** 2), float(factor**2), float(factor))


def measured_factor(landscape: Landscape, optimizer: Optimizer, minimum: Array, steps: int) -> float:
    """By which a step shortens the distance to a minimum, from the second half of a run from beside it; nan if unknown.

    It begins NEAR away, along (1, 1), and is cut where the distance is no more than rounding.
    """
    width = max(high - low for low, high in landscape.domain)
    run = descend(landscape, optimizer, minimum + NEAR * width / np.sqrt(2), steps)
    distance = np.hypot(*(run.positions - minimum[:, None]))
    known = np.flatnonzero(~(distance > LEAST * width))
    last = int(known[0]) - 1 if known.size else steps
    half = last // 2
    if last < 4:
        return float("nan")
    return float((distance[last] / distance[half]) ** (1 / (last - half)))
