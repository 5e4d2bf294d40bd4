"""Adan: Nesterov's look-ahead inside Adam, by the difference of the last two gradients."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Beta3, Epsilon, LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.rules.adabelief import EpsilonRoot
from words import mark


class AdanState(NamedTuple):
    """What Adan remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of the gradient's change, shape (2, N)
    n: Array  # running mean of the squared look-ahead gradient, shape (2, N)
    g: Array  # gradient of the step before, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ
    c2: Rate = 0.0  # 1 - β₂ᵗ
    c3: Rate = 0.0  # 1 - β₃ᵗ


@rule
def adan(
    learning_rate: LearningRate = 1e-3,
    beta1: Beta1 = 0.98,
    beta2: Beta2 = 0.92,
    beta3: Beta3 = 0.99,
    epsilon: Epsilon = 1e-8,
    epsilon_root: EpsilonRoot = 1e-8,
) -> Optimizer:
    """p ← p - η(m̂ + (1 - β₂)v̂) / (√(n̂ + ε₀) + ε), v the mean of d = g - g₋₁, n that of (g + (1 - β₂)d)².

    The betas are the shares of the old means, as in optax; the paper's are 1 - β. There is no change of the gradient at
    the first step (d = 0), which is therefore one rate, but for ε.

    Source: X. Xie and others, Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models (2022),
        arXiv:2208.06677, algorithm 1; equal to `optax.adan` (`b1`, `b2`, `b3`, `eps`, `eps_root`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdanState:
        return AdanState(t=0, m=np.zeros_like(p), v=np.zeros_like(p), n=np.zeros_like(p), g=np.zeros_like(p))

    def update(p: Array, state: AdanState, landscape: Landscape) -> tuple[Array, AdanState]:
        g = landscape.gradient(p)
        d = g - state.g if state.t > 0 else np.zeros_like(g)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        c3 = beta3 * state.c3 + (1 - beta3)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * d
        n = beta3 * state.n + (1 - beta3) * (g + (1 - beta2) * d) ** 2
        p = p - rate(state.t) * (m / c1 + (1 - beta2) * (v / c2)) / (np.sqrt(n / c3 + epsilon_root) + epsilon)
        return p, AdanState(state.t + 1, m, v, n, g, c1, c2, c3)

    return Optimizer(init, update, rate=rate)


_LINES = Lines(
    "d = g - g_before\n"
    "m = beta1*m + (1 - beta1)*g\n"
    "m_hat = m/(1 - beta1**t)\n"
    "v = beta2*v + (1 - beta2)*d\n"
    "v_hat = v/(1 - beta2**t)\n"
    "n = beta3*n + (1 - beta3)*(g + (1 - beta2)*d)**2\n"
    "n_hat = n/(1 - beta3**t)\n"
    "p = p - learning_rate*((m_hat + (1 - beta2)*v_hat)/(sqrt(n_hat + epsilon_root) + epsilon))",
    "learning_rate/(sqrt(n_hat + epsilon_root) + epsilon)",
)


def _first(t: int, _: Mapping[str, Any]) -> Lines | None:
    """At first there is no older gradient to differ from."""
    return _LINES._replace(text=_LINES.text.replace("g_before", "g")) if t == 1 else None


ADAN = Rule(
    factory=adan,
    name=mark("Adan"),
    use=mark("Large rates on smooth surfaces: the change of the gradient warns it of a wall ahead."),
    fails=mark("Three memories of up to a hundred steps: after a bend it follows the old direction for long."),
    lines=_LINES,
    memory=("m", "v", "n", "g", "c1", "c2", "c3"),
    momentum="m",
    torch=None,
    special=_first,
)
