"""The grid on which critical points are searched for: where to start, and which cell is which."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.newton import SINGULAR, newton_step
from landscapes.critical.view import View, largest, size
from landscapes.landscape import Array

Mask = NDArray[np.bool_]
Cells = tuple[NDArray[np.intp], NDArray[np.intp]]
Number = TypeVar("Number", np.bool_, np.float64)

NEAR = 1.6  # cells; a Newton step this short makes a node a start
ACROSS = 0.3  # cells; so much slope may be left where the start is for a curve
SHRINK = 0.95  # by how much the next one is shorter at least; on an exponential slope it is as long


class Grid(NamedTuple):
    """Lines that reach over the view's edge; no round number lies on one."""

    x: Array  # (cells + 1,)
    y: Array  # (cells + 1,)

    @classmethod
    def of(cls, cells: int) -> "Grid":
        """A grid of so many cells along each axis."""
        return cls(np.linspace(-1.0113, 1.0137, cells + 1), np.linspace(-1.0131, 1.0119, cells + 1))

    @property
    def cells(self) -> int:
        """Along each axis."""
        return len(self.x) - 1

    @property
    def cell(self) -> float:
        """The width of one."""
        return float(self.x[1] - self.x[0])

    def nodes(self) -> Array:
        """(2, cells + 1, cells + 1), the first of both numbers along x."""
        return np.array(np.meshgrid(self.x, self.y, indexing="ij"))

    def cells_of(self, u: Array) -> Cells:
        """The cell in which each point lies, or the nearest one."""
        i, j = np.searchsorted(self.x, u[0]) - 1, np.searchsorted(self.y, u[1]) - 1
        return np.clip(i, 0, self.cells - 1), np.clip(j, 0, self.cells - 1)

    def few_of_each(self, u: Array, count: int) -> Array:
        """Of the points (2, N) in each cell the first `count`."""
        column, row = self.cells_of(u)
        number = column * self.cells + row
        order = np.argsort(number, kind="stable")
        ordered = number[order]
        place = np.arange(len(order)) - np.searchsorted(ordered, ordered)
        return u[:, order[place < count]]

    def inside(self, u: Array) -> Array:
        """The points on the grid."""
        (left, right), (bottom, top) = self.x[[0, -1]], self.y[[0, -1]]
        return u[:, (u[0] > left) & (u[0] < right) & (u[1] > bottom) & (u[1] < top)]

    def within(self, cells: Mask, finer: int) -> Array:
        """finer² starts in each marked cell, (cells, cells) -> (2, N)."""
        i, j = np.nonzero(cells)
        parts = self.cell * (np.arange(finer) + 0.47) / finer
        inner = np.array(np.meshgrid(parts, parts)).reshape(2, -1)
        return (np.array([self.x[i], self.y[j]])[:, :, None] + inner[:, None]).reshape(2, -1)


class Look(NamedTuple):
    """What the grid's nodes say."""

    gradient: Array  # (2, W, H)
    starts: Array  # (2, N), where a Newton step is short or both components of the gradient change sign
    across: Array  # (2, M), where only the step across a valley is short
    level: Mask  # (W, H), nodes where gradient and Hessian are 0
    undefined: Mask  # (W, H), nodes where they have no value


def look(view: View, grid: Grid) -> Look:
    """One gradient and one Hessian at every node."""
    places = grid.nodes()
    nodes, shape = places.reshape(2, -1), places.shape[1:]
    g, h = view.gradient(nodes), view.hessian(nodes)
    slope, bend = largest(*g), size(h)
    level = ((slope == 0) & (bend == 0)).reshape(shape)
    undefined: Mask = np.logical_not(np.isfinite(slope + bend)).reshape(shape)
    gradient = g.reshape(places.shape)
    change = changing(gradient[0]) & changing(gradient[1]) & ~np.asarray(at_corners(level | undefined).any(axis=0))
    middles = (places[:, :-1, :-1] + places[:, 1:, 1:])[:, change] / 2
    most = NEAR * grid.cell
    return Look(
        gradient=gradient,
        starts=np.hstack([promising(view, nodes, g, h, most), middles]),
        across=np.hstack([promising(view, nodes, g, h, most, ACROSS * grid.cell, singular=np.inf), middles]),
        level=level,
        undefined=undefined,
    )


def changing(component: Array) -> Mask:
    """The cells in which a component is neither positive at all corners nor negative, (W, H) -> (W - 1, H - 1)."""
    up, down = (np.asarray(at_corners(side).all(axis=0)) for side in (component > 0, component < 0))
    return np.logical_not(up | down)


def promising(
    view: View, u: Array, g: Array, h: Array, most: float, rest: float = np.inf, singular: float = SINGULAR
) -> Array:
    """The points (2, N) whose Newton step is at most `most` along each axis, leaves no slope beyond `rest` |H|, and is
    shorter the next time."""
    step = newton_step(g, h, singular)
    short = (largest(*step.move) <= most) & (largest(*step.rest) <= min(most, rest)) & (largest(*g) != 0)
    near = u[:, short]
    after = near + step.move[:, short]
    again = newton_step(view.gradient(after), view.hessian(after), singular)
    return near[:, again.length <= SHRINK * step.length[short]]


def at_corners(nodes: NDArray[Number]) -> NDArray[Number]:
    """What stands at the four corners of each cell, (W, H) -> (4, W - 1, H - 1)."""
    return np.array([nodes[:-1, :-1], nodes[1:, :-1], nodes[:-1, 1:], nodes[1:, 1:]])


def near(cells: Mask, reach: int) -> Mask:
    """The marked cells and all within `reach` of them, (W, H) -> (W, H)."""
    wide = np.pad(cells, reach)
    for axis in (0, 1):
        wide = np.logical_or.reduce([np.roll(wide, shift, axis) for shift in range(-reach, reach + 1)])
    return wide[reach:-reach, reach:-reach]
