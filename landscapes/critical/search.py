"""The search for zeros of the gradient on a grid, and the check that none with an index is missing."""

from typing import NamedTuple

import numpy as np

from landscapes.critical.basins import FINEST
from landscapes.critical.classification import Sorted, indices, sort
from landscapes.critical.grid import Grid, at_corners, look, near
from landscapes.critical.nearness import distinct
from landscapes.critical.newton import zeros
from landscapes.critical.view import View
from landscapes.critical.winding import MOST_SQUARES, cell_indices, enclosed
from landscapes.landscape import Array

FINER = (4, 7, 11)  # starts along each axis of a cell whose index disagrees, in one round after the other
MOST_STARTS = 12_000  # of Newton's method, in one round
FEWER_STARTS = 8_000  # where there are more, all the same not all is found
MOST_ZEROS = 4_000  # beyond which nothing is searched again


class Search(NamedTuple):
    """What was found on the grid, which reaches over the view's edge a little."""

    found: Sorted
    indices: list[int | None]  # of the simple zeros, then of the degenerate ones
    agrees: bool  # every cell has the index that the zeros in it say, and so has the whole
    flat: bool
    undefined: bool
    stopped_early: bool


def search_in(view: View, grid: Grid) -> Search:
    """Starts from the grid, and starts again more finely in cells whose index disagrees."""
    seen = look(view, grid)
    turns = cell_indices(view, grid.nodes(), seen.gradient)
    hopeless = at_corners(seen.level | seen.undefined).any(axis=0) | np.isnan(turns)
    stopped = max(seen.starts.shape[1], seen.across.shape[1]) > MOST_STARTS
    first = zeros(view, spread(seen.starts))
    again = zeros(view, first.unresolved, singular=0.0)
    rounds = [first, again, zeros(view, spread(seen.across), singular=np.inf)]
    more = np.hstack([u for reached in rounds for u in (reached.regular, reached.degenerate)])
    hints = grid.inside(again.unresolved)
    zero = more[:, :0]
    for finer in (*FINER, 0, None):
        zero = np.hstack([zero, grid.inside(more)])
        zero = zero[:, distinct(zero, FINEST)]
        found = sort(view, grid, zero, hints)
        turn = indices(view, grid, found)
        points = np.hstack([found.simple, found.degenerate])
        expected = np.zeros(turns.shape)
        np.add.at(expected, grid.cells_of(points), [np.nan if index is None else index for index in turn])
        on_lines = np.zeros(turns.shape, dtype=bool)
        on_lines[grid.cells_of(np.hstack([points[:, :0], *found.lines]))] = True
        wrong = (turns != expected) & np.isfinite(expected) & ~hopeless & ~near(on_lines, 2)
        stopped |= found.crowded or points.shape[1] > MOST_ZEROS
        if finer is None or stopped or not wrong.any():
            break
        if finer:
            starts = grid.within(near(wrong, 1), finer)
            stopped |= starts.shape[1] > MOST_STARTS
            reached = zeros(view, spread(starts))
            more = np.hstack([reached.regular, reached.degenerate])
        else:
            i, j = np.nonzero(wrong)
            more = enclosed(view, np.array([grid.x[i], grid.y[j]])[:, :MOST_SQUARES], grid.cell)
    return Search(
        found=found,
        indices=turn,
        agrees=bool((turns == expected).all()),
        flat=bool(at_corners(seen.level).all(axis=0).any()) or found.plateau,
        undefined=bool(seen.undefined.any()),
        stopped_early=stopped,
    )


def spread(u: Array) -> Array:
    """The points, if they are not too many; else some of them, evenly picked."""
    return u if u.shape[1] <= MOST_STARTS else u[:, np.linspace(0, u.shape[1] - 1, FEWER_STARTS).astype(int)]
