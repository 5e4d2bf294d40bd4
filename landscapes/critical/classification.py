"""Zeros of the gradient by their nature: simple ones, degenerate ones, curves of them, rims of plateaus."""

from typing import NamedTuple

import numpy as np

from landscapes.critical.basins import FINEST, alone, basins, circles
from landscapes.critical.close_look import RESOLVED, look_closely, sharpest
from landscapes.critical.critical_sets import chains, tangents
from landscapes.critical.grid import Grid, Mask
from landscapes.critical.nearness import distance
from landscapes.critical.newton import polished, zeros
from landscapes.critical.view import View, determinant, largest, size
from landscapes.critical.winding import indices_of
from landscapes.landscape import Array

ROUND = 1e-3  # radius of the circle that tells a zero from the rim of a plateau
SHORT = 3  # cells; degenerate zeros that reach further are a curve
LONG = 0.3  # ... or a single very flat one, if they reach less far and their ends say so
FEW = 12  # degenerate zeros of one cell that are sorted
MOST_LINKED = 5_000  # degenerate zeros put in order
MOST_CLOSE = 40  # cells with degenerate zeros that are looked at closely
MOST_DOUBTFUL = 20  # simple zeros that are
MOST_TRIED = 20  # curves whose ends are asked; where there are more, they are curves


class Sorted(NamedTuple):
    """Zeros by their nature."""

    simple: Array  # (2, N), with a Hessian that decides
    degenerate: Array  # (2, M), isolated
    blur: Array  # (M,), radius within which rounding hides what there is
    lines: list[Array]  # curves of zeros, (2, K) each
    plateau: bool  # some lay on the rim of a plateau and were dropped
    crowded: bool  # there were more degenerate ones than are looked at


def sort(view: View, grid: Grid, zero: Array, hints: Array) -> Sorted:
    """Zeros (2, N), each perhaps several times, by their nature; at `hints` (2, M) there may be degenerate ones."""
    basin, corner = basins(view, zero)
    simple, radius = only(polished(view, zero[:, basin > 0]), basin[basin > 0])
    rest = grid.few_of_each(strangers(zero[:, (basin == 0) & ~corner], simple, radius), FEW)
    rim = on_rim(view, rest)
    rest = rest[:, ~rim]
    thin = grid.few_of_each(rest, 1)
    crowded = thin.shape[1] > MOST_LINKED
    lines = [] if crowded else long_lines(view, grid, thin)
    on_lines = np.hstack([rest[:, :0], *lines])
    rest, hints = (u[:, np.isinf(distance(u, on_lines, SHORT * grid.cell)[0])] for u in (rest, hints))
    crowded |= grid.few_of_each(rest, 1).shape[1] > MOST_CLOSE
    if crowded:
        return Sorted(simple, rest[:, :0], np.empty(0), lines, bool(rim.any()), True)
    doubtful = np.hstack([grid.few_of_each(hints, 1), changing(view, grid, simple)])
    close = look_closely(view, grid, rest, doubtful)
    single = close.basin > 0
    simple, radius = only(np.hstack([simple, close.zeros[:, single]]), np.append(radius, close.basin[single]))
    strange = ~single & ~known(close.zeros, simple, radius)
    degenerate, blur = close.zeros[:, strange], np.maximum(close.blur[strange], RESOLVED / 2)
    once = sharpest(degenerate, blur)
    pieces = chains(close.curve, tangents(view.hessian(close.curve)), grid.cell)
    return Sorted(simple, degenerate[:, once], blur[once], lines + pieces, bool(rim.any()), False)


def changing(view: View, grid: Grid, simple: Array) -> Array:
    """The simple zeros of whose eigenvalues one changes its sign near by, so that others may be there; not too many."""
    _, _, h = circles(view, simple, grid.cell / 8)
    changes = (negative(h) != negative(view.hessian(simple))).any(axis=0)
    return simple[:, changes][:, :MOST_DOUBTFUL]


def negative(h: Array) -> Array:
    """How many negative eigenvalues symmetric matrices have, (2, 2, ...) -> (...)."""
    numbers: Array = np.where(determinant(h / size(h)) < 0, 1.0, np.where(h[0, 0] + h[1, 1] < 0, 2.0, 0.0))
    return numbers


def only(u: Array, basin: Array) -> tuple[Array, Array]:
    """Simple zeros (2, N) with the radii of their basins, each once."""
    once = alone(u, basin)
    return u[:, once], basin[once]


def strangers(u: Array, simple: Array, basin: Array) -> Array:
    """The points (2, N) that are in no basin of a simple zero."""
    return u[:, ~known(u, simple, basin)]


def known(u: Array, simple: Array, basin: Array) -> Mask:
    """Whether each point (2, N) is in the basin of a simple zero."""
    apart, which = distance(u, simple, float(basin.max(initial=FINEST)))
    within: Mask = apart < np.append(basin, 0.0)[which]
    return within


def long_lines(view: View, grid: Grid, thin: Array) -> list[Array]:
    """The curves that the degenerate zeros (2, N), one in a cell, make where they reach further than a few cells."""
    groups = chains(thin, tangents(view.hessian(thin)), grid.cell)
    lines = [group for group in groups if np.ptp(group, axis=1).max() >= SHORT * grid.cell]
    return lines if len(lines) > MOST_TRIED else [line for line in lines if not is_one(view, line)]


def is_one(view: View, line: Array) -> bool:
    """Whether Newton's method leads from both ends of a shorter line to the same zero: x¹² + y² is that flat."""
    if np.ptp(line, axis=1).max() > LONG:
        return False
    ends = zeros(view, line[:, [0, -1]], singular=0.0).regular
    return ends.shape[1] == 2 and bool(np.ptp(ends, axis=1).max() <= ROUND)


def on_rim(view: View, u: Array) -> Mask:
    """Whether the loss is level on a good part of a small circle, (2, N) -> (N,)."""
    _, g, h = circles(view, u, ROUND)
    rim: Mask = ((largest(*g) == 0) & (size(h) == 0)).sum(axis=0) >= 2
    return rim


def indices(view: View, grid: Grid, found: Sorted) -> list[int | None]:
    """Of the simple zeros the sign of det H; of the degenerate ones the turns of the gradient on a small square."""
    h = view.hessian(found.simple)
    signs = [None if np.isnan(sign) else int(sign) for sign in np.sign(determinant(h / size(h))).tolist()]
    points = np.hstack([found.simple, found.degenerate])
    return [*signs, *indices_of(view, found.degenerate, room(grid, points, found.degenerate))]


def room(grid: Grid, points: Array, u: Array) -> Array:
    """Half the width of a square around each u (2, M) that reaches no other of the points (2, N), (M,)."""
    apart = np.abs(points[:, :, None] - u[:, None]).max(axis=0)
    radius: Array = 0.45 * np.where(apart > 0, apart, grid.cell).min(axis=0, initial=grid.cell)
    return radius
