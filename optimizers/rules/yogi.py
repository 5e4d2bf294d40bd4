"""Yogi: an Adam whose second moment changes by no more than the gradient's square, up or down."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule
from optimizers.rules.adam import AdamState
from words import mark

SEED = 1e-6  # where m and v start, as in optax


@rule
def yogi(
    learning_rate: LearningRate = 1e-2, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-3
) -> Optimizer:
    """v ← v - (1 - β₂) sign(v - g²) g²; p ← p - η m̂ / (√v̂ + ε).

    Adam's v falls by a share of itself, however small the gradients; here it falls only as fast as the gradients allow,
    which takes away the bursts. m and v start at 10⁻⁶ and are corrected as if they had started at 0, as in optax.

    Source: M. Zaheer and others, Adaptive methods for nonconvex optimization, NeurIPS 2018, algorithm 2; equal to
        `optax.yogi` (`b1`, `b2`, `eps`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.full_like(p, SEED), v=np.full_like(p, SEED))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = state.v - (1 - beta2) * np.sign(state.v - g**2) * g**2
        p = p - rate(state.t) * (m / c1) / (np.sqrt(v / c2) + epsilon)
        return p, AdamState(state.t + 1, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


YOGI = Rule(
    factory=yogi,
    name=mark("Yogi"),
    use=mark("Gradients that come in rare bursts: the rate recovers slowly and in step with them."),
    fails=mark("After a steep start v can hardly fall again, and the rest of the way is slow."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = v - (1 - beta2)*sign(v - g**2)*g**2\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=None,
)
