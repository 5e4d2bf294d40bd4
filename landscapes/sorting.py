"""What Newton's method brings home, sorted: simple zeros, degenerate ones, curves of them, plateaus taken for them."""

from typing import NamedTuple

import numpy as np

from landscapes.critical_sets import chains, tangents
from landscapes.grid import CELL, CELLS, Mask, cells_of
from landscapes.landscape import Array
from landscapes.newton import SINGULAR, distinct, polished, zeros
from landscapes.view import View
from landscapes.winding import indices_of

SAME = 1e-6  # zeros nearer than this are one
BENDING = 1e-5  # on a circle of this radius round a simple zero det H changes by less than half
ROUND = 1e-3  # radius of the circle that tells a zero from the rim of a plateau
SHORT = 3 * CELL  # degenerate zeros that reach less far are one, blurred by rounding
LONG = 0.3  # degenerate zeros that reach further are a curve, else their ends tell
MOST_LINKED = 5_000  # degenerate zeros put in order
MOST_TRIED = 20  # shorter curves whose ends are asked; where there are more, they are curves
RING = np.array([[np.cos(turn), np.sin(turn)] for turn in np.arange(8) * np.pi / 4 + 0.3]).T[..., None]  # (2, 8, 1)


class Sorted(NamedTuple):
    """Zeros by their nature."""

    simple: Array  # (2, N), with a Hessian that decides
    degenerate: Array  # (2, M), isolated
    lines: list[Array]  # curves of zeros, (2, K) each
    plateau: bool  # some lay on the rim of a plateau and were dropped
    crowded: bool  # there were more degenerate ones than are looked at


def sort(view: View, sharp: Array, blurred: Array) -> Sorted:
    """Zeros, each perhaps several times, by their nature."""
    zero = np.hstack([sharp, blurred])
    zero = zero[:, ~on_corner(view, zero)]
    single = is_simple(view, zero)
    simple = distinct(polished(view, zero[:, single]), SAME)
    simple = simple[:, is_simple(view, simple)]
    rest = distinct(zero[:, ~single], SAME)
    rim = on_rim(view, rest)
    rest = rest[:, ~rim]
    column, row = cells_of(rest)
    thin = rest[:, np.unique(column * CELLS + row, return_index=True)[1]]
    if thin.shape[1] > MOST_LINKED:
        return Sorted(simple, rest[:, :0], [], bool(rim.any()), True)
    groups = chains(thin, tangents(view.hessian(thin)), CELL)
    lines = [group for group in groups if np.ptp(group, axis=1).max() >= SHORT]
    if len(lines) <= MOST_TRIED:
        lines = [line for line in lines if not is_one(view, line)]
    taken = np.hstack([rest[:, :0], *lines])
    middles = rest[:, :0]
    for group in groups:
        middle = centre(rest[:, np.hypot(*(rest - group[:, :1])) <= SHORT])
        if np.hypot(*(np.hstack([taken, middles]) - middle)).min(initial=np.inf) > SHORT:
            middles = np.hstack([middles, middle])
    sharp = zeros(view, zeros(view, middles, singular=0.0).sharp, singular=0.0).sharp  # twice, it is slow there
    degenerate = np.hstack([middles[:, :0], *(nearest(sharp, middle[:, None]) for middle in middles.T)])
    twins = [np.hypot(*(simple - point[:, None])).min(initial=np.inf) <= ROUND for point in degenerate.T]
    return Sorted(simple, degenerate[:, ~np.array(twins, dtype=bool)], lines, bool(rim.any()), False)


def centre(group: Array) -> Array:
    """The mean of a small group of zeros (2, N), the one nearest to the mean of a wide one, which may be no zero."""
    mean = group.mean(axis=1, keepdims=True)
    apart = np.hypot(*(group - mean))
    return mean if apart.max() <= ROUND else group[:, [apart.argmin()]]


def is_one(view: View, line: Array) -> bool:
    """Whether Newton's method leads from both ends of a shorter line to the same zero: x¹² + y² is that flat."""
    if np.ptp(line, axis=1).max() > LONG:
        return False
    ends = zeros(view, line[:, [0, -1]], singular=0.0).sharp
    return ends.shape[1] == 2 and bool(np.ptp(ends, axis=1).max() <= SAME)


def nearest(sharp: Array, middle: Array) -> Array:
    """The zero that a group of blurred ones round `middle` (2, 1) means: to rounding if Newton's method got there."""
    apart = np.hypot(*(sharp - middle))
    return sharp[:, [apart.argmin()]] if apart.min(initial=np.inf) <= SHORT else middle


def is_simple(view: View, u: Array) -> Mask:
    """Whether det H differs from 0 by more than it changes near by, (2, N) -> (N,)."""
    h = view.hessian(u)
    size = np.abs(h).max(axis=(0, 1))
    circle = (u[:, None] + BENDING * RING).reshape(2, -1)
    det, beside = determinant(h / size), determinant(view.hessian(circle).reshape(2, 2, 8, -1) / size)
    simple: Mask = (np.abs(det) > SINGULAR) & (np.abs(beside - det) < np.abs(det) / 2).all(axis=0)
    return simple


def on_corner(view: View, u: Array) -> Mask:
    """Whether the gradient jumps near by: there it is more than the Hessian's doing, (2, N) -> (N,)."""
    circle = (u[:, None] + BENDING * RING).reshape(2, -1)
    slope = np.abs(view.gradient(circle)).reshape(2, 8, -1).max(axis=(0, 1))
    bend = np.abs(view.hessian(circle)).reshape(4, 8, -1).max(axis=(0, 1))
    corner: Mask = slope > 10 * BENDING * bend
    return corner


def on_rim(view: View, u: Array) -> Mask:
    """Whether the loss is level on a good part of a small circle, (2, N) -> (N,)."""
    circle = (u[:, None] + ROUND * RING).reshape(2, -1)
    level = (view.gradient(circle) == 0).all(axis=0) & (view.hessian(circle) == 0).all(axis=(0, 1))
    rim: Mask = level.reshape(8, -1).sum(axis=0) >= 2
    return rim


def indices(view: View, found: Sorted) -> list[int | None]:
    """Of the simple zeros the sign of det H; of the degenerate ones the turns of the gradient on a small square."""
    h = view.hessian(found.simple)
    signs = [int(sign) for sign in np.sign(determinant(h / np.abs(h).max(axis=(0, 1))))]
    points = np.hstack([found.simple, found.degenerate])
    apart = np.abs(points[:, :, None] - found.degenerate[:, None]).max(axis=0)
    radius = 0.45 * np.where(apart > 0, apart, CELL).min(axis=0, initial=CELL)
    return [*signs, *indices_of(view, found.degenerate, radius)]


def determinant(h: Array) -> Array:
    """Of symmetric 2 x 2 matrices, (2, 2, ...) -> (...)."""
    det: Array = h[0, 0] * h[1, 1] - h[0, 1] ** 2
    return det
