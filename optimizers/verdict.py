"""What became of a run: an honest verdict by gradient, Hessian and motion."""

from typing import Literal, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.arrival import critical_point_near, settled_since, widths
from optimizers.engine import Trajectory
from optimizers.optimizer import Optimizer
from optimizers.orbit import orbit_of
from optimizers.sentences import arrived, circling, diverged, moving, plateau, standing
from optimizers.strain import nth, strain_of

Kind = Literal["minimum", "maximum", "saddle", "flat", "cycle", "moving", "diverged"]
LOOK = 64  # steps at the end of a run at which the curvature is compared with the border, at most
STILL = 5  # steps without any change that make a standstill


class Verdict(NamedTuple):
    """What a run came to."""

    kind: Kind
    position: Array  # (2,): the critical point, or the last place of a run that did not arrive
    step: int  # from which on the run stayed there, or at which it left; the last one of a run that still moves
    sentence: str  # the same for a person, with the numbers that decided


def verdict(landscape: Landscape, optimizer: Optimizer, run: Trajectory) -> Verdict | tuple[Verdict, ...]:
    """What became of a run, or of each of N; never told from the loss alone, and never better than it is.

    *diverged*: it left, as `descend` says. *minimum*, *maximum*, *saddle*: it ended within a thousandth of a view of a
    point where the gradient is zero to rounding, and stays: it does not jitter there, nor grow, nor has it been there
    and left before; the kind is by the signs of the Hessian's eigenvalues there. *flat*: the same where one of them is
    zero, as on the floor of a trough, or where the gradient is too small for float64 to move at all. *cycle*: it runs
    round the same places, bounded and not shrinking, periodic or not. *moving*: everything else, such as slow crawls,
    jitter that changes, and motion by noise. The full landscape decides, not a mini-batch.

    A verdict is about the steps that were taken: RMSProp and Adam at a constant rate come to rest at a minimum, and may
    burst away from it thousands of steps later. A longer run then says so.

    >>> from landscapes import formula
    >>> from optimizers import OPTIMIZERS, descend
    >>> landscape, optimizer = formula("(1 - x*y)**2"), OPTIMIZERS["gradient_descent"](learning_rate=0.05)
    >>> verdict(landscape, optimizer, descend(landscape, optimizer, np.array([0.5, -0.5]), steps=300)).kind
    'saddle'
    """
    paths = run.positions
    with np.errstate(all="ignore"):  # what is not finite on the way out is what diverged means
        if paths.ndim == 2:
            return _verdict(landscape, optimizer, paths, 0)
        return tuple(_verdict(landscape, optimizer, paths[:, :, n], n) for n in range(paths.shape[2]))


def _verdict(landscape: Landscape, optimizer: Optimizer, path: Array, n: int) -> Verdict:
    finite = np.isfinite(path).all(axis=0)
    seen = path if finite.all() else path[:, : int(finite.argmin())]
    end, last = seen.shape[1] - 1, seen[:, -1]
    late = range(end - min(LOOK, end // 4), end)
    if end + 1 < path.shape[1]:
        strain = strain_of(landscape, optimizer, seen, sorted({0, *range(max(0, end - LOOK), end + 1)}), n)
        return Verdict("diverged", last, end + 1, diverged(landscape, seen, strain))
    place = critical_point_near(landscape, last)
    since = None if place is None else settled_since(place, seen, widths(landscape))
    if place is not None and since is not None:
        return Verdict(place.kind, place.position, since, arrived(landscape, place, since))
    still = _standing_since(seen)
    if still is not None and _is_level(landscape, seen):
        return Verdict("flat", last, still, plateau(landscape, last))
    strain = strain_of(landscape, optimizer, seen, late, n)
    strained = strain is not None and strain.lasts()
    orbit = orbit_of(seen, widths(landscape), strained) if landscape.batch is None else None
    if orbit is not None:
        return Verdict("cycle", last, orbit.since, circling(landscape, seen, orbit, strain if strained else None))
    rate = None if optimizer.rate is None or end == 0 else nth(optimizer.rate(end - 1), n)
    sentence = standing(landscape, seen, rate) if still is not None else moving(landscape, seen, place)
    return Verdict("moving", last, end, sentence)


def _standing_since(path: Array) -> int | None:
    """The step from which on not a bit of the position has changed; None if it changed in one of the last steps."""
    end = path.shape[1] - 1
    changed = np.flatnonzero((np.diff(path) != 0).any(axis=0))
    since = int(changed[-1]) + 1 if changed.size else 0
    return since if since < end and (since <= end - STILL or since == 0) else None


def _is_level(landscape: Landscape, path: Array) -> bool:
    """Would the gradient at the end, kept up over a whole view, change the loss by less than rounding does?"""
    scale, (low, high) = widths(landscape), np.array(landscape.domain, dtype=float).T
    across = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, 9)
    losses = np.abs(landscape.value(np.concatenate([path[:, :1], path[:, -1:], across], axis=1)))
    return bool(
        np.abs(landscape.gradient(path[:, -1]) * scale).max() <= 1e-12 * np.nan_to_num(losses, posinf=0.0).max()
    )
