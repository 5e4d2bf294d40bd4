"""Runs with all that their rules remember, by names and numbers, so that none is made twice."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from landscapes import Array, noisy
from optimizers import RULES, Recorded, descend, effective_rates, learning_rates
from pages.shared.choices import Choices, RunChoice, Where, built

Start = tuple[float, float]
Noise = tuple[float, int]


@lru_cache(maxsize=32)
def recording(where: Where, noise: Noise, run: RunChoice, start: Start, steps: int) -> Recorded:
    """One run on one landscape, with every state."""
    surface, optimizer = noisy(built(*where), *noise), run.build()
    trajectory = descend(surface, optimizer, np.array(start), steps, record=True)
    return Recorded(surface, RULES[run.optimizer], dict(run.numbers), optimizer, trajectory)


@lru_cache(maxsize=32)
def _rates(where: Where, noise: Noise, run: RunChoice, start: Start, steps: int) -> tuple[Array | None, Array | None]:
    it = recording(where, noise, run, start, steps)
    return learning_rates(it.landscape, it.optimizer, it.run), effective_rates(it)


def recorded(choices: Choices, slot: int) -> Recorded:
    """The run of the race with that number."""
    return recording(*_names(choices, slot))


def rates(choices: Choices, slot: int) -> tuple[Array | None, Array | None]:
    """The learning rate of every step of a run, and the effective rates of both coordinates."""
    return _rates(*_names(choices, slot))


def _names(choices: Choices, slot: int) -> tuple[Where, Noise, RunChoice, Start, int]:
    run = replace(choices.runs[slot], hidden=False)  # hiding a run computes nothing anew
    return choices.where, (choices.noise, choices.seed), run, choices.start, choices.steps
