"""Final loss against learning rate: where a rule works, where it is best, where it leaves."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.theme import RULES
from landscapes import Array
from words import say


def tuning_curves(names: Sequence[str], colours: Sequence[str], curves: Sequence[tuple[Array, Array]]) -> go.Figure:
    """One curve for each rule on two logarithmic axes, its best rate marked with a star.

    Losses are drawn above the lowest of all that were reached, so that negative ones have a logarithm too.

    Args:
        curves: for each rule its rates and final losses, both of shape (R,); nan where a run left.
    """
    reached = np.concatenate([losses[np.isfinite(losses)] for _, losses in curves] or [np.zeros(0)])
    floor = min(float(reached.min(initial=0.0)), 0.0)
    figure = go.Figure()
    for name, colour, (rates, losses) in zip(names, colours, curves, strict=True):
        heights = np.maximum(losses - floor, 1e-300)
        figure.add_scatter(
            x=rates,
            y=heights,
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 5},
            hovertemplate="η = %{x:.3g}: %{y:.3g}<extra>" + name + "</extra>",
        )
        if np.isfinite(losses).any():
            best = int(np.nanargmin(losses))
            figure.add_scatter(
                x=rates[best : best + 1],
                y=heights[best : best + 1],
                mode="markers",
                marker={"symbol": "star", "size": 15, "color": colour},
                hoverinfo="skip",
                showlegend=False,
            )
    title = say("final loss") if floor == 0 else say("final loss above the lowest")
    axis = {"type": "log", "gridcolor": RULES, "exponentformat": "power"}
    figure.update_layout(
        xaxis={**axis, "dtick": 1, "title": {"text": say("learning rate η")}},
        yaxis={**axis, "title": {"text": title}, "nticks": 8},
        margin={"l": 64, "r": 8, "t": 8, "b": 44},
        height=380,
    )
    return figure
