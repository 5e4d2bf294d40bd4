"""Prodigy: an Adam that estimates its own rate from how far it has come."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.rules.arithmetic import dot, quotient
from words import mark

FirstEstimate = Annotated[Rate, Knob("d₀", 1e-8, 1e-2, mark("first estimate of the distance"), log=True, above=0.0)]


class ProdigyState(NamedTuple):
    """What Prodigy remembers."""

    t: int  # updates done so far
    m: Array  # running mean of d times the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    s: Array  # weighted sum of the gradients, shape (2, N)
    r: Array  # weighted sum of what they say about the distance, shape (N,)
    d: Array  # estimate of the distance to the solution, shape (N,)
    start: Array  # where it began, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ
    c2: Rate = 0.0  # 1 - β₂ᵗ


@rule
def prodigy(
    learning_rate: LearningRate = 1.0,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-8,
    first_estimate: FirstEstimate = 1e-6,
) -> Optimizer:
    """p ← p - γ m / (√v + dε), γ = ηd√(1 - β₂ᵗ)/(1 - β₁ᵗ), where d grows to max(d, r/|s|₁).

    r adds up g·(p₀ - p): while the gradients agree, they prove that the solution is at least that far, and d grows by a
    large factor in every step until it fits. The rate stays 1; a schedule may take it down to 0 in the end.

    Source: K. Mishchenko, A. Defazio, Prodigy: an expeditiously adaptive parameter-free learner, ICML 2024,
        arXiv:2306.06101, algorithm 4; equal to `optax.contrib.prodigy` (`betas`, `eps`, `estim_lr0`).
    """
    rate = as_schedule(learning_rate)
    beta3 = np.sqrt(beta2)

    def init(p: Array) -> ProdigyState:
        zero, lanes = np.zeros_like(p), np.zeros(p.shape[1:])
        return ProdigyState(t=0, m=zero, v=zero, s=zero, r=lanes, d=lanes + first_estimate, start=p)

    def update(p: Array, state: ProdigyState, landscape: Landscape) -> tuple[Array, ProdigyState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        d = state.d
        gamma = d * rate(state.t) * np.sqrt(c2) / c1
        m = beta1 * state.m + (1 - beta1) * d * g
        v = beta2 * state.v + (1 - beta2) * (d * g) ** 2
        s = beta3 * state.s + gamma * d * g / first_estimate
        r = beta3 * state.r + d / first_estimate * gamma * dot(g, state.start - p)
        d = np.maximum(d, quotient(r, np.abs(s).sum(axis=0)))
        p = p - gamma * m / (np.sqrt(v) + d * epsilon)
        return p, ProdigyState(state.t + 1, m, v, s, r, d, state.start, c1, c2)

    return Optimizer(init, update, rate=rate)


PRODIGY = Rule(
    factory=prodigy,
    name=mark("Prodigy"),
    use=mark("When no rate is known: it starts with steps of 10⁻⁶ and finds its own."),
    fails=mark("Its estimate only grows: on surfaces with several valleys it can find itself in another one."),
    lines=Lines(
        "gamma = learning_rate*d*(sqrt(1 - beta2**t)/(1 - beta1**t))\n"
        "m = beta1*m + (1 - beta1)*d*g\n"
        "v = beta2*v + (1 - beta2)*(d*g)**2\n"
        "s = sqrt(beta2)*s + gamma*d/first_estimate*g\n"
        "r = sqrt(beta2)*r + gamma*d/first_estimate*dot(g, start - p)\n"
        "d = max(d, r/norm1(s))\n"
        "p = p - gamma*(m/(sqrt(v) + d*epsilon))",
        "gamma/(sqrt(v) + d*epsilon)",
    ),
    memory=("m", "v", "s", "r", "d", "start", "c1", "c2"),
    momentum="m",
    torch=None,
    symbols={"start": "p_0"},
)
