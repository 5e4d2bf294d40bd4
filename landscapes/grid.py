"""The grid on which critical points are searched for: where to start, and which cell is which."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array
from landscapes.newton import SINGULAR, newton_step
from landscapes.view import View

Mask = NDArray[np.bool_]
Number = TypeVar("Number", np.bool_, np.float64)

CELLS = 127  # along each axis
# The grid reaches over the view's edge, and no round number lies on its lines.
X = np.linspace(-1.0113, 1.0137, CELLS + 1)
Y = np.linspace(-1.0131, 1.0119, CELLS + 1)
CELL = 2.025 / CELLS
NEAR = 1.6 * CELL  # a Newton step this short makes a node a start
SHRINK = 0.95  # by how much the next one is shorter at least; on an exponential slope it is as long


class Look(NamedTuple):
    """What the grid's nodes say."""

    starts: Array  # (2, N), where a Newton step is short or both components of the gradient change sign
    across: Array  # (2, M), where only the step across a valley is short
    level: Mask  # (W, H), nodes where gradient and Hessian are 0
    undefined: Mask  # (W, H), nodes where they have no value


def look(view: View) -> Look:
    """One gradient and one Hessian at every node."""
    grid = np.array(np.meshgrid(X, Y, indexing="ij"))
    nodes, shape = grid.reshape(2, -1), grid.shape[1:]
    g, h = view.gradient(nodes), view.hessian(nodes)
    level = (g == 0).all(axis=0) & (h == 0).all(axis=(0, 1))
    undefined: Mask = np.logical_not(np.isfinite(g).all(axis=0) & np.isfinite(h).all(axis=(0, 1)))
    signs = np.array([at_corners(component) for component in np.sign(g).reshape(grid.shape)])
    change = ((signs.max(axis=1) >= 0) & (signs.min(axis=1) <= 0)).all(axis=0)
    change &= ~at_corners((level | undefined).reshape(shape)).any(axis=0)
    middles = (grid[:, :-1, :-1] + grid[:, 1:, 1:])[:, change] / 2
    return Look(
        starts=np.hstack([promising(view, nodes, g, h, NEAR), middles]),
        across=np.hstack([promising(view, nodes, g, h, 0.3 * CELL, singular=np.inf), middles]),
        level=level.reshape(shape),
        undefined=undefined.reshape(shape),
    )


def promising(view: View, u: Array, g: Array, h: Array, most: float, singular: float = SINGULAR) -> Array:
    """The points (2, N) whose Newton step is short, leaves no slope beyond `most` |H|, and is shorter the next time."""
    step = newton_step(g, h, singular)
    short = (np.abs(step.move).max(axis=0) <= NEAR) & (np.abs(step.rest).max(axis=0) <= most)
    near = u[:, short]
    after = near + step.move[:, short]
    again = newton_step(view.gradient(after), view.hessian(after), singular)
    return near[:, (again.length <= SHRINK * step.length[short]) & (g != 0).any(axis=0)[short]]


def at_corners(nodes: NDArray[Number]) -> NDArray[Number]:
    """What stands at the four corners of each cell, (W, H) -> (4, W - 1, H - 1)."""
    return np.array([nodes[:-1, :-1], nodes[1:, :-1], nodes[:-1, 1:], nodes[1:, 1:]])


def cells_of(u: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cell in which each point lies, or the nearest one."""
    i, j = np.searchsorted(X, u[0]) - 1, np.searchsorted(Y, u[1]) - 1
    return np.clip(i, 0, CELLS - 1), np.clip(j, 0, CELLS - 1)


def inside(u: Array) -> Array:
    """The points on the grid."""
    return u[:, (u[0] > X[0]) & (u[0] < X[-1]) & (u[1] > Y[0]) & (u[1] < Y[-1])]


def near(cells: Mask, reach: int) -> Mask:
    """The marked cells and all within `reach` of them, (CELLS, CELLS) -> (CELLS, CELLS)."""
    wide = np.pad(cells, reach)
    for axis in (0, 1):
        wide = np.logical_or.reduce([np.roll(wide, shift, axis) for shift in range(-reach, reach + 1)])
    return wide[reach:-reach, reach:-reach]


def within(cells: Mask, finer: int) -> Array:
    """finer² starts in each marked cell, (CELLS, CELLS) -> (2, N)."""
    i, j = np.nonzero(cells)
    parts = CELL * (np.arange(finer) + 0.47) / finer
    inner = np.array(np.meshgrid(parts, parts)).reshape(2, -1)
    return (np.array([X[i], Y[j]])[:, :, None] + inner[:, None]).reshape(2, -1)
