"""What a batch costs in seconds on a machine that takes several examples at once, and what it saves in updates."""

from dataclasses import dataclass

import numpy as np

from landscapes.from_data.batches import Batches, batch_covariance
from landscapes.landscape import Array
from words import message

ROUNDING = 1e-12  # of the examples' gradients: a mean that is smaller is zero


@dataclass(frozen=True)
class Machine:
    """An update takes as long whatever the batch until the machine is full, and from there on in proportion to it.

    >>> machine = Machine(seconds=0.01, width=32)
    >>> [machine.update(size) for size in (1, 32, 64)]
    [0.01, 0.01, 0.02]

    Raises:
        ValueError: a time that is not positive, or a width below one example.
    """

    seconds: float  # of one update that does not fill it
    width: float  # examples that it takes at once

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise ValueError(message("a machine needs seconds > 0 for an update, got {seconds}", seconds=self.seconds))
        if not self.width >= 1:
            raise ValueError(message("a machine takes at least one example at once, got {width}", width=self.width))

    def update(self, size: float) -> float:
        """Seconds of one update with a batch of that size."""
        return self.seconds * max(1.0, size / self.width)

    def epoch(self, batches: Batches) -> float:
        """Seconds of one epoch; its last batch may be smaller than the others."""
        return (batches.steps_per_epoch - 1) * self.update(batches.size) + self.update(batches.last_size)

    def elapsed(self, batches: Batches, updates: int) -> float:
        """Seconds until so many updates are done."""
        epochs, turns = divmod(updates, batches.steps_per_epoch)
        return epochs * self.epoch(batches) + turns * self.update(batches.size)


def noise_scale(gradients: Array) -> float:
    """tr Σ / |G|²: the size of a batch whose noise is as long as the gradient; infinite where that is zero.

    Σ is the covariance of one example's gradient, G the gradient of all. By the second-order model an update with B
    examples at its best rate gains 1/(1 + tr Σ/(|G|² B)) of what one with all gains: at that size half of it.

    Args:
        gradients: each example's own, (2, N).

    Source: S. McCandlish, J. Kaplan, D. Amodei, An Empirical Model of Large-Batch Training (2018), arXiv:1812.06162,
        section 2.2.
    """
    spread = float(np.trace(batch_covariance(gradients, 1, "replaced")))
    length = float((gradients.mean(axis=1) ** 2).sum())
    return spread / length if length > (ROUNDING * float(np.abs(gradients).max())) ** 2 else float("inf")


def updates_needed(size: float, scale: float) -> float:
    """1 + scale/B: updates with batches of B, where one would do with batches without noise.

    Source: as `noise_scale`, section 2.3.
    """
    return 1.0 + scale / size
