"""Beside what a run does: what theory predicts of leaving a saddle and of mini-batches, and a rate to begin with."""

from optimizers.theory.escape import Escape, escape, leads_down
from optimizers.theory.spread import Spread, expected_spread
from optimizers.theory.suggestion import suggested_rate

__all__ = ["Escape", "Spread", "escape", "expected_spread", "leads_down", "suggested_rate"]
