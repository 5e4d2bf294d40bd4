"""One update seen from close by, and what a rule remembers and how fast it goes over the whole run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from caching import cached
from figures.assembled import assembled
from figures.axes import name_axes
from figures.curves import curve_layout, curves, thinned
from figures.height import Heights, heights
from figures.maps import Run, level_sets_over, map_layout, trail
from figures.theme import BY_GRADIENT, BY_MOMENTUM, CLEAR, INK, INK_DARK, PAPER, PAPER_DARK, RULES, in_the_dark
from figures.thinning import of_trajectory
from landscapes import AXES, Array, Domain, Landscape, shown
from optimizers import Anatomy
from words import mark, say

SMALL = 11  # pixels of the letters of the arrows' names
NAME, TITLE = 0.5, 46  # share of the width that a name takes, pixels of two rows of names
ROOM = 0.75  # of the longest arrow: what is shown beyond its middle on each side
NEAR = 61  # nodes along each side of what is seen from close by, where the surface is nearly a plane
STILL = 0.02  # of the domain: half of what is shown around an update that moves nowhere
SPREAD = 100.0  # from this ratio of the largest to the smallest on, rates are drawn on a logarithmic axis
TICKS = {"nticks": 5, "tickformat": ".3~g", "tickangle": 0}
# The arrows of an update.
DIRECTION, STEP = mark("direction of −∇f"), mark("step Δp")
FROM_GRADIENT, FROM_MOMENTUM = mark("by gradient"), mark("by momentum")
Point = tuple[float, float]
STROKES = ("solid", "dot")  # of the components


def close_up(landscape: Landscape, update: Anatomy, run: Run, kind: str) -> go.Figure:
    """The level sets around one update with its arrows: −∇f for the direction only, the rest in the units of the map.

    The axes count from the point before the update, so that the tip of the step is at Δp, however short it is.
    """
    tips = arrows(update)
    domain = surroundings(landscape.domain, update.p, list(tips.values()))
    here, height = counted_from(landscape, (float(update.p[0]), float(update.p[1])), domain, kind)
    way = Run(run.label, run.colour, run.positions - update.p[:, None], run.dash)
    way = way.at(of_trajectory(way.positions, np.zeros(way.positions.shape[1]), [domain]))
    across, up = (f"Δ{shown(axis)}" for axis in landscape.axes)
    moved = "Δ" if landscape.axes == AXES else f"({across}, {up})"
    traces = [
        *(
            {**trace, "hovertemplate": f"{moved} = (%{{x:.3g}}, %{{y:.3g}}): f = %{{customdata:.6g}}<extra></extra>"}
            for trace in level_sets_over(here, height, domain, NEAR)
        ),
        {**trail(way, run.colour, in_the_dark(run.colour), width=1, hover=True), "meta": None, "opacity": 0.6},
    ]
    styles = {
        DIRECTION: (INK, INK_DARK, "dot", 1.5),
        FROM_GRADIENT: (BY_GRADIENT, in_the_dark(BY_GRADIENT), "solid", 2.5),
        FROM_MOMENTUM: (BY_MOMENTUM, in_the_dark(BY_MOMENTUM), "dash", 2.5),
        STEP: (INK, INK_DARK, "solid", 3.5),
    }
    for name, tip in tips.items():
        colour, dark, dash, width = styles[name]
        traces += [arrow(say(name), tip, moved, colour, dark, dash, width, halo) for halo in (True, False)]
    layout = map_layout(domain)
    layout["xaxis"] |= TICKS
    layout["yaxis"] |= TICKS
    layout["margin"] |= {"t": TITLE}
    layout["legend"] |= {
        **{"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom"},
        **{"bgcolor": CLEAR, "font": {"color": INK, "size": SMALL}, "traceorder": "reversed"},
        **{"entrywidth": NAME, "entrywidthmode": "fraction"},
    }
    layout["meta"] |= {"dark": {"legend": {"font": {"color": INK_DARK}}, "font": {"color": INK_DARK}}}
    figure = assembled(traces, layout)
    return figure if landscape.axes == AXES else name_axes(figure, across, up)


@cached("pictures")
def counted_from(landscape: Landscape, place: Point, domain: Domain, kind: str) -> tuple[Landscape, Heights]:
    """A landscape whose axes count from a place, and its heights over a domain of these."""
    origin = np.array(place)
    here = replace(landscape, value=lambda d: landscape.value(d + origin.reshape(2, *[1] * (d.ndim - 1))))
    return here, heights(here, domain, kind, NEAR)


def arrows(update: Anatomy) -> dict[str, Array]:
    """The arrows of an update as vectors from its point: the gradient's is as long as the step."""
    size, length = float(np.linalg.norm(update.g)), float(np.linalg.norm(update.step))
    tips = {DIRECTION: -update.g * (length / size)} if size > 0 and np.isfinite(size) else {}
    if update.from_memory is not None and update.t > 1:
        tips[FROM_GRADIENT] = update.step - update.from_memory
        tips[FROM_MOMENTUM] = update.from_memory
    return tips | {STEP: update.step}


def surroundings(domain: Domain, p: Array, tips: Sequence[Array]) -> Domain:
    """A square that holds all arrows from a point, in coordinates that count from it."""
    ends = np.stack([np.zeros(2), *tips])
    ends = ends[np.isfinite(ends).all(axis=1)]
    low, high = ends.min(axis=0), ends.max(axis=0)
    centre = (low + high) / 2
    half = float((high - low).max()) * ROOM
    if not half > 1e-12 * float(np.abs(p).max(initial=1.0)):
        half = STILL * max(b - a for a, b in domain)
    (x, y) = (float(c) for c in centre)
    return (x - half, x + half), (y - half, y + half)


def arrow(
    name: str, tip: Array, moved: str, colour: str, dark: str, dash: str, width: float, halo: bool
) -> dict[str, Any]:
    """A line with a head at its end; the halo under it is paper, a little wider.

    Args:
        moved: what the way to the tip is called.
    """
    tint, tint_dark, dash, width_shown = (
        (PAPER, PAPER_DARK, "solid", width + 2.5) if halo else (colour, dark, dash, width)
    )
    return {
        "type": "scatter",
        "x": [0.0, float(tip[0])],
        "y": [0.0, float(tip[1])],
        "name": name,
        "mode": "lines+markers",
        "line": {"color": tint, "width": width_shown, "dash": dash},
        "marker": {
            "symbol": ["circle", "arrow"],
            "size": [0, 9 + 2 * width + (4 if halo else 0)],
            "angleref": "previous",
            "color": tint,
            "opacity": 1.0,
        },
        "opacity": 0.75 if halo else 1.0,
        "hovertemplate": None if halo else f"{name}<br>{moved} = (%{{x:.4g}}, %{{y:.4g}})<extra></extra>",
        "hoverinfo": "skip" if halo else None,
        "showlegend": not halo,
        "meta": {"dark": {"line": {"color": tint_dark}, "marker": {"color": tint_dark}}},
    }


def component_curves(
    title: str, run: Run, values: Array, at: int, logarithmic: bool = False, axes: tuple[str, str] = AXES
) -> go.Figure:
    """One thing over the steps of a run, a line for each of its components, and where the present update stands.

    Args:
        values: shape (steps + 1,), or (2, steps + 1) for x (solid) and y (dotted).
        axes: what x and y are called.
    """
    rows = values.reshape(-1, values.shape[-1])
    names = [shown(axis) for axis in axes] if len(rows) == len(axes) else [""] * len(rows)
    traces = []
    for number, (row, name) in enumerate(zip(rows, names, strict=True)):
        x, y, _ = thinned(np.where(np.isfinite(row) & ((row > 0) | (not logarithmic)), row, np.nan))
        traces.append(
            {
                "type": "scatter",
                "x": x,
                "y": y,
                "name": name,
                "mode": "lines",
                "line": {"color": run.colour, "width": 2, "dash": STROKES[number > 0]},
                "hovertemplate": f"{name} %{{y:.4g}}<extra></extra>".lstrip(),
                "showlegend": False,
                "meta": {"dark": {"line": {"color": in_the_dark(run.colour)}}},
            }
        )
    upright = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}
    layout = curve_layout(title, logarithmic) | {"shapes": [{**upright, "line": {"color": RULES, "width": 2}}]}
    return assembled(traces, layout)


def rate_curves(runs: Sequence[Run], rates: Mapping[int, Array]) -> go.Figure:
    """The learning rate of every step for those runs that have one, at the point where the step begins.

    Args:
        rates: number of a run -> shape (steps,).
    """
    known = np.concatenate([rate[rate > 0] for rate in rates.values()] or [np.ones(1)])
    logarithmic = bool(known.size) and bool(known.max() / SPREAD > known.min())
    values = [np.append(rate, np.nan) for rate in rates.values()]
    return curves(say("Learning rate"), [runs[i] for i in rates], values, logarithmic)
