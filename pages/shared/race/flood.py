"""One run from 200 starts spread over the map, or from those of a class: where each goes, and what it comes to."""

from dataclasses import dataclass, replace

import numpy as np

from figures import Steps
from landscapes import Array, Domain, Noise
from optimizers import Verdict, descend, verdict
from pages.shared.state import MOST_POINTS, Choices, Point, RunChoice, Where, built
from pages.shared.work import breathe, in_turn, kept

STARTS = 200
MOMENTS = 96  # of the steps at which the places are sent: between two of them a ball goes straight
GRAIN = 2.0**-12  # of what the map shows, along each axis: finer than a pixel
PLASTIC = 1.32471795724474602596  # the real root of x³ = x + 1


@dataclass(frozen=True, eq=False)
class Flood:
    """What all starts came to."""

    slot: int  # the run, counted from 0
    steps: Steps  # (K,), ascending, the first 0
    positions: Array  # (2, K, N), to GRAIN of what the map shows; nan after a start left
    verdicts: tuple[Verdict, ...]


def spread(domain: Domain, count: int = STARTS) -> Array:
    """Places that leave no gap and form no rows, the same at every call, shape (2, count).

    Source: M. Roberts, The unreasonable effectiveness of quasirandom sequences (2018): the sequence R2.
    """
    shares = (0.5 + np.arange(1, count + 1) / np.array([[PLASTIC], [PLASTIC**2]])) % 1
    low, high = np.array(domain, dtype=float).T[..., None]
    return np.asarray(low + shares * (high - low))


def moments(steps: int) -> Steps:
    """At most MOMENTS steps from the first to the last, closer together at the beginning, where most happens."""
    return np.unique(np.round(np.linspace(0, np.sqrt(steps), MOMENTS) ** 2).astype(np.int64))


@kept("runs")
def flooding(
    where: Where, noise: Noise, run: RunChoice, slot: int, view: Domain, steps: int, given: tuple[Point, ...] = ()
) -> Flood:
    """All starts together, those that are given or else 200 over the view, and the verdict of each."""
    surface, optimizer = noise.on(built(*where)), run.build()
    starts = np.array(given).T if given else spread(view)
    with in_turn(run.weight * steps * starts.shape[1]):
        together = descend(surface, optimizer, starts, steps, check=breathe)
        verdicts = []
        for positions in np.moveaxis(together.positions, 2, 0):
            breathe()
            alone = replace(together, positions=np.ascontiguousarray(positions), checkpoints=())
            verdicts.append(verdict(surface, optimizer, alone))
    seen = moments(steps)
    low, high = np.array(view).T[:, :, None, None]
    grain = GRAIN * 2.0 ** np.floor(np.log2(high - low))  # a power of two, so that numbers have few digits
    return Flood(slot, seen, np.round(together.positions[:, seen] / grain) * grain, tuple(verdicts))


def steps_flooded(choices: Choices, run: RunChoice, starts: int = STARTS) -> int:
    """As many steps as the race takes, and no more than there is room for."""
    return min(choices.steps_taken, MOST_POINTS // (starts * run.weight))


def flood(choices: Choices, given: tuple[Point, ...] = ()) -> Flood | None:
    """The flood that was asked for, over what the map shows; None where none was, or its run is gone or hidden.

    Args:
        given: the starts, in the place of 200 over the map.
    """
    slot = choices.flood - 1
    if not 0 <= slot < len(choices.runs) or choices.runs[slot].hidden:
        return None
    run = choices.runs[slot]
    view = choices.zoom or choices.build().domain
    steps = steps_flooded(choices, run, len(given) or STARTS)
    return flooding(choices.where, choices.gradient_noise, run, slot, view, steps, given)
