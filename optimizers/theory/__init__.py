"""Beside what a run does: what theory predicts of leaving a saddle and of mini-batches, and a rate to begin with."""

from optimizers.theory.escape import Escape, escape, leads_down
from optimizers.theory.leaving import growth, steps_beside, steps_until_away
from optimizers.theory.quadratic import Optimum, measured_factor, polyak
from optimizers.theory.spread import Spread, expected_spread
from optimizers.theory.suggestion import suggested_rate

__all__ = [
    "Escape",
    "Optimum",
    "Spread",
    "escape",
    "expected_spread",
    "growth",
    "leads_down",
    "measured_factor",
    "polyak",
    "steps_beside",
    "steps_until_away",
    "suggested_rate",
]
