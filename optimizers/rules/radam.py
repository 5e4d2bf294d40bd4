"""RAdam: Adam that does not trust its second moment until it has seen enough."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Lines, Optimizer, Rule, as_schedule, in_torch
from optimizers.rules.adam import AdamState
from words import mark


@rule
def radam(
    learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """p ← p - ηm̂ while ρ ≤ 5, then p ← p - ηr m̂√(1 - β₂ᵗ) / (√v + ε), where ρ counts what v averages over.

    At β₂ = 0.999 the first five steps are plain averaged gradients, of any length; the sixth is the first adaptive one,
    held back by r = 0.026. The paper has ρ > 4, one step earlier; the border of 5 is that of PyTorch. For β₂ ≤ 2/3 it
    never turns adaptive. The defaults are PyTorch's.

    Source: L. Liu and others, On the variance of the adaptive learning rate and beyond, ICLR 2020, arXiv:1908.03265,
        algorithm 2; equal to `torch.optim.RAdam` (`lr`, `betas`, `eps`).
    """
    rate = as_schedule(learning_rate)
    rho_inf = np.divide(2, 1 - beta2) - 1

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        t = state.t + 1
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        rho = rho_inf - 2 * t * (1 - c2) / c2
        n, n_inf = np.maximum(rho, 5.0), np.maximum(rho_inf, 5.0)  # below 5 the root is not used, and may not exist
        r = np.sqrt((n - 4) * (n - 2) * n_inf / ((n_inf - 4) * (n_inf - 2) * n))
        adaptive = r * np.sqrt(c2) / (np.sqrt(v) + epsilon)
        p = p - rate(state.t) * (m / c1) * np.where(rho > 5, adaptive, 1.0)
        return p, AdamState(t, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


def is_plain(t: int, beta2: float) -> bool:
    """Whether RAdam's update number t, counted from 1, is momentum alone: ρ ≤ 5."""
    return not 2 / (1 - beta2) - 1 - 2 * t * beta2**t / (1 - beta2**t) > 5


def plain_updates(beta2: float, most: int) -> int:
    """How many updates RAdam begins with that are momentum alone, `most` at most.

    >>> plain_updates(0.999, most=500), plain_updates(0.9, most=500), plain_updates(0.5, most=500)
    (5, 5, 500)
    """
    if 2 / (1 - beta2) - 1 <= 5:  # which ρ only comes near to
        return most
    return next((t - 1 for t in range(1, most + 1) if not is_plain(t, beta2)), most)


def _cautious(t: int, numbers: Mapping[str, Any]) -> Lines | None:
    """Momentum alone, as long as the second moment rests on too few gradients."""
    if not is_plain(t, numbers["beta2"]):
        return None
    return Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "p = p - learning_rate*m_hat",
        "learning_rate",
    )


RADAM = Rule(
    factory=radam,
    name=mark("RAdam"),
    use=mark("Instead of a warm-up for Adam: the adaptive rate is let in as fast as it becomes trustworthy."),
    fails=mark("Its first steps are gradient descent's: at a rate meant for Adam a steep start throws it far out."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "rho_max = 2/(1 - beta2) - 1\n"
        "rho = rho_max - 2*t*beta2**t/(1 - beta2**t)\n"
        "r = sqrt((rho - 4)*(rho - 2)*rho_max/((rho_max - 4)*(rho_max - 2)*rho))\n"
        "p = p - learning_rate*r*m_hat*(sqrt(1 - beta2**t)/(sqrt(v) + epsilon))",
        "learning_rate*r*(sqrt(1 - beta2**t)/(sqrt(v) + epsilon))",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=in_torch("RAdam", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}"),
    special=_cautious,
    symbols={"rho_max": r"\rho_{\infty}"},
)
