"""Two other rules that are called momentum: the rate inside the velocity, and the velocity as a mean."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Momentum, Optimizer, Rule, as_schedule, stability_limit
from words import mark


class MomentumLeeState(NamedTuple):
    """What the rule with the rate inside remembers."""

    t: int  # updates done so far
    m: Array  # movement: the last step that was taken, shape (2, N)


class MomentumEMAState(NamedTuple):
    """What the averaging rule remembers."""

    t: int  # updates done so far
    v: Array  # running mean of the gradient, shape (2, N)


@rule
def momentum_lee(learning_rate: LearningRate = 1e-3, momentum: Momentum = 0.9) -> Optimizer:
    """m ← βm - ηg; p ← p + m.

    With a constant rate the points are those of `momentum`. When the rate changes they part: here the old movement
    keeps the rate that it was made with, there the whole velocity is rescaled at once.

    Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating errors, Nature
        323 (1986) 533, doi:10.1038/323533a0, equation 9; H.-Y. Lee, Machine Learning (2021), writes it with λ for β.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> MomentumLeeState:
        return MomentumLeeState(t=0, m=np.zeros_like(p))

    def update(p: Array, state: MomentumLeeState, landscape: Landscape) -> tuple[Array, MomentumLeeState]:
        g = landscape.gradient(p)
        m = momentum * state.m - rate(state.t) * g
        p = p + m
        return p, MomentumLeeState(state.t + 1, m)

    return Optimizer(init, update, rate=rate, stability_limit=stability_limit(2 * (1 + momentum), rate))


@rule
def momentum_ema(learning_rate: LearningRate = 1e-2, momentum: Momentum = 0.9) -> Optimizer:
    """v ← βv + (1 - β)g; p ← p - ηv.

    It is `momentum` with the rate η(1 - β): at β = 0.9 the same η goes ten times slower, and is stable for ten times
    the curvature, ηλ < 2(1 + β)/(1 - β) = 38. The default rate is ten times that of `momentum`: the same path.

    Source: A. Ng, Deep Learning Specialization, course 2, week 2: gradient descent with momentum (2017).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> MomentumEMAState:
        return MomentumEMAState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: MomentumEMAState, landscape: Landscape) -> tuple[Array, MomentumEMAState]:
        g = landscape.gradient(p)
        v = momentum * state.v + (1 - momentum) * g
        p = p - rate(state.t) * v
        return p, MomentumEMAState(state.t + 1, v)

    return Optimizer(
        init, update, rate=rate, stability_limit=stability_limit(2 * (1 + momentum) / (1 - momentum), rate)
    )


MOMENTUM_LEE = Rule(
    factory=momentum_lee,
    name=mark("Momentum, rate inside"),
    use=mark("To see the step itself as what is remembered: last movement plus a little of the gradient."),
    fails=mark(
        "Under a falling schedule it coasts on with the speed of the old rate, past the place where it should brake."
    ),
    lines=Lines(
        "m = momentum*m - learning_rate*g\np = p + m",
        "learning_rate",
    ),
    memory=("m",),
    momentum="m",
    torch=None,
)
MOMENTUM_EMA = Rule(
    factory=momentum_ema,
    name=mark("Momentum, averaged"),
    use=mark("To change β without changing the speed: against a constant gradient the step tends to ηg for every β."),
    fails=mark(
        "It starts slowly, because v begins at 0; with a rate taken from `momentum` it is 1/(1 - β) times slower."
    ),
    lines=Lines(
        "v = momentum*v + (1 - momentum)*g\np = p - learning_rate*v",
        "learning_rate",
    ),
    memory=("v",),
    momentum="v",
    torch=None,
)
