"""The search for zeros of the gradient on a grid, and the check that none with an index is missing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.critical_sets import chains
from landscapes.landscape import Array
from landscapes.newton import distinct, newton_step, polished, zeros
from landscapes.view import View
from landscapes.winding import cell_indices, index_of

Mask = NDArray[np.bool_]

CELLS = 127  # of the grid, along each axis
# The grid reaches over the view's edge, and no round number lies on its lines.
X = np.linspace(-1.0113, 1.0137, CELLS + 1)
Y = np.linspace(-1.0131, 1.0119, CELLS + 1)
CELL = 2.025 / CELLS
FINER = (4, 7, 11)  # starts along each axis of a cell whose index disagrees, in one round after the other
MOST_STARTS = 12_000  # of Newton's method, in one round
MOST_ZEROS = 2_000  # kept
SAME = 1e-6  # zeros nearer than this are one
BENDING = 1e-5  # on a circle of this radius round a simple zero det H changes by less than half
SHORT = 3 * CELL  # a chain of degenerate zeros shorter than this is one zero, blurred by rounding
RING = np.array([[np.cos(turn), np.sin(turn)] for turn in np.arange(8) * np.pi / 4 + 0.3]).T[..., None]  # (2, 8, 1)


class Search(NamedTuple):
    """What was found on the grid, which reaches over the view's edge a little."""

    zeros: Array  # (2, N)
    simple: Mask  # (N,), False where the Hessian is singular
    indices: list[int | None]
    lines: list[Array]  # curves of zeros, (2, M) each, within the view
    agrees: bool  # every cell, and the edge, have the indices that the zeros say
    flat: bool
    undefined: bool
    stopped_early: bool


def search(view: View) -> Search:
    """Starts from the grid, and starts again more finely in cells whose index disagrees."""
    grid = np.array(np.meshgrid(X, Y, indexing="ij"))
    starts, level, undefined = look(view, grid)
    turns = cell_indices(view, X, Y)
    settled = touched(level) | touched(undefined)  # no finer search helps there
    sharp, blurred, stopped = np.empty((2, 0)), np.empty((2, 0)), False
    for finer in (*FINER, 0):
        stopped |= starts.shape[1] > MOST_STARTS
        found = zeros(view, spread(starts, MOST_STARTS))
        sharp = distinct(np.hstack([sharp, inside(found.sharp)]), SAME)
        blurred = distinct(np.hstack([blurred, inside(found.blurred)]), SAME)
        stopped |= sharp.shape[1] > MOST_ZEROS
        sharp = spread(sharp, MOST_ZEROS)
        u, simple, lines, emptied = sorted_out(view, sharp, blurred)
        indices = [index_at(view, u, simple, i) for i in range(u.shape[1])]
        expected = np.zeros(turns.shape)
        at = cells_of(u)
        np.add.at(expected, at, [np.nan if index is None else index for index in indices])
        on_lines = near(lines, turns.shape)
        wrong = (turns != expected) & ~on_lines & ~settled
        if finer == 0 or stopped or not wrong.any():
            break
        starts = within(np.argwhere(wrong).T, finer)
    return Search(
        zeros=u,
        simple=simple,
        indices=indices,
        lines=[line[:, np.abs(line).max(axis=0) <= 1] for line in lines],
        agrees=bool((turns == expected).all()),
        flat=bool(touched(level, all_corners=True).any()) or emptied,
        undefined=bool(undefined.any()),
        stopped_early=stopped,
    )


def look(view: View, grid: Array) -> tuple[Array, Mask, Mask]:
    """Where Newton's method starts (2, N), and at which nodes the loss is level, or has no derivatives."""
    nodes = grid.reshape(2, -1)
    g, h = view.gradient(nodes), view.hessian(nodes)
    level = ((g == 0).all(axis=0) & (h == 0).all(axis=(0, 1))).reshape(grid.shape[1:])
    undefined = ~(np.isfinite(g).all(axis=0) & np.isfinite(h).all(axis=(0, 1))).reshape(grid.shape[1:])
    step = newton_step(g, h)
    short = (np.abs(step.move).max(axis=0) <= 1.6 * CELL) & (step.rest <= 1.6 * CELL)
    signs = np.sign(g).reshape(grid.shape)
    corners = np.array([signs[:, :-1, :-1], signs[:, 1:, :-1], signs[:, :-1, 1:], signs[:, 1:, 1:]])
    change = ((corners.max(axis=0) >= 0) & (corners.min(axis=0) <= 0)).all(axis=0)
    change &= ~touched(level) & ~touched(undefined)
    middles = (grid[:, :-1, :-1] + grid[:, 1:, 1:])[:, change] / 2
    return np.hstack([nodes[:, short & ~level.ravel()], middles]), level, undefined


def sorted_out(view: View, sharp: Array, blurred: Array) -> tuple[Array, Mask, list[Array], bool]:
    """Zeros with their simplicity, curves of zeros, and whether a plateau was taken for a zero on the way."""
    simple = is_simple(view, sharp)
    single = sharp[:, simple]
    rest = np.hstack([sharp[:, ~simple], blurred])
    lines = chains(rest, CELL)
    curves = [line for line in lines if np.ptp(line, axis=1).max() >= SHORT]
    on_curves = np.hstack([np.empty((2, 0)), *curves])
    degenerate = []
    for line in lines:
        far = np.hypot(*(line[:, :1] - on_curves)).min(initial=np.inf) > SHORT
        if np.ptp(line, axis=1).max() < SHORT and far:
            group = rest[:, np.abs(rest - line[:, :1]).max(axis=0) <= SHORT]
            degenerate.append(group.mean(axis=1))
    isolated = np.array(degenerate).reshape(-1, 2).T
    round_it = isolated[:, None] + 1e-3 * RING
    g = view.gradient(round_it.reshape(2, -1)).reshape(round_it.shape)
    level = (g == 0).all(axis=0).any(axis=0)
    isolated = isolated[:, ~level]
    u = np.hstack([polished(view, single), isolated])
    return u, np.arange(u.shape[1]) < single.shape[1], curves, bool(level.any())


def is_simple(view: View, u: Array) -> Mask:
    """Whether det H differs from 0 by more than it changes near by, (2, N) -> (N,)."""
    (a, b), (_, d) = h = view.hessian(u)
    size = np.abs(h).max(axis=(0, 1))
    det = a / size * (d / size) - (b / size) ** 2
    circle = u[:, None] + BENDING * RING
    (a, b), (_, d) = view.hessian(circle.reshape(2, -1)).reshape(2, 2, *circle.shape[1:]) / size
    return (np.abs(det) > 1e-13) & (np.abs(a * d - b * b - det) < np.abs(det) / 2).all(axis=0)


def index_at(view: View, u: Array, simple: Mask, i: int) -> int | None:
    """The index of zero number i."""
    if simple[i]:
        return int(np.sign(np.linalg.det(view.hessian(u[:, i : i + 1])[..., 0])))
    others = np.delete(u, i, axis=1)
    nearest = np.abs(others - u[:, i : i + 1]).max(axis=0).min(initial=CELL)
    return index_of(view, u[:, i], 0.45 * float(nearest))


def touched(nodes: Mask, all_corners: bool = False) -> Mask:
    """The cells at a marked node, or those with four of them."""
    corners = [nodes[:-1, :-1], nodes[1:, :-1], nodes[:-1, 1:], nodes[1:, 1:]]
    return np.logical_and.reduce(corners) if all_corners else np.logical_or.reduce(corners)


def cells_of(u: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cell in which each point lies."""
    return np.searchsorted(X, u[0]) - 1, np.searchsorted(Y, u[1]) - 1


def inside(u: Array) -> Array:
    """The points on the grid."""
    return u[:, (u[0] > X[0]) & (u[0] < X[-1]) & (u[1] > Y[0]) & (u[1] < Y[-1])]


def near(lines: list[Array], shape: tuple[int, ...]) -> Mask:
    """The cells within two of a curve, where no index is defined."""
    mask = np.zeros(shape, dtype=bool)
    for line in lines:
        i, j = cells_of(line)
        for across in range(-2, 3):
            for along in range(-2, 3):
                mask[np.clip(i + across, 0, CELLS - 1), np.clip(j + along, 0, CELLS - 1)] = True
    return mask


def within(cells: NDArray[np.intp], finer: int) -> Array:
    """finer² starts in each of N cells, (2, N) -> (2, N finer²)."""
    parts = (np.arange(finer) + 0.47) / finer
    inner = np.array(np.meshgrid(parts, parts)).reshape(2, -1) * CELL
    corners = np.array([X[cells[0]], Y[cells[1]]])
    return (corners[:, :, None] + inner[:, None]).reshape(2, -1)


def spread(u: Array, most: int) -> Array:
    """At most `most` of the points, evenly picked."""
    return u if u.shape[1] <= most else u[:, np.linspace(0, u.shape[1] - 1, most).astype(int)]
