"""Schedules that go down smoothly; steps are counted from 0."""

import math
from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import Plan, Rate, Schedule
from optimizers.schedules.staircase import Factor, Start, grown
from words import mark

End = Annotated[Rate, Knob("η₁", 0.0, 10.0, mark("rate at the end"), least=0.0)]
Steps = Annotated[int, Knob("T", 1, 200_000, mark("steps until the end is reached"), integer=True, least=1)]
Power = Annotated[float, Knob("q", 0.1, 5.0, mark("1 is a straight line"), above=0.0)]
Slowing = Annotated[Rate, Knob("κ", 1e-4, 10.0, mark("how fast it falls: half after 1/κ steps"), log=True, least=0.0)]


@checked
def exponential(start: Start = 0.1, factor: Factor = 0.99) -> Schedule:
    """η₀ γᵗ: the same share is lost in every step, as in `torch.optim.lr_scheduler.ExponentialLR`.

    >>> rate = exponential(0.8, factor=0.5)
    >>> [rate(t) for t in (0, 1, 2)]
    [0.8, 0.4, 0.2]
    """
    return lambda t: start * grown(factor, t)


@checked
def polynomial(start: Start = 0.1, steps: Steps = 100, power: Power = 1.0, end: End = 0.0) -> Schedule:
    """η₁ + (η₀ - η₁)(1 - t/T)^q, from t = T on η₁, as in `torch.optim.lr_scheduler.PolynomialLR`.

    >>> rate = polynomial(0.8, steps=4, power=2)
    >>> [rate(t) for t in (0, 2, 4, 9)]
    [0.8, 0.2, 0.0, 0.0]
    """
    return lambda t: end + (start - end) * (1 - min(t / steps, 1.0)) ** power


@checked
def inverse_sqrt(start: Start = 0.1) -> Schedule:
    """η₀/√(t + 1): the steps add up without bound, their squares barely; the decay of AdaGrad's analysis.

    >>> rate = inverse_sqrt(0.3)
    >>> [round(rate(t), 3) for t in (0, 3, 8)]
    [0.3, 0.15, 0.1]

    Source: H.-Y. Lee, Machine Learning, lecture on gradient descent (2016); M. Zinkevich, Online convex programming and
        generalized infinitesimal gradient ascent, ICML 2003, theorem 1.
    """
    return lambda t: start / math.sqrt(t + 1)


@checked
def inverse_time(start: Start = 0.1, slowing: Slowing = 0.1) -> Schedule:
    """η₀/(1 + κt), as `lr_decay` does in `torch.optim.Adagrad`.

    >>> rate = inverse_time(0.4, slowing=0.5)
    >>> [rate(t) for t in (0, 2, 6)]
    [0.4, 0.2, 0.1]

    Source: H. Robbins, S. Monro, A stochastic approximation method, Ann. Math. Stat. 22 (1951) 400,
        doi:10.1214/aoms/1177729586.
    """
    return lambda t: start / (1 + slowing * t)


@checked
def cosine(start: Start = 0.1, steps: Steps = 100, end: End = 0.0) -> Schedule:
    """Half a cosine wave, from `start` at t = 0 to `end` at t = `steps`, then flat.

    Flat as in the paper and in `optax.cosine_decay_schedule`; `torch.optim.lr_scheduler.CosineAnnealingLR` rises again.

    >>> rate = cosine(0.4, steps=10)
    >>> [round(rate(t), 3) for t in (0, 5, 10, 99)]
    [0.4, 0.2, 0.0, 0.0]

    Source: I. Loshchilov, F. Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, arXiv:1608.03983,
        equation 5.
    """
    return lambda t: wave(start, end, min(t / steps, 1.0))


def wave(start: Rate, end: Rate, progress: float) -> Rate:
    """From `start` to `end` along half a cosine, where `progress` goes from 0 to 1."""
    return end + (start - end) * (1 + math.cos(math.pi * progress)) / 2


EXPONENTIAL = Plan(
    factory=exponential,
    name=mark("Exponential"),
    latex=r"\eta_t = \eta_0\, \gamma^t",
    use=mark(
        "A smooth decay that never ends; all the way it can ever go is bounded, so it can stop short of a minimum."
    ),
)
POLYNOMIAL = Plan(
    factory=polynomial,
    name=mark("Polynomial"),
    latex=r"\eta_t = \eta_1 + (\eta_0 - \eta_1) \left(1 - \frac{\min(t, T)}{T}\right)^q",
    use=mark("A known number of steps: with q = 1 a straight line down, with more an early drop and a long tail."),
)
INVERSE_SQRT = Plan(
    factory=inverse_sqrt,
    name=mark("Inverse square root"),
    latex=r"\eta_t = \frac{\eta_0}{\sqrt{t + 1}}",
    use=mark(
        "An unknown number of steps and noise: it falls fast at first, and never so far that nothing can be reached."
    ),
)
INVERSE_TIME = Plan(
    factory=inverse_time,
    name=mark("Inverse time"),
    latex=r"\eta_t = \frac{\eta_0}{1 + \kappa t}",
    use=mark("Noise that has to average out: the classical condition for settling in the mean."),
)
COSINE = Plan(
    factory=cosine,
    name=mark("Cosine"),
    latex=r"\eta_t = \eta_1 + \tfrac12 (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi \min(t, T)}{T}\right)",
    use=mark("The usual choice when the number of steps is known: long at a high rate, then gently to the end."),
)
