"""Learning rates that Data begins with: below the edge that theory knows, or a share of the domain for adaptive rules.

Links to Data leave them out, so they never change.
"""

import math
from typing import Protocol

import numpy as np

from landscapes import Landscape, knobs
from optimizers import Rule
from pages.shared.controls import ladder

SHARE = 0.6  # of the largest stable rate
STRIDE = 0.03  # of the domain's width: how far an adaptive rule's step may go


class Started(Protocol):
    """Choices of a landscape and of a place on it."""

    @property
    def start(self) -> tuple[float, float]:
        """Where runs begin."""

    def build(self) -> Landscape:
        """The landscape."""


def rate_by_theory(choices: Started, rule: Rule, unlimited: bool = False) -> dict[str, float]:
    """The learning rate for a run, as a keyword, unlimited or within the slider; nothing for a rule without a rate."""
    factory = rule.factory
    knob = knobs(factory).get("learning_rate")
    if knob is None:
        return {}
    landscape = choices.build()
    limit = factory(learning_rate=1.0).stability_limit
    width = max(high - low for low, high in landscape.domain)
    rate = STRIDE * width
    if limit is not None:
        curvature = float(np.abs(np.linalg.eigvalsh(landscape.hessian(np.array(choices.start)))).max())
        if math.isfinite(curvature) and curvature > 0:
            rate = SHARE * float(limit(0)) / curvature
    if unlimited:
        return {"learning_rate": rate}
    below = [stop for stop in ladder(knob, min(rate / 10, knob.low)) if stop <= rate]
    return {"learning_rate": below[-1] if below else knob.low}
