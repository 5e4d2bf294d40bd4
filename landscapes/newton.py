"""Newton's method for many zeros of a gradient at once, degenerate ones and whole curves of them included."""

from typing import NamedTuple

import numpy as np

from landscapes.landscape import Array
from landscapes.view import View

SINGULAR = 1e-13  # |det H| / |H|², beyond which rounding alone decides about H⁻¹
ITERATIONS = 36
REACH = 0.06  # longest step, in halves of the view: four cells of the search grid
ARRIVED = 1e-12  # last step of a simple zero
FAINT = 1e-13  # slope left over across a curve of zeros, in units of |H|
CLOSE = 1e-3  # longest last step of a zero that rounding blurs


class Step(NamedTuple):
    """One Newton step for each of N points."""

    move: Array  # (2, N)
    length: Array  # (N,)
    rest: Array  # (N,), slope that no step along the range of H removes, in units of |H|


class Zeros(NamedTuple):
    """Where the gradient vanishes."""

    sharp: Array  # (2, N), to rounding
    blurred: Array  # (2, M), where the gradient is less than its own rounding error


def newton_step(g: Array, h: Array) -> Step:
    """-H⁻¹g; the shortest step, -Hg/λ², where H has rank 1 to rounding; infinite on a slope without curvature.

    The length does not change when the loss is multiplied by 1e-200 or the view is stretched, so it can say what
    |g| cannot: whether a zero is near.
    """
    with np.errstate(all="ignore"):
        size = np.abs(h).max(axis=(0, 1))
        (a, b), (_, d) = h / size
        x, y = g / size
        det = a * d - b * b
        singular = np.abs(det) <= SINGULAR
        trace = (a + d) ** 2
        move = np.where(
            singular,
            -np.array([a * x + b * y, b * x + d * y]) / trace,
            np.array([b * y - d * x, b * x - a * y]) / det,
        )
        rest = np.where(singular, np.hypot(x + a * move[0] + b * move[1], y + b * move[0] + d * move[1]), 0.0)
    level = (size == 0) & (g == 0).all(axis=0)
    move[:, level], rest[level] = 0.0, 0.0
    length = np.hypot(*move)
    lost = ~np.isfinite(length)
    length[lost], rest[lost] = np.inf, np.inf
    return Step(move, length, rest)


def zeros(view: View, starts: Array) -> Zeros:
    """The zeros that Newton's method reaches from `starts` (2, N), many of them several times.

    A step is at most REACH long. A zero of higher order is approached by a constant factor; every third step then
    goes as far as the last two promise. Work: at most ITERATIONS + 6 gradients and ITERATIONS Hessians a start.
    """
    u, before = starts, np.full(starts.shape, np.nan)
    sharp, blurred = [np.empty((2, 0))], [np.empty((2, 0))]
    for iteration in range(ITERATIONS):
        g, h = view.gradient(u), view.hessian(u)
        step = newton_step(g, h)
        arrived = (step.length <= ARRIVED) & (step.rest <= FAINT)
        sharp.append(u[:, arrived] + step.move[:, arrived])
        lost = np.isinf(step.length) | (np.abs(u).max(axis=0) > 1.1) | ((step.length <= ARRIVED) & (step.rest > 1e-6))
        going = ~(arrived | lost)
        if iteration == ITERATIONS - 1 or not going.any():
            break
        move = step.move[:, going] * np.minimum(1.0, REACH / np.maximum(step.length[going], ARRIVED))
        if iteration % 3 == 2:
            move = ahead(move, before[:, going])
        u, before = u[:, going] + move, move
    rest = going & (step.length <= CLOSE)
    left = u[:, rest]
    blurred.append(left[:, np.abs(g[:, rest]).max(axis=0, initial=0.0) <= 4 * noise(view, left)])
    return Zeros(np.concatenate(sharp, axis=1), np.concatenate(blurred, axis=1))


def ahead(move: Array, before: Array) -> Array:
    """A step of a series whose steps shrink by a constant factor, lengthened to the series' end."""
    with np.errstate(all="ignore"):
        ratio = (move * before).sum(axis=0) / (before**2).sum(axis=0)
        straight = np.hypot(*(move - ratio * before)) <= 0.1 * np.hypot(*move)
    steady = straight & (ratio > 0.25) & (ratio < 0.97)
    return np.where(steady, move / (1 - np.where(steady, ratio, 0.0)), move)


def polished(view: View, u: Array) -> Array:
    """Simple zeros after one more Newton step, wherever it is short."""
    step = newton_step(view.gradient(u), view.hessian(u))
    return u + np.where(step.length <= CLOSE, step.move, 0.0)


def noise(view: View, u: Array) -> Array:
    """How much the gradient changes when u moves by rounding only, (2, N) -> (N,)."""
    here, apart = view.gradient(u), 4 * view.rounding(u)
    corners = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    moved = [view.gradient(u + apart * np.array(corner)[:, None]) for corner in corners]
    return np.abs(np.array(moved) - here).max(axis=(0, 1), initial=0.0)


def distinct(u: Array, radius: float) -> Array:
    """One of every group of points narrower than `radius`, (2, N) -> (2, M): four shifted lattices, so none is split."""
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        i, j = np.floor(u / radius + np.array(shift)[:, None])
        u = u[:, np.unique(i + 1j * j, return_index=True)[1]]
    return u
