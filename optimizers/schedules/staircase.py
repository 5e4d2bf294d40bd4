"""Schedules that keep a rate for a while and then drop it; steps are counted from 0."""

import sys
from collections.abc import Sequence
from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import Plan, Rate, Schedule
from words import mark

Start = Annotated[Rate, Knob("η₀", 1e-5, 10.0, mark("rate at the first step"), log=True, least=0.0)]
Every = Annotated[int, Knob("T", 1, 200_000, mark("steps between two drops"), integer=True, least=1)]
Factor = Annotated[Rate, Knob("γ", 0.01, 1.0, mark("what the rate is multiplied by"), above=0.0)]


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
    return lambda t: start * grown(factor, t // every)


@checked
def multi_step(start: Start = 0.1, milestones: Sequence[int] = (30, 80), factor: Factor = 0.1) -> Schedule:
    """η₀ γᵏ, where k milestones have been reached, as in `torch.optim.lr_scheduler.MultiStepLR`.

    The rate is already lower in the step that a milestone names, in PyTorch as in `optax.piecewise_constant_schedule`.

    >>> rate = multi_step(0.8, milestones=(2, 5), factor=0.5)
    >>> [rate(t) for t in (0, 1, 2, 4, 5)]
    [0.8, 0.8, 0.4, 0.4, 0.2]
    """
    return lambda t: start * grown(factor, sum(t >= milestone for milestone in milestones))


def grown(factor: Rate, times: int) -> Rate:
    """factor**times, or the largest float where that is more.

    >>> grown(0.5, 3), grown(10.0, 999) == sys.float_info.max
    (0.125, True)
    """
    try:
        power: Rate = factor**times
    except OverflowError:
        return sys.float_info.max
    return power


CONSTANT = Plan(
    factory=constant,
    name=mark("Constant"),
    latex=r"\eta_t = \eta_0",
    use=mark("The plain case, and the only one in which the stability limits of theory hold at every step."),
)
STEP = Plan(
    factory=step,
    name=mark("Staircase"),
    latex=r"\eta_t = \eta_0\, \gamma^{\lfloor t / T \rfloor}",
    use=mark("Go fast until it stops helping, then drop: every drop shows at once in the loss."),
)
MULTI_STEP = Plan(
    factory=multi_step,
    name=mark("Staircase with milestones"),
    latex=r"\eta_t = \eta_0\, \gamma^{k}, \quad k = \#\{ i : t \ge T_i \}",
    use=mark("Drops at steps of one's own choice, where an earlier run has shown that it stalls."),
)
