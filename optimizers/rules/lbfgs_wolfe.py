"""L-BFGS as it is usually meant: with a line search for the strong Wolfe conditions."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import quotient
from optimizers.rules.backtracking import Armijo, downhill, unasked
from optimizers.rules.lbfgs import History, LBFGSState, remember, start_of, two_loops
from optimizers.rules.strong_wolfe import Flatness, strong_wolfe
from words import mark


class LBFGSWolfeState(NamedTuple):
    """What L-BFGS with a line search remembers."""

    t: int  # updates done so far
    p: Array  # point of the step before, shape (2, N)
    g: Array  # gradient there, shape (2, N)
    s: Array  # last steps, newest last, shape (k, 2, N)
    y: Array  # changes of the gradient over them, shape (k, 2, N)
    rho: Array  # 1/s·y, shape (k, N)
    scale: Array  # first guess of the inverse curvature, shape (N,)
    values: Array  # values of the loss that each trajectory has asked for so far, shape (N,)
    failed: Array  # the last search if no length would do, as `question` has it, else nan, shape (5, N)


@rule
def lbfgs_wolfe(
    learning_rate: LearningRate = 1.0, history: History = 10, armijo: Armijo = 1e-4, flatness: Flatness = 0.9
) -> Optimizer:
    """p ← p - αBg, with B from the last k pairs of s = p - p₋₁ and y = g - g₋₁, and α by a strong Wolfe line search.

    The search tries α = η first, or η·min(1, 1/|g|₁) where no pair is known yet, and pays a value and a gradient for
    every length. The loss never rises, and the second condition lets every step teach a curvature above 0. Where no
    length is found, as where rounding hides that the loss falls, p stays and the pairs are forgotten.

    Source: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, Springer 2006, algorithms 7.4 and 7.5, with
        3.5 and 3.6 for α.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> LBFGSWolfeState:
        return LBFGSWolfeState(*start_of(p, history), values=np.zeros(p.shape[1:]), failed=unasked(p))

    def update(p: Array, state: LBFGSWolfeState, landscape: Landscape) -> tuple[Array, LBFGSWolfeState]:
        g = landscape.gradient(p)
        f = landscape.value(p)
        pairs = LBFGSState(*state[:-2])
        pairs = remember(pairs, p, g) if state.t > 0 else pairs
        d, slope = downhill(two_loops(pairs, -g), g)
        short = np.minimum(1.0, quotient(np.ones(p.shape[1:]), np.abs(g).sum(axis=0)))
        first = np.where((pairs.rho == 0).all(axis=0), short, 1.0)
        length = rate(state.t) * first
        alpha, tries, failed = strong_wolfe(landscape, p, f, d, slope, length, armijo, flatness, state.failed)
        known = alpha > 0  # where no length was found the pairs are forgotten
        rho, scale = np.where(known, pairs.rho, 0.0), np.where(known, pairs.scale, 1.0)
        pairs = pairs._replace(t=state.t + 1, p=p, g=g, rho=rho, scale=scale)
        return p + alpha * d, LBFGSWolfeState(*pairs, values=state.values + 1 + tries, failed=failed)

    return Optimizer(init, update, rate=rate)


LBFGS_WOLFE = Rule(
    factory=lbfgs_wolfe,
    name=mark("L-BFGS"),
    use=mark("Many dimensions and exact gradients: nearly BFGS, for the memory of a few points, and it cannot climb."),
    fails=mark("Noise teaches it nonsense, and its line search pays for every length with a value and a gradient."),
    lines=None,
    search=mark(
        r"\begin{aligned} s &= p - p_{-1}, \quad y = g - g_{-1}, \quad"
        r" B_0 = \frac{s^\top y}{y^\top y}\, I \\"
        r" B &\leftarrow (I - \varrho\, s y^\top)\, B\, (I - \varrho\, y s^\top) + \varrho\, s s^\top,"
        r" \quad \varrho = \frac{1}{s^\top y} \quad \text{(last } k \text{ pairs)} \\"
        r" \alpha &\text{ from } \eta \text{ on:} \quad f(p - \alpha B g) \le f(p) - c\, \alpha\, g^\top B g, \quad"
        r" |\nabla f(p - \alpha B g)^\top B g| \le c_2\, g^\top B g \\"
        r" p &\leftarrow p - \alpha\, B g \end{aligned}"
    ),
    memory=("p", "g", "s", "y", "rho", "scale"),
    momentum=None,
    torch=None,
    symbols={"rho": r"\varrho", "scale": r"\gamma_0"},
    counters=("t", "values", "failed"),
)
