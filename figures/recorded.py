"""What was recorded along a training run: losses, the distance from the plane, the sharpness; over its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.theme import BARE, INK, INK_DARK, RULES, in_the_dark
from landscapes import Array
from words import say

MANY = 30.0  # times the lowest value: from there on an axis has more powers of ten than one
FEW = 3  # entries of a legend that have room beside each other on a phone


@dataclass(frozen=True, eq=False)
class Recorded:
    """A number at some steps of a run."""

    name: str  # of the run
    colour: str  # its own
    steps: Array  # (T,)
    values: Array  # (T,), nan where there is none
    kind: str = ""  # which number it is, where a picture has several of a run
    dash: str = "solid"  # that of its kind
    error: Array | None = None  # (T,), half the length of the bars

    @property
    def title(self) -> str:
        """The run and the kind."""
        return say("{name}: {kind}", name=self.name, kind=self.kind) if self.kind else self.name


def recorded_curves(
    title: str, lines: Sequence[Recorded], along: str, *, logarithmic: bool, cursor: bool = False
) -> go.Figure:
    """One line for each; on a logarithmic axis what is not positive is left out.

    The legend has each run by its colour and each kind by its dash, once.

    Args:
        along: what the steps are called, under the axis.
        cursor: whether the steps are those of the stage's playback.
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
                "name": line.title,
                "showlegend": False,
                "mode": "lines",
                "line": {"color": line.colour, "width": 2, "dash": line.dash},
                "hovertemplate": f"%{{y:.3~g}}<extra>{line.title}</extra>",
                "meta": {"dark": {"line": {"color": in_the_dark(line.colour)}}},
            }
        )
    runs = {line.name: (line.colour, in_the_dark(line.colour), "solid") for line in lines}
    kinds = {line.kind: (INK, INK_DARK, line.dash) for line in lines if line.kind}
    traces += [_entry(name, *look) for name, look in (runs | kinds).items()]
    axis = {"gridcolor": RULES, "zeroline": False, **NUMBERED}
    scale = logarithmic_scale(lines) if logarithmic else {"type": "linear"}
    layout = {
        "template": BARE,
        "title": title_at_the_left(title),
        "xaxis": {**axis, "title": {"text": along, "standoff": 4}},
        "yaxis": {**axis, **scale, "nticks": 6},
        "margin": {"l": 54, "r": 16, "t": 62 if len(runs | kinds) <= FEW else 80, "b": 44},
        "separators": POINT,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 11}},
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}, "cursor": cursor},
    }
    return assembled(traces, layout)


def logarithmic_scale(lines: Sequence[Recorded]) -> dict[str, Any]:
    """A logarithmic axis; over more than a few powers of ten the labels between them would lie on each other."""
    values = np.concatenate([np.asarray(line.values, dtype=float).ravel() for line in lines] or [np.ones(1)])
    seen = values[np.isfinite(values) & (values > 0)]
    many = seen.size > 0 and float(seen.max()) > MANY * float(seen.min())
    return {"type": "log", **({"minorloglabels": "none"} if many else {})}


def _entry(name: str, colour: str, dark: str, dash: str) -> dict[str, Any]:
    """A line of the legend, without points."""
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": 2, "dash": dash},
        "meta": {"dark": {"line": {"color": dark}}},
    }
