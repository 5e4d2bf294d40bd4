"""A trajectory as straight pieces: without its standstills, cut at the picture's edge and into dashes."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.animation.view import SCALE
from figures.theme import DASH_PATTERNS, LEAST_DASHED_WIDTH
from landscapes import Array

MOST_DASHES = 2000  # in one run; a longer way gets longer dashes
EDGE = 8.25  # pixels around the picture within which lines go on; no vertex falls on a quarter of a pixel


@dataclass(frozen=True)
class Strokes:
    """Pieces of a line in the order in which they are drawn."""

    pieces: NDArray[np.int64]  # (K, 4): both ends, in pixels of the fine mask
    joined: NDArray[np.bool_]  # (K,): begins where the piece before it ends
    steps: NDArray[np.int64]  # (K,): the step that brings it, rising

    def between(self, before: int, step: int) -> tuple[list[tuple[int, int, int, int]], list[bool]]:
        """What the steps after `before` up to `step` bring."""
        first, last = np.searchsorted(self.steps, [before, step], side="right")
        return [tuple(piece) for piece in self.pieces[first:last].tolist()], self.joined[first:last].tolist()


def strokes(track: Array, dash: str, size: tuple[int, int]) -> Strokes:
    """The pieces of a run.

    Args:
        track: in pixels, shape (2, steps + 1), nan after the run left.
        dash: a name of plotly's, or lengths as in "5px,1px".
        size: the picture's width and height.
    """
    steps = np.flatnonzero(np.isfinite(track).all(axis=0))
    track = np.round(SCALE * track[:, steps]) / SCALE
    moved = np.append(True, np.diff(track).any(axis=0))[: steps.size]
    track, steps = track[:, moved], steps[moved]
    a, b, steps = clipped(track[:, :-1], track[:, 1:], steps[1:], size)
    if dash != "solid" and steps.size:
        a, b, steps = dashed(a, b, steps, lengths(dash))
    pieces = np.concatenate([a, b]).T * SCALE
    pieces = np.round(pieces).astype(np.int64)
    joined = np.append(False, (pieces[1:, :2] == pieces[:-1, 2:]).all(axis=1))[: steps.size]
    return Strokes(pieces, joined, steps)


def lengths(dash: str) -> Array:
    """Pixels drawn and left out in turn, as the stage draws them: the lines of a film are thin.

    >>> lengths("dashdot")
    array([9., 3., 3., 3.])
    >>> lengths("5px,1px")
    array([5., 1.])
    """
    if dash in DASH_PATTERNS:
        return LEAST_DASHED_WIDTH * np.array(DASH_PATTERNS[dash])
    return np.array([float(length) for length in re.findall(r"[\d.]+(?=px)", dash)])


def clipped(
    a: Array, b: Array, steps: NDArray[np.int64], size: tuple[int, int]
) -> tuple[Array, Array, NDArray[np.int64]]:
    """The parts of segments that lie in the picture or just outside it.

    Source: Y.-D. Liang and B. A. Barsky, ACM Trans. Graph. 3 (1984) 1, doi:10.1145/357332.357333.
    """
    low, high = np.full((2, 1), -EDGE), np.array(size)[:, None] + EDGE
    with np.errstate(divide="ignore"):
        sides = np.stack([(low - a) / (b - a), (high - a) / (b - a)])  # shares of the way at which it meets an edge
    enters = np.maximum(sides.min(axis=0).max(axis=0), 0.0)
    leaves = np.minimum(sides.max(axis=0).min(axis=0), 1.0)
    inside = enters < leaves
    a, way, enters, leaves = a[:, inside], (b - a)[:, inside], enters[inside], leaves[inside]
    return a + enters * way, a + leaves * way, steps[inside]


def dashed(a: Array, b: Array, steps: NDArray[np.int64], pattern: Array) -> tuple[Array, Array, NDArray[np.int64]]:
    """The drawn parts of a line; the pattern goes on around its corners."""
    lengths = np.hypot(*(b - a))
    ends = np.cumsum(lengths)
    starts, total = ends - lengths, ends[-1]
    pattern = pattern * max(1.0, total / (pattern.sum() * MOST_DASHES))
    changes = np.cumsum(pattern) - pattern  # where in the pattern drawing and leaving out begin
    periods = pattern.sum() * np.arange(np.ceil(total / pattern.sum()))
    cuts = (periods[:, None] + changes).ravel()
    edges = np.unique(np.concatenate([ends, cuts[cuts < total]]))
    middle = (edges[:-1] + edges[1:]) / 2
    drawn = np.searchsorted(changes, middle % pattern.sum(), side="right") % 2 == 1
    number = np.minimum(np.searchsorted(ends, middle[drawn]), ends.size - 1)

    def at(distance: Array) -> Array:
        share = (distance - starts[number]) / lengths[number]
        point: Array = a[:, number] + share * (b[:, number] - a[:, number])
        return point

    return at(edges[:-1][drawn]), at(edges[1:][drawn]), steps[number]
