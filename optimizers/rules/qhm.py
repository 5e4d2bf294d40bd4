"""QHM: momentum whose step is a weighted mean of the newest gradient and of the velocity."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Momentum, Optimizer, Rate, Rule, as_schedule, stability_limit
from words import mark

Nu = Annotated[Rate, Knob("ν", 0.0, 1.0, mark("share of the velocity in the step"), least=0.0, most=1.0)]


class QHMState(NamedTuple):
    """What QHM remembers."""

    t: int  # updates done so far
    v: Array  # running mean of the gradient, shape (2, N)


@rule
def qhm(learning_rate: LearningRate = 1e-2, momentum: Momentum = 0.9, nu: Nu = 0.7) -> Optimizer:
    """v ← βv + (1 - β)g; p ← p - η((1 - ν)g + νv).

    ν = 0 is gradient descent, ν = 1 is `momentum_ema`, and ν = β is `nesterov` with the rate η(1 - β). Between them
    the velocity can be long without the newest gradient having to wait: the paper advises β = 0.999 with ν = 0.7.

    Source: J. Ma, D. Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019, arXiv:1810.06801,
        algorithm 1; equal to `qhoptim.pyt.QHM` (`lr`, `momentum`, `nu`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> QHMState:
        return QHMState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: QHMState, landscape: Landscape) -> tuple[Array, QHMState]:
        g = landscape.gradient(p)
        v = momentum * state.v + (1 - momentum) * g
        p = p - rate(state.t) * ((1 - nu) * g + nu * v)
        return p, QHMState(state.t + 1, v)

    stable = 2 * (1 + momentum) / (1 + momentum - 2 * nu * momentum)
    return Optimizer(init, update, rate=rate, stability_limit=stability_limit(stable, rate))


QHM = Rule(
    factory=qhm,
    name=mark("QHM"),
    use=mark("Where momentum helps but answers too late: a long memory and the newest gradient in one step."),
    fails=mark("One more number to choose; with ν near 1 it overshoots and rings as momentum does."),
    lines=Lines(
        "v = momentum*v + (1 - momentum)*g\np = p - learning_rate*((1 - nu)*g + nu*v)",
        "learning_rate",
    ),
    memory=("v",),
    momentum="v",
    torch=None,
)
