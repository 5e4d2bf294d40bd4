"""RMSProp: AdaGrad with a memory that fades, in PyTorch's convention."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Alpha, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule, in_torch
from words import mark


class RMSPropState(NamedTuple):
    """What RMSProp remembers."""

    t: int  # updates done so far
    v: Array  # running mean of the squared gradient, shape (2, N)


@rule
def rmsprop(learning_rate: LearningRate = 1e-2, alpha: Alpha = 0.99, epsilon: Epsilon = 1e-8) -> Optimizer:
    """v ← αv + (1 - α)g²; p ← p - ηg / (√v + ε).

    The mean starts at 0 and is not corrected, so the first step has the length η/√(1 - α) for any gradient: 10η at the
    default α. The defaults are those of `torch.optim.RMSprop`, where ε is called `eps`.

    Source: T. Tieleman, G. Hinton, Lecture 6.5 - rmsprop, COURSERA: Neural Networks for Machine Learning (2012); in the
        form of `torch.optim.RMSprop`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> RMSPropState:
        return RMSPropState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: RMSPropState, landscape: Landscape) -> tuple[Array, RMSPropState]:
        g = landscape.gradient(p)
        v = alpha * state.v + (1 - alpha) * g**2
        p = p - rate(state.t) * g / (np.sqrt(v) + epsilon)
        return p, RMSPropState(state.t + 1, v)

    return Optimizer(init, update, rate=rate)


RMSPROP = Rule(
    factory=rmsprop,
    name=mark("RMSProp"),
    use=mark("Slopes that change in size along the way: the rate follows, because old gradients are forgotten."),
    fails=mark("It never comes to rest: near a minimum each coordinate hops between ±η/2, whatever the curvature."),
    lines=Lines(
        "v = alpha*v + (1 - alpha)*g**2\np = p - learning_rate*(g/(sqrt(v) + epsilon))",
        "learning_rate/(sqrt(v) + epsilon)",
    ),
    memory=("v",),
    momentum=None,
    torch=in_torch("RMSprop", lr="{learning_rate}", alpha="{alpha}", eps="{epsilon}"),
)
