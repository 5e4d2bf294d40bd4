"""What a run comes to at every pair of two of its numbers, with theory's border over it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from figures.assembled import assembled
from figures.axes import NUMBERED
from figures.basins import Basin, Part, cells, heat, shades
from figures.theme import BARE, HEIGHT_COLOURS, INK, INK_DARK, PAPER
from landscapes import Array, Interval
from words import mark, say, short

COLOURS = {"kind": mark("Where it ends"), "loss": mark("Final loss"), "steps": mark("Steps until it is there")}
DEEPEST = 1e-16  # of the highest loss: what is lower has arrived
FEW = 2.0  # decades, below which labels stand between the powers of ten


@dataclass(frozen=True)
class Axis:
    """One of the two numbers."""

    name: str  # as people read it
    symbol: str
    log: bool  # the window is of powers of ten

    def ticks(self, low: float, high: float) -> dict[str, Any]:
        """Labels with the number itself where the axis is of powers of ten."""
        if not self.log:
            return {}
        digits = (1, 2, 5) if high - low <= FEW else (1,)
        places = [(d * 10.0**power) for power in range(math.floor(low), math.ceil(high) + 1) for d in digits]
        return {"tickmode": "array", "tickvals": np.log10(places).tolist(), "ticktext": [short(p) for p in places]}


def knob_map(
    part: Part,
    axes: tuple[Axis, Axis],
    basins: Sequence[Basin],
    colour: str,
    loss: Array,
    border: tuple[Array, Array, Array] | None,
    optimum: tuple[float, float, str] | None,
    chosen: tuple[float, float],
) -> go.Figure:
    """The outcome at every pair of numbers.

    Args:
        colour: one of COLOURS.
        loss: final loss above the lowest that was reached, (rows, columns); nan where the run left.
        border: places across and upwards, and the logarithm of the largest stable curvature over that of the
            minimum, (rows, columns): positive where a run is stable at the minimum.
        optimum: a place and what stands beside it.
        chosen: the numbers that the run has now.

    Raises:
        KeyError: `colour` is none of COLOURS.
    """
    COLOURS[colour]
    across, up = axes
    map_of = heat(part, basins, top=True)
    grid = np.broadcast_arrays(map_of["x"][None, :], map_of["y"][:, None])
    x, y = (10.0**places if axis.log else places for places, axis in zip(grid, axes, strict=True))
    map_of["customdata"] = np.stack([part.steps, np.asarray(x), np.asarray(y), loss], axis=-1)
    map_of["hovertemplate"] = (
        f"%{{text}} %{{customdata[0]}}<extra>{across.symbol} %{{customdata[1]:.4~g}}, "
        f"{up.symbol} %{{customdata[2]:.4~g}}</extra>"
    )
    traces: list[dict[str, Any]] = [map_of]
    if colour != "kind":
        map_of |= {"colorscale": [[0.0, PAPER], [1.0, PAPER]], "opacity": 0.0}  # it still answers the pointer
        traces.insert(0, shaded_cells(part, basins, colour, loss))
    if border is not None:
        traces += [border_line(*border, PAPER, 4.0), border_line(*border, INK, 1.8)]
    if optimum is not None:
        traces.append(point(optimum[0], optimum[1], optimum[2], "star"))
    traces.append(point(*chosen, say("the run as it is now"), "circle-open"))
    layout: dict[str, Any] = {
        "template": BARE,
        "margin": {"l": 58, "r": 8, "t": 8, "b": 46},
        "hovermode": "closest",
        "dragmode": "pan",
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
        "showlegend": False,
    }
    for letter, axis, (low, high) in zip("xy", axes, part.window, strict=True):
        named = {"title": {"text": axis.name, "standoff": 4}, "range": [low, high], "showgrid": False}
        layout[f"{letter}axis"] = {**NUMBERED, **named, "zeroline": False, "ticks": "outside", **axis.ticks(low, high)}
    return assembled(traces, layout)


def shaded_cells(part: Part, basins: Sequence[Basin], colour: str, loss: Array) -> dict[str, Any]:
    """The final loss on a logarithmic scale, or the rank of the steps of those that arrive: low and soon is deep."""
    if colour == "loss":
        values = on_a_logarithmic_scale(loss)
    else:
        arrives = arriving(basins)[part.which]
        values = np.where(arrives, shades(part.steps, np.where(arrives, 0, 1)).astype(float), np.nan)
    # The colours of the dark are no choice here: their lowest is as dark as the paper, which shows where nothing is.
    return {**cells(part.window, values), "colorscale": HEIGHT_COLOURS, "hoverinfo": "skip"}


def on_a_logarithmic_scale(loss: Array) -> Array:
    """The power of ten of losses above the lowest one; what has arrived is at the lower end of the scale."""
    top = float(np.nanmax(loss, initial=0.0)) or 1.0
    return np.asarray(np.log10(np.maximum(loss, DEEPEST * top)))


def arriving(basins: Sequence[Basin]) -> NDArray[np.bool_]:
    """Of which basins the runs come to rest at a place."""
    return np.array([basin.kind in ("minimum", "saddle", "maximum", "flat") for basin in basins])


def border_line(x: Array, y: Array, over: Array, colour: str, width: float) -> dict[str, Any]:
    """The line on which the largest stable curvature is that of the minimum."""
    return {
        "type": "contour",
        "x": x,
        "y": y,
        "z": over,
        "contours": {"coloring": "none", "start": 0, "end": 0, "size": 1},
        "line": {"color": colour, "width": width},
        "showscale": False,
        "hoverinfo": "skip",
    }


def point(x: float, y: float, words: str, symbol: str) -> dict[str, Any]:
    """A place with what it is."""
    marker = {"symbol": symbol, "size": 13, "color": PAPER, "line": {"color": INK, "width": 2}}
    look = {"type": "scatter", "mode": "markers", "marker": marker, "hovertemplate": f"{words}<extra></extra>"}
    return {**look, "x": [x], "y": [y], "name": words}


def window_of(low: float, high: float, log: bool) -> Interval:
    """A range of numbers as an axis has it."""
    return (math.log10(low), math.log10(high)) if log else (low, high)
