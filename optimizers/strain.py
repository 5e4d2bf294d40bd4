"""Where a run meets more curvature than its step can hold."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.optimizer import Optimizer


class Strain(NamedTuple):
    """Curvature against the rule's border over some steps, told as λη, as in λ_max·η < 2 for gradient descent."""

    steps: Sequence[int]
    products: Array  # λ_max·η at each; nan where there is no Hessian
    limits: Array  # the border there, times η
    rates: Array  # η there

    def first(self) -> int | None:
        """The index of the first step at which the curvature is beyond the border."""
        beyond = np.flatnonzero(self.products > self.limits)
        return int(beyond[0]) if beyond.size else None

    def lasts(self) -> bool:
        """Is the curvature beyond the border on the mean of all these steps?"""
        return bool((self.products / self.limits).mean() > 1)


def strain_of(landscape: Landscape, optimizer: Optimizer, path: Array, steps: Sequence[int], n: int) -> Strain | None:
    """The strain at `steps` of trajectory number `n`; None where theory knows no border for the rule."""
    if optimizer.border is None or optimizer.rate is None or not steps:
        return None
    hessians = np.moveaxis(landscape.hessian(path[:, list(steps)]), 2, 0)
    fine = np.array([np.isfinite(hessian).all() for hessian in hessians])
    curvatures = np.linalg.eigvalsh(np.where(fine[:, None, None], hessians, 0.0))[:, -1]
    borders = np.array([nth(optimizer.border(step), n) for step in steps])
    rates = np.array([nth(optimizer.rate(step), n) for step in steps])
    return Strain(steps, np.where(fine, curvatures, np.nan) * rates, borders * rates, rates)


def nth(rate: float | Array, n: int) -> float:
    """The rate of trajectory number `n`, from a number for all of them or an array with one for each."""
    return float(np.ravel(rate)[n if np.ndim(rate) else 0])
