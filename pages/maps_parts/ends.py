"""The places where many trajectories end, told apart and counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscapes import Array

Whole = NDArray[np.int64]
PLACED = ("minimum", "saddle", "maximum")  # kinds that are told apart by place
OTHERS = ("flat", "cycle", "moving", "diverged")
SAME = 1e-4  # of the window's longer side: places that are nearer are one
MOST = 40  # places of a kind that are told apart: behind them, as along a curve of minima, all others are one


@dataclass(frozen=True)
class End:
    """One place, or one way, to end."""

    kind: str
    position: tuple[float, float] | None  # None where it is not one place
    number: int  # of the place among all of the landscape's, so that it has one hue in every map

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands in a list."""
        return (*PLACED, *OTHERS).index(self.kind), self.number


def told_apart(
    kinds: Sequence[NDArray[np.str_]], places: Sequence[Array], known: Array, width: float
) -> tuple[list[End], list[Whole]]:
    """The ends of the trajectories of several maps of one landscape, and for each map the number of each one's end.

    Args:
        kinds: of each map the kind of each trajectory, (N,).
        places: where each ended, (2, N); what did not arrive may be nan.
        known: critical points of the landscape, (2, K): they have the first numbers.
        width: how long the longer side of the map is.
    """
    kind, place = np.concatenate(kinds), np.concatenate(places, axis=1)
    ends: list[End] = []
    which = np.full(kind.shape, -1)
    for name in (*PLACED, *OTHERS):
        lanes = np.flatnonzero(kind == name)
        if not lanes.size:
            continue
        if name in PLACED:
            labels, found = grouped(place[:, lanes], SAME * width)
        else:
            labels, found = np.zeros(lanes.size, dtype=np.int64), np.zeros((2, 0))
        which[lanes] = len(ends) + labels
        further = known.shape[1] + sum(end.position is not None for end in ends)
        for number, position in enumerate(found.T):
            near = np.hypot(*(known - position[:, None]))
            here = int(near.argmin()) if near.size and near.min() <= 10 * SAME * width else further + number
            ends.append(End(name, (float(position[0]), float(position[1])), here))
        if labels.max() == found.shape[1]:  # some are told apart by nothing but their kind
            ends.append(End(name, None, further + found.shape[1]))
    order = sorted(range(len(ends)), key=lambda number: ends[number].rank)
    new = np.argsort(order)[which]
    return [ends[number] for number in order], np.split(new, np.cumsum([each.size for each in kinds])[:-1])


def with_others(ends: Sequence[End]) -> list[End]:
    """The same ends, and behind them one of each kind for what ends at none of their places."""
    further = [kind for kind in (*PLACED, *OTHERS) if not any(end.kind == kind and not end.position for end in ends)]
    last = max((end.number for end in ends), default=-1)
    return [*ends, *(End(kind, None, last + 1 + n) for n, kind in enumerate(further))]


def assigned(ends: Sequence[End], kinds: NDArray[np.str_], places: Array, width: float) -> Whole:
    """The number of the end of each of N more trajectories, (N,); every kind has an end without a place."""
    which = np.full(kinds.shape, -1)
    for number, end in enumerate(ends):
        mine = (kinds == end.kind) & (which < 0)
        if end.position:  # those with a place stand before the one without
            mine &= np.hypot(*(places - np.array(end.position)[:, None])) <= 4 * SAME * width
        which[mine] = number
    return which


def grouped(places: Array, near: float) -> tuple[Whole, Array]:
    """The number of the group of each place, (N,), and where the groups are, (2, G), the largest first.

    At most MOST groups have a place; whatever is in none of them has the number G.

    >>> labels, found = grouped(np.array([[0.0, 3.0, 1e-9, 0.0], [0.0, 1.0, 0.0, 0.0]]), 1e-4)
    >>> labels.tolist(), found.tolist()
    ([0, 1, 0, 0], [[0.0, 3.0], [0.0, 1.0]])
    """
    cells = np.round(places / near)
    codes = cells[0] * 2.0**26 + cells[1]  # two cells have one code only where they are 10⁷ widths apart
    _, first, labels, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    found: list[int] = []
    number = np.full(counts.size, -1)
    for cell in order:
        position = places[:, first[cell]]
        same = [i for i, other in enumerate(found) if np.hypot(*(places[:, first[other]] - position)) <= 2 * near]
        if same:
            number[cell] = same[0]
        elif len(found) < MOST:
            number[cell] = len(found)
            found.append(int(cell))
        if len(found) == MOST and cell == order[min(4 * MOST, order.size - 1)]:
            break  # the rest are single places along a curve
    number[number < 0] = len(found)
    return number[labels], places[:, [first[cell] for cell in found]]
