"""Which points lie near to each other, without comparing all with all."""

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array

Numbers = NDArray[np.intp]

AROUND = [(right, up) for right in (-1, 0, 1) for up in (-1, 0, 1)]  # a square of a lattice and its neighbours


def distinct(u: Array, radius: float) -> Numbers:
    """The number of the first of every group of points (2, N) narrower than `radius`.

    The first in every square of four shifted lattices, so that no group is split.
    """
    kept = np.arange(u.shape[1])
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        i, j = np.floor(u[:, kept] / radius + np.array(shift)[:, None])
        kept = kept[np.sort(np.unique(i + 1j * j, return_index=True)[1])]
    return kept


def close(u: Array, others: Array, radius: float) -> tuple[Numbers, Numbers, Array]:
    """Which of u (2, N) and which of `others` (2, M) are less than `radius` apart, and how far, (P,) each."""
    square, (i, j) = np.floor(u / radius), np.floor(others / radius)
    order = np.argsort(i + 1j * j)
    ordered = (i + 1j * j)[order]
    low, high = (
        np.concatenate(
            [np.searchsorted(ordered, square[0] + right + 1j * (square[1] + up), side) for right, up in AROUND]
        )
        for side in ("left", "right")
    )
    count = high - low
    first = np.repeat(np.tile(np.arange(u.shape[1]), len(AROUND)), count)
    second = order[np.repeat(high - np.cumsum(count), count) + np.arange(count.sum())]
    apart = np.hypot(*(u[:, first] - others[:, second]))
    near = apart < radius
    return first[near], second[near], apart[near]


def pairs(u: Array, radius: float) -> tuple[Numbers, Numbers, Array]:
    """Numbers i < j of all points (2, N) less than `radius` apart, and how far they are, (P,) each."""
    first, second, apart = close(u, u, radius)
    once = first < second
    return first[once], second[once], apart[once]


def distance(u: Array, others: Array, radius: float) -> tuple[Array, Numbers]:
    """How far the nearest of `others` (2, M) is from each of u (2, N), and which; infinity, -1 beyond `radius`."""
    nearest, which = np.full(u.shape[1], np.inf), np.full(u.shape[1], -1)
    first, second, apart = close(u, others, radius)
    order = np.argsort(-apart, kind="stable")  # the nearest is written last
    nearest[first[order]], which[first[order]] = apart[order], second[order]
    return nearest, which
