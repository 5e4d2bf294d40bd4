"""Training loss and test loss over anything, and a polynomial through few points while it is trained."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.curves import curve_layout
from figures.data_fit import frames
from figures.ends import logarithmic_ends
from figures.theme import CLEAR, INK, INK_DARK, RULES, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from words import mark, say

TRAINING, TEST = RUN_COLOURS[0], RUN_COLOURS[1]
NAMES = (mark("training loss"), mark("test loss"))
LOWEST = 1e-6  # of the highest training or test loss: what is lower is drawn at the lower edge
CURVE_NODES = 161  # along a curve
TALL = 0.6  # of the height of the points: how far above and below them a curve is in view
LEGEND = {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 11}, "bgcolor": CLEAR}
UNDER_A_LEGEND = 66  # pixels for the title and two rows of names


def training_and_test(
    title: str,
    across: str,
    x: Array,
    losses: tuple[Array, Array],
    *,
    chosen: float | None = None,
    logarithmic: bool = False,
    floor: float | None = None,
    star: bool = True,
) -> go.Figure:
    """Both losses over x, the lowest test loss with a star unless without, and what is chosen with a line.

    Args:
        losses: training and test loss, (K,) each; what is nearly 0 lies at the lower edge, and its hover says its size.
        chosen: a number on the axis across.
        logarithmic: whether that axis is.
        floor: a loss that is drawn dotted, such as the noise below which no test loss is expected.
    """
    figure = go.Figure(layout={**curve_layout(title, True), "meta": {"cursor": False}})  # across are no steps
    edge = LOWEST * max(float(loss.max()) for loss in losses)
    for name, colour, dash, loss in zip(NAMES, (TRAINING, TEST), ("solid", "dash"), losses, strict=True):
        figure.add_scatter(
            x=x,
            y=np.maximum(loss, edge),
            customdata=loss,
            name=say(name),
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": dash},
            marker={"size": 5},
            hovertemplate="%{customdata:.3g}<extra>" + say(name) + "</extra>",
            meta={"dark": {"line": {"color": in_the_dark(colour)}, "marker": {"color": in_the_dark(colour)}}},
        )
    if star:
        best = int(losses[1].argmin())
        figure.add_trace(_star(float(x[best]), float(losses[1][best])))
    if floor is not None and floor > edge:
        figure.add_hline(y=floor, line={"color": SOFT, "width": 1.5, "dash": "dot"})
    if chosen is not None:
        figure.add_vline(x=chosen, line={"color": SOFT, "width": 1.5})
    figure.update_xaxes(title={"text": across, "standoff": 4}, rangemode="normal")
    if logarithmic:
        figure.update_xaxes(type="log", exponentformat="power", minorloglabels="none")
    _both_in_view(figure, losses, edge)
    return figure


def is_below_the_edge(losses: tuple[Array, Array]) -> bool:
    """Whether a training or test loss is so low that it is drawn at the lower edge, and not where it is.

    >>> is_below_the_edge((np.array([1.0, 1e-9]), np.array([2.0, 2.0])))
    True
    """
    return min(float(loss.min()) for loss in losses) < LOWEST * max(float(loss.max()) for loss in losses)


def losses_along_training(title: str, updates: Array, losses: tuple[Array, Array], *, star: bool = True) -> go.Figure:
    """Both losses over the updates, which grow by a factor from one step of the playback to the next.

    Args:
        updates: at each step, (K,), ascending from 0.
        losses: training and test loss, (K,) each.
        star: whether the lowest test loss has one.
    """
    figure = go.Figure(layout=curve_layout(title, True))
    edge = LOWEST * max(float(loss.max()) for loss in losses)
    for name, colour, dash, loss in zip(NAMES, (TRAINING, TEST), ("solid", "dash"), losses, strict=True):
        figure.add_scatter(
            y=np.maximum(loss, edge),
            name=say(name),
            mode="lines",
            line={"color": colour, "width": 2, "dash": dash},
            hovertemplate="%{y:.3g}<extra>" + say(name) + "</extra>",
            showlegend=False,
            meta={"plays": True, "head": True, "dark": {"line": {"color": in_the_dark(colour)}}},
        )
        figure.add_trace(_entry(say(name), {"color": colour, "width": 2, "dash": dash}))
    if star:
        best = int(losses[1].argmin())
        figure.add_trace(_star(best, float(losses[1][best])))
    powers = [at for at, count in enumerate(updates) if count > 0 and np.log10(count) % 1 == 0]
    figure.update_xaxes(
        title={"text": say("updates"), "standoff": 4},
        range=[0, updates.size - 1],
        tickvals=powers,
        ticktext=[f"10<sup>{power}</sup>" for power in range(len(powers))],
    )
    _both_in_view(figure, losses, edge)
    return figure


def _entry(name: str, line: dict[str, Any]) -> go.Scatter:
    """In the legend a line that the stage draws itself, because it plays."""
    dark = {"line": {"color": in_the_dark(line["color"])}}
    return go.Scatter(x=[None], y=[None], mode="lines", name=name, line=line, meta={"dark": dark})


def _star(x: float, y: float) -> go.Scatter:
    """The lowest test loss."""
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        name=say("lowest test loss"),
        marker={"symbol": "star", "size": 15, "color": TEST},
        hoverinfo="skip",
        meta={"dark": {"marker": {"color": in_the_dark(TEST)}}},
    )


def _both_in_view(figure: go.Figure, losses: tuple[Array, Array], edge: float) -> None:
    """The upright axis as long as both curves need, a legend, and room for the name under the picture."""
    low = max(edge, min(float(loss.min()) for loss in losses))
    figure.update_yaxes(logarithmic_ends(low, max(float(loss.max()) for loss in losses)))
    figure.update_layout(
        showlegend=True,
        legend=LEGEND,
        hovermode="closest",
        margin={"t": UNDER_A_LEGEND, "b": 40},
    )


def polynomial_fit(
    points: tuple[Array, Array],
    held_out: tuple[Array, Array],
    curves: Sequence[tuple[str, Array]],
    moving: Array,
) -> go.Figure:
    """Points that are fitted, points that are held out, curves that stay, and one that moves with the training.

    Args:
        points: x and y, (n,) each, in [-1, 1] across; `held_out` the same.
        curves: names and values at CURVE_NODES even places: the true curve, and perhaps the fit of least squares.
        moving: the polynomial at each step of the playback, (steps + 1, CURVE_NODES).
    """
    nodes = np.linspace(-1, 1, CURVE_NODES)
    figure = go.Figure()
    for name, (x, y), style, dark in (
        (say("held out"), held_out, {"color": SOFT, "size": 5, "symbol": "circle-open"}, SOFT_DARK),
        (say("training points"), points, {"color": INK, "size": 8}, INK_DARK),
    ):
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            name=name,
            marker=style,
            hovertemplate="(%{x:.3g}, %{y:.3g})<extra>" + name + "</extra>",
            meta={"dark": {"marker": {"color": dark}}},
        )
    styles = (
        ({"color": SOFT, "width": 1.5, "dash": "dot"}, SOFT_DARK),
        ({"color": TEST, "width": 2, "dash": "dash"}, in_the_dark(TEST)),
    )
    for (name, values), (line, dark) in zip(curves, styles, strict=False):
        figure.add_scatter(
            x=nodes,
            y=values,
            mode="lines",
            name=name,
            line=line,
            hovertemplate="%{y:.3g}<extra>" + name + "</extra>",
            meta={"dark": {"line": {"color": dark}}},
        )
    every = np.concatenate([points[1], held_out[1]])
    room = TALL * float(np.ptp(every))
    low, high = float(every.min()) - room, float(every.max()) + room
    shown = frames(np.clip(moving, low - room, high + room), high - low)
    line = {"color": TRAINING, "width": 2.5}
    figure.add_scatter(
        x=nodes,
        y=shown[-1],
        mode="lines",
        name=say("while it is trained"),
        line=line,
        hovertemplate="%{y:.3g}<extra></extra>",
        showlegend=False,
        meta={"plays": True, "head": False, "frames": shown, "dark": {"line": {"color": in_the_dark(TRAINING)}}},
    )
    figure.add_trace(_entry(say("while it is trained"), line))
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 6}
    figure.update_layout(
        xaxis={**axis, "range": [-1.05, 1.05], "title": {"text": "x", "standoff": 4}},
        yaxis={**axis, "range": [low, high], "title": {"text": "y", "standoff": 4}},
        legend=LEGEND,
        margin={"l": 50, "r": 8, "t": 48, "b": 40},
        hovermode="closest",
    )
    return figure
