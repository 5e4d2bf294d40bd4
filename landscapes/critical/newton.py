"""Newton's method for many zeros of a gradient at once, degenerate ones and whole curves of them included."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.view import View, largest, size
from landscapes.landscape import Array

SINGULAR = 1e-13  # |det H| / |H|² below which rounding alone decides about H⁻¹
ITERATIONS = 36
PATIENCE = 6  # iterations after which the step has to be shorter
SHRINK = 0.8  # by this factor at least
HASTE = 4  # iterations within which the nearest point of a curve is reached, or at least is near
REACH = 0.06  # longest step, in halves of the view: four cells of the search grid
ARRIVED = 1e-12  # last step
TREMBLING = 1e-9  # last step where rounding along a long valley keeps it from getting shorter
DIRECTIONS = np.array([[1.0, 1.0, 1.0, 0.0], [1.0, -1.0, 0.0, 1.0]])  # in which rounding is looked at
CLOSE = 1e-3  # longest last step where rounding of the gradient may hide the zero


class Step(NamedTuple):
    """One Newton step for each of N points."""

    move: Array  # (2, N)
    length: Array  # (N,)
    rest: Array  # (2, N), slope that no step along the range of H removes, in units of |H|
    singular: NDArray[np.bool_]  # (N,), H has rank 1 or less to rounding


class Zeros(NamedTuple):
    """Where the gradient vanishes."""

    regular: Array  # (2, N), by a Hessian that has an inverse
    degenerate: Array  # (2, M), where the slope is less than its own rounding error
    unresolved: Array  # (2, K), where H has no inverse to rounding, and yet there is a slope left


def newton_step(g: Array, h: Array, singular: float = SINGULAR) -> Step:
    """-H⁻¹g; -Hg/tr², the shortest step for an H of rank 1, where |det H| ≤ singular · |H|² or is lost to rounding.

    Its length stays the same when the loss is multiplied by 1e-200, so it says what |g| cannot: whether a zero is
    near. It is infinite on a slope without curvature.
    """
    bend = size(h)
    (a, b), (_, d) = h / bend
    x, y = g / bend
    det = a * d - b * b
    flat = np.abs(det) <= np.maximum(singular, uncertainty(a, b, d))
    move, rest = np.array([b * y - d * x, b * x - a * y]) / det, np.zeros(g.shape)
    if flat.any():
        a, b, d, x, y = (entry[flat] for entry in (a, b, d, x, y))
        move[:, flat] = short = -np.array([a * x + b * y, b * x + d * y]) / (a + d) ** 2
        rest[:, flat] = x + a * short[0] + b * short[1], y + b * short[0] + d * short[1]
    level = (bend == 0) & (largest(*g) == 0)
    move[:, level], rest[:, level] = 0.0, 0.0
    length = np.hypot(*move)
    length[~np.isfinite(length)] = np.inf
    return Step(move, length, rest, flat | level)


def uncertainty(a: Array, b: Array, d: Array) -> Array:
    """How much of a·d - b² may be rounding."""
    return 8 * np.finfo(float).eps * (np.abs(a * d) + b * b)


def zeros(view: View, starts: Array, singular: float = SINGULAR) -> Zeros:
    """The zeros that Newton's method reaches from `starts` (2, N), many of them several times.

    A step is at most REACH long. A zero of higher order is approached by a constant factor; after a while every third
    step goes as far as the last two promise, not at once, so as not to leap over others near by. Where the steps have
    not become shorter for a while it ends. Work: at most ITERATIONS + 17 gradients and ITERATIONS Hessians a start.

    Args:
        singular: as in `newton_step`; np.inf goes straight to the nearest point of a curve of zeros.
    """
    u, before, earlier = starts, np.full(starts.shape, np.nan), np.full(starts.shape[1], np.inf)
    regular, degenerate, unresolved = ([np.empty((2, 0))] for _ in range(3))
    for iteration in range(1, ITERATIONS + 1):
        g, h = view.gradient(u), view.hessian(u)
        step = newton_step(g, h, singular)
        if iteration == ITERATIONS:
            earlier[:] = 0.0
        look = iteration % PATIENCE == 0 or iteration == ITERATIONS
        ends = (step.length > SHRINK * earlier) if look else np.zeros(len(earlier), dtype=bool)
        if iteration > HASTE:
            ends |= np.hypot(*step.rest) > step.length  # on the floor of a valley that slopes
        there = step.length <= ARRIVED
        clear = (there | ends & (step.length <= TREMBLING)) & ~step.singular
        regular.append((u + step.move)[:, clear])
        doubtful = (there | ends & (step.length <= CLOSE)) & ~clear
        left = u[:, doubtful]
        if left.shape[1]:
            bend = h[:, :, doubtful]
            slope = newton_step(g[:, doubtful], bend, np.inf).rest * size(bend)  # on the floor of the valley
            lost = np.hypot(*slope) <= 4 * noise(view, left, slope)
            degenerate.append(left[:, lost])
            unresolved.append(left[:, ~lost & step.singular[doubtful]])
        going = ~there & ~ends & np.isfinite(step.length) & (largest(*u) <= 1.1)
        if not going.any():
            break
        move = step.move[:, going] * np.minimum(1.0, REACH / step.length[going])
        if iteration > PATIENCE and iteration % 3 == 0:
            move = ahead(move, before[:, going])
        earlier = step.length[going] if look else earlier[going]
        u, before = u[:, going] + move, move
    return Zeros(np.hstack(regular), np.hstack(degenerate), np.hstack(unresolved))


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
    """How uncertain the gradient's component along `slope` is, (2, N), (2, N) -> (N,).

    Twice what rounding leaves: what is not straight in the gradient over a few roundings of a number as large as the
    view, and how much it changes over a few of the position itself.
    """
    along = slope / np.maximum(np.hypot(*slope), np.finfo(float).tiny)
    ways = np.array([view.rounding(u), -view.rounding(u), view.spacing(u), -view.spacing(u)]).swapaxes(0, 1)
    moved = u[:, None, None] + 4 * DIRECTIONS[..., None, None] * ways[:, None]  # (2, 4, 4, N)
    component = (view.gradient(moved.reshape(2, -1)).reshape(moved.shape) * along[:, None, None]).sum(axis=0)
    forth, back, near, beside = np.moveaxis(component - (view.gradient(u) * along).sum(axis=0), 1, 0)
    uncertain: Array = largest(forth + back, near, beside).max(axis=0)
    return uncertain
