"""Where a run meets more curvature than its step can hold."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.optimizer import Optimizer


class Strain(NamedTuple):
    """A step at which λ_max exceeds the rule's border; curvatures are told as λη, as in λη < 2."""

    step: int  # the first such step
    product: float  # λ_max·η there
    limit: float  # the border there: 2 for gradient descent
    rate: float  # η there
    peak: float  # largest λ_max·η among the steps looked at


def strain_of(landscape: Landscape, optimizer: Optimizer, path: Array, steps: Iterable[int], n: int) -> Strain | None:
    """The first of `steps` at which trajectory number `n` meets a curvature beyond the border; None if none does."""
    taken = list(steps)
    if optimizer.border is None or optimizer.rate is None or not taken:
        return None
    hessians = np.moveaxis(landscape.hessian(path[:, taken]), 2, 0)
    fine = np.isfinite(hessians).all(axis=(1, 2))
    curvatures = np.linalg.eigvalsh(np.where(fine[:, None, None], hessians, 0.0))[:, -1]
    borders = np.array([nth(optimizer.border(step), n) for step in taken])
    rates = np.array([nth(optimizer.rate(step), n) for step in taken])
    beyond = np.flatnonzero(curvatures > borders)
    if not beyond.size:
        return None
    first = beyond[0]
    products = curvatures * rates
    return Strain(
        step=taken[first],
        product=float(products[first]),
        limit=float(borders[first] * rates[first]),
        rate=float(rates[first]),
        peak=float(products.max()),
    )


def nth(rate: float | Array, n: int) -> float:
    """The rate of trajectory number `n`, from a number for all of them or an array with one for each."""
    values = np.asarray(rate, dtype=float)
    return float(values if values.ndim == 0 else values[n])
