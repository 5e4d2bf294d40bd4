"""Runs with all that their rules remember, by names and numbers, so that none is made twice."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from landscapes import Array, Noise
from optimizers import Recorded, Trajectory, descend, history
from pages.shared.race.compute import outcome, rates_taken
from pages.shared.state import Choices, Point, RunChoice, Where, built
from pages.shared.work import breathe, in_turn, kept

DRAWN = 2  # numbers that a rule may remember of one thing to have it drawn over the steps


def with_rule(where: Where, noise: Noise, run: RunChoice, trajectory: Trajectory) -> Recorded:
    """A trajectory of a run with all that is needed to take its updates apart; its g is what the rule was given."""
    surface, optimizer = noise.on(built(*where)), replace(run, clipping=None).build()
    seen = surface if run.clipping is None else run.clipping.on(surface)
    return Recorded(seen, run.rule, dict(run.numbers), optimizer, trajectory)


class Measured(NamedTuple):
    """What there is to draw of a run besides its points."""

    rate: Array | None  # learning rate of every step, (steps,)
    effective: Array | None  # what each coordinate's direction is multiplied by, (2, steps)
    memories: dict[str, Array]  # by letter, after every number of updates, (steps + 1,) or (2, steps + 1)


@kept("runs")
def measuring(where: Where, noise: Noise, run: RunChoice, start: Point, steps: int) -> Measured:
    """The rates and the memories of one run."""
    it = with_rule(where, noise, run, outcome(where, noise, run, start, steps).trajectory)
    with in_turn(run.weight * steps):
        past = history(it, most=DRAWN, check=breathe)
    return Measured(rates_taken(where, noise, run, start, steps), past.effective, past.memories)


def recorded(choices: Choices, slot: int) -> Recorded:
    """The run of the race with that number."""
    where, noise, run, start, steps = _names(choices, slot)
    return with_rule(where, noise, run, outcome(where, noise, run, start, steps).trajectory)


def from_every_start(choices: Choices, slot: int) -> Iterator[Recorded]:
    """The same from one start after the other; only the first is kept, for all the others may be many."""
    first = recorded(choices, slot)
    yield first
    for start in choices.starts_within_budget[1:]:
        run = descend(first.landscape, first.optimizer, np.array(start), choices.steps_taken, check=breathe)
        yield first._replace(run=run)


def measured(choices: Choices, slot: int) -> Measured:
    """What there is to draw of the run with that number."""
    return measuring(*_names(choices, slot))


def _names(choices: Choices, slot: int) -> tuple[Where, Noise, RunChoice, Point, int]:
    run = replace(choices.runs[slot], hidden=False)  # hiding a run computes nothing anew
    return choices.where, choices.gradient_noise, run, choices.start, choices.steps_taken
