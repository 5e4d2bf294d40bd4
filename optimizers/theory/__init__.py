"""What theory predicts of a run, beside what the run does: leaving a saddle, the spread under mini-batches."""

from optimizers.theory.escape import Escape, escape, leads_down
from optimizers.theory.spread import Spread, expected_spread

__all__ = ["Escape", "Spread", "escape", "expected_spread", "leads_down"]
