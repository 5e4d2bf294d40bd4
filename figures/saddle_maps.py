"""How long runs stay beside a saddle: over the starts of a map, and against the distance at which they begin."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from figures.assembled import assembled
from figures.axes import NUMBERED
from figures.basins import cells, filling
from figures.maps import Run, landmark, trail
from figures.theme import BARE, HEIGHT_COLOURS, INK, INK_DARK, PAPER, PAPER_DARK, RULES, RUN_COLOURS, in_the_dark
from landscapes import Array, Domain
from words import say

AROUND = 100  # points of a circle


def leaving_map(
    domain: Domain,
    window: Domain,
    counts: NDArray[np.int64],
    place: Array,
    radius: float,
    landmarks: dict[str, Array],
    runs: Sequence[Run] = (),
    zoom: Domain | None = None,
) -> go.Figure:
    """The number of steps that a run from every start spends within a radius of a saddle, pale for the longest.

    Args:
        window: of which every start was run.
        counts: (rows, columns).
        zoom: what is seen of the domain, where that is not all.
    """
    heat = {
        **cells(window, np.log1p(counts)),
        "colorscale": HEIGHT_COLOURS,
        "customdata": counts,
        "hovertemplate": say("{count} steps beside the saddle", count="%{customdata}")
        + "<extra>(%{x:.6~g}, %{y:.6~g})</extra>",
    }
    angle = np.linspace(0, 2 * np.pi, AROUND)
    circle = {
        "type": "scatter",
        "x": place[0] + radius * np.cos(angle),
        "y": place[1] + radius * np.sin(angle),
        "mode": "lines",
        "line": {"color": PAPER, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    traces: list[Any] = [heat, circle]
    traces += [landmark(kind, x, y, coloured=False) for kind, (x, y) in landmarks.items()]
    traces += [trail(run, PAPER, PAPER_DARK, width=5, hover=False) for run in runs]
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=2, hover=True) for run in runs]
    return assembled(traces, filling(domain, zoom))


def escape_times(distances: Array, measured: Array, law: Array | None) -> go.Figure:
    """Steps until a run has left against the distance at which it begins, and the line of the law, where there is one.

    Args:
        distances: from the saddle, (K,), positive.
        measured: steps, (K,); nan where a run stays.
        law: the same as predicted.
    """
    dots = {"type": "scatter", "x": distances, "y": measured, "mode": "markers", "name": say("measured")}
    dots["marker"] = {"color": RUN_COLOURS[1], "size": 7}
    traces = [{**dots, "hovertemplate": "%{x:.2~g}: %{y}<extra></extra>"}]
    if law is not None:
        line = {"type": "scatter", "x": distances, "y": law, "mode": "lines", "name": say("by the law")}
        traces.insert(0, {**line, "line": {"color": RUN_COLOURS[0], "width": 2}, "hoverinfo": "skip"})
    across = {"type": "log", "exponentformat": "power", "gridcolor": RULES, "automargin": True, "autorange": "reversed"}
    layout = {
        "template": BARE,
        "xaxis": {**across, "dtick": 2, "title": {"text": say("distance at the start"), "standoff": 4}},
        "yaxis": {
            **NUMBERED,
            "gridcolor": RULES,
            "rangemode": "tozero",
            "title": {"text": say("steps until it has left"), "standoff": 4},
        },
        "margin": {"l": 54, "r": 8, "t": 8, "b": 46},
        "hovermode": "closest",
        "showlegend": law is not None,
        "legend": {"x": 0.02, "y": 0.98},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
    return assembled(traces, layout)
