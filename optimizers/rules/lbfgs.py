"""L-BFGS, BFGS that keeps the last few steps instead of a matrix, as PyTorch has it: without a line search."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Optimizer, Rule, as_schedule, in_torch
from optimizers.rules.arithmetic import dot, quotient
from words import mark

History = Annotated[int, Knob("k", 1, 20, mark("steps that are remembered"), integer=True, least=1, costs=True)]
CURVED = 1e-10  # least s·y that teaches anything, as in PyTorch


class LBFGSState(NamedTuple):
    """What L-BFGS remembers. Pairs that are not there yet have 1/s·y = 0 and change nothing."""

    t: int  # updates done so far
    p: Array  # point of the step before, shape (2, N)
    g: Array  # gradient there, shape (2, N)
    s: Array  # last steps, newest last, shape (k, 2, N)
    y: Array  # changes of the gradient over them, shape (k, 2, N)
    rho: Array  # 1/s·y, shape (k, N)
    scale: Array  # first guess of the inverse curvature, shape (N,)


@rule
def lbfgs(learning_rate: LearningRate = 1.0, history: History = 10) -> Optimizer:
    """p ← p - ηBg, with Bg from the last k pairs of s = p - p₋₁ and y = g - g₋₁ by two loops.

    PyTorch's form without a line search: every step has the full length but the first, which is min(1, 1/|g|₁)g. Pairs
    with s·y ≤ 10⁻¹⁰ are left out. In two dimensions two good pairs already hold all the curvature there is.

    Source: D. C. Liu, J. Nocedal, On the limited memory BFGS method for large scale optimization, Math. Program. 45
        (1989) 503, doi:10.1007/BF01589116; equal to `torch.optim.LBFGS` (`lr`, `history_size`) with max_iter=1 and
        tolerances of 0.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> LBFGSState:
        return start_of(p, history)

    def update(p: Array, state: LBFGSState, landscape: Landscape) -> tuple[Array, LBFGSState]:
        g = landscape.gradient(p)
        state = remember(state, p, g) if state.t > 0 else state
        d = two_loops(state, -g)
        first = np.minimum(1.0, quotient(np.ones(p.shape[1:]), np.abs(g).sum(axis=0))) if state.t == 0 else 1.0
        return p + rate(state.t) * first * d, state._replace(t=state.t + 1, p=p, g=g)

    return Optimizer(init, update, rate=rate)


def start_of(p: Array, history: int) -> LBFGSState:
    """The state before the first step, with no pairs yet."""
    zero, lanes = np.zeros((history, *p.shape)), np.zeros((history, *p.shape[1:]))
    return LBFGSState(t=0, p=p, g=np.zeros_like(p), s=zero, y=zero, rho=lanes, scale=np.ones(p.shape[1:]))


def remember(state: LBFGSState, p: Array, g: Array) -> LBFGSState:
    """The state with the newest pair in the place of the oldest, for those trajectories whose pair is any good."""
    s, y = p - state.p, g - state.g
    sy = dot(s, y)
    good = sy > CURVED

    def pushed(old: Array, new: Array) -> Array:
        return np.where(good, np.concatenate([old[1:], new[None]]), old)

    rho = quotient(np.ones_like(sy), sy)
    scale = np.where(good, quotient(sy, dot(y, y)), state.scale)
    return state._replace(s=pushed(state.s, s), y=pushed(state.y, y), rho=pushed(state.rho, rho), scale=scale)


def two_loops(state: LBFGSState, q: Array) -> Array:
    """The inverse Hessian that the pairs describe, times q."""
    pairs = list(zip(state.s, state.y, state.rho, strict=True))
    shares = []
    for s, y, rho in reversed(pairs):
        share = rho * dot(s, q)
        shares.append(share)
        q = q - share * y
    r = state.scale * q
    for (s, y, rho), share in zip(pairs, reversed(shares), strict=True):
        r = r + s * (share - rho * dot(y, r))
    return r


LBFGS = Rule(
    factory=lbfgs,
    name=mark("L-BFGS (PyTorch)"),
    use=mark("Beside L-BFGS, to see what a line search is for, and where a run is to be the same as in PyTorch."),
    fails=mark("Without a line search a bad pair sends it far away, as its first long step on Rosenbrock shows."),
    lines=None,
    search=mark(
        r"\begin{aligned} s &= p - p_{-1}, \quad y = g - g_{-1}, \quad"
        r" B_0 = \frac{s^\top y}{y^\top y}\, I \\"
        r" B &\leftarrow (I - \varrho\, s y^\top)\, B\, (I - \varrho\, y s^\top) + \varrho\, s s^\top,"
        r" \quad \varrho = \frac{1}{s^\top y} \quad \text{(last } k \text{ pairs)} \\"
        r" p &\leftarrow p - \eta\, B g \end{aligned}"
    ),
    memory=("p", "g", "s", "y", "rho", "scale"),
    momentum=None,
    torch=in_torch(
        "LBFGS",
        lr="{learning_rate}",
        history_size="{history}",
        max_iter="1",
        tolerance_grad="0.0",
        tolerance_change="0.0",
    ),
    symbols={"rho": r"\varrho", "scale": r"\gamma_0"},
)
