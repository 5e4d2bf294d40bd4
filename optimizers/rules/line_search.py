"""Gradient descent with a line search: the rate is found anew in every step."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import dot
from optimizers.rules.backtracking import Armijo, Shrink, backtrack, unasked
from words import mark


class LineSearchState(NamedTuple):
    """What the line search leaves to be looked at; the rule itself needs only the time."""

    t: int  # updates done so far
    alpha: Array  # length that was taken, in units of the gradient, shape (N,)
    values: Array  # values of the loss that each trajectory has asked for so far, shape (N,)
    failed: Array  # the last search if no length would do, as `question` has it, else nan, shape (5, N)


@rule
def line_search(learning_rate: LearningRate = 1.0, armijo: Armijo = 1e-4, shrink: Shrink = 0.5) -> Optimizer:
    """p ← p - αg, with α the first of η, γη, γ²η ... for which f(p - αg) ≤ f(p) - cα|g|².

    The loss falls in every step, whatever η is. Each costs one gradient, one value for f(p) and one for every try.

    Source: L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, Pacific J. Math.
        16 (1966) 1, doi:10.2140/pjm.1966.16.1.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> LineSearchState:
        zero = np.zeros(p.shape[1:])
        return LineSearchState(t=0, alpha=zero, values=zero, failed=unasked(p))

    def update(p: Array, state: LineSearchState, landscape: Landscape) -> tuple[Array, LineSearchState]:
        g = landscape.gradient(p)
        f = landscape.value(p)
        alpha, tries, failed = backtrack(landscape, p, f, -g, -dot(g, g), rate(state.t), armijo, shrink, state.failed)
        p = p - alpha * g
        return p, LineSearchState(state.t + 1, alpha, state.values + 1 + tries, failed)

    return Optimizer(init, update, rate=rate)


LINE_SEARCH = Rule(
    factory=line_search,
    name=mark("Gradient descent with line search"),
    use=mark("Exact gradients and no idea of a rate: it cannot climb."),
    fails=mark(
        "It is still gradient descent: down a narrow valley it zigzags, and it pays for every try with a value."
    ),
    lines=Lines("p = p - alpha*g", "alpha"),
    search=r"\begin{aligned} \alpha &= \max \left\{ \eta \gamma^k : f(p - \eta \gamma^k g)"
    r" \le f(p) - c\, \eta \gamma^k |g|^2 \right\} \\ p &\leftarrow p - \alpha\, g \end{aligned}",
    memory=("alpha",),
    momentum=None,
    torch=None,
    searched={"alpha": "alpha"},
    counters=("t", "values", "failed"),
)
