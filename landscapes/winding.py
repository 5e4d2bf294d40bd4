"""How often a gradient turns round along a closed line: the sum of the indices of the critical points inside."""

import numpy as np

from landscapes.landscape import Array
from landscapes.view import View

DEEPEST = 24  # halvings of one segment
MOST = 40_000  # pieces looked at in one halving


def angle(g: Array, towards: Array) -> Array:
    """The angle by which g has to turn, between -π and π; nan where one of both vanishes."""
    turned = np.arctan2(g[0] * towards[1] - g[1] * towards[0], (g * towards).sum(axis=0))
    turned[(g == 0).all(axis=0) | (towards == 0).all(axis=0)] = np.nan
    return turned


def turning(view: View, start: Array, end: Array) -> Array:
    """The angle by which the gradient turns along each of N straight segments, (2, N), (2, N) -> (N,).

    A piece counts when the gradient turns by less than a right angle on each of its halves, else it is halved; nan
    where it vanishes or jumps on the way, which no halving settles.
    """
    total = np.zeros(start.shape[1])
    owner = np.arange(start.shape[1])
    g, h = unit(view, start), unit(view, end)
    for _ in range(DEEPEST):
        middle = (start + end) / 2
        m = unit(view, middle)
        first, second = angle(g, m), angle(m, h)
        settled = (np.abs(first) < np.pi / 2) & (np.abs(second) < np.pi / 2)
        np.add.at(total, owner[settled], (first + second)[settled])
        hopeless = np.isnan(first) | np.isnan(second)
        total[owner[hopeless]] = np.nan
        open_ = ~settled & ~np.isnan(total[owner])
        if not open_.any():
            return total
        if open_.sum() > MOST // 2:
            break
        start, end = np.hstack([start[:, open_], middle[:, open_]]), np.hstack([middle[:, open_], end[:, open_]])
        g, h = np.hstack([g[:, open_], m[:, open_]]), np.hstack([m[:, open_], h[:, open_]])
        owner = np.tile(owner[open_], 2)
    total[owner] = np.nan
    return total


def unit(view: View, u: Array) -> Array:
    """The gradient's direction: products of two of them neither overflow nor underflow."""
    with np.errstate(all="ignore"):
        g = view.gradient(u)
        size = np.abs(g).max(axis=0)
        g = g / np.where(size > 0, size, 1.0)
    g[:, ~np.isfinite(g).all(axis=0)] = 0.0
    return g


def cell_indices(view: View, x: Array, y: Array) -> Array:
    """The index of every cell of the grid x (W,), y (H,): (W - 1, H - 1), whole numbers or nan where undecided."""
    grid = np.array(np.meshgrid(x, y, indexing="ij"))

    def along(start: Array, end: Array) -> Array:
        return turning(view, start.reshape(2, -1), end.reshape(2, -1)).reshape(start.shape[1:])

    right, up = along(grid[:, :-1], grid[:, 1:]), along(grid[:, :, :-1], grid[:, :, 1:])
    round_trip = right[:, :-1] + up[1:] - right[:, 1:] - up[:-1]
    return np.rint(round_trip / (2 * np.pi))


def index_of(view: View, u: Array, radius: float) -> int | None:
    """The index of the critical point at u (2,), by a walk round a square of that radius; None where undecided."""
    corners = u[:, None] + radius * np.array([[1.0, 0.05, -1, -1, -1, 0.05, 1, 1], [1, 1, 1, 0.05, -1, -1, -1, 0.05]])
    total = turning(view, corners, np.roll(corners, -1, axis=1)).sum()
    return None if np.isnan(total) else int(np.rint(total / (2 * np.pi)))
