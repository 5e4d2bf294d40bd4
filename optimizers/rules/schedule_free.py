"""Schedule-free descent: an average of the iterates in place of a falling rate."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.rules.arithmetic import quotient
from words import mark


class ScheduleFreeState(NamedTuple):
    """What schedule-free descent remembers; p itself is y, where the gradient is taken."""

    t: int  # updates done so far
    z: Array  # the plain iterate, shape (2, N)
    x: Array  # the average, which is meant to be used in the end, shape (2, N)
    largest: Rate = 0.0  # rate so far
    weights: Rate = 0.0  # sum of the weights so far


@rule
def schedule_free(learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9) -> Optimizer:
    """z ← z - η∇f(y); x ← (1 - c)x + cz; y ← β₁x + (1 - β₁)z, c weighing by the square of the largest rate.

    The trajectory shows y, as the parameters in optax are while training; the average x is in the state. With a
    constant rate c = 1/t: x is the plain mean of all z.

    Source: A. Defazio and others, The road less scheduled, NeurIPS 2024, arXiv:2405.15682, algorithm 1 without the
        adaptive part; equal to `optax.contrib.schedule_free_sgd` (`b1`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> ScheduleFreeState:
        return ScheduleFreeState(t=0, z=p, x=p)

    def update(p: Array, state: ScheduleFreeState, landscape: Landscape) -> tuple[Array, ScheduleFreeState]:
        g = landscape.gradient(p)
        eta = rate(state.t)
        largest = np.maximum(state.largest, eta)
        weight = largest**2
        weights = state.weights + weight
        c = quotient(weight, weights)
        z = state.z - eta * g
        x = (1 - c) * state.x + c * z
        p = beta1 * x + (1 - beta1) * z
        return p, ScheduleFreeState(state.t + 1, z, x, largest, weights)

    return Optimizer(init, update, rate=rate)


SCHEDULE_FREE = Rule(
    factory=schedule_free,
    name=mark("Schedule-free"),
    use=mark("When the number of steps is not known beforehand: the average settles without a falling rate."),
    fails=mark("The average never forgets its beginning: on a long curved way x lags behind and cuts the corner."),
    lines=Lines(
        "largest = max(largest, learning_rate)\n"
        "weights = weights + largest**2\n"
        "c = largest**2/weights\n"
        "z = z - learning_rate*g\n"
        "x = (1 - c)*x + c*z\n"
        "p = beta1*x + (1 - beta1)*z",
        "learning_rate",
    ),
    memory=("z", "x", "largest", "weights"),
    momentum=None,
    torch=None,
    symbols={"largest": r"\eta_{\max}", "weights": "W"},
)
