"""Curves of critical points: loose points on them, put in order."""

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array


def chains(u: Array, cell: float) -> list[Array]:
    """Points (2, N), one in a cell, as polylines: each goes on to the nearest free point ahead within three cells."""
    z = u[0] + 1j * u[1]
    free = np.ones(len(z), dtype=bool)
    lines = []
    while free.any():
        first = int(np.argmax(free))
        free[first] = False
        forth = walk(z, free, first, 0j, cell)
        back = walk(z, free, first, z[first] - z[forth[0]], cell) if forth else []
        line = z[[*reversed(back), first, *forth]]
        if len(line) > 4 and abs(line[0] - line[-1]) < 3 * cell:
            line = np.append(line, line[0])
        lines.append(np.array([line.real, line.imag]))
    return lines


def walk(z: NDArray[np.complex128], free: NDArray[np.bool_], at: int, heading: complex, cell: float) -> list[int]:
    """The points met on the way from number `at`, each the nearest one ahead; they are no longer free."""
    path: list[int] = []
    while True:
        apart = z - z[at]
        distance = np.abs(apart)
        ahead = (apart * np.conj(heading)).real >= 0.3 * distance * abs(heading)
        options = np.flatnonzero(free & ahead & (distance <= 3 * cell))
        if not len(options):
            return path
        best = int(options[np.argmin(distance[options])])
        heading, at = apart[best] / distance[best], best
        free[best] = False
        path.append(best)


def neighbours(line: Array, distance: float) -> tuple[Array, Array]:
    """A polyline (2, M) moved sideways, to its left and to its right."""
    along = np.gradient(line, axis=1)
    across = distance * np.array([-along[1], along[0]]) / np.hypot(*along)
    return line + across, line - across
