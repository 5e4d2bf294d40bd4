"""Hatching: lines over the part of a map where f is not defined."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caching import cached
from figures.theme import HATCH, HATCH_DARK
from landscapes import Array, Domain, Landscape

Mask = NDArray[np.bool_]

LINES = 44  # across the shorter side of what is drawn
SAMPLES = 300  # along a line
HALVINGS = 8  # of the way between two samples, towards the domain's border


@cached("pictures")
def hatching(landscape: Landscape, drawn: Domain) -> Array:
    """Lines at half a right angle where f has no value, (2, 3 K): two ends and a gap for each. Not to be written to."""
    if landscape.defined_everywhere:
        return np.empty((2, 0))
    low, high = np.array(drawn).T
    size = high - low
    across = np.maximum(size / size.min(), 1.0) if size.max() < 4 * size.min() else np.ones(2)
    offsets = np.arange(-across[0], across[1], 1.0 / LINES)[:, None] + 0.5 / LINES
    along = np.linspace(0.0, across[0], SAMPLES)

    def places(u: Array, offset: Array) -> Array:
        """Where the line of an offset is at u, (2, ...)."""
        return np.stack([low[0] + size[0] * u / across[0], low[1] + size[1] * (u + offset) / across[1]])

    def undefined(u: Array, offset: Array) -> Mask:
        y = u + offset
        nowhere: Mask = np.isnan(landscape.value(places(u, offset))) & (y >= 0.0) & (y <= across[1])
        return nowhere

    inside = undefined(np.broadcast_to(along, (len(offsets), SAMPLES)), offsets)
    padded = np.pad(inside, ((0, 0), (1, 1)))
    row, begin = np.nonzero(padded[:, 1:-1] & ~padded[:, :-2])
    _, end = np.nonzero(padded[:, 1:-1] & ~padded[:, 2:])
    offset = offsets[row, 0]
    step = along[1]
    first = border(undefined, along[begin], np.maximum(along[begin] - step, 0.0), offset)
    last = border(undefined, along[end], np.minimum(along[end] + step, across[0]), offset)
    gap = np.full((2, len(row)), np.nan)
    return np.stack([places(first, offset), places(last, offset), gap], axis=2).reshape(2, -1)


def border(undefined: Callable[[Array, Array], Mask], inside: Array, beyond: Array, offset: Array) -> Array:
    """Where hatching ends between a sample in it and the next one beyond."""
    for _ in range(HALVINGS):
        middle = (inside + beyond) / 2
        there = undefined(middle, offset)
        inside, beyond = np.where(there, middle, inside), np.where(there, beyond, middle)
    return inside


def hatched(landscape: Landscape, drawn: Domain, floor: float | None = None) -> list[dict[str, Any]]:
    """The hatching as a trace of a map, or at a height as one of a surface; none where f is defined all over."""
    x, y = hatching(landscape, drawn)
    if not x.size:
        return []
    trace = {
        "type": "scatter" if floor is None else "scatter3d",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": HATCH, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": {"dark": {"line": {"color": HATCH_DARK}}},
    }
    return [trace if floor is None else trace | {"z": np.where(np.isnan(x), np.nan, floor)}]
