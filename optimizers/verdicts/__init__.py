"""What became of a run: convergence, limit cycles, stability, and the sentence that says it."""

from optimizers.verdicts.verdict import Verdict, verdict

__all__ = ["Verdict", "verdict"]
