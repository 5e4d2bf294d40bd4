"""Two classes of points over two features, and between them the border of each run, which moves with its weights."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.data_fit import ABOVE, LEGEND, MOST, at_stops, frames
from figures.maps import Run
from figures.theme import INK, INK_DARK, RULES, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array, DataSet
from words import say

ROOM = 0.08  # of the data's width and height, on each side
FAR = 3.0  # half widths of the picture to where a border is drawn: beyond its corners
POINTER = 0.15  # half widths: the stroke towards class 1


def borders(data: DataSet, marker: Array, runs: Sequence[Run]) -> go.Figure:
    """The points of class 0 (rings) and of class 1 (dots), and where w·(x - x̄) = 0, with a short stroke to class 1.

    Args:
        data: two features, and a target of 0 and 1.
        marker: the weights of the dotted border, (2,).
        runs: the weights of the others at every step.
    """
    low, high = data.inputs.min(axis=1), data.inputs.max(axis=1)
    room = ROOM * np.where(high > low, high - low, 2.0)
    half = (high - low) / 2 + room
    window = np.array([(high + low) / 2 - half, (high + low) / 2 + half])
    figure = go.Figure(layout=_layout([str(label) for label in data.labels], window))
    for value, symbol in ((0, "circle-open"), (1, "circle")):
        x, y = _some(data.inputs[:, data.target == value])
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            name=f"{data.labels[-1]} {value}",
            marker={"color": INK, "size": 6 if data.examples <= 200 else 4, "symbol": symbol, "opacity": 0.7},
            hovertemplate="(%{x:.4g}, %{y:.4g})<extra>" + say("class {number}", number=value) + "</extra>",
            meta={"dark": {"marker": {"color": INK_DARK}}},
        )
    centre = data.inputs.mean(axis=1)
    for run in map(at_stops, runs):
        x, y = (
            frames(axis, float(np.ptp(side)))
            for axis, side in zip(_lines(run.positions, centre, half), window.T, strict=True)
        )
        plays = {"plays": True, "head": False, "frames": y, "across": x, **run.numbers}
        figure.add_trace(_border(x[-1], y[-1], run.label, run.colour, run.dash, in_the_dark(run.colour), plays))
    (x,), (y,) = _lines(marker[:, None], centre, half)
    figure.add_trace(_border(x, y, say("at the marker"), SOFT, "dot", SOFT_DARK, {}).update(showlegend=True))
    return figure


def _lines(weights: Array, centre: Array, half: Array) -> tuple[Array, Array]:
    """The ends of the border for each pair of weights (2, T), and between them the stroke: twice (T, 5).

    Where both weights are 0 there is no border, and all is nan.
    """
    normal = weights * half[:, None]
    size = np.hypot(*normal)
    with np.errstate(invalid="ignore"):
        normal = normal / np.where(size > 0, size, np.nan)
    along = FAR * np.array([-normal[1], normal[0]])
    places = np.stack([along, 0 * along, POINTER * normal, 0 * along, -along], axis=-1)
    x, y = centre[:, None, None] + half[:, None, None] * places
    return x, y


def _some(inputs: Array) -> Array:
    """At most 2,000 of the points, evenly taken."""
    return inputs[:, :: max(1, -(-inputs.shape[1] // MOST))]


def _border(x: Array, y: Array, label: str, colour: str, dash: str, dark: str, plays: dict[str, object]) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=label,
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate=f"{label}<extra></extra>",
        showlegend=False,
        meta={"dark": {"line": {"color": dark}}} | plays,
    )


def _layout(labels: Sequence[str], window: Array) -> go.Layout:
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 6}
    (left, bottom), (right, top) = window.tolist()
    return go.Layout(
        xaxis={**axis, "title": {"text": labels[0]}, "range": [left, right]},
        yaxis={**axis, "title": {"text": labels[1]}, "range": [bottom, top]},
        margin={"l": 56, "r": 8, "t": ABOVE, "b": 44},
        hovermode="closest",
        dragmode="pan",
        legend=LEGEND,
        showlegend=True,
    )
