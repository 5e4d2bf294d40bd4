"""Momentum: a velocity that remembers past gradients, in PyTorch's convention."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import (
    Dampening,
    LearningRate,
    Lines,
    Momentum,
    Optimizer,
    Rule,
    as_schedule,
    in_torch,
    stability_limit,
)
from words import mark


class MomentumState(NamedTuple):
    """What momentum remembers."""

    t: int  # updates done so far
    v: Array  # velocity in units of the gradient, shape (2, N)


@rule
def momentum(learning_rate: LearningRate = 1e-3, momentum: Momentum = 0.9, dampening: Dampening = 0.0) -> Optimizer:
    """v ← βv + (1 - τ)g; p ← p - ηv, with v = g at the first step.

    Against a constant gradient the velocity grows to 1/(1 - β) of it: 10 times at β = 0.9. On a quadratic it is stable
    while (1 - τ)ηλ < 2(1 + β), almost twice gradient descent's range, but it rings. As in `torch.optim.SGD` the
    first velocity is g whatever τ is, so τ = β is not quite `momentum_ema`. A changed rate acts at once on all of v.

    Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comput. Math. Math.
        Phys. 4(5) (1964) 1, doi:10.1016/0041-5553(64)90137-5; in the form of `torch.optim.SGD(momentum, dampening)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> MomentumState:
        return MomentumState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: MomentumState, landscape: Landscape) -> tuple[Array, MomentumState]:
        g = landscape.gradient(p)
        v = momentum * state.v + (1 - dampening) * g if state.t > 0 else g
        p = p - rate(state.t) * v
        return p, MomentumState(state.t + 1, v)

    with np.errstate(divide="ignore"):  # τ = 1 takes no gradient in: nothing to be unstable
        stable = np.divide(2 * (1 + momentum), 1 - dampening)
    return Optimizer(init, update, rate=rate, stability_limit=stability_limit(stable, rate))


def _first(t: int, _: Mapping[str, Any]) -> Lines | None:
    """PyTorch's first velocity is the whole gradient, whatever the dampening."""
    return Lines("v = g\np = p - learning_rate*v", "learning_rate") if t == 1 else None


def _in_torch(numbers: Mapping[str, Any]) -> str | None:
    """Without momentum PyTorch forgets the dampening, so that there is no such call."""
    if numbers["momentum"] == 0:
        return in_torch("SGD", lr="{learning_rate}")(numbers) if numbers["dampening"] == 0 else None
    return in_torch("SGD", lr="{learning_rate}", momentum="{momentum}", dampening="{dampening}")(numbers)


MOMENTUM = Rule(
    factory=momentum,
    name=mark("Momentum"),
    use=mark(
        "Long narrow valleys: the walls' gradients cancel in the velocity, and the slope along the floor adds up."
    ),
    fails=mark(
        "It overshoots and rings where the curvature is large, and turns round late when the slope changes its sign."
    ),
    lines=Lines(
        "v = momentum*v + (1 - dampening)*g\np = p - learning_rate*v",
        "learning_rate",
    ),
    memory=("v",),
    momentum="v",
    torch=_in_torch,
    special=_first,
)
