"""How often a gradient turns round along a closed line: the sum of the indices of the critical points inside."""

import numpy as np

from landscapes.landscape import Array
from landscapes.view import View

DEEPEST = 44  # halvings of one segment: as far as float64 goes for one of a grid's
MOST = 300_000  # pieces looked at


def turning(view: View, start: Array, end: Array) -> Array:
    """The angle by which the gradient turns along each of N straight segments, (2, N), (2, N) -> (N,).

    A piece counts when the gradient turns by less than a right angle on each of its halves, else it is halved; nan
    where the gradient vanishes, jumps or has no value on the way, which no halving settles.
    """
    total = np.zeros(start.shape[1])
    owner = np.arange(start.shape[1])
    g, h = directions(view, start), directions(view, end)
    spent = 0
    for _ in range(DEEPEST):
        spent += len(owner)
        middle = (start + end) / 2
        m = directions(view, middle)
        first, second = angle(g, m), angle(m, h)
        settled = (np.abs(first) < np.pi / 2) & (np.abs(second) < np.pi / 2)
        np.add.at(total, owner[settled], (first + second)[settled])
        total[owner[np.isnan(first + second)]] = np.nan
        half = ~settled & ~np.isnan(total[owner])
        start, end = np.hstack([start[:, half], middle[:, half]]), np.hstack([middle[:, half], end[:, half]])
        g, h = np.hstack([g[:, half], m[:, half]]), np.hstack([m[:, half], h[:, half]])
        owner = np.tile(owner[half], 2)
        if not len(owner) or spent + len(owner) > MOST:
            break
    total[owner] = np.nan
    return total


def angle(g: Array, towards: Array) -> Array:
    """The angle by which g has to turn, between -π and π, (2, N), (2, N) -> (N,)."""
    turn: Array = np.arctan2(g[0] * towards[1] - g[1] * towards[0], (g * towards).sum(axis=0))
    return turn


def directions(view: View, u: Array) -> Array:
    """The gradient without its length, so that no product of two overflows; nan where it vanishes."""
    g = view.gradient(u)
    direction: Array = g / np.abs(g).max(axis=0)
    return direction


def cell_indices(view: View, x: Array, y: Array) -> Array:
    """The index of every cell of the grid x (W,), y (H,): (W - 1, H - 1), whole numbers or nan where undecided."""
    grid = np.array(np.meshgrid(x, y, indexing="ij"))

    def along(start: Array, end: Array) -> Array:
        return turning(view, start.reshape(2, -1), end.reshape(2, -1)).reshape(start.shape[1:])

    right, up = along(grid[:, :-1], grid[:, 1:]), along(grid[:, :, :-1], grid[:, :, 1:])
    turns: Array = np.rint((right[:, :-1] + up[1:] - right[:, 1:] - up[:-1]) / (2 * np.pi))
    return turns


def indices_of(view: View, u: Array, radius: Array) -> list[int | None]:
    """The index of each critical point (2, N), by a walk round a square of that radius (N,); None where undecided."""
    x = np.array([1.0, 0.07, -1, -1, -1, -0.09, 1, 1])[:, None]
    corners = u[:, None] + radius * np.array([x, np.roll(x, 2)])
    turns = (
        turning(view, corners.reshape(2, -1), np.roll(corners, -1, axis=1).reshape(2, -1)).reshape(8, -1).sum(axis=0)
    )
    return [None if np.isnan(turn) else int(np.rint(turn / (2 * np.pi))) for turn in turns]
