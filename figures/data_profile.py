"""Training and test loss along a line: solid and dashed, with the places where runs ended."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.theme import INK, INK_DARK, RULES, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array, Interval, Landscape
from words import say

NODES = 801  # enough for a well of width 0.05


def loss_profile(
    train: Landscape, test: Landscape, span: Interval, ends: Sequence[tuple[str, str, Array]]
) -> go.Figure:
    """Both losses over x at y = 0; each set of ends (label, colour, positions (2, N)) as marks at its test loss."""
    x = np.linspace(*span, NODES)
    line = np.stack([x, np.zeros(NODES)])
    figure = go.Figure()
    for label, landscape, style, dark in (
        (say("training loss"), train, {"color": INK, "width": 2.5}, INK_DARK),
        (say("test loss"), test, {"color": SOFT, "width": 2, "dash": "dash"}, SOFT_DARK),
    ):
        figure.add_scatter(
            x=x,
            y=landscape.value(line),
            mode="lines",
            name=label,
            line=style,
            hovertemplate=f"%{{y:.4g}}<extra>{label}</extra>",
            meta={"dark": {"line": {"color": dark}}},
        )
    for label, colour, places in ends:
        figure.add_scatter(
            x=places[0],
            y=test.value(places),
            mode="markers",
            name=label,
            marker={"color": colour, "size": 7, "opacity": 0.6},
            hovertemplate=say("x = {x}, test loss {loss}", x="%{x:.3g}", loss="%{y:.3g}") + f"<extra>{label}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 7}
    figure.update_layout(
        xaxis={**axis, "title": {"text": say("x, at y = 0")}, "range": list(span)},
        yaxis={**axis, "title": {"text": say("Loss")}},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 11}},
        margin={"l": 54, "r": 8, "t": 48, "b": 44},
        hovermode="closest",
    )
    return figure
