"""Curves of critical points: loose points on them, put in order."""

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array

REACH = 3  # cells from one point of a curve to the next, at most


def tangents(h: Array) -> NDArray[np.complex128]:
    """The direction of the smaller |eigenvalue| of each Hessian (2, 2, N) as x + iy; 0 where there are none."""
    (a, b), (_, d) = h / np.abs(h).max(axis=(0, 1))
    steepest = np.exp(0.5j * np.angle((a - d) + 2j * b))  # of the largest eigenvalue
    turned: NDArray[np.complex128] = np.where(a + d >= 0, 1j, 1) * steepest
    return np.where(np.isfinite(turned), turned, 0)


def chains(u: Array, along: NDArray[np.complex128], cell: float) -> list[Array]:
    """Points (2, N), one in a cell, as polylines: each goes on to the nearest free point ahead."""
    z = u[0] + 1j * u[1]
    block: dict[tuple[int, int], list[int]] = {}
    for number, (i, j) in enumerate(np.floor(u.T / (REACH * cell)).astype(int).tolist()):
        block.setdefault((i, j), []).append(number)
    around = {
        (i, j): np.array([k for right in (-1, 0, 1) for up in (-1, 0, 1) for k in block.get((i + right, j + up), [])])
        for i, j in block
    }
    near = {number: around[place] for place, members in block.items() for number in members}
    free = np.ones(len(z), dtype=bool)

    def walk(at: int, heading: complex) -> list[int]:
        path: list[int] = []
        while True:
            options = near[at][free[near[at]]]
            apart = z[options] - z[at]
            distance = np.abs(apart)
            forward = (apart * np.conj(heading)).real
            tangential = np.abs((apart * np.conj(along[at])).real) >= 0.8 * distance * np.abs(along[at])
            straight = forward > 0.95 * distance  # across another curve, where the tangent is that one's
            ahead = (distance <= REACH * cell) & (forward >= 0.3 * distance * abs(heading)) & (tangential | straight)
            if not ahead.any():
                return path
            best = int(np.argmin(np.where(ahead, distance, np.inf)))
            heading, at = apart[best] / distance[best], int(options[best])
            free[at] = False
            path.append(at)

    lines = []
    for first in range(len(z)):
        if free[first]:
            free[first] = False
            forth = walk(first, 0j)
            back = walk(first, z[first] - z[forth[0]]) if forth else []
            line = z[[*reversed(back), first, *forth]]
            if len(line) > 4 and abs(line[0] - line[-1]) < REACH * cell:
                line = np.append(line, line[0])
            lines.append(np.array([line.real, line.imag]))
    return lines


def neighbours(line: Array, distance: float) -> tuple[Array, Array]:
    """A polyline (2, M) moved sideways, to its left and to its right."""
    along = np.gradient(line, axis=1)
    across = distance * np.array([-along[1], along[0]]) / np.hypot(*along)
    return line + across, line - across
