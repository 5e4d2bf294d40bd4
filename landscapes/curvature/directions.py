"""Directions as angles, and the second derivative of a landscape along each of them."""

import numpy as np

from landscapes.landscape import Array

HALF_TURN = 180.0  # degrees, after which a direction bends as it did


def direction(angle: float | Array) -> Array:
    """The unit vector at an angle in degrees from the first axis towards the second, shape (2, ...)."""
    turn = np.radians(angle)
    return np.stack([np.cos(turn), np.sin(turn)])


def angle_of(vector: Array) -> float:
    """The angle of a vector in degrees, from 0 to below 360.

    >>> angle_of(np.array([0.0, -2.0]))
    270.0
    """
    return float(np.degrees(np.arctan2(vector[1], vector[0])) % 360)


def second_derivative_along(hessian: Array, v: Array) -> Array:
    """vᵀHv, the second derivative along each unit vector v, shape (2, ...) -> (...).

    >>> second_derivative_along(np.array([[2.0, 0.0], [0.0, -4.0]]), direction(np.array([0.0, 90.0]))).tolist()
    [2.0, -4.0]
    """
    return np.asarray(np.einsum("i...,ij,j...->...", v, hessian, v))
