"""Second derivatives at work: Hessian eigenvalues, convexity, and the quadratic model around a point."""

from landscapes.curvature.chords import ChordTest, chord_test
from landscapes.curvature.convexity import SIGNS, Bend, Bending, Chord, bending
from landscapes.curvature.directions import HALF_TURN, angle_of, bend_along, direction
from landscapes.curvature.eigenvalues import eigenvalue_errors, eigenvalue_signs, eigenvalues
from landscapes.curvature.second_order import LocalShape, local_shape, onto_zero
from landscapes.curvature.taylor import circle, remainder, remainder_rounding, taylor

__all__ = [
    "HALF_TURN",
    "SIGNS",
    "Bend",
    "Bending",
    "Chord",
    "ChordTest",
    "LocalShape",
    "angle_of",
    "bend_along",
    "bending",
    "chord_test",
    "circle",
    "direction",
    "eigenvalue_errors",
    "eigenvalue_signs",
    "eigenvalues",
    "local_shape",
    "onto_zero",
    "remainder",
    "remainder_rounding",
    "taylor",
]
