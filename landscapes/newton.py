"""Newton's method for many zeros of a gradient at once, degenerate ones and whole curves of them included."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array
from landscapes.view import View

SINGULAR = 1e-13  # |det H| / |H|² below which rounding alone decides about H⁻¹
ITERATIONS = 36
REACH = 0.06  # longest step, in halves of the view: four cells of the search grid
ARRIVED = 1e-12  # last step
TREMBLING = 1e-9  # last step where rounding along a long valley keeps it from getting shorter
CLOSE = 1e-3  # longest last step where rounding of the gradient may hide the zero


class Step(NamedTuple):
    """One Newton step for each of N points."""

    move: Array  # (2, N)
    length: Array  # (N,)
    rest: Array  # (2, N), slope that no step along the range of H removes, in units of |H|
    singular: NDArray[np.bool_]  # (N,), H has rank 1 or less to rounding


class Zeros(NamedTuple):
    """Where the gradient vanishes."""

    sharp: Array  # (2, N), by a Hessian that has an inverse
    blurred: Array  # (2, M), where the slope is less than its own rounding error
    stuck: Array  # (2, K), where H has no inverse to rounding, and yet there is a slope left


def newton_step(g: Array, h: Array, singular: float = SINGULAR) -> Step:
    """-H⁻¹g; -Hg/tr², the shortest step for an H of rank 1, where |det H| ≤ singular · |H|².

    Its length stays the same when the loss is multiplied by 1e-200, so it says what |g| cannot: whether a zero is
    near. It is infinite on a slope without curvature.
    """
    size = np.abs(h).max(axis=(0, 1))
    (a, b), (_, d) = h / size
    x, y = g / size
    det = a * d - b * b
    flat = np.abs(det) <= singular
    short = -np.array([a * x + b * y, b * x + d * y]) / (a + d) ** 2
    move = np.where(flat, short, np.array([b * y - d * x, b * x - a * y]) / det)
    rest = np.where(flat, np.array([x + a * move[0] + b * move[1], y + b * move[0] + d * move[1]]), 0.0)
    level = (size == 0) & (g == 0).all(axis=0)
    move[:, level], rest[:, level] = 0.0, 0.0
    length = np.hypot(*move)
    length[~np.isfinite(length)] = np.inf
    return Step(move, length, rest, flat | level)


def zeros(view: View, starts: Array, singular: float = SINGULAR, leap: bool = True) -> Zeros:
    """The zeros that Newton's method reaches from `starts` (2, N), many of them several times.

    A step is at most REACH long. A zero of higher order is approached by a constant factor; to leap is to go, in every
    third step, as far as the last two promise. Work: at most ITERATIONS + 5 gradients and ITERATIONS Hessians a start.

    Args:
        singular: as in `newton_step`; np.inf goes straight to the nearest point of a curve of zeros.
    """
    u, before = starts, np.full(starts.shape, np.nan)
    sharp, blurred, stuck = ([np.empty((2, 0))] for _ in range(3))
    for iteration in range(ITERATIONS):
        g, h = view.gradient(u), view.hessian(u)
        step = newton_step(g, h, singular)
        there = step.length <= ARRIVED
        last = iteration == ITERATIONS - 1
        clear = (step.length <= (TREMBLING if last else ARRIVED)) & ~step.singular
        sharp.append((u + step.move)[:, clear])
        doubtful = (step.length <= (CLOSE if last else ARRIVED)) & ~clear
        slope = np.where(step.singular, step.rest * np.abs(h).max(axis=(0, 1)), g)[:, doubtful]
        left = u[:, doubtful]
        if left.shape[1]:
            lost = np.hypot(*slope) <= 4 * noise(view, left, slope)
            blurred.append(left[:, lost])
            stuck.append(left[:, ~lost])
        going = ~there & np.isfinite(step.length) & (np.abs(u).max(axis=0) <= 1.1)
        if last or not going.any():
            break
        move = step.move[:, going] * np.minimum(1.0, REACH / step.length[going])
        if leap and iteration % 3 == 2:
            move = ahead(move, before[:, going])
        u, before = u[:, going] + move, move
    return Zeros(np.hstack(sharp), np.hstack(blurred), np.hstack(stuck))


def ahead(move: Array, before: Array) -> Array:
    """A step of a series whose steps shrink by a constant factor, lengthened to the series' end."""
    ratio = (move * before).sum(axis=0) / (before**2).sum(axis=0)
    straight = np.hypot(*(move - ratio * before)) <= 0.1 * np.hypot(*move)
    steady = straight & (ratio > 0.25) & (ratio < 0.97)
    return np.where(steady, move / (1 - np.where(steady, ratio, 0.0)), move)


def polished(view: View, u: Array) -> Array:
    """Simple zeros after one more Newton step, wherever it is short."""
    step = newton_step(view.gradient(u), view.hessian(u))
    return u + np.where(step.length <= CLOSE, step.move, 0.0)


def noise(view: View, u: Array, slope: Array) -> Array:
    """How much the gradient's component along `slope` changes when u moves by rounding only, (2, N), (2, N) -> (N,)."""
    here, apart = view.gradient(u), 4 * view.rounding(u)
    corners = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    moved = np.array([view.gradient(u + apart * np.array(corner)[:, None]) for corner in corners])
    along = slope / np.maximum(np.hypot(*slope), np.finfo(float).tiny)
    largest: Array = np.abs(((moved - here) * along).sum(axis=1)).max(axis=0)
    return largest


def distinct(u: Array, radius: float) -> Array:
    """One of every group of points narrower than `radius`; four shifted lattices, so that no group is split."""
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        i, j = np.floor(u / radius + np.array(shift)[:, None])
        u = u[:, np.unique(i + 1j * j, return_index=True)[1]]
    return u
