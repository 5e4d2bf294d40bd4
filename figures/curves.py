"""Numbers over the steps of a run: loss, gradient norm, learning rate."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.ends import linear_ends, logarithmic_ends
from figures.maps import Run, in_a_row, join_with_gaps
from figures.theme import BARE, RULES, in_the_dark
from figures.thinning import Steps, of_curve
from landscapes import Array
from words import short

TICKS = 6  # labels under a curve that counts something else than steps


def curves(
    title: str,
    runs: Sequence[Run],
    values: Sequence[Array],
    logarithmic: bool,
    minimum_axis_range: Sequence[float] = (),
) -> go.Figure:
    """One curve for each run over its steps; on a logarithmic axis what is not positive is left out.

    Args:
        values: for each run, shape (steps + 1,), or (steps + 1, N) for one from several starts.
        minimum_axis_range: numbers that the upright axis is to hold besides.
    """
    traces, seen = [], []
    for run, value in zip(runs, values, strict=True):
        shown = np.where(np.isfinite(value) & ((value > 0) | (not logarithmic)), value, np.nan)
        seen.append(shown[np.isfinite(shown)])
        x, shown, numbers = thinned(shown)
        traces.append(
            {
                "type": "scatter",
                "x": x,
                "y": shown,
                "name": run.label,
                "mode": "lines",
                "line": {"color": run.colour, "width": 0.7 if run.faint else 2, "dash": run.dash, "simplify": True},
                "opacity": 0.45 if run.faint else 1.0,
                "hovertemplate": None if run.faint else f"%{{y}}<extra>{run.label}</extra>",
                "hoverinfo": "skip" if run.faint else None,
                "showlegend": False,
                "meta": {
                    "plays": True,
                    "head": not run.faint,
                    **run.lanes,
                    **numbers,
                    "dark": {"line": {"color": in_the_dark(run.colour)}},
                },
            }
        )
    layout, known = curve_layout(title, logarithmic), np.concatenate([*seen, np.array(minimum_axis_range, dtype=float)])
    if known.size:
        ends = logarithmic_ends if logarithmic else linear_ends
        layout["xaxis"]["range"] = [0, max(len(value) for value in values) - 1]
        layout["yaxis"] |= ends(float(known.min()), float(known.max()))
    return assembled(traces, layout)


def thinned(values: Array) -> tuple[Steps | None, Array, dict[str, Steps]]:
    """Steps and values along the line of a curve, and its steps for the stage; no steps where it has all of them.

    Args:
        values: shape (steps + 1,), or (steps + 1, N) for N curves in one line.
    """
    if values.ndim == 1:
        steps = of_curve(values)
        return (None, values, {}) if steps.size == values.size else (steps, values[steps], {"steps": steps})
    each = [of_curve(lane) for lane in values.T]
    longest = max(steps.size for steps in each)
    together = np.stack([np.pad(steps, (0, longest - steps.size), mode="edge") for steps in each], axis=1)
    row = in_a_row(together)
    numbers = {} if longest == len(values) else {"steps": row}
    return row, join_with_gaps(np.take_along_axis(values, together, axis=0)), numbers


def value_range(figure: go.Figure, minimum_axis_range: Sequence[float]) -> list[float]:
    """The lowest and the highest of the numbers that curves show and of those they leave room for."""
    known = np.concatenate([*(trace.y for trace in figure.data), np.array(minimum_axis_range, dtype=float)])
    known = known[np.isfinite(known)]
    return [float(known.min()), float(known.max())] if known.size else []


def count_in(figure: go.Figure, steps: int, unit: float) -> None:
    """Labels the steps along x by what each stands for, such as 0.17 epochs; as they are where it is 1."""
    if unit != 1:
        at = np.linspace(0, steps, TICKS)
        figure.update_xaxes(tickvals=at, ticktext=[short(float(step * unit)) for step in at])


def curve_layout(title: str, logarithmic: bool) -> dict[str, Any]:
    """Hairlines, steps below, the quantity's name above."""
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 6, **NUMBERED}
    scale = {"type": "log", "minorloglabels": "none"} if logarithmic else {}
    return {
        "template": BARE,
        "title": title_at_the_left(title),
        "xaxis": {**axis, "rangemode": "tozero", "exponentformat": "none"},
        "yaxis": {**axis, **scale},
        "margin": {"l": 48, "r": 8, "t": 26, "b": 24},
        "separators": POINT,
        "hovermode": "x unified",
        "meta": {"cursor": True},
    }
