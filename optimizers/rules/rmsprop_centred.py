"""Centred RMSProp: divides by the spread of the gradient, not by its size."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Alpha, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule, in_torch
from words import mark


class RMSPropCentredState(NamedTuple):
    """What centred RMSProp remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)


@rule
def rmsprop_centred(learning_rate: LearningRate = 1e-2, alpha: Alpha = 0.99, epsilon: Epsilon = 1e-8) -> Optimizer:
    """m ← αm + (1 - α)g; v ← αv + (1 - α)g²; p ← p - ηg / (√max(v - m², 0) + ε).

    On a steady slope the spread v - m² goes to 0 and the step grows to ηg/ε. Rounding can take it below 0: there
    PyTorch's rule returns nan, and ours, which is the same otherwise, cuts at 0.

    Source: A. Graves, Generating sequences with recurrent neural networks (2013), arXiv:1308.0850, equations 38-41; in
        the form of `torch.optim.RMSprop(centered=True)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> RMSPropCentredState:
        return RMSPropCentredState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: RMSPropCentredState, landscape: Landscape) -> tuple[Array, RMSPropCentredState]:
        g = landscape.gradient(p)
        m = alpha * state.m + (1 - alpha) * g
        v = alpha * state.v + (1 - alpha) * g**2
        p = p - rate(state.t) * g / (np.sqrt(np.maximum(v - m**2, 0.0)) + epsilon)
        return p, RMSPropCentredState(state.t + 1, m, v)

    return Optimizer(init, update, rate=rate)


RMSPROP_CENTRED = Rule(
    factory=rmsprop_centred,
    name=mark("RMSProp, centred"),
    use=mark("Noisy gradients with a steady part: where they agree it speeds up, where they scatter it is careful."),
    fails=mark("A steady slope has no spread at all: the divisor goes to ε and the step explodes."),
    lines=Lines(
        "m = alpha*m + (1 - alpha)*g\n"
        "v = alpha*v + (1 - alpha)*g**2\n"
        "p = p - learning_rate*(g/(sqrt(max(v - m**2, 0)) + epsilon))",
        "learning_rate/(sqrt(max(v - m**2, 0)) + epsilon)",
    ),
    memory=("m", "v"),
    momentum=None,
    torch=in_torch("RMSprop", lr="{learning_rate}", alpha="{alpha}", eps="{epsilon}", centered="True"),
)
