"""The record that every optimizer is: two pure functions, and what is known about where they hold."""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from landscapes import Array, Knob, Landscape

Rate = float | Array  # a number, or one for each trajectory, shape (N,)
Schedule = Callable[[int], Rate]  # step, counted from 0 -> rate

LearningRate = Annotated[Rate | Schedule, Knob("η", 1e-5, 10.0, "length of a step", log=True, least=0.0)]
Momentum = Annotated[Rate, Knob("β", 0.0, 0.999, "share of the old velocity that is kept", least=0.0, below=1.0)]
Decay = Annotated[Rate, Knob("β", 0.0, 0.9999, "memory of a running mean", least=0.0, below=1.0)]
Epsilon = Annotated[Rate, Knob("ε", 1e-12, 1.0, "keeps the quotient finite", log=True, least=0.0)]


class Optimizer(NamedTuple):
    """`state = init(p)`, then `p, state = update(p, state, landscape)` for every step; neither writes to its arguments.

    `rate` is the learning rate as a schedule, None for a rule without one. `border` tells, where theory knows it, the
    largest curvature λ at which the step with that number is stable on a quadratic: 2/η for gradient descent.
    """

    init: Callable[[Array], Any]  # (2, ...) -> state, a NamedTuple
    update: Callable[[Array, Any, Landscape], tuple[Array, Any]]
    rate: Schedule | None = None
    border: Schedule | None = None


def as_schedule(rate: Rate | Schedule) -> Schedule:
    """A number, or an array of one for each trajectory, as the schedule that never changes it."""
    return rate if callable(rate) else lambda _: rate
