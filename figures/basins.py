"""Every point of a map in the colour of the place where a trajectory from it ends, pale where it comes soon."""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from figures.assembled import assembled
from figures.axes import title_at_the_left
from figures.maps import Run, landmark, map_layout, trail
from figures.theme import END_COLOURS, ENDLESS, INK, NEITHER, PAPER, PAPER_DARK, in_the_dark
from landscapes import Array, Domain
from optimizers.bulk import Grid
from words import short

SHADES = 24  # from the soonest to the latest
PALEST, DEEPEST = 0.9, 0.45  # lightness of the soonest and of the latest
MIDDLE = 0.6  # in a legend
TITLE = 26  # pixels above a map that has one
CALM = 0.7  # of a hue's own saturation: whole maps are filled with it
GOLDEN = 0.6180339887498949  # of a turn from one further hue to the next: no two are near for long
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Basin:
    """All starts from which trajectories end at one place, or in one way."""

    name: str  # as people read it
    kind: str  # of the verdict
    hue: int  # number of the place, the same in every map of one landscape
    share: float  # of all starts, 0 to 1
    hover: str  # in front of the number of steps

    @property
    def colours(self) -> tuple[str, str]:
        """Of the soonest and of the latest of them."""
        if self.kind in ENDLESS:
            return ENDLESS[self.kind]
        return at_lightness(hue(self.hue), PALEST), at_lightness(hue(self.hue), DEEPEST)

    @property
    def colour(self) -> str:
        """In a legend."""
        return ENDLESS[self.kind][0] if self.kind in ENDLESS else at_lightness(hue(self.hue), MIDDLE)


@dataclass(frozen=True)
class Part:
    """A window of which every start was run: where each ends, and after how many steps, (rows, columns)."""

    window: Domain
    which: Whole  # number of its basin
    steps: Whole


def hue(number: int) -> str:
    """The colour of a place: one of the table, and behind them others that no other place has."""
    if number < len(END_COLOURS):
        return END_COLOURS[number]
    return hexadecimal(number * GOLDEN % 1, 0.5, 0.5)


def at_lightness(colour: str, lightness: float) -> str:
    """The same hue, less vivid, at another lightness from 0 to 1.

    >>> at_lightness("#0072B2", 0.9), at_lightness("#0072B2", 0.45)
    ('#d4ebf7', '#2289c3')
    """
    red, green, blue = (part / 255 for part in bytes.fromhex(colour[1:]))
    turn, _, vivid = colorsys.rgb_to_hls(red, green, blue)
    return hexadecimal(turn, lightness, CALM * vivid)


def hexadecimal(turn: float, lightness: float, vivid: float) -> str:
    """A colour by hue, lightness and saturation, 0 to 1 each."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(turn, lightness, vivid))


def shades(steps: Whole, group: Whole) -> Whole:
    """The rank of each number of steps within its group, from 0 for the soonest to SHADES - 1, of the same shape.

    By rank, and not by the number or its logarithm: half of a group is paler than the other half, whatever the numbers.

    >>> shades(np.array([5, 7, 7, 900]), np.zeros(4, dtype=int)).tolist()
    [0, 12, 12, 23]
    """
    groups, most = int(group.max(initial=0)) + 1, int(steps.max(initial=0)) + 1
    return ranks(occurrences(steps, group, groups, most))[group, steps]


def occurrences(steps: Whole, group: Whole, groups: int, most: int) -> Whole:
    """How often each number of steps below `most` occurs in each group, (groups, most)."""
    return np.bincount((group.astype(np.int64) * most + steps).ravel(), minlength=groups * most).reshape(groups, most)


def ranks(counts: Whole) -> Whole:
    """The shade of each number of steps in each group, (groups, most), by how often each occurs."""
    before = np.cumsum(counts, axis=1) - (counts + 1) / 2
    rank = before / np.maximum(counts.sum(axis=1, keepdims=True) - 1, 1)  # 0 to 1
    return np.asarray(np.round(rank * (SHADES - 1)), dtype=np.int64)


def basin_map(
    domain: Domain,
    parts: Sequence[Part],
    basins: Sequence[Basin],
    landmarks: dict[str, Array],
    runs: Sequence[Run] = (),
    window: Domain | None = None,
    title: str = "",
) -> go.Figure:
    """The map of where trajectories end, with the critical points on it and the trajectories that were asked for.

    Args:
        parts: windows that were run, the last on top: it alone answers the pointer.
        landmarks: critical points by kind, (2, K) each.
        window: what is seen of the domain, where that is not all.
    """
    traces: list[Any] = [heat(part, basins, top=part is parts[-1]) for part in parts]
    traces += [landmark(kind, x, y, coloured=False) for kind, (x, y) in landmarks.items()]
    traces += [trail(run, PAPER, PAPER_DARK, width=5, hover=False) for run in runs]
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=2, hover=True) for run in runs]
    return assembled(traces, filling(domain, window, title))


def disagreement_map(
    domain: Domain, window: Domain, differ: NDArray[np.bool_], zoom: Domain | None, title: str
) -> go.Figure:
    """The starts from which two runs end at different places, (rows, columns), dark on pale."""
    two = {"zmin": 0, "zmax": 1, "colorscale": [[0.0, NEITHER], [1.0, INK]], "hoverinfo": "skip"}
    return assembled([{**cells(window, differ.astype(np.int64)), **two}], filling(domain, zoom, title))


def filling(domain: Domain, window: Domain | None, title: str = "") -> dict[str, Any]:
    """The layout of a map that shows nothing outside of its domain, for there nothing was run."""
    layout = map_layout(domain, window)
    layout["meta"] = {key: value for key, value in layout["meta"].items() if key != "covers"}
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {**layout[axis], "constrain": "domain"}
    if title:
        layout |= {"title": title_at_the_left(title), "margin": {**layout["margin"], "t": TITLE}}
    return layout


def heat(part: Part, basins: Sequence[Basin], top: bool) -> dict[str, Any]:
    """One window as cells; the browser puts the name of the basin in front of the number of steps."""
    pointed = {
        "customdata": part.steps,
        "hovertemplate": "%{text} %{customdata}<extra>(%{x:.6~g}, %{y:.6~g})</extra>",
        "meta": {"labels": [basin.hover for basin in basins], "shades": SHADES},
    }
    return {
        **cells(part.window, part.which * SHADES + shades(part.steps, shaded(part.which, basins))),
        "zmin": 0,
        "zmax": len(basins) * SHADES - 1,
        "colorscale": bands(basins),
        **(pointed if top else {"hoverinfo": "skip"}),
    }


def cells(window: Domain, values: NDArray[Any]) -> dict[str, Any]:
    """A number for each of the equal cells of a window, (rows, columns)."""
    rows, columns = values.shape
    starts = Grid(window, columns, rows)
    return {"type": "heatmap", "x": starts.x, "y": starts.y, "z": values, "showscale": False}


def shaded(which: Whole, basins: Sequence[Basin]) -> Whole:
    """What is ranked together: all that arrive somewhere, all that diverge, and the others."""
    together = {"diverged": 1, "cycle": 2, "moving": 3}
    return np.array([together.get(basin.kind, 0) for basin in basins], dtype=np.int64)[which]


def bands(basins: Sequence[Basin]) -> list[tuple[float, str]]:
    """A scale on which every basin has a band of its own, from its soonest to its latest."""
    last = len(basins) * SHADES - 1
    return [
        ((number * SHADES + shade) / last, colour)
        for number, basin in enumerate(basins)
        for shade, colour in zip((0, SHADES - 1), basin.colours, strict=True)
    ]


def percent(share: float) -> str:
    """A share in per cent, with three digits.

    >>> percent(0.2712), percent(0.000123), percent(1.0)
    ('27.1', '0.0123', '100')
    """
    return short(100 * share)
