"""The map: level sets from above, the runs on them, and what lies in the landscape."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from caching import cached
from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, named
from figures.hatching import hatched
from figures.height import LEVELS, MARGIN, USUAL, Heights, equal_scale, heights_within, in_view, mesh, square_cells
from figures.theme import (
    BARE,
    CASING,
    DASHES,
    HAIR,
    HAIR_DARK,
    HEIGHT_COLOURS,
    HEIGHT_COLOURS_DARK,
    INK,
    INK_DARK,
    KIND_COLOURS,
    PAPER,
    PAPER_DARK,
    SYMBOLS,
    VEIL,
    VEIL_DARK,
    in_the_dark,
)
from figures.thinning import Steps
from landscapes import Array, Domain, Interval, Landscape
from words import say

ROOM_FOR_LABELS = 12  # pixels, half of a usual number: one at the map's end would push it, by what it was before too
RESOLUTION = 161  # nodes of the map's mesh along each axis, where both are equally long
SPARE = 1.25  # how much wider or higher a mesh is drawn than what is visible
WIDEST = 8.0  # width by height of a panel
MOST_NODES = 2.5  # times as many as usual that a mesh may have
CLOSER = 3.0  # how many times longer than what is visible a mesh may be
MANY = 40  # landmarks of one kind from which on they are drawn small
THIN = 1.2  # pixels of the line of a run that is one of many


@dataclass(frozen=True)
class Run:
    """One trajectory to draw, or those from several starts: its name, its colour, and the points it visited."""

    label: str
    colour: str
    positions: Array  # (2, steps + 1), nan after it left; from N starts (2, steps + 1, N), and then drawn thin
    dash: str = DASHES[0]
    steps: Steps | None = None  # of a thinned one the step at each point, (K,) or (K, N); positions (2, K) or (2, K, N)

    @property
    def faint(self) -> bool:
        """Whether it is a crowd, and not to cover what is drawn alone."""
        return self.positions.ndim > 2

    @property
    def lanes(self) -> dict[str, int]:
        """What the stage has to know of a line that is several, each ended by a gap."""
        return {"lanes": self.positions.shape[2]} if self.faint else {}

    @property
    def numbers(self) -> dict[str, Steps]:
        """What the stage has to know of a line that has not a point for every step."""
        return {} if self.steps is None else {"steps": in_a_row(self.steps)}

    def at(self, *steps: Steps) -> "Run":
        """The same with these steps alone, ascending; where it is several, those of each, the last one repeated."""
        if not self.faint:
            (alone,) = steps
            return (
                self
                if alone.size == self.positions.shape[1]
                else replace(self, positions=self.positions[:, alone], steps=alone)
            )
        if all(each.size == self.positions.shape[1] for each in steps):
            return self
        longest = max(each.size for each in steps)
        together = np.stack([np.pad(each, (0, longest - each.size), mode="edge") for each in steps], axis=1)
        return replace(self, positions=np.take_along_axis(self.positions, together[None], axis=1), steps=together)


def join_with_gaps(values: Array) -> Array:
    """One trajectory after the other, with a gap behind each: (..., steps + 1, N) -> (..., N (steps + 2)).

    >>> join_with_gaps(np.array([[1.0, 3.0], [2.0, 4.0]])).tolist()
    [1.0, 2.0, nan, 3.0, 4.0, nan]
    """
    gap = np.full_like(values[..., :1, :], np.nan)
    return np.moveaxis(np.concatenate([values, gap], axis=-2), -1, -2).reshape(*values.shape[:-2], -1)


def in_a_row(steps: Steps) -> Steps:
    """The steps at the points of a line, those at gaps included, shape (K,) or (K, N) -> (K,) or (N (K + 1),)."""
    return steps if steps.ndim == 1 else np.concatenate([steps, steps[-1:]]).T.ravel()


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
    visible: Domain | None = None,
    aspects: Interval | None = None,
    names: tuple[str, str] | None = None,
) -> go.Figure:
    """Level sets of the drawn height, what lies over them, landmarks by kind, (2, K) each, and one line for each run.

    Landmarks stay pale beside runs; `coloured` gives them the colours of their kinds and a legend. Where several runs
    are `faint`, `starts`, of shape (2, N), are marked by small rings.

    Args:
        zoom: a window looked at closely, with its own scale: it is drawn over the domain from a mesh of its own, so
            that level sets are smooth at any scale.
        visible: what the browser shows, where it is not the domain or the window: the meshes reach as far, and what
            is looked at closely is drawn as a zoom is.
        aspects: width by height of the narrowest and of the widest panel that the map may fill, where nobody knows.
        names: what stands beside the axes.
    """
    window, _ = zoom or (domain, height)
    aspects = aspects or (shapes(visible) if visible else USUAL)
    if visible and zoom is None and not within(visible, window, domain, aspects):
        zoom = visible, heights_within(landscape, visible, height)
    traces: list[Any] = [chart(landscape, height, domain, domain, aspects, resolution)]
    if zoom is not None:
        close = chart(landscape, zoom[1], zoom[0], domain, aspects, resolution)
        traces = [close] if np.isnan(close["z"]).any() else [*traces, close]  # it would be seen through the holes
    traces += hatched(landscape, region(zoom[0] if zoom else domain, domain, aspects))
    traces += [*over, *(landmark(kind, x, y, coloured) for kind, (x, y) in (landmarks or {}).items())]
    if starts is not None:
        traces.append(rings(starts))
    crowd, alone = [run for run in runs if run.faint], [run for run in runs if not run.faint]
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=THIN, hover=True) for run in crowd]
    traces += [trail(run, PAPER, PAPER_DARK, width=5, hover=False) for run in alone]  # all of them below every run
    traces += [trail(run, run.colour, in_the_dark(run.colour), width=2, hover=True) for run in alone]
    layout = map_layout(domain, window)
    return assembled(traces, named(layout, names) if names else layout)


def shapes(visible: Domain) -> Interval:
    """Width by height of panels like the one that shows this, with room for a small move.

    >>> shapes(((0.0, 2.0), (0.0, 1.0)))
    (1.6, 2.5)
    """
    (x0, x1), (y0, y1) = visible
    aspect = min(max((x1 - x0) / (y1 - y0), 1 / WIDEST), WIDEST)
    return aspect / SPARE, aspect * SPARE


def within(visible: Domain, window: Domain, domain: Domain, aspects: Interval) -> bool:
    """Whether the mesh of a window shows what is visible, and as smoothly as a mesh of its own would."""
    drawn = region(window, domain, aspects)
    return all(
        low <= a and b <= high and CLOSER * (b - a) >= high - low
        for (a, b), (low, high) in zip(visible, drawn, strict=True)
    )


def region(window: Domain, domain: Domain, aspects: Interval = USUAL) -> Domain:
    """All that panels show of a window of a domain; where the axes do not keep one scale, a little more than it."""
    if equal_scale(domain):
        return in_view(window, aspects)
    (x0, x1), (y0, y1) = window
    across, up = MARGIN * (x1 - x0), MARGIN * (y1 - y0)
    return (x0 - across, x1 + across), (y0 - up, y1 + up)


def chart(
    landscape: Landscape, height: Heights, window: Domain, domain: Domain, aspects: Interval, resolution: int
) -> dict[str, Any]:
    """The level sets of all that panels show of a window; of a panel that shows more, from more nodes."""
    drawn, usual = region(window, domain, aspects), region(window, domain)
    if not equal_scale(domain):
        return filled_contours(landscape, height, drawn, (resolution, resolution))
    more = min(max(1.0, area(drawn) / area(usual)), MOST_NODES)
    return filled_contours(landscape, height, drawn, square_cells(drawn, round(resolution * math.sqrt(more))))


def level_sets_over(landscape: Landscape, height: Heights, domain: Domain, resolution: int) -> list[dict[str, Any]]:
    """The traces of a map with nothing on it: its level sets, and hatching where f is not defined."""
    chosen = chart(landscape, height, domain, domain, USUAL, resolution)
    return [chosen, *hatched(landscape, region(domain, domain))]


def area(domain: Domain) -> float:
    """What a domain covers."""
    return math.prod(high - low for low, high in domain)


@cached("pictures")
def filled_contours(landscape: Landscape, height: Heights, drawn: Domain, nodes: tuple[int, int]) -> dict[str, Any]:
    """The level sets as filled contours, coloured by height; the hover tells the loss itself. Not to be written to."""
    points = mesh(drawn, nodes)
    loss = landscape.value(points)
    return {
        "type": "contour",
        "x": points[0, :, 0],
        "y": points[1, 0, :],
        "z": np.minimum(height.of(loss), height.high).T,
        "zmin": height.low,
        "zmax": height.high,
        "customdata": np.where(np.isfinite(loss), loss, np.nan).T,
        "colorscale": HEIGHT_COLOURS,
        "contours": level_sets(height),
        "line": {"width": 0.6, "color": HAIR, "smoothing": 0},
        "showscale": False,
        "hovertemplate": f"f(%{{x}}, %{{y}}) = %{{customdata:.{height.digits + 1}~g}}<extra></extra>",
        "meta": {"dark": {"colorscale": HEIGHT_COLOURS_DARK, "line": {"color": HAIR_DARK}}},
    }


def level_sets(height: Heights) -> dict[str, float]:
    """Where the contour lines stand: evenly in height, so that they never crowd into one blot."""
    step = (height.high - height.low) / LEVELS
    return {"start": height.low + step / 2, "end": height.high - step / 2, "size": step}


def trail(run: Run, colour: str, dark: str, *, width: float, hover: bool) -> dict[str, Any]:
    """A run's line over the map, with one vertex for each step."""
    x, y = join_with_gaps(run.positions) if run.faint else run.positions
    step = "%{pointNumber}" if run.steps is None else "%{customdata}"
    name = run.label if run.faint else say("{run}, step {step}", run=run.label, step=step)
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
        "opacity": 1.0 if hover else CASING,
        "hovertemplate": f"{name}<br>(%{{x}}, %{{y}})<extra></extra>" if hover else None,
        "hoverinfo": None if hover else "skip",
        "showlegend": False,
        "customdata": None if run.faint or not hover else run.steps,
        "meta": {"plays": True, "head": hover, **run.lanes, **run.numbers, "dark": {"line": {"color": dark}}},
    }


def rings(starts: Array) -> dict[str, Any]:
    """Where runs begin, as small open rings."""
    x, y = starts
    marker = {"symbol": "circle", "size": 7, "color": PAPER, "opacity": 0.9, "line": {"color": INK, "width": 1.2}}
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": say("start"),
        "mode": "markers",
        "marker": marker,
        "hovertemplate": say("start at {place}", place="(%{x}, %{y})") + "<extra></extra>",
        "showlegend": False,
    }


def landmark(kind: str, x: Array, y: Array, coloured: bool) -> dict[str, Any]:
    """Critical points of one kind: a symbol and a colour of their own, rimmed by the page's ink."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": say(kind),
        "mode": "markers",
        "marker": {
            "symbol": SYMBOLS[kind],
            "size": (13 if coloured else 11) if len(x) <= MANY else 5,
            "color": KIND_COLOURS[kind] if coloured else PAPER,
            "line": {"color": INK, "width": 1.2},
        },
        "hovertemplate": say("{point} at {place}", point=say(kind), place="(%{x}, %{y})") + "<extra></extra>",
        "showlegend": coloured,
    }


def map_layout(domain: Domain, window: Domain | None = None) -> dict[str, Any]:
    """Axes over the domain, with one scale for both unless that would leave a sliver.

    `covers` tells the stage how far a map reaches that knows no more than its window: it asks for more where need be.
    """
    (x0, x1), (y0, y1) = domain
    equal = {"scaleanchor": "x"} if equal_scale(domain) else {}
    axis = {"showgrid": False, "zeroline": False, "ticks": "outside", "ticklen": 4, "nticks": 9, **NUMBERED}
    return {
        "template": BARE,
        "xaxis": {"range": [x0, x1], **axis},
        "yaxis": {"range": [y0, y1], **axis, **equal},
        "margin": {"l": 44, "r": ROOM_FOR_LABELS, "t": 6, "b": 26},
        "hovermode": "closest",
        "dragmode": "pan",
        "legend": {"x": 0.01, "y": 0.99, "bgcolor": VEIL, "font": {"color": INK}},
        "font": {"color": INK},
        "separators": POINT,
        "meta": {
            "covers": np.ravel(region(window or domain, domain)).tolist(),
            "dark": {
                "font": {"color": INK_DARK},
                "legend": {"bgcolor": VEIL_DARK, "font": {"color": INK_DARK}},
            },
        },
    }
