"""Runs with all that their rules remember, by names and numbers, so that none is made twice."""

from functools import lru_cache

import numpy as np

from landscapes import Array, Domain
from optimizers import RULES, Recorded, descend, effective_rates, learning_rates
from pages.shared.choices import Choices, Numbers, RunChoice, built


@lru_cache(maxsize=32)
def recording(
    landscape: str, numbers: Numbers, text: str, domain: Domain, run: RunChoice, start: tuple[float, float], steps: int
) -> Recorded:
    """One run on one landscape, with every state."""
    surface, optimizer = built(landscape, numbers, text, domain), run.build()
    trajectory = descend(surface, optimizer, np.array(start), steps, record=True)
    return Recorded(surface, RULES[run.optimizer], dict(run.numbers), optimizer, trajectory)


def recorded(choices: Choices, slot: int) -> Recorded:
    """The run of the race with that number."""
    where = (choices.landscape, choices.numbers, choices.text, choices.domain)
    return recording(*where, choices.runs[slot], choices.start, choices.steps)


def rates(choices: Choices, slot: int) -> tuple[Array | None, Array | None]:
    """The learning rate of every step of a run, and the effective rates of both coordinates."""
    where = (choices.landscape, choices.numbers, choices.text, choices.domain)
    return _rates(*where, choices.runs[slot], choices.start, choices.steps)


@lru_cache(maxsize=32)
def _rates(
    landscape: str, numbers: Numbers, text: str, domain: Domain, run: RunChoice, start: tuple[float, float], steps: int
) -> tuple[Array | None, Array | None]:
    it = recording(landscape, numbers, text, domain, run, start, steps)
    return learning_rates(it.landscape, it.optimizer, it.run), effective_rates(it)
