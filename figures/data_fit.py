"""What parameters predict: the model through its data, one line for the marker and one for each run's end."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from figures.curves import HAIR
from figures.maps import Run
from figures.theme import INK, INK_DARK, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array, DataSet

NODES = 121  # along the model's curve
MOST = 2000  # points drawn; more would hide each other
ROOM = 0.08  # of the data's width, on each side

Predict = Callable[[Array, Array], Array]  # parameters (2, ...), inputs (M,) -> (..., M)


def fit(data: DataSet, predict: Predict, marker: Array, runs: Sequence[Run]) -> go.Figure:
    """The points, the model at the marker (dotted) and where each run ended; rings at both edges follow the steps."""
    x, target = data.inputs[0], data.target
    room = ROOM * (float(np.ptp(x)) or 2.0)
    ends = np.array([x.min() - room, x.max() + room])
    nodes = np.linspace(float(ends[0]), float(ends[1]), NODES)
    figure = go.Figure(_points(thinned(x), thinned(target)))
    for run in runs:
        path = run.positions
        seen = path[:, np.isfinite(path).all(axis=0)]
        figure.add_trace(_curve(nodes, predict(seen[:, -1], nodes), run.label, run.colour, run.dash))
        for end in (0, 1):
            heights = predict(path, ends[end : end + 1])[:, 0]
            figure.add_trace(_ring(np.full(heights.size, ends[end]), heights, run))
    figure.add_trace(_curve(nodes, predict(marker, nodes), "at the marker", SOFT, "dot", dark=SOFT_DARK))
    figure.update_layout(_layout(data.labels[0], data.labels[1], ends, target))
    return figure


def agreement(data: DataSet, predictions: Sequence[tuple[str, str, Array]]) -> go.Figure:
    """What is predicted over what is true, for models of several features; on the diagonal both are the same.

    Args:
        predictions: label, colour and predicted values (n,) of each model.
    """
    target = data.target
    room = ROOM * (float(np.ptp(target)) or 2.0)
    ends = np.array([target.min() - room, target.max() + room])
    figure = go.Figure(_curve(ends, ends, "predicted = true", SOFT, "dot", dark=SOFT_DARK))
    for label, colour, values in predictions:
        figure.add_scatter(
            x=thinned(target),
            y=thinned(values),
            mode="markers",
            name=label,
            marker={"color": colour, "size": 6, "opacity": 0.75},
            hovertemplate=f"true %{{x:.4g}}, predicted %{{y:.4g}}<extra>{label}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    figure.update_layout(_layout(f"{data.labels[-1]}, true", "predicted", ends, target))
    return figure


def chances(predictions: Sequence[tuple[str, str, Array]]) -> go.Figure:
    """The share that each class gets, a bar for each model: label, colour, shares (3,)."""
    figure = go.Figure()
    for label, colour, values in predictions:
        figure.add_bar(
            x=["class 1 (right)", "class 2", "class 3"],
            y=values,
            name=label,
            marker={"color": colour},
            hovertemplate=f"%{{x}}: %{{y:.3g}}<extra>{label}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    figure.update_layout(
        yaxis={"range": [0, 1.02], "gridcolor": HAIR, "title": {"text": "predicted share"}},
        barmode="group",
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        margin={"l": 50, "r": 8, "t": 40, "b": 28},
    )
    return figure


def factor_curve(values: Array, bound: Array | None) -> go.Figure:
    """The size of ∂hₖ/∂x after each neuron of a chain, on a logarithmic axis, and what it cannot exceed."""
    depth = np.arange(1, values.size + 1)
    figure = go.Figure()
    for name, heights, style in (
        ("|∂hₖ/∂x|", values, {"color": INK, "width": 2}),
        ("bound (|w|/4)ᵏ", bound, {"color": SOFT, "width": 1.5, "dash": "dash"}),
    ):
        if heights is not None:
            figure.add_scatter(
                x=depth,
                y=np.where(np.abs(heights) > 0, np.abs(heights), np.nan),
                name=name,
                mode="lines+markers",
                line=style,
                hovertemplate="after neuron %{x}: %{y:.3g}<extra>" + name + "</extra>",
                meta={"dark": {"line": {"color": INK_DARK if name[0] == "|" else SOFT_DARK}}},
            )
    figure.update_layout(
        title={"text": "Gradient through the chain", "x": 0, "xref": "container", "font": {"size": 13}, "y": 0.98},
        xaxis={"gridcolor": HAIR, "nticks": 6},
        yaxis={"type": "log", "exponentformat": "power", "minorloglabels": "none", "gridcolor": HAIR, "nticks": 6},
        legend={"x": 1, "y": 1.12, "xanchor": "right", "orientation": "h"},
        margin={"l": 54, "r": 8, "t": 26, "b": 24},
    )
    return figure


def thinned(values: Array) -> Array:
    """At most 2,000 of the values, evenly taken."""
    return values[:: max(1, -(-values.size // MOST))]


def _points(x: Array, y: Array) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        name="data",
        marker={"color": INK, "size": 6 if x.size <= 200 else 4, "opacity": 0.8 if x.size <= 200 else 0.35},
        hovertemplate="(%{x:.4g}, %{y:.4g})<extra>data</extra>",
        showlegend=False,
        meta={"dark": {"marker": {"color": INK_DARK}}},
    )


def _curve(x: Array, y: Array, label: str, colour: str, dash: str, dark: str = "") -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=label,
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate=f"%{{y:.4g}}<extra>{label}</extra>",
        showlegend=False,
        meta={"dark": {"line": {"color": dark or in_the_dark(colour)}}},
    )


def _ring(x: Array, y: Array, run: Run) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=run.label,
        line={"color": run.colour, "width": 1},
        opacity=0.3,
        hoverinfo="skip",
        showlegend=False,
        meta={"plays": True, "head": True, "dark": {"line": {"color": in_the_dark(run.colour)}}},
    )


def _layout(across: str, up: str, ends: Array, target: Array) -> go.Layout:
    room, room_x = 0.15 * (float(np.ptp(target)) or 2.0), 0.03 * float(np.ptp(ends))
    axis = {"gridcolor": HAIR, "zeroline": False, "nticks": 6}
    return go.Layout(
        xaxis={**axis, "title": {"text": across}, "range": [float(ends[0] - room_x), float(ends[1] + room_x)]},
        yaxis={**axis, "title": {"text": up}, "range": [float(target.min() - room), float(target.max() + room)]},
        margin={"l": 56, "r": 8, "t": 8, "b": 44},
        hovermode="closest",
        dragmode="pan",
        showlegend=False,
    )
