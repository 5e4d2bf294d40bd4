"""AdaGrad as lectures often tell it: the root of the mean, where the paper has the root of the sum."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import quotient
from words import mark


class AdagradRMSState(NamedTuple):
    """What the rule remembers."""

    t: int  # updates done so far
    s: Array  # sum of the squared gradients, shape (2, N)
    sigma: Array  # root of their mean, shape (2, N)


@rule
def adagrad_rms(learning_rate: LearningRate = 1e-2) -> Optimizer:
    """s ← s + g²; σ = √(s/(t + 1)); p ← p - ηg/σ, t counted from 0.

    With the rate η/√(t + 1) it is `adagrad` with ε = 0; with a constant rate it is not. Then η/σ grows like √t wherever
    the gradients are small, and the run becomes unstable at t + 1 = 4s/(ηλ)²: the burst that ends a long calm.
    A coordinate that has never had a gradient does not move.

    Source: H.-Y. Lee, Machine Learning, lecture on optimization (2021), slides on the root mean square.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdagradRMSState:
        return AdagradRMSState(t=0, s=np.zeros_like(p), sigma=np.zeros_like(p))

    def update(p: Array, state: AdagradRMSState, landscape: Landscape) -> tuple[Array, AdagradRMSState]:
        g = landscape.gradient(p)
        s = state.s + g**2
        sigma = np.sqrt(s / (state.t + 1))
        p = p - rate(state.t) * quotient(g, sigma)
        return p, AdagradRMSState(state.t + 1, s, sigma)

    return Optimizer(init, update, rate=rate)


ADAGRAD_RMS = Rule(
    factory=adagrad_rms,
    name=mark("AdaGrad, root mean square"),
    use=mark("To see what the root of the mean does: steps of about η at first, one rate for each coordinate."),
    fails=mark("It explodes late: the mean fades like 1/t, the rate η/σ grows until it is too large for the walls."),
    lines=Lines(
        "s = s + g**2\nsigma = sqrt(s/t)\np = p - learning_rate*(g/sigma)",
        "learning_rate/sigma",
    ),
    memory=("s", "sigma"),
    momentum=None,
    torch=None,
)
