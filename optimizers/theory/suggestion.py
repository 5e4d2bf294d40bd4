"""A learning rate to begin with: found by going down the landscape at many rates at once."""

from collections.abc import Callable
from itertools import product

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import descend
from optimizers.optimizer import Optimizer

MANTISSAS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)  # of the rates tried in every power of ten
STEPS = 500  # of every run that is tried
EARLY = 150  # of them: how the loss falls till then does not count
LONGEST = 0.2  # views: no step may be longer, so that the way down is seen
BEYOND = 0.1  # views: so far a run may leave the domain
DEEP = 1e-9  # of the way down: what is nearer to the lowest loss is as good as there
LOWER = (1.0, 1e-6, 1e-12)  # times the usual rates: tried one after the other where all of those are too large


def suggested_rate(
    landscape: Landscape,
    optimizer: Callable[[Array], Optimizer],
    low: float = 1e-5,
    high: float = 10.0,
    check: Callable[[], object] | None = None,
) -> float | None:
    """The learning rate, of six in each power of ten, at which a run from the landscape's start is lowest, longest.

    Runs of 500 steps are compared by the logarithm of their loss above the lowest that any of them meets, on the mean
    over the last 350 steps; of equals the smallest rate wins. Only runs count that stay in view, up to a tenth of it,
    with no step longer than a fifth: so a landscape without a lower bound is left within 500 steps at most slowly.

    >>> from landscapes import formula
    >>> from optimizers import OPTIMIZERS
    >>> suggested_rate(formula("50*x**2 + y**2"), OPTIMIZERS["gradient_descent"])
    0.007

    Args:
        optimizer: makes the rule for an array of learning rates, shape (N,), one for each of N trajectories.
        low, high: the usual rates; where all of them are too large, ones 10⁶ and 10¹² times smaller are tried.
        check: called every 64 steps; to stop the search, it raises.

    Returns:
        The rate; None where the start does not lead anywhere at any of the rates.
    """
    for lower in LOWER:
        rates = rates_between(low * lower, high * lower)
        starts = np.repeat(np.array(landscape.start, dtype=float)[:, None], rates.size, axis=1)
        score = _scores(landscape, descend(landscape, optimizer(rates), starts, STEPS, check=check).positions)
        if np.isfinite(score).any():
            return float(rates[score.argmin()])
    return None


def rates_between(low: float, high: float) -> Array:
    """Six round rates in each power of ten, ascending.

    >>> rates_between(0.01, 0.1).tolist()
    [0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1]
    """
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    stops = np.array([float(f"{mantissa}e{power}") for power, mantissa in product(range(first, last + 1), MANTISSAS)])
    return stops[(stops >= low * (1 - 1e-9)) & (stops <= high * (1 + 1e-9))]


def _scores(landscape: Landscape, positions: Array) -> Array:
    """How low runs are, (2, steps + 1, N) -> (N,), the lower the better; infinite for those that do not count."""
    low, high = np.array(landscape.domain, dtype=float).T[:, :, None, None]
    width = high - low
    with np.errstate(all="ignore"):  # what has left is nan, and may have met what no float holds
        loss = landscape.value(positions)
        inside = (np.abs(positions - (low + high) / 2) <= (0.5 + BEYOND) * width).all(axis=(0, 1))
        calm = (np.abs(np.diff(positions, axis=1)) <= LONGEST * width).all(axis=(0, 1))
    counts = inside & calm & np.isfinite(loss).all(axis=0)
    lowest = loss[:, counts].min(initial=np.inf)
    way = loss[0, 0] - lowest
    if not way > 0:
        return np.full(loss.shape[1], np.inf)
    with np.errstate(all="ignore"):
        share = np.clip((loss[EARLY:] - lowest) / way, DEEP, None)
    return np.where(counts, np.log10(share).mean(axis=0), np.inf)
