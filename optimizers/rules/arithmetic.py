"""Sums and quotients over axis 0, the coordinate, that stay defined where a gradient vanishes."""

import numpy as np

from landscapes import Array


def quotient(a: float | Array, b: float | Array) -> Array:
    """a / b, and 0 where b is 0: no gradient, no step.

    >>> quotient(np.array([1.0, 0.0]), np.array([2.0, 0.0]))
    array([0.5, 0. ])
    """
    a, b = np.broadcast_arrays(a, b)
    return np.divide(a, b, out=np.zeros(b.shape), where=b != 0)


def dot(a: Array, b: Array) -> Array:
    """Scalar product along axis 0: (2, N) and (2, N) -> (N,)."""
    total: Array = (a * b).sum(axis=0)
    return total


def norm(a: Array) -> Array:
    """Euclidean length along axis 0: (2, N) -> (N,)."""
    return np.sqrt(dot(a, a))


def apply(matrix: Array, a: Array) -> Array:
    """Matrix times vector: (2, 2, N) and (2, N) -> (2, N)."""
    total: Array = (matrix * a).sum(axis=1)
    return total


def outer(a: Array, b: Array) -> Array:
    """Outer product: (2, N) and (2, N) -> (2, 2, N)."""
    return a[:, None] * b
