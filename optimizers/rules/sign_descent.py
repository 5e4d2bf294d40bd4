"""Sign descent: the direction of each coordinate and nothing else."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.gradient_descent import GradientDescentState
from words import mark


@rule
def sign_descent(learning_rate: LearningRate = 1e-2) -> Optimizer:
    """p ← p - η sign(g).

    Adam with both memories at 0. Each coordinate moves by η, so from a distance it heads for the diagonals, and it ends
    hopping to and fro within η of the minimum.

    Source: J. Bernstein and others, signSGD: compressed optimisation for non-convex problems, ICML 2018,
        arXiv:1802.04434, algorithm 1; equal to `optax.sign_sgd`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> GradientDescentState:
        return GradientDescentState(t=0)

    def update(p: Array, state: GradientDescentState, landscape: Landscape) -> tuple[Array, GradientDescentState]:
        g = landscape.gradient(p)
        p = p - rate(state.t) * np.sign(g)
        return p, GradientDescentState(state.t + 1)

    return Optimizer(init, update, rate=rate)


SIGN_DESCENT = Rule(
    factory=sign_descent,
    name=mark("Sign descent"),
    use=mark("To see what is left of an adaptive rule when it forgets everything."),
    fails=mark("It cannot come closer than about η, and along a valley oblique to the axes it zigzags."),
    lines=Lines("p = p - learning_rate*sign(g)", "learning_rate"),
    memory=(),
    momentum=None,
    torch=None,
)
