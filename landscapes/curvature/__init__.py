"""Second derivatives at work: Hessian eigenvalues, convexity, and the quadratic model around a point."""

from landscapes.curvature.convexity import SIGNS, Bend, Bending, Chord, bending
from landscapes.curvature.eigenvalues import eigenvalue_errors, eigenvalue_signs, eigenvalues
from landscapes.curvature.second_order import LocalShape, local_shape, onto_zero
from landscapes.curvature.taylor import circle, remainder, remainder_rounding, taylor

__all__ = [
    "SIGNS",
    "Bend",
    "Bending",
    "Chord",
    "LocalShape",
    "bending",
    "circle",
    "eigenvalue_errors",
    "eigenvalue_signs",
    "eigenvalues",
    "local_shape",
    "onto_zero",
    "remainder",
    "remainder_rounding",
    "taylor",
]
