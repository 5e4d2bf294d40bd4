"""Schedules that only go down: the rate as a function of the step, counted from 0."""

import math
from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import Plan, Rate, Schedule

Start = Annotated[Rate, Knob("η₀", 1e-5, 10.0, "rate at the first step", log=True, least=0.0)]
End = Annotated[Rate, Knob("η₁", 0.0, 10.0, "rate at the end", least=0.0)]
Steps = Annotated[int, Knob("T", 1, 5000, "steps until the end is reached", integer=True, least=1)]
Every = Annotated[int, Knob("T", 1, 5000, "steps between two drops", integer=True, least=1)]
Factor = Annotated[Rate, Knob("γ", 0.01, 1.0, "what the rate is multiplied by", above=0.0)]


@checked
def constant(start: Start = 1e-3) -> Schedule:
    """The same rate for ever."""
    return lambda t: start


@checked
def step(start: Start = 0.1, every: Every = 30, factor: Factor = 0.1) -> Schedule:
    """η₀ γ^⌊t/T⌋: a staircase, down by `factor` after every `every` steps, as in `torch.optim.lr_scheduler.StepLR`.

    >>> rate = step(0.8, every=10, factor=0.5)
    >>> [rate(t) for t in (0, 9, 10, 20)]
    [0.8, 0.8, 0.4, 0.2]
    """
    return lambda t: start * factor ** (t // every)


@checked
def exponential(start: Start = 0.1, factor: Factor = 0.99) -> Schedule:
    """η₀ γᵗ: the same share is lost in every step, as in `torch.optim.lr_scheduler.ExponentialLR`.

    >>> rate = exponential(0.8, factor=0.5)
    >>> [rate(t) for t in (0, 1, 2)]
    [0.8, 0.4, 0.2]
    """
    return lambda t: start * factor**t


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
    return lambda t: end + (start - end) * (1 + math.cos(math.pi * min(t / steps, 1.0))) / 2


CONSTANT = Plan(
    factory=constant,
    name="Constant",
    latex=r"\eta_t = \eta_0",
    use="The plain case, and the only one in which the theory's borders hold at every step.",
)
STEP = Plan(
    factory=step,
    name="Staircase",
    latex=r"\eta_t = \eta_0\, \gamma^{\lfloor t / T \rfloor}",
    use="Go fast until it stops helping, then drop: every drop shows at once in the loss.",
)
EXPONENTIAL = Plan(
    factory=exponential,
    name="Exponential",
    latex=r"\eta_t = \eta_0\, \gamma^t",
    use="A smooth decay that never ends; all the way it can ever go is bounded, so it can stop short of a minimum.",
)
COSINE = Plan(
    factory=cosine,
    name="Cosine",
    latex=r"\eta_t = \eta_1 + \tfrac12 (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi \min(t, T)}{T}\right)",
    use="The usual choice when the number of steps is known: long at a high rate, then gently to the end.",
)
