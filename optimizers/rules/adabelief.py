"""AdaBelief: divides by how far the gradient is from what was expected."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from words import mark

EpsilonRoot = Annotated[Rate, Knob("ε₀", 1e-16, 1e-3, mark("added to the spread in every step"), log=True, least=0.0)]


class AdaBeliefState(NamedTuple):
    """What AdaBelief remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    s: Array  # running mean of its squared distance from m, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ
    c2: Rate = 0.0  # 1 - β₂ᵗ


@rule
def adabelief(
    learning_rate: LearningRate = 1e-3,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-16,
    epsilon_root: EpsilonRoot = 1e-16,
) -> Optimizer:
    """s ← β₂s + (1 - β₂)(g - m)² + ε₀; p ← p - η m̂ / (√ŝ + ε).

    A gradient that m foretold gives a long step, a surprise a short one: against a constant gradient the first step is
    1/β₁ = 1.111 rates, the hundredth is 4.96, the thousandth 20.

    Source: J. Zhuang and others, AdaBelief optimizer: adapting stepsizes by the belief in observed gradients, NeurIPS
        2020, arXiv:2010.07468, algorithm 2; equal to `optax.adabelief` (`eps`, `eps_root`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdaBeliefState:
        return AdaBeliefState(t=0, m=np.zeros_like(p), s=np.zeros_like(p))

    def update(p: Array, state: AdaBeliefState, landscape: Landscape) -> tuple[Array, AdaBeliefState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        s = beta2 * state.s + (1 - beta2) * (g - m) ** 2 + epsilon_root
        p = p - rate(state.t) * (m / c1) / (np.sqrt(s / c2) + epsilon)
        return p, AdaBeliefState(state.t + 1, m, s, c1, c2)

    return Optimizer(init, update, rate=rate)


ADABELIEF = Rule(
    factory=adabelief,
    name=mark("AdaBelief"),
    use=mark(
        "Long straight valleys: it speeds up where Adam keeps to one rate a step, and brakes where the slope turns."
    ),
    fails=mark("A steady slope makes it race: it arrives at the next bend far too fast."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "s = beta2*s + (1 - beta2)*(g - m)**2 + epsilon_root\n"
        "s_hat = s/(1 - beta2**t)\n"
        "p = p - learning_rate*(m_hat/(sqrt(s_hat) + epsilon))",
        "learning_rate/(sqrt(s_hat) + epsilon)",
    ),
    memory=("m", "s", "c1", "c2"),
    momentum="m",
    torch=None,
)
