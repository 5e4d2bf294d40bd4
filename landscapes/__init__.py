"""What is descended: landscapes from formulas, their exact derivatives and their critical points."""

from collections.abc import Callable, Mapping

from landscapes import basics, classics
from landscapes.analytic import analytic
from landscapes.critical_points import CriticalPoint, CriticalPoints, CriticalSet, find_critical_points
from landscapes.knob import Knob, check, checked, knobs
from landscapes.landscape import Array, Domain, Interval, Landscape
from landscapes.ranges import checked_interval
from landscapes.taylor import remainder, taylor
from landscapes.tree import FormulaError
from landscapes.typed import formula, free_knobs, free_names

LANDSCAPES: Mapping[str, Callable[..., Landscape]] = {
    "quadratic_bowl": basics.quadratic_bowl,
    "saddle": basics.saddle,
    "elongated_valley": basics.elongated_valley,
    "two_weight_network": basics.two_weight_network,
    "rosenbrock": classics.rosenbrock,
    "himmelblau": classics.himmelblau,
}

__all__ = [
    "LANDSCAPES",
    "Array",
    "CriticalPoint",
    "CriticalPoints",
    "CriticalSet",
    "Domain",
    "FormulaError",
    "Interval",
    "Knob",
    "Landscape",
    "analytic",
    "check",
    "checked",
    "checked_interval",
    "find_critical_points",
    "formula",
    "free_knobs",
    "free_names",
    "knobs",
    "remainder",
    "taylor",
]
