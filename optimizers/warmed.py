"""One rule for many trajectories, each after a warm-up of its own length."""

from collections.abc import Callable
from typing import Any

import numpy as np

from landscapes import Array
from optimizers.optimizer import Made, Optimizer, Rate


def warmed(factory: Callable[..., Optimizer], warmup: Array, learning_rate: Rate, **others: Any) -> Optimizer:
    """A rule whose rate goes straight up from 0 for `warmup` steps, (N,), and then stays.

    Number for number what the rule is with `SCHEDULES["warmup"](learning_rate, steps)` for each of the lengths. Both
    are hyperparameters of it, so that `sweep` takes them as arrays.

    Args:
        factory: one of `OPTIMIZERS`, or of a typed rule.
    """
    plain = getattr(factory, "__wrapped__", factory)

    def build(warmup: Array, learning_rate: Rate, **others: Any) -> Optimizer:
        def rate(t: int) -> Any:
            return np.where(warmup <= t, learning_rate, learning_rate * t / np.maximum(warmup, 1))

        made = Made(build, {"warmup": warmup, "learning_rate": learning_rate, **others})
        optimizer: Optimizer = plain(learning_rate=rate, **others)
        return optimizer._replace(made=made)

    return build(np.asarray(warmup, dtype=float), learning_rate, **others)
