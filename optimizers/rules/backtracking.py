"""Backtracking: how far to go in a direction, for each trajectory on its own."""

from typing import Annotated

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.optimizer import Rate
from optimizers.rules.arithmetic import dot
from words import mark

Armijo = Annotated[
    Rate, Knob("c", 1e-4, 0.5, mark("share of the promised descent that is asked for"), above=0.0, below=1.0)
]
Shrink = Annotated[Rate, Knob("γ", 0.1, 0.9, mark("factor after a step too far"), above=0.0, below=1.0)]
TRIES = 60  # halvings after which a step is below the rounding of p


def downhill(d: Array, g: Array) -> tuple[Array, Array]:
    """The direction d and its slope g·d where it leads down, else steepest descent: shapes (2, N) and (N,)."""
    slope = dot(g, d)
    d = np.where(slope < 0, d, -g)
    return d, dot(g, d)


def backtrack(
    landscape: Landscape, p: Array, f: Array, d: Array, slope: Array, first: Rate, armijo: Rate, shrink: Rate
) -> tuple[Array, Array]:
    """The first of `first`, γ·first, γ²·first ... with f(p + αd) ≤ f + cα·slope, shape (N,), and the values it took.

    A value that is not finite is too far. Where no length will do, α is 0.

    Source: L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, Pacific J. Math.
        16 (1966) 1, doi:10.2140/pjm.1966.16.1.
    """
    alpha = np.broadcast_to(np.asarray(first, dtype=float), f.shape)
    tries = np.zeros(f.shape)
    far = np.isfinite(f)  # a trajectory that has left has nothing to look for
    for _ in range(TRIES):
        tries = tries + far
        far = far & ~(landscape.value(p + alpha * d) <= f + armijo * alpha * slope)
        if not far.any():
            break
        alpha = np.where(far, alpha * shrink, alpha)
    return np.where(far, 0.0, alpha), tries
