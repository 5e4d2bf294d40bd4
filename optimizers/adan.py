"""Adan: Nesterov's look-ahead inside Adam, by the difference of the last two gradients."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.adabelief import EpsilonRoot
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Beta3, Epsilon, LearningRate, Optimizer, Rate, Rule, as_schedule


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


ADAN = Rule(
    factory=adan,
    name="Adan",
    latex=r"\begin{aligned} d &= g - g_{-1} \\ m &\leftarrow \beta_1 m + (1 - \beta_1)\, g \\"
    r" v &\leftarrow \beta_2 v + (1 - \beta_2)\, d \\"
    r" n &\leftarrow \beta_3 n + (1 - \beta_3) \left(g + (1 - \beta_2)\, d\right)^2 \\"
    r" p &\leftarrow p - \eta\, \frac{\hat m + (1 - \beta_2)\, \hat v}{\sqrt{\hat n + \varepsilon_0} + \varepsilon},"
    r" \quad \hat m = \frac{m}{1 - \beta_1^t}, \text{ and so on} \end{aligned}",
    use="Large rates on smooth surfaces: the change of the gradient warns it of a wall ahead.",
    fails="Three memories of up to a hundred steps: after a bend it follows the old direction for long.",
)
