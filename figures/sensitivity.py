"""What many starts come to at every value of one number: the median, and between which losses most of them lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED
from figures.theme import BARE, INK, INK_DARK, RULES, in_the_dark, translucent
from landscapes import Array
from words import say

DEEPEST = 1e-16  # of the highest loss: what is lower has arrived, and is drawn there
SEEN = 0.18  # opacity of a band


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """One optimizer at every value of one of its numbers."""

    name: str
    colour: str
    values: Array  # (V,), ascending
    losses: Array  # final ones above the lowest minimum, for the low, the middle and the high start, (3, V); ∞ if left
    best: float | None  # the value at which it does best


def sensitivity_curves(found: Sequence[Sensitivity], name: str, log: bool) -> go.Figure:
    """A line with a band for each optimizer, its best value marked with a star.

    Args:
        name: of the number, as people read it.
        log: whether it is turned on a logarithmic scale.
    """
    losses = np.concatenate([each.losses[np.isfinite(each.losses)] for each in found] or [np.ones(1)])
    top = float(losses.max(initial=0.0)) or 1.0
    edge = max(DEEPEST * top, float(losses[losses > 0].min(initial=top)))
    traces: list[dict[str, Any]] = []
    for each in found:
        low, middle, high = (np.where(np.isfinite(row), np.maximum(row, edge), np.nan) for row in each.losses)
        around = np.isfinite(middle)
        x, ceiling = each.values[around], np.where(np.isnan(high), 10 * top, high)[around]
        line = {"mode": "lines", "hoverinfo": "skip", "showlegend": False, "legendgroup": each.name}
        band = {"fill": "tonexty", "fillcolor": translucent(each.colour, SEEN)}
        dark = {"dark": {"fillcolor": translucent(in_the_dark(each.colour), SEEN)}}
        edges = {"type": "scatter", "line": {"width": 0, "color": each.colour}, **line}
        traces += [{**edges, "x": x, "y": low[around]}, {**edges, "x": x, "y": ceiling, **band, "meta": dark}]
        hover = f"%{{x:.3~g}}: %{{y:.3~g}}<extra>{each.name}</extra>"
        look = {"line": {"color": each.colour, "width": 2}, "name": each.name, "legendgroup": each.name}
        traces.append(
            {"type": "scatter", "x": each.values, "y": middle, "mode": "lines", "hovertemplate": hover, **look}
        )
        if each.best is not None:
            height = float(middle[int(np.abs(each.values - each.best).argmin())])
            star = {"symbol": "star", "size": 14, "color": each.colour, "line": {"color": INK, "width": 1}}
            best = {"type": "scatter", "x": [each.best], "y": [height], "mode": "markers", "marker": star}
            traces.append({**best, "hoverinfo": "skip", "showlegend": False, "name": each.name})
    powers = {"type": "log", "exponentformat": "power", "gridcolor": RULES, "automargin": True}
    across = powers | {"dtick": 1} if log else {**NUMBERED, "gridcolor": RULES}
    ends = [float(np.log10(edge)) - 0.5, float(np.log10(top)) + 0.5]
    layout = {
        "template": BARE,
        "xaxis": {**across, "title": {"text": name, "standoff": 4}},
        "yaxis": {
            **powers,
            "title": {"text": say("final loss above the lowest minimum"), "standoff": 4},
            "nticks": 8,
            "range": ends,
        },
        "margin": {"l": 64, "r": 8, "t": 8, "b": 46},
        "hovermode": "closest",
        "showlegend": False,  # the table has the colours
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
    }
    return assembled(traces, layout)
