"""The record that every optimizer is: two pure functions, and what is known about where they hold."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape

Rate = float | Array  # a number, or one for each trajectory, shape (N,)
Schedule = Callable[[int], Rate]  # step, counted from 0 -> rate

LearningRate = Annotated[Rate | Schedule, Knob("η", 1e-5, 10.0, "length of a step", log=True, least=0.0)]
Momentum = Annotated[Rate, Knob("β", 0.0, 0.999, "share of the old velocity that is kept", least=0.0, below=1.0)]
Dampening = Annotated[Rate, Knob("τ", 0.0, 1.0, "share of the new gradient that the velocity leaves out", least=0.0)]
Beta1 = Annotated[Rate, Knob("β₁", 0.0, 0.999, "memory of the running mean of the gradient", least=0.0, below=1.0)]
Beta2 = Annotated[Rate, Knob("β₂", 0.0, 0.9999, "memory of the running mean of its square", least=0.0, below=1.0)]
Alpha = Annotated[Rate, Knob("α", 0.0, 0.9999, "memory of the running mean of the square", least=0.0, below=1.0)]
Beta3 = Annotated[Rate, Knob("β₃", 0.0, 0.9999, "memory of the mean of the squared look-ahead", least=0.0, below=1.0)]
Rho = Annotated[Rate, Knob("ρ", 0.0, 0.999, "memory of both running means", least=0.0, below=1.0)]
WeightDecay = Annotated[Rate, Knob("λ", 0.0, 1.0, "pull towards the origin", least=0.0)]
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


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a page tells about an update rule; `factory` makes the optimizer, and its docstring names the source."""

    factory: Callable[..., Optimizer]
    name: str
    latex: str  # one update, in the letters and the order of the code
    use: str  # one sentence: when to take it
    fails: str  # one sentence: how it goes wrong

    @property
    def source(self) -> str:
        """Author, title, equation or algorithm, identifier: what follows `Source:` in the factory's docstring."""
        return " ".join((inspect.getdoc(self.factory) or "").partition("Source:")[2].split())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a page tells about a schedule; `factory` makes it."""

    factory: Callable[..., Schedule]
    name: str
    latex: str  # the rate at step t, counted from 0
    use: str  # one sentence: what it is for
    rises: bool = False  # begins with a warm-up of its own


def as_schedule(rate: Rate | Schedule) -> Schedule:
    """A number, or an array of one for each trajectory, as the schedule that never changes it."""
    return rate if callable(rate) else lambda _: rate


def reaching(product: Rate, rate: Schedule) -> Schedule:
    """The curvature λ at which λη reaches `product`, step by step; infinite where the rate is 0."""

    def border(step: int) -> Rate:
        with np.errstate(divide="ignore"):
            quotient: Rate = np.float64(product) / rate(step) if np.ndim(product) == 0 else product / rate(step)
        return quotient

    return border
