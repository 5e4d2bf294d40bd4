"""Sums over many examples at all nodes of a grid of slopes and intercepts, one slope and all intercepts at a time."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array

WORTH = 2**21  # examples times points from which on it pays
WIDTH, KNOTS = 2.0, 18  # of a panel of scores, and the Chebyshev nodes on it: the error is 1e-14 of the terms
Term = Callable[[Array, Array], Array]  # score z, target t -> the same shape
# Scores without intercept u (n,), targets t (n,), coefficients c (R, n), intercepts b (V,)
# -> Σ cᵢ term(uᵢ + b, tᵢ), (R, V)
Sum = Callable[[Array, Array, Array, Array], Array]


class Grid(NamedTuple):
    """Points that are all nodes of a grid, each once."""

    slopes: Array  # (U,)
    intercepts: Array  # (V,)
    at: tuple[NDArray[np.intp], NDArray[np.intp]]  # of each point


def as_grid(points: Array) -> Grid | None:
    """The grid whose nodes the points (2, K) are; None where they are not."""
    if not np.isfinite(points).all():
        return None
    (w, at_w), (b, at_b) = (np.unique(axis, return_inverse=True) for axis in points)
    whole = w.size * b.size == points.shape[1] and np.unique(at_w * b.size + at_b).size == points.shape[1]
    return Grid(w, b, (at_w, at_b)) if whole else None


def on_grid(total: Sum, x: Array, target: Array, coefficients: Array, grid: Grid) -> Array:
    """The sums at the grid's points, (R, K)."""
    table = np.array([total(w * x, target, coefficients, grid.intercepts) for w in grid.slopes])
    sums: Array = table[grid.at[0], :, grid.at[1]].T
    return sums


def smooth_sum(term: Term) -> Sum:
    """For a term that is analytic for |Im z| < π, as all are that are made of the logistic function.

    On panels of scores the examples move to Chebyshev nodes, with weights that give the same sum for every polynomial
    of degree 17. The terms of one target have one sign, so that a sum is right to 1e-13 of itself.

    Source: L. N. Trefethen, Approximation Theory and Approximation Practice (2013), theorem 8.2.
    """

    def total(u: Array, target: Array, c: Array, b: Array) -> Array:
        sums = np.zeros((c.shape[0], b.size))
        for t in np.unique(target):
            of_t = target == t
            nodes, weights = moved(u[of_t], c[:, of_t])
            sums += weights @ term(nodes[:, None] + b, np.array(t))
        return sums

    return total


def moved(u: Array, c: Array) -> tuple[Array, Array]:
    """Nodes (Q,) and weights (R, Q) in place of the scores (n,) and their coefficients (R, n), if they are fewer."""
    low = float(u.min())
    panel = ((u - low) / WIDTH).astype(np.intp)
    panels = int(panel.max()) + 1
    if panels * KNOTS >= u.size:
        return u, c
    xi = 2 * ((u - low) / WIDTH - panel) - 1
    moments = np.empty((c.shape[0], panels, KNOTS))
    before, present = xi, np.ones_like(xi)  # T₋₁ = T₁ and T₀
    for degree in range(KNOTS):
        for r, row in enumerate(c):
            moments[r, :, degree] = np.bincount(panel, present * row, panels)
        before, present = present, 2 * xi * present - before
    knots = np.cos(np.pi * (np.arange(KNOTS) + 0.5) / KNOTS)
    interpolation = 2 / KNOTS * np.cos(np.outer(np.arange(KNOTS), np.arccos(knots)))
    interpolation[0] /= 2
    nodes = low + WIDTH * (np.arange(panels)[:, None] + (knots + 1) / 2)
    return nodes.ravel(), (moments @ interpolation).reshape(c.shape[0], -1)
