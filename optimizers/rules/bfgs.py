"""BFGS: learns the inverse Hessian from the gradients that it meets."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import apply, dot, norm, outer, quotient
from optimizers.rules.backtracking import Armijo, Shrink, backtrack, downhill, unasked
from words import mark

CURVED = 1e-10  # share of |s||y| that s·y has to reach, so that the matrix stays positive definite


class BFGSState(NamedTuple):
    """What BFGS remembers."""

    t: int  # updates done so far
    p: Array  # point of the step before, shape (2, N)
    g: Array  # gradient there, shape (2, N)
    b: Array  # estimate of the inverse Hessian, shape (2, 2, N)
    values: Array  # values of the loss that each trajectory has asked for so far, shape (N,)
    failed: Array  # the last search if no length would do, as `question` has it, else nan, shape (5, N)


def learned(b: Array, s: Array, y: Array) -> Array:
    """The inverse Hessian nearest to b that takes y to s; b itself where s and y do not agree on a curvature > 0."""
    sy = dot(s, y)
    by = apply(b, y)
    rho = quotient(np.ones_like(sy), sy)
    cross = outer(s, by)
    new = b - rho * (cross + np.swapaxes(cross, 0, 1)) + rho * (1 + rho * dot(y, by)) * outer(s, s)
    return np.where(sy > CURVED * norm(s) * norm(y), new, b)


@rule
def bfgs(learning_rate: LearningRate = 1.0, armijo: Armijo = 1e-4, shrink: Shrink = 0.5) -> Optimizer:
    """p ← p - αBg, where B is taught by s = p - p₋₁ and y = g - g₋₁: By = s.

    One gradient a step, as in gradient descent, and in the end the speed of Newton. α is found by backtracking from η;
    B starts as the identity and is scaled to the first curvature that is met. Steps over curvature ≤ 0 teach nothing.

    Source: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, Springer 2006, algorithm 6.1 and equations
        6.17, 6.20; with Armijo backtracking where the book asks for the Wolfe conditions.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> BFGSState:
        identity = np.zeros((len(p), *p.shape)) + np.eye(len(p)).reshape(len(p), len(p), *[1] * (p.ndim - 1))
        values = np.zeros(p.shape[1:])
        return BFGSState(t=0, p=p, g=np.zeros_like(p), b=identity, values=values, failed=unasked(p))

    def update(p: Array, state: BFGSState, landscape: Landscape) -> tuple[Array, BFGSState]:
        g = landscape.gradient(p)
        f = landscape.value(p)
        b = state.b
        if state.t > 0:
            s, y = p - state.p, g - state.g
            curvature = quotient(dot(s, y), dot(y, y))
            scale = np.where((state.t == 1) & (curvature > 0), curvature, 1.0)
            b = learned(b * scale, s, y)
        d, slope = downhill(-apply(b, g), g)
        alpha, tries, failed = backtrack(landscape, p, f, d, slope, rate(state.t), armijo, shrink, state.failed)
        return p + alpha * d, BFGSState(state.t + 1, p, g, b, state.values + 1 + tries, failed)

    return Optimizer(init, update, rate=rate)


BFGS = Rule(
    factory=bfgs,
    name=mark("BFGS"),
    use=mark("Smooth surfaces, exact gradients, few dimensions: it learns the valley's shape and runs along it."),
    fails=mark("Noise teaches it nonsense, and its matrix grows with the square of the number of dimensions."),
    lines=None,
    search=r"\begin{aligned} s &= p - p_{-1}, \quad y = g - g_{-1}, \quad \varrho = \frac{1}{s^\top y} \\"
    r" B &\leftarrow (I - \varrho\, s y^\top)\, B\, (I - \varrho\, y s^\top) + \varrho\, s s^\top \\"
    r" \alpha &= \max \left\{ \eta \gamma^k : f(p - \eta \gamma^k B g)"
    r" \le f(p) - c\, \eta \gamma^k\, g^\top B g \right\} \\"
    r" p &\leftarrow p - \alpha\, B g \end{aligned}",
    memory=("p", "g", "b"),
    momentum=None,
    torch=None,
    symbols={"b": "B"},
    counters=("t", "values", "failed"),
)
