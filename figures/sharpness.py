"""Hessian eigenvalues along a run, against the curvature up to which its steps are stable."""

import numpy as np
import plotly.graph_objects as go

from figures.curves import curve_layout, thinned
from figures.ends import linear_ends
from figures.theme import INK, INK_DARK, RUN_COLOURS, in_the_dark
from landscapes import Array
from words import mark, say

ROOM = 1.5  # how far above the eigenvalues the limit is still in view, in parts of their extent
LEAST = 1e-9  # of the largest eigenvalue: an extent below this is none
LIMIT = mark("stability limit")


def sharpness(along: Array, limit: Array | None, colour: str = RUN_COLOURS[0]) -> go.Figure:
    """Eigenvalues at every step of a run, and the stability limit of each step.

    The upright axis holds all eigenvalues, and the limit as far as it comes near them.

    Args:
        along: shape (2, steps + 1), ascending; nan from where the run has left.
        limit: shape (steps,), infinite where the rate is 0; None where no theory knows one.
    """
    figure = go.Figure(layout=curve_layout(say("Hessian eigenvalues along the run"), logarithmic=False))
    for values, name, dash in ((along[1], "λ<sub>max</sub>", "solid"), (along[0], "λ<sub>min</sub>", "dot")):
        line = {"color": colour, "width": 2, "dash": dash}
        dark = {"line": {"color": in_the_dark(colour)}}
        x, shown, numbers = thinned(np.where(np.isfinite(values), values, np.nan))
        figure.add_scatter(
            x=x,
            y=shown,
            name=name,
            mode="lines",
            line=line,
            hovertemplate="%{y:.4g}<extra>" + name + "</extra>",
            showlegend=False,
            meta={"plays": True, "head": dash == "solid", **numbers, "dark": dark},
        )
        # What plays is drawn by the stage, and an entry of its own shows its line in the legend.
        figure.add_scatter(
            x=[None], y=[None], name=name, mode="lines", line=line, hoverinfo="skip", meta={"dark": dark}
        )
    if limit is not None:
        x, shown, _ = thinned(np.where(np.isfinite(limit), limit, np.nan))
        figure.add_scatter(
            x=x,
            y=shown,
            name=say(LIMIT),
            mode="lines",
            line={"color": INK, "width": 1.5, "dash": "dash"},
            hovertemplate=f"%{{y:.4g}}<extra>{say(LIMIT)}</extra>",
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    seen = along[np.isfinite(along)]
    if seen.size:
        low, high = min(float(seen.min()), 0.0), max(float(seen.max()), 0.0)
        near = high + ROOM * max(high - low, LEAST)
        known = np.array([]) if limit is None else limit[limit <= near]
        figure.update_yaxes(**linear_ends(low, max(high, float(known.max(initial=high)))))
        figure.update_xaxes(range=[0, along.shape[1] - 1])
    figure.update_yaxes(exponentformat="power")
    figure.update_layout(showlegend=True, legend={"x": 0.99, "xanchor": "right", "y": 0.98})
    return figure
