"""The lecture's tables: momentum at three points of a loss, and Adam's bias correction against a steady gradient."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape, checked, knobs
from optimizers.engine import descend
from optimizers.rules import (
    MomentumEMAState,
    MomentumLeeState,
    MomentumState,
    adam,
    adam_uncorrected,
    momentum,
    momentum_ema,
    momentum_lee,
)
from words import mark

POINTS = (("P1", -3.5, -4.0), ("P2", 0.0, -2.0), ("P3", 1.0, -2.0))  # name, gradient, past: down, level, up
TINY = 1e-300  # in the place of ε = 0, which would divide 0 by 0 along y
TIMES = (1, 2, 3, 10, 100, 1000)
# The rules' own knobs, for one number each; below 1e100 every product with a rate is a number.
Rate = Annotated[float, replace(knobs(momentum)["learning_rate"], below=1e100)]
Share = Annotated[float, knobs(momentum)["momentum"]]
Beta1 = Annotated[float, knobs(adam)["beta1"]]
Beta2 = Annotated[float, knobs(adam)["beta2"]]
Gradient = Annotated[float, Knob("g", 1e-3, 100.0, mark("gradient of every step"), log=True, least=1e-9, below=1e9)]


class Convention(NamedTuple):
    """How one lecture writes momentum, in LaTeX."""

    lecture: str
    letter: str  # of the coefficient
    memory: str  # how what is remembered changes
    movement: str  # and how the point does
    field: str  # of a `Push`: what is remembered then


CONVENTIONS = (
    Convention(
        "PyTorch; Dive into Deep Learning", r"\beta", r"v \leftarrow \beta v + g", r"x \leftarrow x - \eta v", "v"
    ),
    Convention("H.-Y. Lee", r"\lambda", r"m \leftarrow \lambda m - \eta g", r"x \leftarrow x + m", "m"),
    Convention("Lin; S. Ruder", r"\gamma", r"v \leftarrow \gamma v + \eta g", r"x \leftarrow x - v", "minus_m"),
    Convention("A. Ng", r"\beta", r"v \leftarrow \beta v + (1 - \beta) g", r"x \leftarrow x - \eta v", "mean"),
)


class Push(NamedTuple):
    """One update of momentum in one dimension, at a point with a gradient and a past."""

    point: str
    g: float  # gradient there
    past: float  # v before the update, in units of the gradient
    by_gradient: float  # -ηg: the movement without a past
    by_momentum: float  # -ηβ·past: the movement without a gradient
    movement: float  # both together
    v: float  # what is remembered afterwards in PyTorch's convention ...
    m: float  # ... in Lee's, where it is the movement itself ...
    minus_m: float  # ... in Lin's, where it is the movement backwards ...
    mean: float  # ... and in Ng's, where the past was a mean of gradients
    averaged: float  # the movement of that last one


class Correction(NamedTuple):
    """Adam against a gradient that is always the same, after t updates."""

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


def slope(g: float) -> Landscape:
    """A line with the slope g along x."""
    return Landscape(
        name="Slope",
        latex=r"g\, x",
        value=lambda p: np.asarray(g * p[0]),
        gradient=lambda p: np.stack([np.full_like(p[0], g), np.zeros_like(p[0])]),
        hessian=lambda p: np.zeros((2, *p.shape)),
        curve=True,
    )


@checked
def pushes(learning_rate: Rate = 0.1, momentum: Share = 0.9) -> list[Push]:
    """One update of momentum at each of the lecture's three points.

    >>> [(push.point, round(push.movement, 4)) for push in pushes()]
    [('P1', 0.71), ('P2', 0.18), ('P3', 0.08)]
    """
    return [_push(*point, learning_rate, momentum) for point in POINTS]


def _push(point: str, g: float, past: float, rate: float, beta: float) -> Push:
    """The rules themselves, each begun with that past at x = 0."""
    here, line, level = np.zeros(2), slope(g), slope(0.0)

    def along(x: float) -> Array:
        return np.array([x, 0.0])

    rule = momentum(rate, beta)
    step, after = rule.update(here, MomentumState(1, along(past)), line)
    _, lee = momentum_lee(rate, beta).update(here, MomentumLeeState(1, along(-rate * past)), line)
    averaged, ema = momentum_ema(rate, beta).update(here, MomentumEMAState(1, along(past)), line)
    return Push(
        point=point,
        g=g,
        past=past,
        by_gradient=float(rule.update(here, MomentumState(1, along(0.0)), line)[0][0]),
        by_momentum=float(rule.update(here, MomentumState(1, along(past)), level)[0][0]),
        movement=float(step[0]),
        v=float(after.v[0]),
        m=float(lee.m[0]),
        minus_m=-float(lee.m[0]),
        mean=float(ema.v[0]),
        averaged=float(averaged[0]),
    )


@checked
def corrections(
    times: Sequence[int] = TIMES, gradient: Gradient = 0.5, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999
) -> list[Correction]:
    """What bias correction does, from the rules' own memories.

    >>> first = corrections((1,))[0]
    >>> round(first.m, 6), round(first.m_hat, 6)
    (0.05, 0.5)
    """
    line, p, steps = slope(gradient), np.zeros(2), max(times)
    corrected, plain = adam(1.0, beta1, beta2, TINY), adam_uncorrected(1.0, beta1, beta2, TINY)
    states, plain_states, velocities, means = (
        (rule.init(p), *descend(line, rule, p, steps, record=True).states)  # at rate 0, so that no run leaves
        for rule in (
            adam(0.0, beta1, beta2, TINY),
            adam_uncorrected(0.0, beta1, beta2, TINY),
            momentum(0.0, beta1),
            momentum_ema(0.0, beta1),
        )
    )
    rows = []
    for t in times:
        state = states[t]
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
                step=-float(corrected.update(p, states[t - 1], line)[0][0]),
                uncorrected=-float(plain.update(p, plain_states[t - 1], line)[0][0]),
                velocity=float(velocities[t].v[0]),
                mean=float(means[t].v[0]),
            )
        )
    return rows
