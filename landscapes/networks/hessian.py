"""The whole Hessian of a loss in many dimensions, from its products with vectors."""

from collections.abc import Callable

import numpy as np

from landscapes.landscape import Array, Landscape

TINY = 1e-30  # the complex step: its square is far below rounding, so no digit is lost
BLOCK = 32  # columns at a time
MOST_EXACT = 700  # coordinates up to which all eigenvalues are found live


def times_hessian(loss: Landscape) -> Callable[[Array, Array], Array]:
    """The product of the loss's Hessian with vectors, by its own function for it or else by its whole Hessian.

    θ (D, ...) and v (D, ...) give (D, ...).
    """
    if loss.times_hessian is not None:
        return loss.times_hessian

    def product(theta: Array, v: Array) -> Array:
        through: Array = np.einsum("ij...,j...->i...", loss.hessian(theta), v)
        return through

    return product


def dense_hessian(product: Callable[[Array, Array], Array], theta: Array) -> Array:
    """All second derivatives, (D, D, ...), from D products with unit vectors, made symmetric to the last bit."""
    size = theta.shape[0]
    hessian = np.empty((size, size, *theta.shape[1:]))
    if theta.ndim == 1:
        unit = np.eye(size)
        for begin in range(0, size, BLOCK):
            hessian[:, begin : begin + BLOCK] = product(theta, unit[:, begin : begin + BLOCK])
    else:
        for column, unit in enumerate(np.eye(size)):
            hessian[:, column] = product(theta, unit)
    return 0.5 * (hessian + hessian.swapaxes(0, 1))
