"""A grid of losses is a landscape: between its nodes by a cubic spline, outside of it not defined."""

import numpy as np
from scipy.interpolate import NdBSpline, make_interp_spline
from scipy.ndimage import distance_transform_edt

from landscapes.grids.record import LossGrid
from landscapes.landscape import Array, Landscape

CUBIC = 3
WIDE = 1000.0  # largest positive loss over the smallest, from which on their logarithms are interpolated
AT_ONCE = 2**16  # points: the spline needs their coordinates side by side


def interpolated(grid: LossGrid, name: str = "Your grid", start: tuple[float, float] | None = None) -> Landscape:
    """The spline of third degree in each coordinate through every node, with the spline's own exact derivatives.

    Its second derivatives are continuous and its third ones jump at the nodes. Where all losses are positive and the
    largest is more than a thousand times the smallest, the spline is that of their logarithms, so that the loss stays
    positive and a cliff sends no ripples over a plain. Outside of the grid, and in the cells round a node without a
    loss, value and derivatives are nan.

    What is between the nodes is the spline's: a pit narrower than the distance of two nodes is not in it.

    Args:
        start: where a descent begins; without it at the first point of the path where that is on the grid, else a
            quarter of the way from the left and the upper edge.

    Source: C. de Boor, A Practical Guide to Splines (2001), chapters XIII and XVII.
    """
    present = ~np.isnan(grid.loss)
    known = _filled(grid.loss, present)
    logarithmic = bool(known.min() > 0 and known.max() > WIDE * known.min())
    heights = np.log(known) if logarithmic else known
    along_x = make_interp_spline(grid.x, heights.T, k=CUBIC)
    along_both = make_interp_spline(grid.y, along_x.c.T, k=CUBIC)
    spline = NdBSpline((along_x.t, along_both.t), np.ascontiguousarray(along_both.c.T), (CUBIC, CUBIC))
    whole = present[:-1, :-1] & present[1:, :-1] & present[:-1, 1:] & present[1:, 1:]  # cells with four losses
    all_whole = bool(whole.all())

    def inside(p: Array) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        """Which of the points (2, ...) are in a cell with four losses, an edge of it included."""
        (left, right), (low, high) = grid.domain
        on = (p[0] >= left) & (p[0] <= right) & (p[1] >= low) & (p[1] <= high)
        if all_whole:
            return np.asarray(on)
        column, row = (np.clip(np.searchsorted(a, b), 1, a.size - 1) - 1 for a, b in ((grid.x, p[0]), (grid.y, p[1])))
        return np.asarray(on & whole[row, column])

    def part(p: Array, *orders: tuple[int, int]) -> list[Array]:
        """Derivatives of these orders in x and y at points (2, ...) of the grid, each (...); nan elsewhere."""
        flat = p.reshape(2, -1)
        found = [np.full(flat.shape[1], np.nan) for _ in orders]
        for first in range(0, flat.shape[1], AT_ONCE):
            piece = flat[:, first : first + AT_ONCE]
            there = np.flatnonzero(inside(piece))
            points = np.ascontiguousarray(piece[:, there].T)
            if there.size:
                for values, order in zip(found, orders, strict=True):
                    values[first + there] = spline(points, nu=order)
        return [values.reshape(p.shape[1:]) for values in found]

    def value(p: Array) -> Array:
        (height,) = part(np.asarray(p, dtype=float), (0, 0))
        return np.exp(height) if logarithmic else height

    def gradient(p: Array) -> Array:
        p = np.asarray(p, dtype=float)
        slope = np.stack(part(p, (1, 0), (0, 1)))
        return value(p) * slope if logarithmic else slope

    def hessian(p: Array) -> Array:
        p = np.asarray(p, dtype=float)
        xx, xy, yy, x, y = part(p, (2, 0), (1, 1), (0, 2), (1, 0), (0, 1))
        if not logarithmic:
            return np.array([[xx, xy], [xy, yy]])
        matrix: Array = value(p) * np.array([[xx + x * x, xy + x * y], [xy + x * y, yy + y * y]])
        return matrix

    (left, right), (low, high) = grid.domain
    begin = (0.75 * left + 0.25 * right, 0.25 * low + 0.75 * high) if start is None else start
    if start is None and grid.path is not None and bool(inside(grid.path.coordinates[:, 0])):
        begin = (float(grid.path.coordinates[0, 0]), float(grid.path.coordinates[1, 0]))
    return Landscape(
        name=name,
        latex=r"\text{spline}(x, y)",
        value=value,
        gradient=gradient,
        hessian=hessian,
        domain=grid.domain,
        start=begin,
        about=f"A cubic spline through {grid.x.size} × {grid.y.size} losses; outside of them it is not defined.",
        smooth=False,
        defined_everywhere=False,
    )


def _filled(loss: Array, present: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Array:
    """The losses, with that of the nearest node where there is none: a spline needs all, and nobody sees these."""
    if present.all():
        return loss
    nearest = distance_transform_edt(~present, return_distances=False, return_indices=True)
    filled: Array = loss[tuple(nearest)]
    return filled
