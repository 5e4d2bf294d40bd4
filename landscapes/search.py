"""The search for zeros of the gradient on a grid, and the check that none with an index is missing."""

from typing import NamedTuple

import numpy as np

from landscapes.grid import CELLS, X, Y, at_corners, cells_of, inside, look, near, within
from landscapes.landscape import Array
from landscapes.newton import distinct, zeros
from landscapes.sorting import SAME, Sorted, indices, sort
from landscapes.view import View
from landscapes.winding import cell_indices

FINER = (4, 7, 11)  # starts along each axis of a cell whose index disagrees, in one round after the other
MOST_STARTS = 12_000  # of Newton's method, in one round
MOST_ZEROS = 4_000  # beyond which nothing is searched again


class Search(NamedTuple):
    """What was found on the grid, which reaches over the view's edge a little."""

    found: Sorted
    indices: list[int | None]  # of the simple zeros, then of the degenerate ones
    agrees: bool  # every cell has the index that the zeros in it say, and so has the whole
    flat: bool
    undefined: bool
    stopped_early: bool


def search_in(view: View) -> Search:
    """Starts from the grid, and starts again more finely in cells whose index disagrees."""
    seen = look(view)
    turns = cell_indices(view, X, Y)
    hopeless = at_corners(seen.level | seen.undefined).any(axis=0) | np.isnan(turns)
    stopped = max(seen.starts.shape[1], seen.across.shape[1]) > MOST_STARTS
    first = zeros(view, spread(seen.starts))
    rounds = [first, zeros(view, first.stuck, singular=0.0), zeros(view, spread(seen.across), singular=np.inf)]
    sharp = inside(np.hstack([zero.sharp for zero in rounds]))
    blurred = inside(np.hstack([zero.blurred for zero in rounds]))
    for finer in (*FINER, 0):
        sharp, blurred = distinct(sharp, SAME), distinct(blurred, SAME)
        found = sort(view, sharp, blurred)
        turn = indices(view, found)
        expected = np.zeros((CELLS, CELLS))
        points = np.hstack([found.simple, found.degenerate])
        np.add.at(expected, cells_of(points), [np.nan if index is None else index for index in turn])
        wrong = (turns != expected) & ~hopeless
        on_lines = np.zeros((CELLS, CELLS), dtype=bool)
        on_lines[cells_of(np.hstack([points[:, :0], *found.lines]))] = True
        wrong &= ~near(on_lines, 2)
        stopped |= found.crowded or points.shape[1] > MOST_ZEROS
        if finer == 0 or stopped or not wrong.any():
            break
        starts = within(near(wrong, 1), finer)
        stopped |= starts.shape[1] > MOST_STARTS
        more = zeros(view, spread(starts), leap=False)
        sharp, blurred = np.hstack([sharp, inside(more.sharp)]), np.hstack([blurred, inside(more.blurred)])
    return Search(
        found=found,
        indices=turn,
        agrees=bool((turns == expected).all()),
        flat=bool(at_corners(seen.level).all(axis=0).any()) or found.plateau,
        undefined=bool(seen.undefined.any()),
        stopped_early=stopped,
    )


def spread(u: Array) -> Array:
    """At most MOST_STARTS of the points, evenly picked."""
    return u if u.shape[1] <= MOST_STARTS else u[:, np.linspace(0, u.shape[1] - 1, MOST_STARTS).astype(int)]
