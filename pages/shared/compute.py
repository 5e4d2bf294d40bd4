"""The numbers behind the pictures, by names and numbers, so that what was computed once is not computed again."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from figures import Heights, heights, heights_within
from landscapes import Array, CriticalPoints, Domain, Landscape, find_critical_points, noisy
from optimizers import Optimizer, Trajectory, Verdict, descend, verdict
from pages.shared.choices import Choices, Where, built, first_choices
from pages.shared.run_choice import RunChoice
from pages.shared.starts import Point


@dataclass(frozen=True, eq=False)
class Outcome:
    """One run with what there is to say about it."""

    trajectory: Trajectory
    loss: Array  # (steps + 1,)
    gradient_norm: Array  # (steps + 1,)
    verdict: Verdict

    def arrival(self, lowest: float | None, tolerance: float) -> int | None:
        """The first step at which the loss is as near to the lowest one as asked; None where that never happens."""
        if lowest is None:
            return None
        there = np.flatnonzero(self.loss <= lowest + tolerance)
        return int(there[0]) if there.size else None

    def evaluations(self, step: int | None) -> int | None:
        """Gradient evaluations spent until that step."""
        return None if step is None else int(self.trajectory.spent[0, step])

    def curve(self, kind: str, minima: Array) -> Array:
        """What is drawn beside the loss, shape (steps + 1,): one of the keys of `CURVES`.

        Args:
            minima: positions of the minima found, shape (2, K).
        """
        p = self.trajectory.positions
        if kind == "distance":
            away = np.hypot(*(p[:, :, None] - minima[:, None, :]))
            return np.asarray(away.min(axis=1, initial=np.inf))
        length = np.append(np.hypot(*np.diff(p)), np.nan)
        if kind == "step_length":
            return length
        if kind == "effective_rate":
            with np.errstate(all="ignore"):  # where the gradient is 0 there is no rate to speak of
                return np.asarray(length / self.gradient_norm)
        return self.gradient_norm

    def last_loss(self) -> float:
        """The loss where the run was last seen."""
        seen = self.loss[np.isfinite(self.loss)]
        return float(seen[-1]) if seen.size else float("nan")


@lru_cache(maxsize=256)
def outcome(where: Where, noise: tuple[float, int], run: RunChoice, start: Point, steps: int) -> Outcome:
    """One run on one landscape, with noise of a size and a seed."""
    surface, optimizer = noisy(built(*where), *noise), run.build()
    return seen(surface, optimizer, descend(surface, optimizer, np.array(start), steps))


def seen(surface: Landscape, optimizer: Optimizer, trajectory: Trajectory) -> Outcome:
    """One trajectory with its losses and its verdict."""
    with np.errstate(all="ignore"):  # a steep formula may overflow on the way out
        norm = np.sqrt((surface.gradient(trajectory.positions) ** 2).sum(axis=0))
    return Outcome(trajectory, surface.value(trajectory.positions), norm, verdict(surface, optimizer, trajectory))


@lru_cache(maxsize=32)
def crowd(
    where: Where, noise: tuple[float, int], run: RunChoice, starts: tuple[Point, ...], steps: int
) -> tuple[Outcome, ...]:
    """One run from each of several starts; the counts of evaluations are those of the start that needs most."""
    surface, optimizer = noisy(built(*where), *noise), run.build()
    together = descend(surface, optimizer, np.array(starts).T, steps)
    return tuple(
        seen(surface, optimizer, replace(together, positions=np.ascontiguousarray(positions)))
        for positions in np.moveaxis(together.positions, 2, 0)
    )


def outcomes(choices: Choices) -> list[Outcome]:
    """Every run of the race."""
    noise = (choices.noise, choices.seed)
    runs = [replace(run, hidden=False) for run in choices.runs]  # hiding a run computes nothing anew
    return [outcome(choices.where, noise, run, choices.start, choices.steps) for run in runs]


def crowds(choices: Choices) -> list[tuple[Outcome, ...]]:
    """Every run of the race from its further starts."""
    noise, (_, *further) = (choices.noise, choices.seed), choices.raced
    if not further:
        return [() for _ in choices.runs]
    runs = [replace(run, hidden=False) for run in choices.runs]
    return [crowd(choices.where, noise, run, tuple(further), choices.steps) for run in runs]


@lru_cache(maxsize=256)
def critical_points(where: Where) -> CriticalPoints:
    """The critical points in the landscape's domain."""
    return find_critical_points(built(*where))


@lru_cache(maxsize=256)
def scale(where: Where, kind: str) -> Heights:
    """The heights of a landscape over its domain."""
    surface = built(*where)
    return heights(surface, surface.domain, kind)


@lru_cache(maxsize=64)
def window_scale(where: Where, kind: str, window: Domain | None) -> Heights:
    """The heights of what the map shows: those of the domain where they tell enough of it apart."""
    whole = scale(where, kind)
    return whole if window is None else heights_within(built(*where), window, kind, whole)


def lowest(found: CriticalPoints) -> float | None:
    """The lowest loss at a minimum in view, isolated or along a curve; None where there is none."""
    points = [point.value for point in found.points if point.kind in ("minimum", "degenerate")]
    return min([*points, *(curve.value for curve in found.sets)], default=None)


def prepare() -> None:
    """Computes what a visitor without a link sees first, so that it is there when somebody comes."""
    choices = first_choices()
    outcomes(choices)
    critical_points(choices.where)
    scale(choices.where, choices.height)
