"""The surface: the same landscape in three dimensions, in the same colours, with the runs lying on it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from caching import cached
from figures.assembled import assembled
from figures.axes import POINT, POWERS
from figures.hatching import hatched
from figures.height import LEVELS, Heights, mesh
from figures.maps import Run, join_with_gaps
from figures.theme import BARE, GRID, GRID_DARK, HEIGHT_COLOURS, HEIGHT_COLOURS_DARK, LEVELS_ON_SURFACE, in_the_dark
from landscapes import Array, Domain, Landscape
from words import short

RESOLUTION = 81  # nodes of the surface's mesh along each axis
LIFT = 0.012  # share of the height by which a run floats, so that facets of the mesh do not hide it
CORNER = 0.08  # share of the height that has no label: the one of y stands there
EVERY = 3  # of the map's level sets, every so many are drawn on the surface


def surface(landscape: Landscape, runs: Sequence[Run], height: Heights, domain: Domain) -> go.Figure:
    """The graph of the drawn height over the domain, with one line for each run; the hover tells the loss itself."""
    traces = [surface_trace(landscape, height, domain), *hatched(landscape, domain, height.low)]
    traces += [line(landscape, run, height, domain) for run in runs]
    return assembled(traces, surface_layout(height, domain))


@cached("pictures")
def surface_trace(landscape: Landscape, height: Heights, domain: Domain) -> dict[str, Any]:
    """The surface over the domain. Not to be written to."""
    points = mesh(domain, RESOLUTION)
    return {**solid(height, landscape.value(points).T), "x": points[0, :, 0], "y": points[1, 0, :]}


def solid(height: Heights, loss: Array) -> dict[str, Any]:
    """The surface itself, from its loss, (rows, columns), with some of the map's level sets on it."""
    step = EVERY * (height.high - height.low) / LEVELS
    return {
        "type": "surface",
        "z": height.of(loss),
        "cmin": height.low,
        "cmax": height.high,
        "customdata": np.where(np.isfinite(loss), loss, np.nan),
        "colorscale": HEIGHT_COLOURS,
        "showscale": False,
        "contours": {
            "z": {
                "show": True,
                "start": height.low + step / 2,
                "end": height.high,
                "size": step,
                "color": LEVELS_ON_SURFACE,
                "width": 1,
            },
            **{axis: {"highlight": False} for axis in "xy"},
        },
        "lighting": {"ambient": 0.72, "diffuse": 0.5, "specular": 0.06, "roughness": 0.8},
        "hovertemplate": f"f(%{{x}}, %{{y}}) = %{{customdata:.{height.digits + 1}~g}}<extra></extra>",
        "meta": {"dark": {"colorscale": HEIGHT_COLOURS_DARK}},
    }


def line(landscape: Landscape, run: Run, height: Heights, domain: Domain) -> dict[str, Any]:
    """A run's line on the surface; outside the domain there is no surface, and no line."""
    positions = join_with_gaps(run.positions) if run.faint else run.positions
    lows, highs = np.array(domain).T
    inside = ((positions >= lows[:, None]) & (positions <= highs[:, None])).all(axis=0)
    x, y = np.where(inside, positions, np.nan)
    loss = landscape.value(positions)
    return {
        "type": "scatter3d",
        "x": x,
        "y": y,
        "z": np.where(inside, lifted(height, loss), np.nan),
        "name": run.label,
        "mode": "lines",
        "line": {
            "color": run.colour,
            "width": 2 if run.faint else 5,
            "dash": run.dash if run.dash.isalpha() and not run.faint else "solid",  # others are for two dimensions
        },
        "hovertemplate": f"{run.label}<br>(%{{x}}, %{{y}})<extra></extra>",
        "showlegend": False,
        "meta": {
            "plays": True,
            "head": True,
            **run.lanes,
            **run.numbers,
            "dark": {"line": {"color": in_the_dark(run.colour)}},
        },
    }


def lifted(height: Heights, loss: Array) -> Array:
    """Heights of points that lie visibly on the surface."""
    return height.of(loss) + LIFT * (height.high - height.low)


def counted(name: str, height: Heights) -> str:
    """What the labels of the height axis say: the loss, or what it is more than a round number nearby."""
    if not height.origin:
        return name
    return f"{name} {'+' if height.origin < 0 else '−'} {short(abs(height.origin), 15)}"


def surface_layout(height: Heights, domain: Domain) -> dict[str, Any]:
    """A box with the domain's proportions, loss labels on the height axis, seen from above the far corner."""
    (x0, x1), (y0, y1) = domain
    wide, deep = (x1 - x0) / max(x1 - x0, y1 - y0), (y1 - y0) / max(x1 - x0, y1 - y0)
    axis = {"gridcolor": GRID, "zeroline": False, "showbackground": False, "nticks": 5, "showspikes": False, **POWERS}
    span = height.high - height.low
    clear = [(h, label) for h, label in height.ticks if h > height.low + CORNER * span]
    upright = {"tickvals": [h for h, _ in clear], "ticktext": [label for _, label in clear]}
    return {
        "template": BARE,
        "scene": {
            "xaxis": {**axis, "range": [x0, x1], "title": {"text": "x"}},
            "yaxis": {**axis, "range": [y0, y1], "title": {"text": "y"}},
            "zaxis": {
                **axis,
                **upright,
                "range": [height.low, height.high + 0.02 * span],
                "title": {"text": counted("f", height)},
            },
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15 * max(wide, 0.4), "y": 1.15 * max(deep, 0.4), "z": 0.75},
            "camera": {"eye": {"x": -0.6, "y": -1.54, "z": 1.38}, "center": {"x": 0, "y": 0, "z": -0.28}},
            "dragmode": "orbit",
        },
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "separators": POINT,
        "meta": {"dark": {"scene": {f"{name}axis": {"gridcolor": GRID_DARK} for name in "xyz"}}},
    }
