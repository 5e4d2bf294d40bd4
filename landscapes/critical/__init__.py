"""Critical points: where the gradient vanishes, and what kind each is."""

from landscapes.critical.critical_points import CriticalPoints, CriticalSet, find_critical_points
from landscapes.critical.kinds import KINDS, CriticalPoint, signs
from landscapes.critical.nature import Nature
from landscapes.critical.newton import newton_step
from landscapes.critical.view import View

__all__ = [
    "KINDS",
    "CriticalPoint",
    "CriticalPoints",
    "CriticalSet",
    "Nature",
    "View",
    "find_critical_points",
    "newton_step",
    "signs",
]
