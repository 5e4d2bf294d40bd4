"""How far mini-batches scatter a descent on a quadratic, exactly: drawn with replacement, or shuffled every epoch."""

from collections.abc import Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np

from landscapes import Array, Batches

Update = tuple[Array, Array]  # what it makes of (x, v, q), (3, 3), and the covariance that its noise adds, (3, 3)


class Spread(NamedTuple):
    """What to expect of the distance from the same run without noise, along one axis, over the last points of a run."""

    variance: float  # mean square of that distance
    looks: float  # how many independent points these count for, correlated as they are


@lru_cache(maxsize=256)
def expected_spread(
    batches: Batches,
    variance: float,
    learning_rate: float,
    curvature: float,
    steps: int,
    first: int,
    momentum: float = 0.0,
) -> Spread:
    """Over the points `first` to `steps` of v ← βv + λx + ξ; x ← x - ηv, where ξ is the mean of a batch's tilts.

    Without replacement the tilts of an epoch sum to zero, so what is left of them pulls back: given the sum q of those
    that were seen, the mean of a batch of b out of the r that are left is -q/r, with variance S²(1/b - 1/r). So
    (x, v, q) is a linear process, and its covariances follow step by step, from 0 at the start.

    N points with covariances C are counted as (Σ Cᵢᵢ)² / Σ Cᵢⱼ² independent ones: so many normal ones would tell the
    mean square as well. Far behind the start that is (1 - ρ²)/(1 + ρ²) of N for draws with replacement, where β = 0
    and ρ = 1 - ηλ.

    Args:
        variance: S² of the examples' tilts, which divides by N - 1.
        first: 0 to `steps`.

    Raises:
        ValueError: batches in order, which have no chance in them.

    Source: W. G. Cochran, Sampling Techniques (3rd ed. 1977), chapter 2, for the moments; the recursion derived here.
    """
    if batches.order == "in_order":
        raise ValueError("batches in order are the same at every epoch: nothing about them is left to chance")
    epoch = [
        _update(batches, turn, variance, learning_rate, curvature, momentum) for turn in range(batches.steps_per_epoch)
    ]
    covariance, count = _reached(epoch, first), steps + 1 - first  # of (x, v, q) ...
    cross = np.zeros((3, count))  # ... and with x at the points before
    total = squares = 0.0
    for seen in range(count):
        total += covariance[0, 0]
        squares += covariance[0, 0] ** 2 + 2 * float(cross[0, :seen] @ cross[0, :seen])
        cross[:, seen] = covariance[:, 0]
        matrix, noise = epoch[(first + seen) % len(epoch)]
        covariance = matrix @ covariance @ matrix.T + noise
        cross[:, : seen + 1] = matrix @ cross[:, : seen + 1]
    return Spread(total / count, total**2 / squares if squares > 0 else float(count))


def _reached(epoch: Sequence[Update], steps: int) -> Array:
    """The covariance after so many updates from 0: whole epochs by doubling, so that many are hardly more work."""
    epochs, rest = divmod(steps, len(epoch))
    still: Update = (np.eye(3), np.zeros((3, 3)))
    reached, power = still, reduce(_then, epoch, still)
    while epochs:
        if epochs % 2:
            reached = _then(reached, power)
        power, epochs = _then(power, power), epochs // 2
    return reduce(_then, epoch[:rest], reached)[1]


def _then(first: Update, second: Update) -> Update:
    """Two updates, one after the other, as one."""
    (a, noise_a), (b, noise_b) = first, second
    return b @ a, b @ noise_a @ b.T + noise_b


def _update(batches: Batches, turn: int, variance: float, rate: float, curvature: float, momentum: float) -> Update:
    """The update with that batch of an epoch as a matrix for (x, v, q), and the covariance that its new noise adds."""
    last = turn == batches.steps_per_epoch - 1
    size = batches.last_size if last else batches.size
    if batches.order == "replaced":
        share, own = 0.0, variance * (1 - 1 / batches.examples) / size
    else:
        left = batches.examples - turn * batches.size
        share, own = 1 / left, variance * (1 / size - 1 / left)
    pull = np.array([curvature, momentum, -share])
    matrix = np.stack([np.array([1.0, 0.0, 0.0]) - rate * pull, pull, np.array([0.0, 0.0, 1 - size * share])])
    gain = np.array([-rate, 1.0, float(size)])
    if last:  # the next epoch begins anew
        matrix[2], gain[2] = 0.0, 0.0
    return matrix, own * np.outer(gain, gain)
