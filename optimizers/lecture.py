"""The lecture's tables: momentum over three gradients, and Adam's bias correction against a steady one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.adam import adam
from optimizers.adam_uncorrected import adam_uncorrected
from optimizers.engine import descend
from optimizers.momentum import momentum
from optimizers.momentum_conventions import momentum_ema, momentum_lee

GRADIENTS = (-3.5, 0.0, 1.0)  # down, level, up: the lecture's three points
TINY = 1e-300  # in the place of ε = 0, which would divide 0 by 0 along y
TIMES = (1, 2, 3, 10, 100, 1000)


class Push(NamedTuple):
    """One step of momentum in one dimension, as the lecture writes it: m ← βm - ηg; x ← x + m."""

    x: float  # where the step begins
    g: float  # gradient there
    kept: float  # βm, what is left of the last movement
    pull: float  # -ηg, what the gradient asks for
    m: float  # the movement that is made
    velocity: float  # the same in units of the gradient, PyTorch's convention
    mean: float  # and as a running mean


class Correction(NamedTuple):
    """Adam against a gradient that is always 1, after t updates."""

    t: int
    c1: float  # 1 - β₁ᵗ
    c2: float  # 1 - β₂ᵗ
    m: float
    v: float
    m_hat: float
    v_hat: float
    step: float  # in units of the rate
    uncorrected: float  # the step without correction
    velocity: float  # of PyTorch's momentum with β = β₁
    mean: float  # of averaged momentum with β = β₁


def slopes(gradients: Sequence[float]) -> Landscape:
    """A line whose slope is another in every step, and then stays."""

    def slope(g: float) -> Landscape:
        return Landscape(
            name="Slope",
            latex=r"g\, x",
            value=lambda p: np.asarray(g * p[0]),
            gradient=lambda p: np.stack([np.full_like(p[0], g), np.zeros_like(p[0])]),
            hessian=lambda p: np.zeros((2, *p.shape)),
            curve=True,
        )

    lines = [slope(g) for g in gradients]
    record = slope(gradients[0]).__dict__ | {"batch": lambda step: lines[min(step, len(lines) - 1)]}
    return Landscape(**record)


def pushes(
    gradients: Sequence[float] = GRADIENTS, rate: float = 0.1, beta: float = 0.9, start: float = 0.0
) -> list[Push]:
    """Momentum over given gradients.

    >>> [round(push.m, 4) for push in pushes()]
    [0.35, 0.315, 0.1835]
    """
    line, p, steps = slopes(gradients), np.array([start, 0.0]), len(gradients)
    run = descend(line, momentum_lee(rate, beta), p, steps, record=True)
    velocities = descend(line, momentum(rate, beta), p, steps, record=True).states
    means = descend(line, momentum_ema(rate, beta), p, steps, record=True).states
    movements = [0.0, *(float(state.m[0]) for state in run.states)]
    return [
        Push(
            x=float(run.positions[0, t]),
            g=g,
            kept=beta * movements[t],
            pull=-rate * g,
            m=movements[t + 1],
            velocity=float(velocities[t].v[0]),
            mean=float(means[t].v[0]),
        )
        for t, g in enumerate(gradients)
    ]


def corrections(times: Sequence[int] = TIMES, beta1: float = 0.9, beta2: float = 0.999) -> list[Correction]:
    """What bias correction does, from the rules' own memories.

    >>> [round(row.c1, 6) for row in corrections((1, 2, 3, 10, 100))]
    [0.1, 0.19, 0.271, 0.651322, 0.999973]
    """
    line, p, steps = slopes([1.0]), np.zeros(2), max(times)
    run = descend(line, adam(1.0, beta1, beta2, TINY), p, steps, record=True)
    plain = descend(line, adam_uncorrected(1.0, beta1, beta2, TINY), p, steps)
    velocities = descend(line, momentum(0.0, beta1), p, steps, record=True).states
    means = descend(line, momentum_ema(0.0, beta1), p, steps, record=True).states

    def step(positions: Array, t: int) -> float:
        return float(positions[0, t - 1] - positions[0, t])

    rows = []
    for t in times:
        state = run.states[t - 1]
        c1, c2, m, v = float(state.c1), float(state.c2), float(state.m[0]), float(state.v[0])
        rows.append(
            Correction(
                t=t,
                c1=c1,
                c2=c2,
                m=m,
                v=v,
                m_hat=m / c1,
                v_hat=v / c2,
                step=step(run.positions, t),
                uncorrected=step(plain.positions, t),
                velocity=float(velocities[t - 1].v[0]),
                mean=float(means[t - 1].v[0]),
            )
        )
    return rows
