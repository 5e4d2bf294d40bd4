"""The map: level sets from above, the runs on them, and what lies in the landscape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.height import LEVELS, MARGIN, Heights, mesh
from figures.theme import (
    BARE,
    DASHES,
    HAIR,
    HAIR_DARK,
    INK,
    INK_DARK,
    KIND_COLOURS,
    PAPER,
    PAPER_DARK,
    SEA_DARK,
    SEA_LIGHT,
    SYMBOLS,
    in_the_dark,
)
from landscapes import Array, Domain, Landscape

RESOLUTION = 161  # nodes of the map's mesh along each axis
MANY = 40  # landmarks of one kind from which on they are drawn small
THIN = 1.2  # pixels of the line of a run that is one of many
NARROW = 3.0  # how many times longer than the other an axis may be while both keep one scale


@dataclass(frozen=True)
class Run:
    """One trajectory to draw, or those from several starts: its name, its colour, and the points it visited."""

    label: str
    colour: str
    positions: Array  # (2, steps + 1), nan after it left; from N starts (2, steps + 1, N), and then drawn thin
    dash: str = DASHES[0]

    @property
    def faint(self) -> bool:
        """Whether it is a crowd, and not to cover what is drawn alone."""
        return self.positions.ndim > 2

    @property
    def lanes(self) -> dict[str, int]:
        """What the stage has to know of a line that is several, each ended by a gap."""
        return {"lanes": self.positions.shape[2]} if self.faint else {}


def strung(values: Array) -> Array:
    """One trajectory after the other, with a gap behind each: (..., steps + 1, N) -> (..., N (steps + 2)).

    >>> strung(np.array([[1.0, 3.0], [2.0, 4.0]])).tolist()
    [1.0, 2.0, nan, 3.0, 4.0, nan]
    """
    gap = np.full_like(values[..., :1, :], np.nan)
    return np.moveaxis(np.concatenate([values, gap], axis=-2), -1, -2).reshape(*values.shape[:-2], -1)


def contour_map(
    landscape: Landscape,
    runs: Sequence[Run],
    height: Heights,
    domain: Domain,
    landmarks: Mapping[str, Array] | None = None,
    starts: Array | None = None,
    coloured: bool = False,
    resolution: int = RESOLUTION,
    zoom: tuple[Domain, Heights] | None = None,
    over: Sequence[go.Scatter | go.Contour] = (),
) -> go.Figure:
    """Level sets of the drawn height, what lies over them, landmarks by kind, (2, K) each, and one line for each run.

    Landmarks stay pale beside runs; `coloured` gives them the colours of their kinds and a legend. Where several runs
    are `faint`, `starts`, of shape (2, N), are marked by small rings. `zoom` is a window looked at closely, with
    its own scale: it is drawn over the domain from a mesh of its own, so that level sets are smooth at any scale.
    """
    traces: list[Any] = [sea(landscape, height, domain, resolution)]
    if zoom is not None:
        traces.append(sea(landscape, zoom[1], zoom[0], resolution))
    traces += [*over, *(landmark(kind, x, y, coloured) for kind, (x, y) in (landmarks or {}).items())]
    if starts is not None:
        traces.append(rings(starts))
    crowd, alone = [run for run in runs if run.faint], [run for run in runs if not run.faint]
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=THIN, hover=True) for run in crowd]
    traces += [trail(run, PAPER, PAPER_DARK, width=5, hover=False) for run in alone]  # all of them below every run
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=2, hover=True) for run in alone]
    return assembled(traces, map_layout(domain))


@lru_cache(maxsize=16)
def sea(landscape: Landscape, height: Heights, domain: Domain, resolution: int = RESOLUTION) -> dict[str, Any]:
    """The level sets as filled contours, coloured by height; the hover tells the loss itself. Not to be written to."""
    points = mesh(domain, resolution, MARGIN)
    loss = landscape.value(points)
    return {
        "type": "contour",
        "x": points[0, :, 0],
        "y": points[1, 0, :],
        "z": np.minimum(height.of(loss), height.high).T,
        "zmin": height.low,
        "zmax": height.high,
        "customdata": np.where(np.isfinite(loss), loss, np.nan).T,
        "colorscale": SEA_LIGHT,
        "contours": level_sets(height),
        "line": {"width": 0.6, "color": HAIR, "smoothing": 0},
        "showscale": False,
        "hovertemplate": "f(%{x:.3g}, %{y:.3g}) = %{customdata:.4g}<extra></extra>",
        "meta": {"dark": {"colorscale": SEA_DARK, "line": {"color": HAIR_DARK}}},
    }


def level_sets(height: Heights) -> dict[str, float]:
    """Where the contour lines stand: evenly in height, so that they never crowd into one blot."""
    step = (height.high - height.low) / LEVELS
    return {"start": height.low + step / 2, "end": height.high - step / 2, "size": step}


def trail(run: Run, colour: str, dark: str, *, width: float, hover: bool) -> dict[str, Any]:
    """A run's line over the map, with one vertex for each step."""
    x, y = strung(run.positions) if run.faint else run.positions
    step = "" if run.faint else ", step %{pointNumber}"
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": run.label,
        "mode": "lines",
        "line": {
            "color": colour,
            "width": width,
            "dash": run.dash if hover and not run.faint else "solid",
            "simplify": False,
        },
        "opacity": 1.0 if hover else 0.75,
        "hovertemplate": f"{run.label}{step}<br>(%{{x:.4g}}, %{{y:.4g}})<extra></extra>" if hover else None,
        "hoverinfo": None if hover else "skip",
        "showlegend": False,
        "meta": {"plays": True, "head": hover, **run.lanes, "dark": {"line": {"color": dark}}},
    }


def rings(starts: Array) -> dict[str, Any]:
    """Where runs begin, as small open rings."""
    x, y = starts
    marker = {"symbol": "circle", "size": 7, "color": PAPER, "opacity": 0.9, "line": {"color": INK, "width": 1.2}}
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": "start",
        "mode": "markers",
        "marker": marker,
        "hovertemplate": "start at (%{x:.4g}, %{y:.4g})<extra></extra>",
        "showlegend": False,
    }


def landmark(kind: str, x: Array, y: Array, coloured: bool) -> dict[str, Any]:
    """Critical points of one kind: a symbol and a colour of their own, rimmed by the page's ink."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": kind,
        "mode": "markers",
        "marker": {
            "symbol": SYMBOLS[kind],
            "size": (13 if coloured else 11) if len(x) <= MANY else 5,
            "color": KIND_COLOURS[kind] if coloured else PAPER,
            "line": {"color": INK, "width": 1.2},
        },
        "hovertemplate": f"{kind} at (%{{x:.4g}}, %{{y:.4g}})<extra></extra>",
        "showlegend": coloured,
    }


def map_layout(domain: Domain) -> dict[str, Any]:
    """Axes over the domain, with one scale for both unless that would leave a sliver."""
    (x0, x1), (y0, y1) = domain
    ratio = (x1 - x0) / (y1 - y0)
    equal = {"scaleanchor": "x"} if 1 / NARROW <= ratio <= NARROW else {}
    axis = {"showgrid": False, "zeroline": False, "ticks": "outside", "ticklen": 4, "nticks": 9}
    return {
        "template": BARE,
        "xaxis": {"range": [x0, x1], **axis},
        "yaxis": {"range": [y0, y1], **axis, **equal},
        "margin": {"l": 44, "r": 6, "t": 6, "b": 26},
        "hovermode": "closest",
        "dragmode": "pan",
        "legend": {"x": 0.01, "y": 0.99, "bgcolor": "rgba(255, 255, 255, 0.8)", "font": {"color": INK}},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
