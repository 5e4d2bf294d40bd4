"""The numbers behind the pictures, by names and numbers, so that what was computed once is not computed again."""

from dataclasses import dataclass, field, replace

import numpy as np

from caching import bytes_of
from figures import Heights, Steps, heights, heights_within, of_trajectory
from landscapes import Array, CriticalPoints, Domain, Landscape, Noise, find_critical_points
from optimizers import Optimizer, Trajectory, Verdict, descend, learning_rates
from optimizers.verdicts import verdict
from pages.shared.state import Choices, Point, RunChoice, Where, built, first_choices, first_on_curvature
from pages.shared.work import Once, breathe, in_turn, kept

ASIDE = 2  # as often as what a run is made of it may hold later, of what its pictures are made of


@dataclass(frozen=True, eq=False)
class Outcome:
    """One run with what there is to say about it."""

    trajectory: Trajectory
    loss: Array  # (steps + 1,)
    gradient_norm: Array  # (steps + 1,)
    verdict: Verdict
    once: Once = field(default_factory=Once, repr=False)

    def steps_drawn(self, height: Heights, views: tuple[Domain, ...]) -> Steps:
        """The steps at which its line is drawn where these parts of the landscape are looked at, the domain first."""

        shares = height.share(self.loss)
        return self.once((height, views), lambda: of_trajectory(self.trajectory.positions, shares, views))

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
            return self.once(kind, lambda: to_the_nearest(p, minima))
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


def to_the_nearest(positions: Array, places: Array) -> Array:
    """How far each position (2, n) is from the nearest of the places (2, K), shape (n,); infinite without any."""
    nearest = np.where(np.isnan(positions[0]), np.nan, np.inf)
    for place in places.T:  # one after the other: all distances at once may be a gigabyte
        nearest = np.minimum(nearest, np.hypot(*(positions - place[:, None])))
    return nearest


@kept("runs", lambda outcome: ASIDE * bytes_of(outcome))
def outcome(where: Where, noise: Noise, run: RunChoice, start: Point, steps: int) -> Outcome:
    """One run on one landscape, with gradient noise."""
    surface, optimizer = noise.on(built(*where)), run.build()
    with in_turn(run.weight * steps):
        return seen(surface, optimizer, descend(surface, optimizer, np.array(start), steps, check=breathe))


def seen(surface: Landscape, optimizer: Optimizer, trajectory: Trajectory) -> Outcome:
    """One trajectory with its losses and its verdict."""
    with np.errstate(all="ignore"):  # a steep formula may overflow on the way out
        norm = np.sqrt((surface.gradient(trajectory.positions) ** 2).sum(axis=0))
    return Outcome(trajectory, surface.value(trajectory.positions), norm, verdict(surface, optimizer, trajectory))


@kept("runs", lambda outcomes: ASIDE * bytes_of(outcomes))
def crowd(where: Where, noise: Noise, run: RunChoice, starts: tuple[Point, ...], steps: int) -> tuple[Outcome, ...]:
    """One run from each of several starts; the counts of evaluations are those of the start that needs most."""
    surface, optimizer = noise.on(built(*where)), run.build()
    with in_turn(run.weight * steps):
        together = descend(surface, optimizer, np.array(starts).T, steps, check=breathe)
        return tuple(
            seen(
                surface,
                optimizer,
                replace(together, positions=np.ascontiguousarray(positions), undefined_at=place, checkpoints=()),
            )
            for positions, place in zip(np.moveaxis(together.positions, 2, 0), together.undefined_at.T, strict=True)
        )


@kept("runs")
def rates_taken(where: Where, noise: Noise, run: RunChoice, start: Point, steps: int) -> Array | None:
    """The learning rate of every step of a run, shape (steps,); None for a rule without one."""
    return learning_rates(built(*where), run.build(), outcome(where, noise, run, start, steps).trajectory)


def outcomes(choices: Choices) -> list[Outcome]:
    """Every run of the race."""
    runs = [replace(run, hidden=False) for run in choices.runs]  # hiding a run computes nothing anew
    return [outcome(choices.where, choices.gradient_noise, run, choices.start, choices.steps_taken) for run in runs]


def crowds(choices: Choices) -> list[tuple[Outcome, ...]]:
    """Every run of the race from its further starts."""
    _, *further = choices.starts_within_budget
    if not further:
        return [() for _ in choices.runs]
    runs = [replace(run, hidden=False) for run in choices.runs]
    noise = choices.gradient_noise
    return [crowd(choices.where, noise, run, tuple(further), choices.steps_taken) for run in runs]


@kept("landscapes")
def critical_points(where: Where) -> CriticalPoints:
    """The critical points in the landscape's domain."""
    return find_critical_points(built(*where))


@kept("landscapes")
def scale(where: Where, kind: str) -> Heights:
    """The heights of a landscape over its domain."""
    surface = built(*where)
    return heights(surface, surface.domain, kind)


@kept("landscapes")
def window_scale(where: Where, kind: str, window: Domain | None) -> Heights:
    """The heights of what the map shows: those of the domain where they tell enough of it apart."""
    whole = scale(where, kind)
    return whole if window is None else heights_within(built(*where), window, whole)


def lowest(found: CriticalPoints) -> float | None:
    """The lowest loss at a minimum in view, isolated or along a curve; None where there is none."""
    points = [point.value for point in found.points if point.nature == "minimum"]
    curves = [curve.value for curve in found.sets if curve.kind == "minimum"]
    return min(points + curves, default=None)


def prepare() -> None:
    """Computes what a visitor without a link sees first, so that it is there when somebody comes."""
    outcomes(first_choices())
    for choices in (first_choices(), first_on_curvature()):
        critical_points(choices.where)
        scale(choices.where, choices.height)
