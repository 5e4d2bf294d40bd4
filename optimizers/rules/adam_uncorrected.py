"""Adam without its bias correction, to show what the correction is for."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.adam import AdamState
from words import mark


@rule
def adam_uncorrected(
    learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """p ← p - ηm / (√v + ε), with m and v as they are.

    Both means start at 0, but v recovers far more slowly: the first step is (1 - β₁)/√(1 - β₂) = 3.16 rates, and
    against a constant gradient, where every step of `adam` is one rate, the twelfth is the longest with 6.57.

    Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980, section 6.4.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)  # kept to be looked at, not used
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        p = p - rate(state.t) * m / (np.sqrt(v) + epsilon)
        return p, AdamState(state.t + 1, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


ADAM_UNCORRECTED = Rule(
    factory=adam_uncorrected,
    name=mark("Adam, uncorrected"),
    use=mark("Beside Adam, to see what bias correction is for."),
    fails=mark("Its first steps are several times too long, which is enough to throw it over a ridge."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\nv = beta2*v + (1 - beta2)*g**2\np = p - learning_rate*(m/(sqrt(v) + epsilon))",
        "learning_rate/(sqrt(v) + epsilon)",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=None,
)
