"""Newton's method, and the variant that is repelled by saddles instead of attracted."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.rules.arithmetic import apply, quotient
from words import mark

Damping = Annotated[Rate, Knob("δ", 1e-8, 10.0, mark("added to every curvature"), log=True, least=0.0)]


class NewtonState(NamedTuple):
    """What Newton's method leaves to be looked at; the rule itself needs only the time."""

    t: int  # updates done so far
    eigenvalues: Array  # of the Hessian where the step began, ascending, shape (2, N)


def eigen(hessian: Array) -> tuple[Array, Array]:
    """Eigenvalues (2, N), ascending, and eigenvectors (2, 2, N), columns; nan where the Hessian is not finite."""
    known = np.isfinite(hessian).all(axis=(0, 1))
    matrices = np.moveaxis(np.where(known, hessian, 0.0), (0, 1), (-2, -1))
    eigenvalues, vectors = np.linalg.eigh(matrices)
    return np.where(known, np.moveaxis(eigenvalues, -1, 0), np.nan), np.moveaxis(vectors, (-2, -1), (0, 1))


@rule
def newton(learning_rate: LearningRate = 1.0) -> Optimizer:
    """p ← p - ηH⁻¹g.

    The step to the critical point of the local quadratic: on a quadratic surface one step ends there, whatever its
    condition, and near a critical point with a regular Hessian the number of right digits doubles in every step, be it
    a minimum or not. A direction in which both slope and curvature are exactly 0 is left alone.

    Source: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, Springer 2006, equation 2.15.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> NewtonState:
        return NewtonState(t=0, eigenvalues=np.zeros_like(p))

    def update(p: Array, state: NewtonState, landscape: Landscape) -> tuple[Array, NewtonState]:
        g = landscape.gradient(p)
        eigenvalues, q = eigen(landscape.hessian(p))
        along = apply(np.swapaxes(q, 0, 1), g)  # the gradient's parts along the eigenvectors
        step = np.where((eigenvalues == 0) & (along != 0), np.inf, quotient(along, eigenvalues))
        p = p - rate(state.t) * apply(q, step)
        return p, NewtonState(state.t + 1, eigenvalues)

    return Optimizer(init, update, rate=rate)


@rule
def damped_newton(learning_rate: LearningRate = 1.0, damping: Damping = 1e-3) -> Optimizer:
    """p ← p - η(|H| + δ)⁻¹g, where |H| has the eigenvalues |λ| and the eigenvectors of H.

    Downhill in every direction, each at a speed of its own: towards a minimum it is Newton's step, but for δ, and it
    leaves a saddle by a factor of about 2 in every step, however flat it is. δ > 0 bounds the step to |g|/δ.

    Source: Y. Dauphin and others, Identifying and attacking the saddle point problem in high-dimensional non-convex
        optimization, NeurIPS 2014, arXiv:1406.2572, algorithm 1 (saddle-free Newton, here in the whole space).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> NewtonState:
        return NewtonState(t=0, eigenvalues=np.zeros_like(p))

    def update(p: Array, state: NewtonState, landscape: Landscape) -> tuple[Array, NewtonState]:
        g = landscape.gradient(p)
        eigenvalues, q = eigen(landscape.hessian(p))
        along = apply(np.swapaxes(q, 0, 1), g)
        p = p - rate(state.t) * apply(q, quotient(along, np.abs(eigenvalues) + damping))
        return p, NewtonState(state.t + 1, eigenvalues)

    return Optimizer(init, update, rate=rate)


NEWTON = Rule(
    factory=newton,
    name=mark("Newton"),
    use=mark("The last digits near a solution that is already known roughly: a handful of steps is enough."),
    fails=mark(
        "It is as fond of saddles and maxima as of minima, and where the Hessian is nearly singular it leaps away."
    ),
    lines=Lines("p = p - learning_rate*inverse(hessian)*g", "learning_rate"),
    memory=("eigenvalues",),
    momentum=None,
    torch=None,
    symbols={"eigenvalues": r"\lambda"},
)
DAMPED_NEWTON = Rule(
    factory=damped_newton,
    name=mark("Newton, saddle-free"),
    use=mark("Saddles and plateaus: curvature sets the speed, but the direction is always down."),
    fails=mark("It needs the whole Hessian, and a small |λ| far from any critical point sends it a long way off."),
    lines=Lines("p = p - learning_rate*inverse(abs(hessian) + damping*identity)*g", "learning_rate"),
    memory=("eigenvalues",),
    momentum=None,
    torch=None,
    symbols={"eigenvalues": r"\lambda"},
)
