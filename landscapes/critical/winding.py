"""How often a gradient turns round along a closed line: the sum of the indices of the critical points inside."""

import numpy as np

from landscapes.critical.view import View, largest
from landscapes.landscape import Array

DEEPEST = 120  # halvings of one segment: near 0 float64 goes further than elsewhere, for condition numbers of 1e20
MOST = 300_000  # pieces looked at
NARROW = 1e-12  # width of a square that is a point
MOST_SQUARES = 16  # looked at together
FLATTER = 0.3  # by this factor at least the slope is less at a zero than where the search began


def turning(view: View, start: Array, end: Array, g: Array, h: Array) -> Array:
    """The angle by which the gradient turns along each of N straight segments, (N,).

    Their ends are (2, N) each, and so are the directions g and h of the gradient there.

    A piece counts when the gradient turns by less than a right angle on each of its halves, else it is halved; nan
    where the gradient vanishes, jumps or has no value on the way, which no halving settles.
    """
    total = np.zeros(start.shape[1])
    owner = np.arange(start.shape[1])
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
    direction: Array = g / largest(*g)
    return direction


def cell_indices(view: View, nodes: Array, gradient: Array) -> Array:
    """The index of every cell of a grid with nodes (2, W, H): (W - 1, H - 1), whole numbers or nan where undecided."""
    direction = gradient / largest(*gradient)

    def along(first: tuple[slice, ...], last: tuple[slice, ...]) -> Array:
        ends = [(nodes[(slice(None), *side)], direction[(slice(None), *side)]) for side in (first, last)]
        (start, g), (end, h) = [(p.reshape(2, -1), d.reshape(2, -1)) for p, d in ends]
        return turning(view, start, end, g, h).reshape(ends[0][0].shape[1:])

    every, low, high = slice(None), slice(None, -1), slice(1, None)
    right, up = along((low, every), (high, every)), along((every, low), (every, high))
    turns: Array = np.rint((right[:, :-1] + up[1:] - right[:, 1:] - up[:-1]) / (2 * np.pi))
    return turns


def indices_of(view: View, u: Array, radius: Array) -> list[int | None]:
    """The index of each critical point (2, N), by a walk around a square of that radius (N,); None where undecided."""
    x = np.array([1.0, 0.07, -1, -1, -1, -0.09, 1, 1])[:, None]
    turns = around(view, u[:, None] + radius * np.array([x, np.roll(x, 2)]))
    return [None if np.isnan(turn) else int(turn) for turn in turns]


def around(view: View, corners: Array) -> Array:
    """How often the gradient turns on a walk around each polygon, corners (2, K, N) -> whole numbers or nan (N,)."""
    start, end = corners.reshape(2, -1), np.roll(corners, -1, axis=1).reshape(2, -1)
    turns = turning(view, start, end, directions(view, start), directions(view, end))
    whole: Array = np.rint(turns.reshape(corners.shape[1:]).sum(axis=0) / (2 * np.pi))
    return whole


def enclosed(view: View, low: Array, width: float) -> Array:
    """Zeros (2, M) in squares with an index, by quartering them; low (2, N) is a corner of each.

    It is slow, but it needs no second derivative: |x|**1.5 has none at its minimum, and Newton's method leaps across.
    What has an index and is no zero, because the gradient jumps there, is left out.
    """
    square = np.array([[0, 1, 1, 0], [0, 0, 1, 1]])[..., None]
    quarters = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])[..., None]
    steep = largest(*view.gradient(low))
    while width > NARROW and low.shape[1]:
        low = (low[:, None] + 0.47 * width * quarters).reshape(2, -1)  # no line meets a round number
        width *= 0.53
        turns = around(view, low[:, None] + width * square)
        inside = np.flatnonzero(np.abs(turns) >= 1)[:MOST_SQUARES]
        low, steep = low[:, inside], np.tile(steep, 4)[inside]
    middle = low + width / 2
    return middle[:, largest(*view.gradient(middle)) < FLATTER * steep]
