"""A part of a sweep as names and numbers, which another process makes a landscape and an optimizer of."""

from dataclasses import dataclass, replace
from threading import local
from typing import Any, NamedTuple

import numpy as np

from landscapes import LANDSCAPES, Array, Domain, Landscape, formula
from optimizers.bulk.grid import Grid
from optimizers.bulk.outcomes import Outcomes
from optimizers.bulk.work import Work, lane_knobs
from optimizers.clipping import Clipping
from optimizers.optimizer import Optimizer, clipped
from optimizers.rules import RULES
from optimizers.schedules import OnPlateau

Numbers = tuple[tuple[str, Any], ...]


class NotNamed(Exception):
    """There is something that other processes cannot make from names and numbers."""


class Surface(NamedTuple):
    """A landscape: a key of `LANDSCAPES`, or a formula with its axes."""

    name: str
    numbers: Numbers
    domain: Domain
    axes: tuple[str, str] | None  # None for a key

    def make(self) -> Landscape:
        """The landscape."""
        if self.axes is None:
            return replace(LANDSCAPES[self.name](**dict(self.numbers)), domain=self.domain)
        return formula(self.name, domain=self.domain, axes=self.axes, parameters=dict(self.numbers))


@dataclass(frozen=True)
class Rates:
    """A schedule as its numbers, one for each step."""

    numbers: tuple[float, ...]

    def __call__(self, step: int) -> float:
        """The rate of a step."""
        return self.numbers[step]


class Task(NamedTuple):
    """All of a sweep but which trajectories."""

    surface: Surface
    rule: str  # a key of `OPTIMIZERS`
    numbers: Numbers
    clipping: Clipping | None
    steps: int


def surface_of(landscape: Landscape) -> Surface:
    """A landscape by names and numbers.

    Raises:
        NotNamed: it has no formula, or has been changed.
    """
    elementwise, numbers = landscape.elementwise, tuple(landscape.parameters.items())
    if landscape.batch is not None or elementwise is None or elementwise.of != (landscape.value, landscape.gradient):
        raise NotNamed("a landscape without a formula")
    for key, factory in LANDSCAPES.items():
        if factory.__name__ == landscape.name:
            return Surface(key, numbers, landscape.domain, None)
    return Surface(elementwise.text, numbers, landscape.domain, landscape.axes)


def task_of(landscape: Landscape, optimizer: Optimizer, steps: int) -> Task:
    """A sweep by names and numbers.

    Raises:
        NotNamed: a part of it has no name.
    """
    made = optimizer.made
    if made is None or made.factory.__name__ not in RULES:
        raise NotNamed("an optimizer without a name")

    def number(value: Any) -> Any:
        if isinstance(value, OnPlateau):
            return value
        if callable(value):
            rates = [value(step) for step in range(steps + 1)]
            if any(np.ndim(rate) for rate in rates):
                raise NotNamed("a schedule for each trajectory")
            return Rates(tuple(float(rate) for rate in rates))
        return value

    numbers = tuple((name, number(value)) for name, value in made.numbers.items())
    return Task(surface_of(landscape), made.factory.__name__, numbers, made.clipping, steps)


_remembered = local()  # a work uses the same memory for tile after tile, so that each thread has its own


def outcomes_of(task: Task, starts: Grid | Array, first: int, last: int) -> Outcomes:
    """The outcomes of trajectories `first` to before `last` of a grid, or of all starts and hyperparameters given."""
    whole = isinstance(starts, Grid)
    optimizer = clipped(RULES[task.rule].factory(**dict(task.numbers)), task.clipping)
    if lane_knobs(optimizer):
        return Work(task.surface.make(), optimizer, task.steps, last - first).outcomes(_points(starts, first, last), 0)
    known = getattr(_remembered, "known", None)
    if known is None or known[0] != task or known[1].width < last - first:
        known = _remembered.known = (task, Work(task.surface.make(), optimizer, task.steps, last - first))
    return known[1].outcomes(_points(starts, first, last), first if whole else 0)


def _points(starts: Grid | Array, first: int, last: int) -> Array:
    return starts.starts(first, last) if isinstance(starts, Grid) else starts
