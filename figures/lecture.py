"""The lecture's pictures: what moves a run at three points of a loss, and what bias correction does to Adam."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.axes import title_at_the_left
from figures.theme import BY_GRADIENT, BY_MOMENTUM, INK, INK_DARK, RULES, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from optimizers import Correction, Push
from words import mark, say, short

AT = (0.0, 1.0, 2.0)  # where the three points are drawn
LONGEST = 2.0  # the longest arrow, one of the first point: there is room over the others
LIFT = (1.15, 0.8, 0.45)  # of each arrow over its point, so that the three can be told apart
ENDS = (-0.45, 3.3)  # of the loss that is drawn
TOP = 3.3
TEXT = 14  # pixels: the numbers are what the picture is about
ARROWS = (  # what is drawn, which of a push, colour by day and by night, dash, width
    (mark("by gradient"), "by_gradient", BY_GRADIENT, in_the_dark(BY_GRADIENT), "solid", 2.5),
    (mark("by momentum"), "by_momentum", BY_MOMENTUM, in_the_dark(BY_MOMENTUM), "dash", 2.5),
    (mark("in all"), "movement", INK, INK_DARK, "solid", 4),
)


def loss_along(x: Array, gradients: Sequence[float]) -> Array:
    """A loss whose slope at 0, 1 and 2 is as given, with slopes that are straight lines between these and beyond."""
    first, second, third = gradients
    knots = np.array([0.0, 1.0, 2.0, 3.0])
    slopes = np.array([first, second, third, -third])
    heights = np.concatenate([[0.0], np.cumsum((slopes[1:] + slopes[:-1]) / 2)])
    part = np.clip(np.searchsorted(knots, x, side="right") - 1, 0, 2)
    along = x - knots[part]
    bend = slopes[part + 1] - slopes[part]
    loss: Array = heights[part] + slopes[part] * along + bend * along**2 / 2 - heights.min()
    return loss


def three_pushes(pushes: Sequence[Push]) -> go.Figure:
    """The loss with the three points, and at each of them an arrow by gradient, one by momentum and one in all.

    All arrows are to one scale.
    """
    gradients = [push.g for push in pushes]
    x, at = np.linspace(*ENDS, 151), np.array(AT)
    heights = loss_along(at, gradients)
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=loss_along(x, gradients),
        mode="lines",
        name=say("loss"),
        line={"color": SOFT, "width": 2},
        hoverinfo="skip",
        showlegend=False,
        meta={"dark": {"line": {"color": SOFT_DARK}}},
    )
    figure.add_scatter(
        x=at,
        y=heights,
        mode="markers+text",
        name=say("points"),
        text=[push.point for push in pushes],
        textposition=["bottom left", "bottom center", "bottom right"],
        marker={"color": INK, "size": 9},
        hovertext=[
            say(
                "{point}: gradient {gradient}, past {past}",
                point=push.point,
                gradient=short(push.g),
                past=short(push.past),
            )
            for push in pushes
        ],
        hoverinfo="text",
        showlegend=False,
        meta={"dark": {"marker": {"color": INK_DARK}}},
    )
    sizes = np.array([[getattr(push, which) for push in pushes] for _, which, *_ in ARROWS])
    longest = np.abs(sizes).max()
    drawn = LONGEST * (sizes / longest) if longest > 0 else sizes
    for (name, _, colour, dark, dash, width), lengths, true, lift in zip(ARROWS, drawn, sizes, LIFT, strict=True):
        for i, push in enumerate(pushes):
            figure.add_scatter(
                x=[at[i], at[i] + lengths[i]],
                y=[heights[i] + lift] * 2,
                mode="lines+markers+text" if lengths[i] else "markers+text",
                name=say(name),
                line={"color": colour, "width": width, "dash": dash},
                marker={
                    "symbol": ["circle", "arrow"],
                    "size": [5, 9 + 2 * width if lengths[i] else 0],
                    "angleref": "previous",
                    "color": colour,
                    "opacity": 1.0,
                    "line": {"width": 0},
                },
                text=["", short(float(true[i]))],
                textposition="middle left" if lengths[i] < 0 else "middle right",
                hovertemplate=say(
                    "{point}, {push}: {value}", point=push.point, push=say(name), value=short(float(true[i]))
                )
                + "<extra></extra>",
                legendgroup=name,
                showlegend=i == 0,
                meta={"dark": {"line": {"color": dark}, "marker": {"color": dark}}},
            )
    figure.update_layout(
        font={"size": TEXT},
        xaxis={"visible": False, "range": list(ENDS), "fixedrange": True},
        yaxis={"visible": False, "range": [-0.4, TOP], "fixedrange": True},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
        hovermode="closest",
    )
    return figure


def bias_correction(rows: Sequence[Correction], gradient: float) -> go.Figure:
    """The running mean of a steady gradient over the updates, as it is and corrected."""
    return _over_updates(
        say("Mean of the gradient"),
        rows,
        ((say("m̂, corrected"), [row.m_hat for row in rows]), ("m", [row.m for row in rows])),
        ("g", gradient),
    )


def corrected_steps(rows: Sequence[Correction]) -> go.Figure:
    """The length of Adam's steps over the updates, in learning rates, with and without correction."""
    return _over_updates(
        say("Step, in learning rates"),
        rows,
        (
            (say("corrected"), [row.step for row in rows]),
            (say("without correction"), [row.uncorrected for row in rows]),
        ),
        (say("one rate"), 1.0),
    )


def _over_updates(
    title: str, rows: Sequence[Correction], lines: Sequence[tuple[str, Sequence[float]]], level: tuple[str, float]
) -> go.Figure:
    """Curves over the number of the update, on a logarithmic axis, and a level that they can be compared with."""
    updates = [row.t for row in rows]
    figure = go.Figure()
    name, height = level
    figure.add_scatter(
        x=[updates[0], updates[-1]],
        y=[height, height],
        mode="lines",
        name=name,
        line={"color": SOFT, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
        meta={"dark": {"line": {"color": SOFT_DARK}}},
    )
    for (label, values), colour, dash in zip(lines, RUN_COLOURS, ("solid", "dash"), strict=False):
        figure.add_scatter(
            x=updates,
            y=values,
            mode="lines",
            name=label,
            line={"color": colour, "width": 2.5, "dash": dash},
            hovertemplate=say("update {t}: {value}", t="%{x}", value="%{y:.6g}") + f"<extra>{label}</extra>",
        )
    top = max(height, *(max(values) for _, values in lines))
    figure.update_layout(
        title=title_at_the_left(title),
        xaxis={
            "type": "log",
            "gridcolor": RULES,
            "title": {"text": say("update t")},
            "dtick": 1,
            "exponentformat": "none",
        },
        yaxis={"gridcolor": RULES, "range": [0, 1.08 * top], "nticks": 6},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        margin={"l": 54, "r": 8, "t": 66, "b": 44},
        hovermode="closest",
    )
    return figure
