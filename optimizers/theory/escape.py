"""Leaving a critical point from which there is a way down: what the Hessian predicts, and what a run does."""

import math
from dataclasses import dataclass

import numpy as np

from landscapes import Array, CriticalPoint, Landscape, circle
from landscapes.curvature import eigenvalues
from optimizers.engine import descend
from optimizers.rules import gradient_descent
from optimizers.verdicts import Verdict, verdict

NUDGE = 1e-3  # of the view's width: the step off the point
RATE = 0.2  # times 1/λₘₐₓ at the point: well inside gradient descent's border
STEPS = 200
REACH = 0.1  # of the view's width: how far the change of the loss is looked at
ROUNDING = 16 * float(np.finfo(float).eps)  # of the loss: a difference that is smaller is none
FLAT = 1e-6  # of the Hessian's size at that distance: an eigenvalue that is smaller is 0 at a degenerate point


@dataclass(frozen=True, kw_only=True)
class Escape:
    """A way down from a critical point, and gradient descent on it."""

    point: CriticalPoint
    eigenvalues: Array  # (2,), ascending, of the Hessian at the point; 0 where they are within doubt
    direction: Array  # (2,), unit
    eigenvalue: float | None  # along it, negative; None where the Hessian does not tell that the loss falls
    reach: float  # the distance at which the change of the loss is compared with the prediction
    change: float  # of the loss at that distance
    nudge: float  # how far from the point the first run starts
    rate: float  # of both runs
    positions: Array  # (2, STEPS + 1, 2), of the run from beside the point and of that from the point itself
    verdicts: tuple[Verdict, Verdict]

    @property
    def predicted(self) -> float | None:
        """½ λ ε² at that distance."""
        return None if self.eigenvalue is None else self.eigenvalue * self.reach**2 / 2

    @property
    def growth(self) -> float | None:
        """η|λ|: what a step adds to the distance, in parts of it, as long as the second-order model holds."""
        return None if self.eigenvalue is None else -self.rate * self.eigenvalue

    @property
    def doubling(self) -> float | None:
        """The steps in which the distance then doubles."""
        return None if self.growth is None else math.log(2) / math.log1p(self.growth)

    @property
    def distances(self) -> Array:
        """From the point, shape (STEPS + 1, 2)."""
        return np.asarray(np.hypot(*(self.positions - self.point.position[:, None, None])))

    def doubled(self) -> int | None:
        """The step at which the first run is twice as far away as at its start; None if it never is."""
        far = np.flatnonzero(self.distances[:, 0] >= 2 * self.nudge)
        return int(far[0]) if far.size else None


def leads_down(landscape: Landscape, point: CriticalPoint) -> bool:
    """Whether there is a way down from a critical point: by its kind, else by an eigenvalue or the loss around it."""
    if point.kind == "minimum":
        return False
    if point.kind != "degenerate" and np.isfinite(point.eigenvalues).all():
        return True
    return _negative(landscape, point) is not None or _lowest(landscape, point) is not None


def escape(landscape: Landscape, point: CriticalPoint) -> Escape:
    """The way down along the eigenvector of the most negative eigenvalue, with gradient descent from beside the point.

    Where no eigenvalue is negative beyond rounding the way is to the lowest place at a tenth of the view's width.

    Raises:
        ValueError: nothing leads down from there.
    """
    eigenvalue, lowest = _negative(landscape, point), _lowest(landscape, point)
    if eigenvalue is None and lowest is None:
        raise ValueError(f"nothing leads down from the {point.kind} at {point.position.tolist()}")
    width = view_width(landscape)
    direction = point.eigenvectors[:, 0] if eigenvalue is not None or lowest is None else lowest
    places = point.position[:, None] + REACH * width * np.outer(direction, (1, -1))
    sizes = np.abs(point.eigenvalues) if eigenvalue is not None else _sizes(landscape, point)
    steepest = float(np.hypot(*landscape.gradient(places)).max()) / (REACH * width)
    rate = float(f"{RATE / (float(sizes.max(initial=0.0)) or steepest):.2g}")
    starts = np.stack([point.position + NUDGE * width * direction, point.position], axis=1)
    optimizer = gradient_descent(learning_rate=rate)
    run = descend(landscape, optimizer, starts, STEPS)
    verdicts = verdict(landscape, optimizer, run)
    assert not isinstance(verdicts, Verdict)
    return Escape(
        point=point,
        eigenvalues=np.where(np.abs(point.eigenvalues) <= _doubt(landscape, point), 0.0, point.eigenvalues),
        direction=direction,
        eigenvalue=eigenvalue,
        reach=REACH * width,
        change=float(landscape.value(places)[0] - landscape.value(point.position)),
        nudge=NUDGE * width,
        rate=rate,
        positions=run.positions,
        verdicts=(verdicts[0], verdicts[1]),
    )


def view_width(landscape: Landscape) -> float:
    """The longer side of the domain."""
    return max(high - low for low, high in landscape.domain)


def _sizes(landscape: Landscape, point: CriticalPoint) -> Array:
    """The sizes of all eigenvalues on a circle at the distance that is looked at, where they are finite."""
    found = np.abs(eigenvalues(landscape, circle(point.position, np.array([REACH * view_width(landscape)]))))
    return found[np.isfinite(found)]


def _negative(landscape: Landscape, point: CriticalPoint) -> float | None:
    """The smaller eigenvalue where it is negative beyond doubt."""
    smallest = float(point.eigenvalues[0])
    if not (smallest < 0 and np.isfinite(point.eigenvalues).all()):
        return None
    return smallest if -smallest > _doubt(landscape, point) else None


def _doubt(landscape: Landscape, point: CriticalPoint) -> float:
    """How large an eigenvalue may be and still be 0: a degenerate point's place is known to a few digits only."""
    return FLAT * float(_sizes(landscape, point).max(initial=0.0)) if point.kind == "degenerate" else 0.0


def _lowest(landscape: Landscape, point: CriticalPoint) -> Array | None:
    """The direction in which the loss is lowest at the distance that is looked at, if it is lower than at the point."""
    places = circle(point.position, np.array([REACH * view_width(landscape)]))[:, 0]
    rise = landscape.value(places) - landscape.value(point.position)
    best = int(np.nanargmin(np.where(np.isfinite(rise), rise, np.inf)))
    if not rise[best] < -ROUNDING * abs(float(landscape.value(point.position))):
        return None
    away = places[:, best] - point.position
    return np.asarray(away / np.hypot(*away))
