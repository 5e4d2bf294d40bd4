"""One update taken apart: every line of a rule with its numbers."""

from optimizers.worked_steps.anatomy import Anatomy, History, Line, Memory, Recorded, anatomy, history
from optimizers.worked_steps.evaluation import to_latex
from optimizers.worked_steps.lecture import CONVENTIONS, TIMES, Correction, Push, corrections, pushes
from optimizers.worked_steps.typeset import typeset

__all__ = [
    "CONVENTIONS",
    "TIMES",
    "Anatomy",
    "Correction",
    "History",
    "Line",
    "Memory",
    "Push",
    "Recorded",
    "anatomy",
    "corrections",
    "history",
    "pushes",
    "to_latex",
    "typeset",
]
