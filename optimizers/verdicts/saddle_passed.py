"""A saddle that a run came to on its way, where it slowed down, and left again along the negative curvature."""

from typing import NamedTuple

import numpy as np
from scipy.signal import find_peaks, peak_prominences

from landscapes import Array, Landscape
from optimizers.verdicts.arrivals import direction, where
from optimizers.verdicts.convergence_point import ConvergencePoint, critical_point_near, widths
from words import Message, message, short

SLOWER = 5.0  # times: so much the gradient norm falls on the way to a saddle, and rises after it, at least
NEAR = 0.05  # of the smaller width of the view: within it a run is at the saddle; as a number of one digit
STAY = 5  # steps within it, at least
ALONG = 0.9  # the cosine between the way out and the direction of negative curvature, at least
LOOKS = 8  # slow places that are looked at, the slowest first, at most
CLOSE = 1e-6  # of that: a step of Newton's method after which it need not go on
ITERATIONS = 20  # of Newton's method, from a slow place to the critical point next to it


class SaddlePassed(NamedTuple):
    """A saddle, and when a run was there."""

    place: ConvergencePoint
    radius: float  # the run was so near to it
    first: int  # from this step
    last: int  # to this one
    slowest: int  # the step in between at which the gradient norm was smallest
    norm: float  # which it was


def saddle_passed(landscape: Landscape, path: Array) -> SaddlePassed | None:
    """The saddle at which a run was slowest before it left along the negative curvature; None if there was none.

    Args:
        path: (2, T), all finite.
    """
    if landscape.curve or path.shape[1] < STAY + 2:
        return None
    norms = np.hypot(*landscape.gradient(path))
    if not np.isfinite(norms).all():
        return None
    logs = np.log(np.maximum(norms, np.finfo(float).tiny))
    before = logs.max()  # as if every run came from a slope, so that one may begin at a saddle
    slow = -np.append(before, logs)
    dips, _ = find_peaks(slow, prominence=np.log(SLOWER))
    depths = peak_prominences(slow, dips)[0]
    for dip in dips[np.argsort(-depths, kind="stable")][:LOOKS] - 1:
        passed = _passed(landscape, path, norms, int(dip))
        if passed is not None:
            return passed
    return None


def _passed(landscape: Landscape, path: Array, norms: Array, dip: int) -> SaddlePassed | None:
    place = _next_to(landscape, path[:, dip])
    if place is None or place.kind != "saddle" or not place.regular:
        return None
    radius = float(f"{NEAR * widths(landscape).min():.1g}")
    away = np.flatnonzero(np.hypot(*(path - place.position[:, None])) > radius)
    before, after = away[away < dip], away[away > dip]
    if dip in away or not after.size:
        return None
    first, last = int(before[-1]) + 1 if before.size else 0, int(after[0]) - 1
    out = path[:, last + 1] - place.position
    if last - first < STAY or abs(out @ place.eigenvectors[:, 0]) < ALONG * np.hypot(*out):
        return None
    slowest = first + int(norms[first : last + 1].argmin())
    return SaddlePassed(place, radius, first, last, slowest, float(norms[slowest]))


def _next_to(landscape: Landscape, p: Array) -> ConvergencePoint | None:
    """The critical point to which Newton's method leads from here, if it does."""
    c, reach = p, NEAR * widths(landscape)
    for _ in range(ITERATIONS):
        g, hessian = landscape.gradient(c), landscape.hessian(c)
        if not np.isfinite(hessian).all() or abs(np.linalg.det(hessian)) == 0:
            return None
        step = np.linalg.solve(hessian, g)
        c = c - step
        if not (np.abs(c - p) <= reach).all():
            return None
        if (np.abs(step) <= CLOSE * reach).all():
            break
    return critical_point_near(landscape, c)


def on_its_way(landscape: Landscape, passed: SaddlePassed) -> Message:
    """The same in plain words."""
    spot, radius, last = where(landscape, passed.place.position), short(passed.radius), f"{passed.last:,}"
    axis, eigenvalue = direction(passed.place.eigenvectors[:, 0], 2, symmetric=True), passed.place.eigenvalues[0]
    if passed.first:
        return message(
            "On its way it came to the saddle at {place}: within {radius} of it from step {first} to {last}, its "
            "gradient norm was smallest at step {slowest}, {norm}, and it left along {axis}, where the Hessian's "
            "eigenvalue is {eigenvalue}.",
            place=spot,
            radius=radius,
            first=f"{passed.first:,}",
            last=last,
            slowest=f"{passed.slowest:,}",
            norm=short(passed.norm),
            axis=axis,
            eigenvalue=short(float(eigenvalue)),
        )
    return message(
        "It began near the saddle at {place}: within {radius} of it to step {last}, its gradient norm was smallest at "
        "step {slowest}, {norm}, and it left along {axis}, where the Hessian's eigenvalue is {eigenvalue}.",
        place=spot,
        radius=radius,
        last=last,
        slowest=f"{passed.slowest:,}",
        norm=short(passed.norm),
        axis=axis,
        eigenvalue=short(float(eigenvalue)),
    )
