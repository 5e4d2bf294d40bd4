"""The numbers behind the pictures, by names and numbers, so that what was computed once is not computed again."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from figures import Heights, heights
from landscapes import Array, CriticalPoints, Domain, find_critical_points
from optimizers import Trajectory, Verdict, descend, verdict
from pages.shared.choices import Choices, Numbers, RunChoice, built

CLOSE = 1e-8  # how near to the lowest loss a run has to come to have arrived


@dataclass(frozen=True, eq=False)
class Outcome:
    """One run with what there is to say about it."""

    trajectory: Trajectory
    loss: Array  # (steps + 1,)
    gradient_norm: Array  # (steps + 1,)
    verdict: Verdict

    def arrival(self, lowest: float | None) -> int | None:
        """The first step at which the loss is within 1e-8 of the lowest one; None where that never happens."""
        if lowest is None:
            return None
        there = np.flatnonzero(self.loss <= lowest + CLOSE)
        return int(there[0]) if there.size else None

    def last_loss(self) -> float:
        """The loss where the run was last seen."""
        seen = self.loss[np.isfinite(self.loss)]
        return float(seen[-1]) if seen.size else float("nan")


@lru_cache(maxsize=256)
def outcome(
    landscape: str, numbers: Numbers, text: str, domain: Domain, run: RunChoice, start: tuple[float, float], steps: int
) -> Outcome:
    """One run on one landscape."""
    surface, optimizer = built(landscape, numbers, text, domain), run.build()
    trajectory = descend(surface, optimizer, np.array(start), steps)
    with np.errstate(all="ignore"):  # a steep formula may overflow on the way out
        norm = np.sqrt((surface.gradient(trajectory.positions) ** 2).sum(axis=0))
    return Outcome(trajectory, surface.value(trajectory.positions), norm, verdict(surface, optimizer, trajectory))


def outcomes(choices: Choices) -> list[Outcome]:
    """Every run of the race."""
    where = (choices.landscape, choices.numbers, choices.text, choices.domain)
    return [outcome(*where, run, choices.start, choices.steps) for run in choices.runs]


@lru_cache(maxsize=256)
def critical_points(landscape: str, numbers: Numbers, text: str, domain: Domain) -> CriticalPoints:
    """The critical points in the landscape's domain."""
    return find_critical_points(built(landscape, numbers, text, domain))


@lru_cache(maxsize=256)
def scale(landscape: str, numbers: Numbers, text: str, domain: Domain, kind: str) -> Heights:
    """The heights of a landscape over its domain."""
    surface = built(landscape, numbers, text, domain)
    return heights(surface, surface.domain, kind)


def lowest(found: CriticalPoints) -> float | None:
    """The lowest loss at a minimum in view, isolated or along a curve; None where there is none."""
    points = [point.value for point in found.points if point.kind in ("minimum", "degenerate")]
    return min([*points, *(curve.value for curve in found.sets)], default=None)
