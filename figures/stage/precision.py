"""How exactly the points of a line have to travel: to a millionth of what its panel shows."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from figures.stage.packing import MILLIONTH, Numbers
from landscapes import Domain

AROUND = 4.0  # views on each side of a view that a wider panel or the next move may show
APART = 1 / 8  # of its distance from a view: a point that is so far from its place stays out of sight
LINES = ("scatter", "scatter3d")  # the traces whose x, y and z are the points of a line


def tolerances(trace: Mapping[str, Any], layout: Mapping[str, Any], views: Iterable[Domain]) -> dict[str, Numbers]:
    """The largest error of each x, y and z of a line, by letter; nothing for other traces.

    It is a millionth of the axis, and where the line comes near a view, a millionth of that.

    Args:
        trace, layout: as Plotly writes them.
        views: parts of the figure that were zoomed to, in the units of its axes: powers of ten on a logarithmic one.
    """
    if not is_line(trace):
        return {}
    axes = layout.get("scene", {}) if trace["type"] == "scatter3d" else layout
    looks = {letter: axes.get(f"{letter}axis") or {} for letter in "xyz"}
    points: dict[str, Numbers] = {letter: trace[letter] for letter in "xyz" if is_row(trace.get(letter))}
    powers = [letter for letter in points if looks[letter].get("type") == "log"]
    with np.errstate(all="ignore"):  # what has no logarithm has no place, and a distance may overflow
        places = points | {letter: np.log10(points[letter]) for letter in powers}
        errors = {
            letter: np.full(row.shape, MILLIONTH * length(row, looks[letter].get("range")))
            for letter, row in places.items()
        }
        if "y" in places and (trace.get("x") is None or "x" in places) and "z" not in places:
            x = places.get("x", np.arange(places["y"].size))
            for view in views if x.shape == places["y"].shape else ():
                away = distances(x, places["y"], view)
                for letter in errors:
                    low, high = view["xy".index(letter)]
                    errors[letter] = np.fmin(errors[letter], (high - low) * np.maximum(MILLIONTH, APART * away))
        return errors | {letter: errors[letter] * np.abs(points[letter]) * np.log(10) for letter in powers}


def is_line(trace: Mapping[str, Any]) -> bool:
    """Whether the x, y and z of a trace are the points of a line, and not the nodes of a mesh."""
    return trace.get("type") in LINES


def is_row(values: Any) -> bool:
    """Whether something is an array of numbers in one row."""
    return isinstance(values, np.ndarray) and values.dtype.kind in "iuf" and values.ndim == 1


def length(row: Numbers, ends: Any) -> float:
    """How long an axis is: from end to end where it has some, else as far as its numbers reach."""
    known = row[np.isfinite(row)]
    if ends is not None:
        return float(abs(ends[1] - ends[0]))
    return float(np.ptp(known)) if known.size else 0.0


def distances(x: Numbers, y: Numbers, view: Domain) -> Numbers:
    """How far the points of a line are from a view, in views; 0 for both ends of a piece that may come near it."""
    points = np.stack([x, y]).astype(float)
    low, high = np.array(view).T[..., None]
    size = high - low
    away = (np.maximum(low - points, points - high) / size).max(axis=0)
    before, behind = points[:, :-1], points[:, 1:]
    crosses = (np.minimum(before, behind) <= high + AROUND * size) & (np.maximum(before, behind) >= low - AROUND * size)
    near = away <= AROUND
    near[1:] |= crosses.all(axis=0)
    near[:-1] |= crosses.all(axis=0)
    return np.where(near, 0.0, away)
