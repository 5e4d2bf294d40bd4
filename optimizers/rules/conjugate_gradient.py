"""Nonlinear conjugate gradients: directions that do not undo each other's work."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import dot, quotient
from optimizers.rules.backtracking import Armijo, Shrink, backtrack, downhill, unasked
from words import mark


class ConjugateGradientState(NamedTuple):
    """What the conjugate gradient method remembers."""

    t: int  # updates done so far
    g: Array  # gradient of the step before, shape (2, N)
    d: Array  # direction of the step before, shape (2, N)
    values: Array  # values of the loss that each trajectory has asked for so far, shape (N,)
    failed: Array  # the last search if no length would do, as `question` has it, else nan, shape (5, N)


@rule
def conjugate_gradient(learning_rate: LearningRate = 1e-3, armijo: Armijo = 1e-4, shrink: Shrink = 0.5) -> Optimizer:
    """d ← -g + max(0, g·(g - g₋₁)/|g₋₁|²) d; p ← p + αd.

    α is the lowest point of the parabola through f, its slope and the value at length η, shortened until the loss falls
    enough. On a quadratic of two dimensions that is exact: the second step ends in the minimum. Where the new
    direction leads up it begins again with -g.

    Source: E. Polak, G. Ribière, Note sur la convergence de méthodes de directions conjuguées, Rev. Fr. Inform. Rech.
        Opér. 3(16) (1969) 35; the form with max(0, ·) in J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition,
        Springer 2006, equation 5.45.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> ConjugateGradientState:
        zero, values = np.zeros_like(p), np.zeros(p.shape[1:])
        return ConjugateGradientState(t=0, g=zero, d=zero, values=values, failed=unasked(p))

    def update(p: Array, state: ConjugateGradientState, landscape: Landscape) -> tuple[Array, ConjugateGradientState]:
        g = landscape.gradient(p)
        f = landscape.value(p)
        beta = np.maximum(0.0, quotient(dot(g, g - state.g), dot(state.g, state.g)))
        d, slope = downhill(-g + beta * state.d, g)
        trial = rate(state.t)
        excess = landscape.value(p + trial * d) - f - trial * slope  # over the straight line: curvature times α²/2
        lowest = quotient(-slope * (trial * trial), 2 * excess)
        first = np.where(np.isfinite(lowest) & (lowest > 0), lowest, trial)
        alpha, tries, failed = backtrack(landscape, p, f, d, slope, first, armijo, shrink, state.failed)
        return p + alpha * d, ConjugateGradientState(state.t + 1, g, d, state.values + 2 + tries, failed)

    return Optimizer(init, update, rate=rate)


CONJUGATE_GRADIENT = Rule(
    factory=conjugate_gradient,
    name=mark("Conjugate gradients"),
    use=mark("Nearly quadratic surfaces of many dimensions: almost BFGS, with no more memory than momentum."),
    fails=mark("Away from a quadratic the directions soon lose their meaning, and it falls back to steepest descent."),
    lines=None,
    search=r"\begin{aligned} \beta &= \max\left(0, \frac{g^\top (g - g_{-1})}{|g_{-1}|^2}\right) \\"
    r" d &\leftarrow -g + \beta d \\ f_\eta &= f(p + \eta d), \quad"
    r" \alpha_0 = \frac{-\eta^2\, g^\top d}{2\, (f_\eta - f(p) - \eta\, g^\top d)} \\"
    r" \alpha &= \max \left\{ \alpha_0 \gamma^k : f(p + \alpha_0 \gamma^k d)"
    r" \le f(p) + c\, \alpha_0 \gamma^k g^\top d \right\} \\"
    r" p &\leftarrow p + \alpha\, d \end{aligned}",
    memory=("g", "d"),
    momentum=None,
    torch=None,
    counters=("t", "values", "failed"),
)
