"""The gradients of the batches: a cloud, with the ellipse that theory draws or that was measured."""

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.theme import INK, INK_DARK, RULES, RUN_COLOURS, VEIL
from landscapes import Array, Landscape
from words import say

TURN = 91  # points of the ellipse
ARROW = 0.16  # of the view: length of the arrows of a direction


def cloud(
    batches: Array, full: Array, covariance: Array, names: tuple[str, str], measured_about: Array | None = None
) -> go.Figure:
    """Batch gradients (2, K), the full gradient (2,), and two standard deviations of a covariance (2, 2).

    The covariance is theory's, about the full gradient; or it was measured, and then it is drawn about the batches'
    mean (2,), which is marked too.
    """
    theory = measured_about is None
    centre = full if measured_about is None else measured_about
    ring = centre[:, None] + 2 * ellipse(covariance)
    dots = {"type": "scatter", "mode": "markers"}
    traces = [
        {
            **dots,
            "x": batches[0],
            "y": batches[1],
            "name": say("one batch"),
            "marker": {"color": RUN_COLOURS[5], "size": 5, "opacity": 0.55},
            "hovertemplate": "(%{x:.4g}, %{y:.4g})<extra>" + say("one batch") + "</extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": ring[0],
            "y": ring[1],
            "name": say("theory, 2σ") if theory else say("measured, 2σ"),
            "line": {"color": RUN_COLOURS[1 if theory else 2], "width": 2, "dash": "dash" if theory else "dot"},
            "hoverinfo": "skip",
        },
    ]
    if measured_about is not None:
        traces.append(
            {
                **dots,
                "x": centre[:1],
                "y": centre[1:],
                "name": say("mean of batches"),
                "marker": {"color": RUN_COLOURS[2], "size": 11, "symbol": "x", "line": {"width": 0}},
                "hovertemplate": "(%{x:.4g}, %{y:.4g})<extra>" + say("mean of batches") + "</extra>",
            }
        )
    for label, place, symbol in ((say("all data"), full, "cross"), (say("zero"), np.zeros(2), "circle-open")):
        traces.append(
            {
                **dots,
                "x": place[:1],
                "y": place[1:],
                "name": label,
                "marker": {"color": INK, "size": 11, "symbol": symbol, "line": {"width": 2, "color": INK}},
                "hovertemplate": f"(%{{x:.4g}}, %{{y:.4g}})<extra>{label}</extra>",
                "meta": {"dark": {"marker": {"color": INK_DARK, "line": {"color": INK_DARK}}}},
            }
        )
    axis = {"gridcolor": RULES, "zeroline": True, "zerolinecolor": RULES, "nticks": 6}
    return assembled(
        traces,
        {
            "xaxis": {**axis, "title": {"text": f"∂L/∂ {names[0]}"}},
            "yaxis": {**axis, "title": {"text": f"∂L/∂ {names[1]}"}},
            "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 11}},
            "margin": {"l": 60, "r": 8, "t": 48, "b": 44},
            "hovermode": "closest",
        },
    )


def ellipse(covariance: Array) -> Array:
    """The points one standard deviation from the middle, (2, TURN)."""
    angle = np.linspace(0, 2 * np.pi, TURN)
    values, vectors = np.linalg.eigh(covariance)
    ring: Array = vectors @ (np.sqrt(np.maximum(values, 0))[:, None] * np.array([np.cos(angle), np.sin(angle)]))
    return ring


def add_ways_down(figure: go.Figure, landscape: Landscape, place: Array, batch: Array, full: Array) -> None:
    """Two arrows at a place, each along a negative gradient: the batch's and that of all data."""
    scale = np.array([high - low for low, high in landscape.domain])
    for label, gradient, colour in (
        (say("downhill for this batch"), batch, RUN_COLOURS[1]),
        (say("downhill for all data"), full, RUN_COLOURS[0]),
    ):
        seen = gradient / scale  # as long on the screen whatever the units
        length = float(np.hypot(*seen))
        if length == 0:
            continue
        tip = place - ARROW * scale * seen / length
        figure.add_scatter(
            x=[place[0], tip[0]],
            y=[place[1], tip[1]],
            mode="lines+markers",
            name=label,
            line={"color": colour, "width": 3},
            marker={"symbol": "arrow", "size": [0, 13], "angleref": "previous", "color": colour, "line": {"width": 0}},
            hovertemplate=f"{label}<extra></extra>",
            showlegend=True,
        )
    figure.update_layout(legend={"x": 0.01, "y": 0.99, "bgcolor": VEIL}, showlegend=True)
