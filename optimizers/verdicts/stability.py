"""Where a run meets more curvature than its step can hold."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.optimizer import Optimizer

MORE = 1 + 1e-9  # times the limit: less may be rounding


class Stability(NamedTuple):
    """Sharpness times learning rate against the stability limit over some steps, as in λₘₐₓ·η < 2."""

    steps: Sequence[int]
    curvatures: Array  # λₘₐₓ at each; nan where there is no Hessian
    stability_limits: Array  # the largest λ that is stable there; infinite where the rate is 0
    rates: Array  # η there

    @property
    def products(self) -> Array:
        """λₘₐₓ·η at each step."""
        return self.curvatures * self.rates

    @property
    def limits(self) -> Array:
        """What λₘₐₓ·η must stay below; nan where the rate is 0."""
        return self.stability_limits * self.rates

    def first_unstable(self) -> int | None:
        """Index of the first step whose curvature exceeds the stability limit."""
        beyond = np.flatnonzero(self.curvatures > self.stability_limits * MORE)
        return int(beyond[0]) if beyond.size else None

    def mean_ratio(self) -> float:
        """λₘₐₓ over the stability limit, on the mean of all these steps; beyond 1 nothing comes to rest."""
        return float((self.curvatures / self.stability_limits).mean())


def stability_of(
    landscape: Landscape, optimizer: Optimizer, path: Array, steps: Sequence[int], n: int
) -> Stability | None:
    """The stability at `steps` of trajectory number `n`; None where theory knows no stability limit of the rule."""
    if optimizer.stability_limit is None or optimizer.rate is None or not steps:
        return None
    hessians = np.moveaxis(landscape.hessian(path[:, list(steps)]), 2, 0)
    fine = np.array([np.isfinite(hessian).all() for hessian in hessians])
    curvatures = np.linalg.eigvalsh(np.where(fine[:, None, None], hessians, 0.0))[:, -1]
    limits = np.array([nth(optimizer.stability_limit(step), n) for step in steps])
    rates = np.array([nth(optimizer.rate(step), n) for step in steps])
    return Stability(steps, np.where(fine, curvatures, np.nan), limits, rates)


def nth(rate: float | Array, n: int) -> float:
    """The rate of trajectory number `n`, from a number for all of them or an array with one for each."""
    return float(np.ravel(rate)[n if np.ndim(rate) else 0])
