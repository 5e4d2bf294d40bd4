"""The eigenvalues of a network's Hessian: the largest along training against 2/η, and all of them at its end."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.theme import BARE, INK, INK_DARK, RULES, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from words import say

BINS = 48  # of a histogram of eigenvalues
ROOM = 1.08  # above the highest number, in parts of it


def frame(x: str, y: str, title: str = "", **axes: Any) -> dict[str, Any]:
    """The layout of a picture of numbers against numbers; `xaxis` and `yaxis` are laid over its axes."""
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 6, **NUMBERED}
    return {
        "template": BARE,
        "title": title_at_the_left(title),
        "xaxis": {**axis, "title": {"text": x, "standoff": 4}, **axes.get("xaxis", {})},
        "yaxis": {**axis, "title": {"text": y, "standoff": 4}, **axes.get("yaxis", {})},
        "margin": {"l": 58, "r": 16, "t": 58, "b": 48},
        "separators": POINT,
        "hovermode": "closest",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 12}},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }


def line(x: Array, y: Array, name: str, colour: str, dash: str = "solid", **more: Any) -> dict[str, Any]:
    """A line in the colour of a run, with its name in the legend."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": 2, "dash": dash},
        "hovertemplate": f"%{{y:.3~g}}<extra>{name}</extra>",
        "meta": {"dark": {"line": {"color": in_the_dark(colour)}}},
        **more,
    }


def edge(steps: Array, largest: Array, limit: float, last: float) -> go.Figure:
    """The largest eigenvalue along training, and 2/η, above which gradient descent is unstable on a quadratic.

    Args:
        last: the step at which the training ends, where it may not have come to yet.
    """
    ends = np.array([float(steps[0]), last])
    limit_line = line(ends, np.array([limit, limit]), "2/η", INK, "dash")
    traces = [
        line(steps, largest, "λ<sub>max</sub>", RUN_COLOURS[0]),
        {**limit_line, "meta": {"dark": {"line": {"color": INK_DARK}}}},
    ]
    top = ROOM * max(float(largest.max()), limit)
    layout = frame(
        say("step of training"),
        say("largest eigenvalue"),
        say("Largest eigenvalue along training"),
        xaxis={"range": ends.tolist(), "exponentformat": "none"},
        yaxis={"range": [min(0.0, float(largest.min())), top]},
    )
    return assembled(traces, {**layout, "hovermode": "x unified"})


def training_losses(steps: Array, train: Array, test: Array, last: float) -> go.Figure:
    """Training and test loss over the steps up to `last`, on a logarithmic axis."""
    traces = [
        line(steps, train, say("training loss"), RUN_COLOURS[0]),
        line(steps, test, say("test loss"), RUN_COLOURS[1], "dash"),
    ]
    layout = frame(
        say("step of training"),
        say("loss"),
        say("Loss along training"),
        xaxis={"range": [float(steps[0]), last], "exponentformat": "none"},
        yaxis={"type": "log", "minorloglabels": "none"},
    )
    return assembled(traces, {**layout, "hovermode": "x unified"})


def bins_of(values: Array) -> Array:
    """The edges of a histogram's bins over eigenvalues, (BINS + 1,); 0 is in the middle of a bin.

    Most eigenvalues are so near to zero that an estimate does not know their signs: they belong in one bin.
    """
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    width = max(high - low, 1e-12) / (BINS - 1)
    below = int(np.ceil(-low / width - 0.5))
    edges: Array = (np.arange(BINS + 1.0) - below - 0.5) * width
    return edges


def eigenvalue_counts(edges: Array, counts: Array, errors: Array | None = None, title: str = "") -> go.Figure:
    """How many eigenvalues lie in each bin, on a logarithmic axis: most are near zero, a few are far out.

    Args:
        counts: for each bin, (B,); of an estimate not whole numbers.
        errors: the standard error of each; None where the eigenvalues are known.
    """
    shown = counts > 0
    middle, width = (edges[:-1] + edges[1:])[shown] / 2, np.diff(edges)[shown]
    number = counts[shown]
    colour, dark = (RUN_COLOURS[0], in_the_dark(RUN_COLOURS[0]))
    least = 10.0 ** np.floor(np.log10(min(0.5, float(number.min()))))
    trace: dict[str, Any] = {
        "type": "bar",
        "x": middle,
        "y": number,
        "width": width,
        "name": say("eigenvalues"),
        "marker": {"color": colour},
        "hovertemplate": "λ ≈ %{x:.3~g}: %{y:.3~g}<extra></extra>",
        "meta": {"dark": {"marker": {"color": dark}}},
    }
    if errors is not None:
        trace["error_y"] = {"type": "data", "array": errors[shown], "thickness": 1, "width": 2, "color": SOFT}
        trace["meta"]["dark"]["error_y"] = {"color": SOFT_DARK}
    layout = frame(
        say("eigenvalue"),
        say("number in the bin"),
        title,
        yaxis={"type": "log", "minorloglabels": "none", "range": [np.log10(least), np.log10(2 * number.max())]},
    )
    return assembled([trace], {**layout, "showlegend": False, "bargap": 0, "margin": {**layout["margin"], "t": 34}})
