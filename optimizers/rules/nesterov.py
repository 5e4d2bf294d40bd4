"""Nesterov's accelerated gradient: momentum that counts its newest gradient twice."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Momentum, Optimizer, Rule, as_schedule, in_torch, stability_limit
from words import mark


class NesterovState(NamedTuple):
    """What Nesterov's rule remembers."""

    t: int  # updates done so far
    v: Array  # velocity in units of the gradient, shape (2, N)


@rule
def nesterov(learning_rate: LearningRate = 1e-3, momentum: Momentum = 0.9) -> Optimizer:
    """v ← βv + g; p ← p - η(g + βv).

    The points are the textbook's look-ahead points, where the gradient is taken, so one gradient a step is enough. On a
    quadratic it is stable while ηλ < (2 + 2β)/(1 + 2β): 1.357 at β = 0.9, less than gradient descent's 2.

    Source: Yu. Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²), Dokl. Akad.
        Nauk SSSR 269 (1983) 543; in the form of `torch.optim.SGD(momentum, nesterov=True)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> NesterovState:
        return NesterovState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: NesterovState, landscape: Landscape) -> tuple[Array, NesterovState]:
        g = landscape.gradient(p)
        v = momentum * state.v + g
        p = p - rate(state.t) * (g + momentum * v)
        return p, NesterovState(state.t + 1, v)

    return Optimizer(
        init, update, rate=rate, stability_limit=stability_limit((2 + 2 * momentum) / (1 + 2 * momentum), rate)
    )


def _in_torch(numbers: Mapping[str, Any]) -> str | None:
    """PyTorch refuses Nesterov's rule without momentum, which then is gradient descent."""
    if numbers["momentum"] == 0:
        return in_torch("SGD", lr="{learning_rate}")(numbers)
    return in_torch("SGD", lr="{learning_rate}", momentum="{momentum}", nesterov="True")(numbers)


NESTEROV = Rule(
    factory=nesterov,
    name=mark("Nesterov momentum"),
    use=mark(
        "Where momentum helps but rings: it brakes one step earlier, and on convex surfaces it is provably faster."
    ),
    fails=mark("Its stable rates end earlier than gradient descent's own: at 1.357/λ instead of 2/λ for β = 0.9."),
    lines=Lines(
        "v = momentum*v + g\np = p - learning_rate*(g + momentum*v)",
        "learning_rate",
    ),
    memory=("v",),
    momentum="v",
    torch=_in_torch,
)
