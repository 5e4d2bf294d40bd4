"""What a lesson's sentences and checks are computed from: the runs of its picture, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from landscapes import Array, CriticalPoint, CriticalPoints, Landscape, Outlier
from optimizers import Verdict


@dataclass(frozen=True, eq=False, kw_only=True)
class SeenRun:
    """One run of the picture."""

    name: str
    numbers: Mapping[str, float]  # its hyperparameters, "warmup", and "limit" where gradients are clipped
    positions: Array  # (2, steps + 1), nan after it left
    loss: Array  # (steps + 1,)
    gradient_norm: Array  # (steps + 1,)
    verdict: Verdict
    verdicts: tuple[Verdict, ...]  # from every start of the picture, that one first

    @property
    def rate(self) -> float:
        """The learning rate that was chosen."""
        return self.numbers["learning_rate"]

    @property
    def arrival(self) -> int | None:
        """The step from which on it stayed at a minimum; None where it never did."""
        return self.verdict.step if self.verdict.kind == "minimum" else None

    @cached_property
    def end(self) -> Array:
        """Where it was last seen, (2,)."""
        seen = self.positions[:, np.isfinite(self.positions).all(axis=0)]
        return seen[:, -1]

    @cached_property
    def last_loss(self) -> float:
        """The loss there."""
        return float(self.loss[np.isfinite(self.loss)][-1])

    @cached_property
    def step_lengths(self) -> Array:
        """How far each step went, (steps,)."""
        return np.asarray(np.hypot(*np.diff(self.positions)))


@dataclass(frozen=True, eq=False, kw_only=True)
class Seen:
    """The picture of a lesson, as its knobs are turned."""

    landscape: Landscape
    found: CriticalPoints
    start: tuple[float, float]
    starts: tuple[tuple[float, float], ...]  # of every run, that one first
    noise: float
    outlier: Outlier
    runs: tuple[SeenRun, ...]

    def points(self, kind: str) -> tuple[CriticalPoint, ...]:
        """The critical points of a kind, the lowest first."""
        return tuple(sorted((p for p in self.found.points if p.kind == kind), key=lambda p: p.value))

    def curvatures(self, place: Array) -> tuple[float, float]:
        """The Hessian's eigenvalues there, ascending."""
        low, high = np.linalg.eigvalsh(self.landscape.hessian(place))
        return float(low), float(high)


@dataclass(frozen=True, eq=False, kw_only=True)
class SeenPart:
    """A picture of Data or of Networks that is no race, as its knobs are turned."""

    numbers: Mapping[str, float]  # at which its knobs stand, and what else it comes to in one number
    curves: Mapping[str, Array]  # what it draws, by name


def distance(a: Array | tuple[float, float], b: Array | tuple[float, float]) -> float:
    """From one place to another."""
    return float(np.hypot(*(np.asarray(a) - np.asarray(b))))
