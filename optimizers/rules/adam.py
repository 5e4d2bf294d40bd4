"""Adam: momentum and a rate for each coordinate, both corrected for starting at zero."""

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


class AdamState(NamedTuple):
    """What Adam remembers; the corrections follow the means' own recursion, for a gradient that is always 1."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ, the share of its true size that m has reached
    c2: Rate = 0.0  # 1 - β₂ᵗ, the same for v


@rule
def adam(
    learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """p ← p - η m̂ / (√v̂ + ε), where m̂ and v̂ undo the means' bias towards their zero start.

    The first step is ηg/(|g| + ε): the rate itself, for any gradient. Later steps are not bounded by it: a gradient
    after a long silence moves p by (1 - β₁)/√(1 - β₂) = 3.16 rates, and 7.27 can be reached. Defaults: the paper's.

    Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980, algorithm 1;
        equal to `torch.optim.Adam` (`lr`, `betas`, `eps`) and `optax.adam`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        m_hat = m / c1
        v_hat = v / c2
        p = p - rate(state.t) * m_hat / (np.sqrt(v_hat) + epsilon)
        return p, AdamState(state.t + 1, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


ADAM = Rule(
    factory=adam,
    name=mark("Adam"),
    use=mark(
        "The first to try: its steps are about η long whatever the loss is scaled by, so one rate suits many surfaces."
    ),
    fails=mark(
        "It does not settle at a constant rate: calm near a minimum ends in sudden bursts, as v̂ forgets what it saw."
    ),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=in_torch("Adam", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}"),
)
