"""Curves that are drawn point by point while the stage plays."""

import math

import numpy as np
import plotly.graph_objects as go

from figures.ends import EDGE, linear_ends, logarithmic_ends
from figures.maps import in_a_row
from figures.thinning import Steps
from landscapes import Array


def let_grow(figure: go.Figure, steps: int, at: Steps | None = None) -> go.Figure:
    """Lets every line of the figure that has a point for each step play, on axes that stay as they are.

    In the legend a line that plays is kept by one without points: the stage draws it itself.

    Args:
        at: the steps of the playback to which the points of a line belong, where that is not every one.
    """
    points, numbers = (steps + 1, {}) if at is None else (at.size, {"steps": in_a_row(at)})
    lines = [trace for trace in figure.data if trace.type == "scatter" and trace.x is not None and len(trace.x) > 1]
    _fix_axes(
        figure,
        np.concatenate([_numbers(each.x) for each in lines]),
        np.concatenate([_numbers(each.y) for each in lines]),
    )
    for trace in [each for each in lines if "lines" in each.mode and len(each.x) == points]:
        if trace.showlegend is not False:
            look = {"mode": "lines", "name": trace.name, "line": trace.line, "meta": trace.meta}
            figure.add_scatter(x=[None], y=[None], **look)
        trace.update(showlegend=False, meta={**(trace.meta or {}), "plays": True, "head": True, **numbers})
    return figure


def _numbers(values: Array) -> Array:
    return np.asarray(values, dtype=float)


def _fix_axes(figure: go.Figure, x: Array, y: Array) -> None:
    """The ends that the whole lines need, where the figure has none of its own."""
    across, up = figure.layout.xaxis, figure.layout.yaxis
    if across.range is None:
        low, high = (math.log10(end) if across.type == "log" else float(end) for end in (x.min(), x.max()))
        across.range = [low - EDGE * (high - low), high + EDGE * (high - low)]
    if up.range is None:
        logarithmic = up.type == "log"
        known = y[np.isfinite(y) & ((y > 0) | (not logarithmic))]
        if known.size:
            ends = (logarithmic_ends if logarithmic else linear_ends)(float(known.min()), float(known.max()))
            figure.update_yaxes(ends)
