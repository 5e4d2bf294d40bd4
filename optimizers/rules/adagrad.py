"""AdaGrad: a rate for each coordinate that shrinks by all the gradients it has seen."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule, in_torch
from words import mark


class AdagradState(NamedTuple):
    """What AdaGrad remembers."""

    t: int  # updates done so far
    s: Array  # sum of the squared gradients, shape (2, N)


@rule
def adagrad(learning_rate: LearningRate = 1e-2, epsilon: Epsilon = 1e-10) -> Optimizer:
    """s ← s + g²; p ← p - ηg / (√s + ε).

    Step k against a constant gradient has the length η/√k, for any gradient: the first η, the hundredth η/10.
    The defaults are those of `torch.optim.Adagrad`, where ε is called `eps`; the paper names no rate.

    Source: J. Duchi, E. Hazan, Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization,
        J. Mach. Learn. Res. 12 (2011) 2121, figure 1 (diagonal form).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdagradState:
        return AdagradState(t=0, s=np.zeros_like(p))

    def update(p: Array, state: AdagradState, landscape: Landscape) -> tuple[Array, AdagradState]:
        g = landscape.gradient(p)
        s = state.s + g**2
        p = p - rate(state.t) * g / (np.sqrt(s) + epsilon)
        return p, AdagradState(state.t + 1, s)

    return Optimizer(init, update, rate=rate)


ADAGRAD = Rule(
    factory=adagrad,
    name=mark("AdaGrad"),
    use=mark(
        "Coordinates of very different, or rare, gradients: each gets a rate of its own, and none has to be tuned."
    ),
    fails=mark("The sum never forgets: a steep beginning leaves a rate too small for the way that is still to go."),
    lines=Lines(
        "s = s + g**2\np = p - learning_rate*(g/(sqrt(s) + epsilon))",
        "learning_rate/(sqrt(s) + epsilon)",
    ),
    memory=("s",),
    momentum=None,
    torch=in_torch("Adagrad", lr="{learning_rate}", eps="{epsilon}"),
)
