"""What was recorded along a training run: losses, the distance from the plane, the sharpness; over its steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.theme import BARE, INK, INK_DARK, RULES, in_the_dark
from landscapes import Array


@dataclass(frozen=True, eq=False)
class Recorded:
    """A number at some steps of a run."""

    name: str
    colour: str
    steps: Array  # (T,)
    values: Array  # (T,), nan where there is none
    dash: str = "solid"
    error: Array | None = None  # (T,), half the length of the bars


def recorded_curves(title: str, lines: Sequence[Recorded], along: str, *, logarithmic: bool) -> go.Figure:
    """One line for each; on a logarithmic axis what is not positive is left out.

    Args:
        along: what the steps are called, under the axis.
    """
    traces = []
    for line in lines:
        shown = np.where(np.isfinite(line.values) & ((line.values > 0) | (not logarithmic)), line.values, np.nan)
        bars = None if line.error is None else {"array": line.error, "thickness": 1, "width": 2}
        traces.append(
            {
                "type": "scatter",
                "x": line.steps,
                "y": shown,
                "error_y": bars,
                "name": line.name,
                "mode": "lines",
                "line": {"color": line.colour, "width": 2, "dash": line.dash},
                "hovertemplate": f"%{{y:.3~g}}<extra>{line.name}</extra>",
                "meta": {"dark": {"line": {"color": in_the_dark(line.colour)}}},
            }
        )
    axis = {"gridcolor": RULES, "zeroline": False, **NUMBERED}
    layout = {
        "template": BARE,
        "title": title_at_the_left(title),
        "xaxis": {**axis, "title": {"text": along, "standoff": 4}},
        "yaxis": {**axis, "type": "log" if logarithmic else "linear", "nticks": 6},
        "margin": {"l": 54, "r": 16, "t": 62, "b": 44},
        "separators": POINT,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 11}},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
    return assembled(traces, layout)
