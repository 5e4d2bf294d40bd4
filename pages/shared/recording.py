"""Runs with all that their rules remember, by names and numbers, so that none is made twice."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from landscapes import Array, noisy
from optimizers import RULES, Recorded, descend, effective_rates, learning_rates, memories
from pages.shared.choices import Choices, Where, built
from pages.shared.run_choice import RunChoice

Start = tuple[float, float]
Noise = tuple[float, int]


def record(where: Where, noise: Noise, run: RunChoice, start: Start, steps: int) -> Recorded:
    """One run on one landscape, with every state."""
    surface, optimizer = noisy(built(*where), *noise), run.build()
    trajectory = descend(surface, optimizer, np.array(start), steps, record=True)
    return Recorded(surface, RULES[run.optimizer], dict(run.numbers), optimizer, trajectory)


recording = lru_cache(maxsize=32)(record)


class Measured(NamedTuple):
    """What there is to draw of a run besides its points."""

    rate: Array | None  # learning rate of every step, (steps,)
    effective: Array | None  # what each coordinate's direction is multiplied by, (2, steps)
    memories: dict[str, Array]  # by letter, after every number of updates, (..., steps + 1)


@lru_cache(maxsize=32)
def measuring(where: Where, noise: Noise, run: RunChoice, start: Start, steps: int) -> Measured:
    """The rates and the memories of one run."""
    it = recording(where, noise, run, start, steps)
    return Measured(learning_rates(it.landscape, it.optimizer, it.run), effective_rates(it), memories(it))


def recorded(choices: Choices, slot: int) -> Recorded:
    """The run of the race with that number."""
    return recording(*_names(choices, slot))


def from_every_start(choices: Choices, slot: int) -> Iterator[Recorded]:
    """The same from one start after the other; only the first is kept, for all the others may be many."""
    where, noise, run, _, steps = _names(choices, slot)
    yield recorded(choices, slot)
    for start in choices.raced[1:]:
        yield record(where, noise, run, start, steps)


def measured(choices: Choices, slot: int) -> Measured:
    """What there is to draw of the run with that number."""
    return measuring(*_names(choices, slot))


def _names(choices: Choices, slot: int) -> tuple[Where, Noise, RunChoice, Start, int]:
    run = replace(choices.runs[slot], hidden=False)  # hiding a run computes nothing anew
    return choices.where, (choices.noise, choices.seed), run, choices.start, choices.steps
