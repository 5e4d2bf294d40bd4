"""Second derivatives at work: Hessian eigenvalues, convexity, and the quadratic model around a point."""

from landscapes.curvature.convexity import SIGNS, Chord, ConvexityReport, SignedEigenvalue, examine_convexity
from landscapes.curvature.eigenvalues import eigenvalue_errors, eigenvalue_signs, eigenvalues
from landscapes.curvature.second_order import LocalShape, local_shape, onto_zero
from landscapes.curvature.taylor import circle, remainder, remainder_rounding, taylor

__all__ = [
    "SIGNS",
    "Chord",
    "ConvexityReport",
    "LocalShape",
    "SignedEigenvalue",
    "circle",
    "eigenvalue_errors",
    "eigenvalue_signs",
    "eigenvalues",
    "examine_convexity",
    "local_shape",
    "onto_zero",
    "remainder",
    "remainder_rounding",
    "taylor",
]
