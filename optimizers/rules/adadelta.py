"""Adadelta: the rate itself is a running mean of past steps."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Epsilon, LearningRate, Lines, Optimizer, Rho, Rule, as_schedule, in_torch
from words import mark


class AdadeltaState(NamedTuple):
    """What Adadelta remembers."""

    t: int  # updates done so far
    v: Array  # running mean of the squared gradient, shape (2, N)
    u: Array  # running mean of the squared step, shape (2, N)


@rule
def adadelta(learning_rate: LearningRate = 1.0, rho: Rho = 0.9, epsilon: Epsilon = 1e-6) -> Optimizer:
    """v ← ρv + (1 - ρ)g²; Δ = g √(u + ε)/√(v + ε); u ← ρu + (1 - ρ)Δ²; p ← p - ηΔ.

    The step has the units of p whatever the units of the loss. It has to build up its own size from √ε: the first is
    √(ε/(1 - ρ)) = 0.0032 at the defaults, for any gradient. Defaults of `torch.optim.Adadelta`; in the paper η = 1.

    Source: M. D. Zeiler, ADADELTA: an adaptive learning rate method (2012), arXiv:1212.5701, algorithm 1; equal to
        `torch.optim.Adadelta` (`eps`) and `optax.adadelta`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdadeltaState:
        return AdadeltaState(t=0, v=np.zeros_like(p), u=np.zeros_like(p))

    def update(p: Array, state: AdadeltaState, landscape: Landscape) -> tuple[Array, AdadeltaState]:
        g = landscape.gradient(p)
        v = rho * state.v + (1 - rho) * g**2
        delta = np.sqrt(state.u + epsilon) / np.sqrt(v + epsilon) * g
        u = rho * state.u + (1 - rho) * delta**2
        p = p - rate(state.t) * delta
        return p, AdadeltaState(state.t + 1, v, u)

    return Optimizer(init, update, rate=rate)


ADADELTA = Rule(
    factory=adadelta,
    name=mark("Adadelta"),
    use=mark("No rate to choose: the size of the next step is learned from the steps before it."),
    fails=mark("A slow start that ε decides: with ε = 10⁻⁶ the first hundred steps down a steady slope come to 0.4."),
    lines=Lines(
        "v = rho*v + (1 - rho)*g**2\n"
        "d = sqrt(u + epsilon)/sqrt(v + epsilon)*g\n"
        "u = rho*u + (1 - rho)*d**2\n"
        "p = p - learning_rate*d",
        "learning_rate*(sqrt(u_before + epsilon)/sqrt(v + epsilon))",
    ),
    memory=("v", "u"),
    momentum=None,
    torch=in_torch("Adadelta", lr="{learning_rate}", rho="{rho}", eps="{epsilon}"),
    symbols={"d": r"\Delta"},
)
