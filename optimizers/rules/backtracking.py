"""Backtracking: how far to go in a direction, for each trajectory on its own."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.optimizer import Rate
from optimizers.rules.arithmetic import dot
from words import mark

Armijo = Annotated[
    Rate, Knob("c", 1e-4, 0.5, mark("share of the promised descent that is asked for"), above=0.0, below=1.0)
]
Shrink = Annotated[Rate, Knob("γ", 0.1, 0.9, mark("factor after a step too far"), above=0.0, below=1.0)]
TRIES = 60  # lengths that are looked at in one search


class Found(NamedTuple):
    """What a search comes to, one for each trajectory."""

    alpha: Array  # the length, shape (N,); 0 where none would do
    tries: Array  # lengths that were looked at, shape (N,)
    failed: Array  # the `question` to which there was no answer, nan where there was one, shape (5, N)


def question(d: Array, slope: Array, f: Array, first: Rate) -> Array:
    """All that a search from a point depends on: direction, slope, loss and first length, shape (5, N).

    Where no length would do the point stays, and as long as the next search asks the same again its answer is known:
    a run that has arrived costs no search in any further step.
    """
    return np.stack([*d, slope, f, first + np.zeros(f.shape)])


def unasked(p: Array) -> Array:
    """What `failed` is before the first search."""
    return np.full((len(p) + 3, *p.shape[1:]), np.nan)


def downhill(d: Array, g: Array) -> tuple[Array, Array]:
    """The direction d and its slope g·d where it leads down, else steepest descent: shapes (2, N) and (N,)."""
    slope = dot(g, d)
    d = np.where(slope < 0, d, -g)
    return d, dot(g, d)


def backtrack(
    landscape: Landscape,
    p: Array,
    f: Array,
    d: Array,
    slope: Array,
    first: Rate,
    armijo: Rate,
    shrink: Rate,
    failed: Array,
) -> Found:
    """The first of `first`, γ·first, γ²·first ... with f(p + αd) ≤ f + cα·slope, and the values it took.

    A value that is not finite is too far. Where no length will do that moves p at all, α is 0. `failed` is that of the
    search before.

    Source: L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, Pacific J. Math.
        16 (1966) 1, doi:10.2140/pjm.1966.16.1.
    """
    alpha = np.broadcast_to(np.asarray(first, dtype=float), f.shape)
    tries = np.zeros(f.shape)
    asked = question(d, slope, f, first)
    again = (asked == failed).all(axis=0)
    far = np.isfinite(f) & ~again  # a trajectory that has left has nothing to look for
    still = np.zeros(f.shape, dtype=bool)  # so short that p does not move
    for _ in range(TRIES):
        tries = tries + far
        q = p + alpha * d
        still = still | far & (q == p).all(axis=0)
        far = far & ~still & ~(landscape.value(q) <= f + armijo * alpha * slope)
        if not far.any():
            break
        alpha = np.where(far, alpha * shrink, alpha)
    none = far | still | again
    return Found(np.where(none, 0.0, alpha), tries, np.where(none, asked, np.nan))
