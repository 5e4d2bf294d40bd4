"""What became of a run: an honest verdict by gradient, Hessian and motion."""

from typing import Literal, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import Trajectory
from optimizers.optimizer import Optimizer
from optimizers.schedules import learning_rates
from optimizers.verdicts.arrivals import EPSILON, arrived
from optimizers.verdicts.convergence import CRAWL, NEAR, Fate, converged_since, recent_motion
from optimizers.verdicts.convergence_point import ConvergencePoint, critical_point_near, widths
from optimizers.verdicts.limit_cycle import find_limit_cycle
from optimizers.verdicts.many_dimensions import ending, left_the_domain
from optimizers.verdicts.saddle_passed import on_its_way, saddle_passed
from optimizers.verdicts.sentences import Pace, circling, diverged, moving, out_of_the_domain, plateau
from optimizers.verdicts.stability import Stability, stability_of
from words import Message, mark, message, say

Kind = Literal["minimum", "maximum", "saddle", "flat", "cycle", "moving", "diverged"]
KINDS = {
    "minimum": mark("minimum"),
    "maximum": mark("maximum"),
    "saddle": mark("saddle"),
    "flat": mark("flat"),
    "cycle": mark("cycle"),
    "moving": mark("moving"),
    "diverged": mark("diverged"),
}
LEFT_DOMAIN = mark("left the domain of f")  # what a run came to that stepped where f has no value
LOOK = 64  # steps at the end of a run at which the curvature is compared with the stability limit, at most
NATURES = {
    LEFT_DOMAIN: LEFT_DOMAIN,
    "degenerate": mark("degenerate"),
    "where curves of minima cross": mark("where curves of minima cross"),
    "where curves of maxima cross": mark("where curves of maxima cross"),
    "one of a curve of minima": mark("one of a curve of minima"),
    "one of a curve of maxima": mark("one of a curve of maxima"),
    "not strict": mark("not strict"),
}
STILL = 5  # steps without any change that make a standstill
FALLEN = 0.01  # of its highest: a learning rate that has fallen below this is to blame for a standstill


class Verdict(NamedTuple):
    """What a run came to."""

    kind: Kind
    position: Array  # (2,), or (D,): the critical point, or the last place of a run that did not arrive
    step: int  # from which on the run stayed there, or at which it left; the last one of a run that still moves
    said: Message | str  # the same for a person, with the numbers that decided
    nature: str = ""  # what is special about the kind: "degenerate", "not strict"; of a run, "left the domain of f"

    @property
    def sentence(self) -> str:
        """What became of it, in the language of the present context."""
        return str(self.said)

    @property
    def name(self) -> str:
        """The kind as a table shows it.

        >>> Verdict("minimum", np.zeros(2), 7, "Reached a minimum.", "one of a curve of minima").name
        'minimum (one of a curve of minima)'
        """
        kind = say(KINDS[self.kind])
        return say("{kind} ({nature})", kind=kind, nature=say(NATURES[self.nature])) if self.nature else kind


def verdict(landscape: Landscape, optimizer: Optimizer, run: Trajectory) -> Verdict | tuple[Verdict, ...]:
    """What became of a run, or of each of N; never told from the loss alone, and never better than it is.

    *diverged*: it left, as `descend` says, all bounds or the domain of f. *minimum*, *maximum*, *saddle*: it ended
    within a thousandth of a view of a point where the gradient is zero to rounding, and stays: it does not jitter
    there, nor grow, however little, nor has it been there and left before; if it hardly moves any more, as where a
    schedule has brought the rate to zero, it is within a ten thousandth of a view. The kind is by the signs of the
    Hessian's eigenvalues there, and where one of them is zero, by the values around it: a minimum need not be strict,
    it may be one of a curve of them, and a degenerate saddle is one. *flat*: level all round, or not to be decided, or
    so level that float64 does not move. *cycle*: it runs around the same places, bounded and not shrinking, periodic or
    not. *moving*: everything else, such as slow crawls, jitter that changes, motion by noise, and runs that have
    stopped short. The full landscape decides, not a mini-batch. In D ≠ 2 dimensions the gradient, the eigenvalues of
    the Hessian and the motion decide, and no cycles are looked for; above 700 a minimum cannot be proved.

    A verdict is about the steps that were taken: Adam at a constant rate comes to rest at a minimum, and may burst away
    from it thousands of steps later. A longer run then says so.

    >>> from landscapes import formula
    >>> from optimizers import OPTIMIZERS, descend
    >>> landscape, optimizer = formula("(1 - x*y)**2"), OPTIMIZERS["gradient_descent"](learning_rate=0.05)
    >>> verdict(landscape, optimizer, descend(landscape, optimizer, np.array([0.5, -0.5]), steps=300)).kind
    'saddle'
    """
    paths = run.positions
    with np.errstate(all="ignore"):  # what is not finite on the way out is what diverged means
        if paths.ndim == 2:
            return _verdict(landscape, optimizer, run, paths, 0)
        return tuple(_verdict(landscape, optimizer, run, paths[:, :, n], n) for n in range(paths.shape[2]))


def _verdict(landscape: Landscape, optimizer: Optimizer, run: Trajectory, path: Array, n: int) -> Verdict:
    finite = np.isfinite(path).all(axis=0)
    seen = path if finite.all() else path[:, : int(finite.argmin())]
    if path.shape[0] != 2:
        outside = run.undefined_at if run.undefined_at.ndim == 1 else run.undefined_at[:, n]
        left = seen.shape[1] < path.shape[1] and np.isfinite(outside).all()
        found = left_the_domain(landscape, seen) if left else ending(landscape, seen, path.shape[1] - 1)
        return Verdict(*found, nature=LEFT_DOMAIN if left else "")
    ended, passed = _ended(landscape, optimizer, run, path, seen, n), saddle_passed(landscape, seen)
    if passed is None:
        return ended
    both = message("{some} {another}", some=ended.said, another=on_its_way(landscape, passed))
    return ended._replace(said=both)


def _ended(landscape: Landscape, optimizer: Optimizer, run: Trajectory, path: Array, seen: Array, n: int) -> Verdict:
    """What became of one run, of which only `seen` is finite."""
    end, last, scale = seen.shape[1] - 1, seen[:, -1], widths(landscape)
    if end + 1 < path.shape[1]:
        outside = run.undefined_at if run.undefined_at.ndim == 1 else run.undefined_at[:, n]
        if np.isfinite(outside).all():
            return Verdict("diverged", last, end + 1, out_of_the_domain(landscape, seen, outside), LEFT_DOMAIN)
        return Verdict(
            "diverged",
            last,
            end + 1,
            diverged(landscape, seen, _towards_the_end(landscape, optimizer, seen, n), _is_newton(optimizer)),
        )
    place = critical_point_near(landscape, last)
    fate, since = (Fate.RESTLESS, end) if place is None else converged_since(place, seen, scale)
    if place is not None and fate is Fate.SETTLED:
        said = arrived(landscape, place, since, *_left(place, seen, scale))
        return Verdict(place.kind, place.position, since, said, place.nature)
    still = _standing_since(seen)
    if still is not None and is_level(landscape, seen[:, 0], last):
        return Verdict("flat", last, still, plateau(landscape, last))
    stability = stability_of(landscape, optimizer, seen, unstable_steps(end), n)
    unstable = stability is not None and stability.mean_ratio() > 1
    cycle = find_limit_cycle(seen, scale, unstable) if landscape.batch is None else None
    if cycle is not None:
        return Verdict("cycle", last, cycle.since, circling(landscape, seen, cycle, stability if unstable else None))
    stopped = recent_motion(seen, scale) <= (EPSILON if place is None else CRAWL * _distance(place, last, scale))
    cause = _fallen_rate(landscape, optimizer, run, n) if stopped or still is not None else None
    return Verdict("moving", last, end, moving(landscape, seen, place, Pace(still is not None, stopped, cause)))


def _towards_the_end(landscape: Landscape, optimizer: Optimizer, path: Array, n: int) -> Stability | None:
    """The stability at the start and at the last steps, as far back as every one of them has been unstable."""
    end, look = path.shape[1] - 1, LOOK
    while True:
        steps = sorted({0, *range(max(0, end - look), end + 1)})
        stability = stability_of(landscape, optimizer, path, steps, n)
        if stability is None or end <= look or not stability.curvatures[1] > stability.stability_limits[1]:
            return stability
        look *= 2


def _is_newton(optimizer: Optimizer) -> bool:
    """Whether a step is a gradient over a Hessian, undamped."""
    return optimizer.made is not None and optimizer.made.factory.__name__ == "newton"


def _distance(place: ConvergencePoint, p: Array, scale: Array) -> float:
    return float(np.abs((p - place.position) / scale).max())


def _left(place: ConvergencePoint, path: Array, scale: Array) -> tuple[float, bool]:
    """How far from a place a run is, and whether it has come to rest there; 0 where it is there as it is written.

    A run that still comes nearer is not there as long as a map or the numbers of its end show that.
    """
    distance = _distance(place, path[:, -1], scale)
    stopped = recent_motion(path, scale) <= CRAWL * distance
    if distance <= (EPSILON if stopped else NEAR) or not place.knows(distance):
        return 0.0, False
    return float(np.hypot(*(path[:, -1] - place.position))), stopped


def _fallen_rate(landscape: Landscape, optimizer: Optimizer, run: Trajectory, n: int) -> tuple[float, float] | None:
    """The last learning rate and the highest of a run, where the last is zero or all but zero beside the highest."""
    rates = learning_rates(landscape, optimizer, run)
    if rates is None:
        return None
    own = rates if rates.ndim == 1 else rates[:, n if rates.shape[1] > 1 else 0]
    last, highest = float(own[-1]), float(own.max())
    return (last, highest) if last == 0 or last < FALLEN * highest else None


def _standing_since(path: Array) -> int | None:
    """The step from which on not a bit of the position has changed; None if it changed in one of the last steps."""
    end = path.shape[1] - 1
    changed = np.flatnonzero((np.diff(path) != 0).any(axis=0))
    since = int(changed[-1]) + 1 if changed.size else 0
    return since if since < end and (since <= end - STILL or since == 0) else None


def unstable_steps(end: int) -> range:
    """The steps towards the end of a run at which the curvature is compared with the stability limit."""
    return range(end - min(LOOK, end // 4), end)


def is_level(landscape: Landscape, start: Array, last: Array) -> bool:
    """Would the gradient at the end of a run, kept up over a whole view, change the loss by less than rounding does?"""
    scale, (low, high) = widths(landscape), np.array(landscape.domain, dtype=float).T
    across = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, 9)
    losses = np.abs(landscape.value(np.concatenate([start[:, None], last[:, None], across], axis=1)))
    return bool(np.abs(landscape.gradient(last) * scale).max() <= 1e-12 * np.nan_to_num(losses, posinf=0.0).max())
