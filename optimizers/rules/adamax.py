"""Adamax: Adam with the largest gradient in place of the root mean square."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import (
    Beta1,
    Beta2,
    Epsilon,
    LearningRate,
    Lines,
    Optimizer,
    Rate,
    Rule,
    as_schedule,
    in_torch,
)
from words import mark


class AdamaxState(NamedTuple):
    """What Adamax remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    u: Array  # fading maximum of its size, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ


@rule
def adamax(
    learning_rate: LearningRate = 2e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """u ← max(β₂u, |g| + ε); p ← p - η m̂ / u.

    No step is longer than (1 - β₁)/(1 - β₁/β₂) = 1.009 rates, where Adam reaches 7.27, and u needs no correction. The
    paper has no ε; it stands where PyTorch puts it, beside |g|. The other defaults are the paper's.

    Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980, algorithm 2;
        equal to `torch.optim.Adamax` (`eps`) and `optax.adamax`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamaxState:
        return AdamaxState(t=0, m=np.zeros_like(p), u=np.zeros_like(p))

    def update(p: Array, state: AdamaxState, landscape: Landscape) -> tuple[Array, AdamaxState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        m = beta1 * state.m + (1 - beta1) * g
        u = np.maximum(beta2 * state.u, np.abs(g) + epsilon)
        p = p - rate(state.t) * (m / c1) / u
        return p, AdamaxState(state.t + 1, m, u, c1)

    return Optimizer(init, update, rate=rate)


ADAMAX = Rule(
    factory=adamax,
    name=mark("Adamax"),
    use=mark("Gradients with rare peaks: a single large one bounds the step at once instead of after many."),
    fails=mark("After a peak it stays slow for about 1/(1 - β₂) steps, a thousand at the default."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "u = max(beta2*u, abs(g) + epsilon)\n"
        "p = p - learning_rate*(m_hat/u)",
        "learning_rate/u",
    ),
    memory=("m", "u", "c1"),
    momentum="m",
    torch=in_torch("Adamax", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}"),
)
