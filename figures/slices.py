"""A plane and straight lines through a loss in many dimensions, from losses at the nodes of a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.basins import filling
from figures.height import Heights
from figures.maps import Run, level_sets, trail
from figures.surface import solid, surface_layout
from figures.theme import (
    BARE,
    DASHES,
    HAIR,
    HAIR_DARK,
    HEIGHT_COLOURS,
    HEIGHT_COLOURS_DARK,
    INK,
    INK_DARK,
    PAPER,
    PAPER_DARK,
    RULES,
    RUN_COLOURS,
    VEIL,
    in_the_dark,
)
from landscapes import Array, Domain
from words import say


@dataclass(frozen=True, eq=False)
class Slice:
    """Losses at the nodes of a regular grid over a window of a plane."""

    window: Domain
    across: Array  # (columns,), ascending
    up: Array  # (rows,)
    losses: Array  # (rows, columns)


@dataclass(frozen=True, eq=False)
class Mark:
    """A point on a plane that has a name."""

    name: str
    place: Array  # (2,)


@dataclass(frozen=True, eq=False)
class Along:
    """A loss along a line."""

    name: str
    colour: str
    losses: Array  # (points,)
    dash: str = DASHES[0]


def slice_map(
    sliced: Slice,
    height: Heights,
    marks: Sequence[Mark] = (),
    runs: Sequence[Run] = (),
    title: str = "",
    way: Sequence[tuple[float, float]] = (),
) -> go.Figure:
    """Level sets over the window, the points that have names, and a line for each run; outside there is nothing.

    Args:
        way: points that a dashed line leads through.
    """
    chart = {
        "type": "contour",
        "x": sliced.across,
        "y": sliced.up,
        "z": height.of(sliced.losses),
        "zmin": height.low,
        "zmax": height.high,
        "customdata": sliced.losses,
        "colorscale": HEIGHT_COLOURS,
        "contours": level_sets(height),
        "line": {"width": 0.6, "color": HAIR, "smoothing": 0.6},
        "showscale": False,
        "hovertemplate": "L(%{x}, %{y}) = %{customdata:.3~g}<extra></extra>",
        "meta": {"dark": {"colorscale": HEIGHT_COLOURS_DARK, "line": {"color": HAIR_DARK}}},
    }
    traces: list[Any] = [chart]
    if way:
        traces += [_way(way, PAPER, PAPER_DARK, 4.0, DASHES[0]), _way(way, INK, INK_DARK, 1.5, DASHES[1])]
    traces += [trail(run, PAPER, PAPER_DARK, width=5, hover=False) for run in runs]
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=2, hover=True) for run in runs]
    traces += [_dot(mark) for mark in marks]
    layout = filling(sliced.window, None, title)
    layout["annotations"] = [_name(mark, sliced.window) for mark in marks if mark.name]
    return assembled(traces, layout)


def _way(points: Sequence[tuple[float, float]], colour: str, dark: str, width: float, dash: str) -> dict[str, Any]:
    x, y = np.array(points).T
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": {"dark": {"line": {"color": dark}}},
    }


def _dot(mark: Mark) -> dict[str, Any]:
    x, y = mark.place
    return {
        "type": "scatter",
        "x": [x],
        "y": [y],
        "name": mark.name,
        "mode": "markers",
        "marker": {"size": 10, "color": PAPER, "line": {"color": INK, "width": 1.5}},
        "hovertemplate": f"{mark.name}<extra></extra>" if mark.name else None,
        "hoverinfo": None if mark.name else "skip",
        "showlegend": False,
    }


def _name(mark: Mark, window: Domain) -> dict[str, Any]:
    """A name beside its dot, on the side where the window has room."""
    (x0, x1), (y0, y1) = window
    x, y = mark.place
    low, right = (y - y0) < 0.15 * (y1 - y0), (x - x0) > 0.6 * (x1 - x0)
    return {
        "x": float(x),
        "y": float(y),
        "text": mark.name,
        "showarrow": False,
        "bgcolor": VEIL,
        "font": {"color": INK},
        "xanchor": "right" if right else "left",
        "yanchor": "bottom" if low else "top",
        "xshift": -8 if right else 8,
        "yshift": 8 if low else -8,
    }


def slice_surface(sliced: Slice, height: Heights) -> go.Figure:
    """The graph of the drawn height over the window; the hover tells the loss itself."""
    layout = surface_layout(height, sliced.window)
    scene = layout["scene"]
    for axis, name in (("xaxis", "α"), ("yaxis", "β")):
        scene[axis]["title"] = {"text": name}
    scene["zaxis"]["title"] = {"text": "L"}
    trace = {
        **solid(height, sliced.losses),
        "x": sliced.across,
        "y": sliced.up,
        "hovertemplate": "L(%{x}, %{y}) = %{customdata:.3~g}<extra></extra>",
    }
    return assembled([trace], layout)


def loss_lines(shares: Array, lines: Sequence[Along], knots: Sequence[str], title: str = "") -> go.Figure:
    """Losses along straight lines from one point to another, each with its name.

    Args:
        shares: of the way, (points,), from 0 to 1.
        knots: what the points are called that the way leads through, two or three, at equal shares of it.
    """
    traces = [
        {
            "type": "scatter",
            "x": shares,
            "y": each.losses,
            "name": each.name,
            "mode": "lines",
            "line": {"color": each.colour, "width": 2.2, "dash": each.dash},
            "hovertemplate": f"%{{y:.3~g}}<extra>{each.name}</extra>",
            "meta": {"dark": {"line": {"color": in_the_dark(each.colour)}}},
        }
        for each in lines
    ]
    axis = {"gridcolor": RULES, "zeroline": False, **NUMBERED}
    layout = {
        "template": BARE,
        "title": title_at_the_left(title),
        "xaxis": {
            **axis,
            "range": [0, 1],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": [*_ticks(knots)],
            "title": {"text": say("share of the straight way"), "standoff": 4},
        },
        "yaxis": {**axis, "rangemode": "tozero", "title": {"text": say("loss"), "standoff": 4}, "nticks": 6},
        "margin": {"l": 54, "r": 36, "t": 30 if title else 10, "b": 48},
        "separators": POINT,
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 12}},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
    return assembled(traces, layout)


def _ticks(knots: Sequence[str]) -> Sequence[str]:
    """What is written at each quarter of the way."""
    if len(knots) == 2:
        return knots[0], "¼", "½", "¾", knots[1]
    return knots[0], "½", knots[1], "½", knots[2]


def explained_bars(shares: Array, by_chance: Array, title: str) -> go.Figure:
    """The per cent of the squared distances along either direction of a plane, beside that of random walks.

    Args:
        shares, by_chance: (2,), 0 to 1.
    """
    names = [say("random walks"), say("these paths")]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [100 * float(by_chance[k]), 100 * float(shares[k])],
            "y": names,
            "name": name,
            "marker": {"color": colour},
            "hovertemplate": f"%{{x:.3~g}} %<extra>{name}</extra>",
            "meta": {"dark": {"marker": {"color": in_the_dark(colour)}}},
        }
        for k, (name, colour) in enumerate(
            zip((say("first direction"), say("second direction")), (RUN_COLOURS[0], RUN_COLOURS[6]), strict=True)
        )
    ]
    layout = {
        "template": BARE,
        "title": title_at_the_left(title),
        "barmode": "stack",
        "bargap": 0.7,
        "xaxis": {"range": [0, 100], "gridcolor": RULES, "zeroline": False, "title": {"text": "%", "standoff": 2}},
        "yaxis": {"automargin": True},
        "margin": {"l": 90, "r": 12, "t": 54, "b": 34},
        "separators": POINT,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "normal"},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
    return assembled(traces, layout)
