"""Losses at the nodes of a grid over a plane, row by row, so that a visitor who has gone is not waited for."""

from dataclasses import replace

import numpy as np

from figures import Slice
from landscapes import Array, Domain, Landscape
from pages.networks_parts.progress import report

AT_ONCE = 64  # nodes between two reports


def losses_at(loss: Landscape, points: Array) -> Array:
    """The losses at points (D, N), (N,), some at a time, so that work can be stopped between them."""
    losses = np.empty(points.shape[1])
    with np.errstate(all="ignore"):  # a network far out may overflow, and that is data
        for first in range(0, losses.size, AT_ONCE):
            losses[first : first + AT_ONCE] = loss.value(points[:, first : first + AT_ONCE])
            report(min(1.0, (first + AT_ONCE) / losses.size))
    return losses


def reporting(loss: Landscape) -> Landscape:
    """The loss, which reports while its values at points (D, N) are computed."""
    return replace(loss, value=lambda points: losses_at(loss, points))


def losses_on(loss: Landscape, window: Domain, side: int) -> Slice:
    """The losses of a two-dimensional landscape at side × side nodes of a window."""
    across, up = (np.linspace(low, high, side) for low, high in window)
    nodes = np.array(np.meshgrid(across, up)).reshape(2, -1)
    return Slice(window, across, up, losses_at(loss, nodes).reshape(side, side))


def minima_on(sliced: Slice) -> int:
    """The nodes of a grid that lie lower than all eight round them; those at the rim do not count."""
    losses = np.where(np.isfinite(sliced.losses), sliced.losses, np.inf)
    rows, columns = losses.shape
    inner = losses[1:-1, 1:-1]
    round_it = [
        losses[1 + i : rows - 1 + i, 1 + j : columns - 1 + j]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if (i, j) != (0, 0)
    ]
    return int(np.all([inner < other for other in round_it], axis=0).sum())
