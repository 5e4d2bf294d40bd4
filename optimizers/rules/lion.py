"""Lion: only the sign of the momentum, so every coordinate moves by the rate in every step."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, LearningRate, Lines, Optimizer, Rule, WeightDecay, as_schedule
from words import mark


class LionState(NamedTuple):
    """What Lion remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)


@rule
def lion(
    learning_rate: LearningRate = 1e-4, beta1: Beta1 = 0.9, beta2: Beta2 = 0.99, weight_decay: WeightDecay = 1e-3
) -> Optimizer:
    """p ← p - η(sign(β₁m + (1 - β₁)g) + λp); m ← β₂m + (1 - β₂)g.

    Every coordinate moves by exactly η, but for the decay, so the rate is the accuracy of the end. The newest gradient
    counts 1 - β₁ in the step, but only 1 - β₂ in what is remembered. Defaults of `optax.lion`.

    Source: X. Chen and others, Symbolic discovery of optimization algorithms, NeurIPS 2023, arXiv:2302.06675, program
        1; equal to `optax.lion` (`b1`, `b2`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> LionState:
        return LionState(t=0, m=np.zeros_like(p))

    def update(p: Array, state: LionState, landscape: Landscape) -> tuple[Array, LionState]:
        g = landscape.gradient(p)
        u = np.sign(beta1 * state.m + (1 - beta1) * g)
        m = beta2 * state.m + (1 - beta2) * g
        p = p - rate(state.t) * (u + weight_decay * p)
        return p, LionState(state.t + 1, m)

    return Optimizer(init, update, rate=rate)


LION = Rule(
    factory=lion,
    name=mark("Lion"),
    use=mark(
        "Large models with a falling schedule: one memory instead of Adam's two, and one speed for all coordinates."
    ),
    fails=mark("It never rests: without a falling rate it goes to and fro across the floor in steps of η."),
    lines=Lines(
        "u = sign(beta1*m + (1 - beta1)*g)\nm = beta2*m + (1 - beta2)*g\np = p - learning_rate*(u + weight_decay*p)",
        "learning_rate",
    ),
    memory=("m",),
    momentum="m",
    torch=None,
)
