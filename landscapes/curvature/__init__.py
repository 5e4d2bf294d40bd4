"""Second derivatives at work: Hessian eigenvalues, convexity, and the quadratic model around a point."""

from landscapes.curvature.chords import ChordTest, chord_test
from landscapes.curvature.convexity import SIGNS, Chord, ConvexityReport, SignedEigenvalue, examine_convexity
from landscapes.curvature.directions import HALF_TURN, angle_of, direction, second_derivative_along
from landscapes.curvature.eigenvalues import eigenvalue_errors, eigenvalue_signs, eigenvalues
from landscapes.curvature.second_order import LocalShape, hessian_jumps, hessian_place, local_shape, onto_zero
from landscapes.curvature.taylor import circle, remainder, remainder_rounding, taylor

__all__ = [
    "HALF_TURN",
    "SIGNS",
    "Chord",
    "ChordTest",
    "ConvexityReport",
    "LocalShape",
    "SignedEigenvalue",
    "angle_of",
    "chord_test",
    "circle",
    "direction",
    "eigenvalue_errors",
    "eigenvalue_signs",
    "eigenvalues",
    "examine_convexity",
    "hessian_jumps",
    "hessian_place",
    "local_shape",
    "onto_zero",
    "remainder",
    "remainder_rounding",
    "second_derivative_along",
    "taylor",
]
