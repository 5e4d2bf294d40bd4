"""Two other rules that are called RMSProp: another beginning, and ε inside the root."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Alpha, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.arithmetic import quotient
from optimizers.rules.rmsprop import RMSPropState
from words import mark


class RMSPropLeeState(NamedTuple):
    """What the rule that begins with |g₀| remembers."""

    t: int  # updates done so far
    sigma: Array  # root of the running mean of the squared gradient, shape (2, N)


@rule
def rmsprop_lee(learning_rate: LearningRate = 1e-2, alpha: Alpha = 0.9) -> Optimizer:
    """σ = |g| at the first step, then σ ← √(ασ² + (1 - α)g²); p ← p - ηg/σ.

    The first step has the length η for any gradient, where `rmsprop` has η/√(1 - α): 3.16η at α = 0.9. A coordinate
    that has never had a gradient does not move.

    Source: H.-Y. Lee, Machine Learning, lecture on optimization (2021), slides on RMSProp.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> RMSPropLeeState:
        return RMSPropLeeState(t=0, sigma=np.zeros_like(p))

    def update(p: Array, state: RMSPropLeeState, landscape: Landscape) -> tuple[Array, RMSPropLeeState]:
        g = landscape.gradient(p)
        sigma = np.sqrt(alpha * state.sigma**2 + (1 - alpha) * g**2) if state.t > 0 else np.abs(g)
        p = p - rate(state.t) * quotient(g, sigma)
        return p, RMSPropLeeState(state.t + 1, sigma)

    return Optimizer(init, update, rate=rate)


@rule
def rmsprop_hinton(learning_rate: LearningRate = 1e-2, alpha: Alpha = 0.9, epsilon: Epsilon = 1e-8) -> Optimizer:
    """v ← αv + (1 - α)g²; p ← p - ηg / √(v + ε).

    Inside the root ε is the square of a gradient: below |g| = √ε = 10⁻⁴ the steps fade, where `rmsprop` keeps their
    length down to |g| = ε = 10⁻⁸.

    Source: T. Tieleman, G. Hinton, Lecture 6.5 - rmsprop, COURSERA: Neural Networks for Machine Learning (2012); equal
        to `optax.rmsprop` (`decay`, `eps`, `eps_in_sqrt=True`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> RMSPropState:
        return RMSPropState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: RMSPropState, landscape: Landscape) -> tuple[Array, RMSPropState]:
        g = landscape.gradient(p)
        v = alpha * state.v + (1 - alpha) * g**2
        p = p - rate(state.t) * g / np.sqrt(v + epsilon)
        return p, RMSPropState(state.t + 1, v)

    return Optimizer(init, update, rate=rate)


def _first(t: int, _: Mapping[str, Any]) -> Lines | None:
    """The root begins at the first gradient's own size."""
    return Lines("sigma = abs(g)\np = p - learning_rate*(g/sigma)", "learning_rate/sigma") if t == 1 else None


RMSPROP_LEE = Rule(
    factory=rmsprop_lee,
    name=mark("RMSProp, first gradient kept"),
    use=mark("An RMSProp without a leap at the start: the first step is η, like Adam's."),
    fails=mark("An unusual first gradient is believed wholly: it sets the rate for about 1/(1 - α) steps."),
    lines=Lines(
        "sigma = sqrt(alpha*sigma**2 + (1 - alpha)*g**2)\np = p - learning_rate*(g/sigma)",
        "learning_rate/sigma",
    ),
    memory=("sigma",),
    momentum=None,
    torch=None,
    special=_first,
)
RMSPROP_HINTON = Rule(
    factory=rmsprop_hinton,
    name=mark("RMSProp, ε inside the root"),
    use=mark("To let the steps fade near a flat place: with a large ε it is gradient descent with the rate η/√ε."),
    fails=mark("Copying ε from the other convention changes the rule: 10⁻⁸ here acts like 10⁻⁴ there."),
    lines=Lines(
        "v = alpha*v + (1 - alpha)*g**2\np = p - learning_rate*(g/sqrt(v + epsilon))",
        "learning_rate/sqrt(v + epsilon)",
    ),
    memory=("v",),
    momentum=None,
    torch=None,
)
