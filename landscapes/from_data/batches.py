"""Mini-batches: which examples an update sees, as a pure function of the seed and the step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array

Order = Callable[[int, int, np.random.Generator], NDArray[np.intp]]  # examples, how many, rng -> rows of one epoch


def shuffled(examples: int, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Every example once, in a new order at every epoch: sampling without replacement."""
    return rng.permutation(examples)[:count]


def replaced(examples: int, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Every example of every batch drawn from all, whatever was drawn before: sampling with replacement."""
    return rng.integers(examples, size=count)


def in_order(examples: int, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """The examples as they lie in the data, the same batches at every epoch."""
    return np.arange(count)


ORDERS: Mapping[str, Order] = {"shuffled": shuffled, "replaced": replaced, "in_order": in_order}


@dataclass(frozen=True, kw_only=True)
class Batches:
    """How an epoch is cut into batches. All optimizers of a race meet the same ones, for the step alone decides.

    >>> Batches(examples=50_000, size=256).steps_per_epoch, Batches(examples=5_000_000, size=1000).steps_per_epoch
    (196, 5000)

    Raises:
        ValueError: a size beyond the number of examples, or an order that there is not.
    """

    examples: int
    size: int  # examples in a batch
    order: str = "shuffled"  # or "replaced", "in_order"
    drop_last: bool = False  # leave out the last batch of an epoch where it is smaller than the others
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.size <= self.examples:
            raise ValueError(f"a batch of {self.examples} examples needs a size from 1 to that, got {self.size}")
        if self.order not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}, got {self.order!r:.40}")
        if self.seed < 0:
            raise ValueError(f"batches need a seed ≥ 0, got {self.seed}")

    @property
    def steps_per_epoch(self) -> int:
        """Updates until every example has had its turn; the last batch counts unless it is dropped."""
        return self.examples // self.size if self._whole else -(-self.examples // self.size)

    @property
    def last_size(self) -> int:
        """Examples in the last batch of an epoch."""
        return self.size if self._whole else self.examples % self.size

    @property
    def _whole(self) -> bool:
        return self.drop_last or self.examples % self.size == 0

    @property
    def examples_per_epoch(self) -> int:
        """Examples seen in one epoch."""
        return (self.steps_per_epoch - 1) * self.size + self.last_size

    def rows(self, step: int) -> NDArray[np.intp]:
        """The examples that update number `step`, counted from 0, sees."""
        epoch, turn = divmod(step, self.steps_per_epoch)
        return _epoch(self, epoch)[turn * self.size : (turn + 1) * self.size]

    def seen(self, steps: int) -> int:
        """Examples seen after that many updates, each as often as it was seen."""
        epochs, turns = divmod(steps, self.steps_per_epoch)
        return epochs * self.examples_per_epoch + turns * self.size


@lru_cache(maxsize=1024)
def _epoch(batches: Batches, epoch: int) -> NDArray[np.intp]:
    rng = np.random.default_rng([batches.seed, epoch])
    rows = ORDERS[batches.order](batches.examples, batches.examples_per_epoch, rng)
    rows.flags.writeable = False
    return rows


def batch_covariance(gradients: Array, size: int, order: str = "shuffled") -> Array:
    """The covariance of the gradient of one batch about the full gradient, (2, 2).

    S²/B (1 - B/N) without replacement, where S² divides by N - 1, and σ²/B with replacement, where σ² divides by N.
    A batch of all examples without replacement has no noise. Batches in order are fixed: theirs is that of a shuffle.

    Args:
        gradients: each example's own, shape (2, N).

    Source: W. G. Cochran, Sampling Techniques (3rd ed. 1977), theorem 2.2.
    """
    examples = gradients.shape[1]
    off = gradients - gradients.mean(axis=1, keepdims=True)
    scatter = off @ off.T
    left = 1.0 / examples if order == "replaced" else (1 - size / examples) / max(examples - 1, 1)
    covariance: Array = scatter * left / size
    return covariance
