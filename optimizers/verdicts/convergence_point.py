"""The critical point next to the end of a run, and what it is.

Places are measured in views: a coordinate divided by the width of the landscape's domain along it. So nothing here
depends on units, and a thousandth of a view is what a map of ordinary size can just show.
"""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape, eigenvalue_errors
from landscapes.curvature import hessian_jumps, hessian_place
from optimizers.verdicts.nearby import BLURRED, RADII, Kind, Shape, nearby
from optimizers.verdicts.surroundings import Surroundings, circle, turns

REACH = 1e-3  # views: nearer than this, a run is at the point as far as a map can show
CLOSE = 1e-6  # views: the longest last step of Newton's method
ROUNDING = 1e-13  # views: what an exactly stable direction gathers by rounding alone
FLAT = 1e-7  # an eigenvalue below this part of the Hessian's size may be zero
NOTHING = 1e-13  # an eigenvalue below this part of it is, where nothing is known of how the Hessian was made
CIRCLE = RADII[-1] * circle(turns(8))  # views: where the Hessian's size is taken
SAME = 0.2  # in parts of it: how much a small one may change close by
KINK = (1e-4, 1e-6)  # of that circle: if the gradient is as long on both, it jumps
UNITS = 10 * np.finfo(float).eps  # of a coordinate, times the condition number: what Newton's method leaves
VAGUE = 1e-7  # views: the same at a degenerate point
KNOWN = 1e3  # times that: what is known to three digits
ITERATIONS = 48  # of Newton's method: enough for a linear convergence by 2/3, as at a fourth power
FLOORS = (1e-5, 1e-13, 1e-18)  # of the largest curvature: below it a direction is taken for level; two to make sure


class ConvergencePoint(NamedTuple):
    """A critical point: where, of which kind, and what the loss does around it."""

    position: Array  # (2,)
    kind: Kind
    shape: Shape  # strict where the Hessian decides
    regular: bool  # does the Hessian decide?
    kink: bool  # the gradient jumps there, and counts as zero in the middle
    zeros: int  # how many of the eigenvalues that count are zero: of a landscape of one variable, f'' alone
    eigenvalues: Array  # (2,), ascending
    eigenvectors: Array  # (2, 2), in columns
    falls: Array  # (2, K), unit vectors along which the loss falls from there
    rises: Array  # (2, K), the same for those along which it rises
    level: Array  # (2, K), the same for those along which it is level to rounding, where there are such
    error: float  # views: how far off the position may be

    def knows(self, distance: float) -> bool:
        """Whether a distance from here, in views, is known to three digits."""
        return distance >= KNOWN * self.error

    @property
    def nature(self) -> str:
        """What is special about it, in a word or two; nothing of a plain minimum, maximum or saddle."""
        if self.kind == "flat" or self.kink:
            return ""
        if self.shape == "strict":
            return "" if self.regular else "degenerate"
        kinds = "minima" if self.kind == "minimum" else "maxima"
        if self.shape == "crossing":
            return f"where curves of {kinds} cross"
        if self.shape == "curve":
            return f"one of a curve of {kinds}"
        return "not strict"


def widths(landscape: Landscape) -> Array:
    """One view: the extent of the domain along each axis, shape (2,)."""
    return np.array([high - low for low, high in landscape.domain])


def critical_point_near(landscape: Landscape, p: Array) -> ConvergencePoint | None:
    """The critical point within a thousandth of a view or so, found by Newton's method; None where there is none.

    The Newton step, not the size of the gradient, says whether it is near: it does not depend on how steep the
    landscape is, and on a plateau, where the gradient is small too, it is long. At first directions with hardly any
    curvature are left alone, so that a curve of minima is met where the run came down.
    """
    found = None
    for floor in FLOORS:
        there, level = _newton(landscape, p, floor)
        found = there or found
        if not level or (found is not None and (found.regular or found.shape != "strict")):
            break  # where no direction was level, a lower floor would lead the same way
    return found


def _newton(landscape: Landscape, p: Array, floor: float) -> tuple[ConvergencePoint | None, bool]:
    """The critical point that Newton's method finds, which goes hardly anywhere along curvatures below `floor`.

    And whether there were such on its way.
    """
    scale = widths(landscape)
    c, error, step, level = p.copy(), np.inf, np.zeros_like(p), False
    for _ in range(ITERATIONS):
        g, hessian = landscape.gradient(c) * scale, landscape.hessian(c) * np.outer(scale, scale)
        if not (np.isfinite(g).all() and np.isfinite(hessian).all()):
            return None, level
        curvatures, axes = np.linalg.eigh(hessian)
        least = floor * np.abs(curvatures).max()
        bent = np.abs(curvatures) > least
        level |= not bent.all()
        inverse = np.where(bent, 1 / curvatures, curvatures / least / least)
        step = -axes @ (inverse * (axes.T @ g)) if least > 0 else np.zeros_like(g)
        if np.abs(step).max() > 2 * REACH or np.abs((c - p) / scale).max() > 4 * REACH:
            return None, level
        c, before, error = c + step * scale, error, float(np.abs(step).max())
        if error <= ROUNDING and not 0 < error < before / 2:
            break  # no step makes it better any more
    g = landscape.gradient(c) * scale
    hessians = landscape.hessian(c[:, None] + scale[:, None] * np.hstack([np.zeros((2, 1)), CIRCLE]))
    hessians = hessians * np.outer(scale, scale)[:, :, None]
    size = float(np.nan_to_num(np.abs(hessians), posinf=0.0).max())
    arrived = error <= CLOSE and np.abs(g).max() <= 1e-10 * size
    if not (arrived and np.isfinite(hessians[:, :, 0]).all()):
        return None, level
    return _classified(Surroundings(landscape, c, scale, step), size, error), level


def _classified(here: Surroundings, size: float, error: float) -> ConvergencePoint | None:
    radius = max(RADII[0], BLURRED * error)
    place, one = hessian_place(here.landscape, here.centre), _decides(here, radius)
    hessian = here.landscape.hessian(place)
    eigenvalues, eigenvectors = np.linalg.eigh(hessian)
    curvatures, axes = np.linalg.eigh(hessian * np.outer(here.scale, here.scale))
    counted = [k for k in (0, 1) if not here.landscape.curve or axes[0, k] != 0]
    kink = _has_kink(here)
    rounding = _curvature_rounding(here, hessian, size)
    bends = [
        abs(curvatures[k]) > FLAT * size or _bends(here, curvatures[k], axes[:, k], rounding[k], radius)
        for k in counted
    ]
    left = np.abs(axes.T @ (here.landscape.gradient(here.centre) * here.scale) / curvatures)
    if any(bent and left[k] > CLOSE for k, bent in zip(counted, bends, strict=True)):
        return None  # along a curvature that is small, but not zero, the point is elsewhere
    regular = all(bends) and not kink and one
    zeros = bends.count(False)
    if all(np.abs(curvatures[counted]) > FLAT * size) and not kink and one:
        signs = np.sign(curvatures[counted])
        kind: Kind = "minimum" if signs.min() > 0 else "maximum" if signs.max() < 0 else "saddle"
        downhill, uphill = eigenvectors[:, eigenvalues < 0], eigenvectors[:, eigenvalues > 0]
        level = eigenvectors[:, :0]
        shape: Shape = "strict"
    else:
        found = nearby(here, curvatures, axes, FLAT * size if one and not kink else np.inf, error)
        if found is None:
            return None
        kind, shape = found.kind, found.shape
        downhill, uphill, level = (_unit(here.scale[:, None] * u) for u in (found.lower, found.higher, found.level))
    if regular or kink or shape != "strict":
        bent = np.abs(curvatures[[k for k, bend in zip(counted, bends, strict=True) if bend]])
        condition = bent.max() / bent.min() if bent.size else 1.0
        error = float(UNITS * condition * np.abs(here.centre / here.scale).max())
    else:
        error = VAGUE
    return ConvergencePoint(
        here.centre, kind, shape, regular, kink, zeros, eigenvalues, eigenvectors, downhill, uphill, level, error
    )


def _unit(steps: Array) -> Array:
    return np.asarray(steps / np.hypot(*steps))


def _decides(here: Surroundings, radius: float) -> bool:
    """Whether there is a Hessian, or several meet of which each by itself is that of a minimum."""
    if not hessian_jumps(here.landscape, here.centre):
        return True
    around = here.landscape.hessian(here.place(radius / RADII[-1] * CIRCLE))
    views = np.outer(here.scale, here.scale)
    least: float = np.linalg.eigvalsh(np.moveaxis(around * views[:, :, None], -1, 0)).min()
    return least > FLAT * float(np.abs(around * views[:, :, None]).max())


def _has_kink(here: Surroundings) -> bool:
    """Whether the gradient is as long close by as a hundred times further out: at the bottom of a V it is."""
    far, close = (np.abs(here.landscape.gradient(here.place(r * CIRCLE)).T * here.scale).max() for r in KINK)
    return bool(close > far / 2 > 0)


def _curvature_rounding(here: Surroundings, hessian: Array, size: float) -> Array:
    """How far the curvatures may be off, (2,): by the formula's rounding, so that 2 is not 0 beside 2e20."""
    if here.landscape.rounding is None:
        return np.full(2, NOTHING * size)
    views = np.outer(here.scale, here.scale)
    bound = eigenvalue_errors(hessian * views, here.landscape.rounding("hessian", here.centre) * views)
    return np.where(np.isfinite(bound), bound, NOTHING * size)


def _bends(here: Surroundings, curvature: float, axis: Array, rounding: float, radius: float) -> bool:
    """Whether a small curvature is none of rounding, or of a point that is off: it hardly changes close by."""
    beside = here.curvature(radius / RADII[-1] * CIRCLE, axis)
    return bool(abs(curvature) > rounding and (np.abs(beside / curvature - 1) <= SAME).all())
