"""A loss that is a mean over examples, and what a mini-batch shows of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landscapes.from_data.batches import Batches
from landscapes.landscape import Array, Landscape

Rows = NDArray[np.intp]
TILE = 2**18  # numbers held at once while the examples are averaged


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingLoss:
    """The loss of a model with two parameters on its training data."""

    full: Landscape  # all examples
    examples: int
    of: Callable[[Rows], Landscape]  # the loss on some of the examples, rows (B,)
    gradients: Callable[[Array], Array]  # (2,) -> (2, examples), each example's own gradient at that point
    predict: Callable[[Array, Array], Array] | None = None  # parameters (2, ...), inputs (M,) -> (..., M)
    straight: bool = False  # whether what it predicts is a straight line over the inputs
    averages: bool = True  # whether a batch's loss is the mean of what each of its examples costs by itself

    def seen_in(self, batches: Batches) -> Landscape:
        """The full loss, of which update number `step` sees the mini-batch with that number."""
        if batches.examples != self.examples:
            raise ValueError(f"{self.full.name} has {self.examples} examples, the batches are of {batches.examples}")
        return replace(self.full, batch=lambda step: self.of(batches.rows(step)))


def mean_over_examples(terms: Callable[[Array], Array], p: Array, examples: int) -> Array:
    """Means over the last axis of `terms`, which takes points (2, K) to (..., K, examples); tile by tile.

    The examples lie along the last, contiguous axis, so that many points together are each point alone bit for bit.
    """
    points = np.asarray(p, dtype=float)
    flat = points.reshape(2, -1)
    size = max(1, TILE // max(examples, 1))
    tiles = [flat[:, at : at + size] for at in range(0, max(flat.shape[1], 1), size)]
    means = [_mean(terms(tile)) for tile in tiles]
    together = means[0] if len(means) == 1 else np.concatenate(means, axis=-1)
    averaged: Array = together.reshape(together.shape[:-1] + points.shape[1:])[()]
    return averaged


def _mean(numbers: Array) -> Array:
    """The mean over the last axis as `np.mean` adds and divides, which takes thrice as long for few numbers."""
    mean: Array = np.add.reduce(np.ascontiguousarray(numbers), axis=-1) / numbers.shape[-1]
    return mean
