"""A chord: on the map, and as a straight line under or over the loss between its ends."""

import numpy as np
import plotly.graph_objects as go

from figures.axes import name_place
from figures.theme import INK, INK_DARK, KIND_COLOURS, RULES, RUN_COLOURS, in_the_dark
from landscapes.curvature import ChordTest
from words import say

ENDS = "AB"
BROKEN = KIND_COLOURS["saddle"]
HOVER = "t = %{x:.3g}: %{y:.4g}"


def add_chord(figure: go.Figure, test: ChordTest) -> None:
    """Draws a chord into a map, with the letters of its ends, and where the loss lies above it."""
    x, y = test.ends
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": INK, "width": 2.5},
        marker={"color": INK, "size": 8},
        showlegend=False,
        hovertemplate="(%{x:.4g}, %{y:.4g})<extra></extra>",
        meta={"dark": {"line": {"color": INK_DARK}, "marker": {"color": INK_DARK}}},
    )
    for end, place in zip(ENDS, test.ends.T, strict=True):
        name_place(figure, place, end)
    for first, last in test.stretches:
        (x0, y0), (x1, y1) = test.point(first), test.point(last)
        figure.add_scatter(
            x=[x0, x1],
            y=[y0, y1],
            mode="lines",
            line={"color": BROKEN, "width": 6},
            hoverinfo="skip",
            showlegend=False,
            meta={"dark": {"line": {"color": in_the_dark(BROKEN)}}},
        )


def chord_curve(test: ChordTest) -> go.Figure:
    """The loss from one end to the other and the straight line between them; where the loss lies above is filled."""
    known = np.where(np.isfinite(test.loss), test.loss, np.nan)
    figure = go.Figure()
    for number, (first, last) in enumerate(test.stretches):
        there = (test.shares >= first) & (test.shares <= last)
        figure.add_scatter(
            x=np.concatenate([test.shares[there], test.shares[there][::-1]]),
            y=np.concatenate([known[there], test.chord[there][::-1]]),
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=BROKEN,
            opacity=0.35,
            name=say("loss above the chord"),
            hoverinfo="skip",
            showlegend=number == 0,
        )
    for name, values, colour, dark, dash in (
        (say("loss f"), known, RUN_COLOURS[0], in_the_dark(RUN_COLOURS[0]), "solid"),
        (say("chord"), test.chord, INK, INK_DARK, "dash"),
    ):
        figure.add_scatter(
            x=test.shares,
            y=values,
            mode="lines",
            line={"color": colour, "width": 2.5, "dash": dash},
            name=name,
            hovertemplate=f"{HOVER}<extra>{name}</extra>",
            meta={"dark": {"line": {"color": dark}}},
        )
    axis = {"gridcolor": RULES, "exponentformat": "power"}
    figure.update_layout(
        xaxis={**axis, "title": {"text": say("share t of the way from A to B")}, "range": [0, 1]},
        yaxis={**axis, "title": {"text": say("loss")}},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom"},
        margin={"l": 60, "r": 8, "t": 40, "b": 44},
        showlegend=True,
    )
    return figure
