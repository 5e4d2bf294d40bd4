"""Final loss against learning rate: where a rule works, where it is best, where it leaves."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.ends import logarithmic_ends
from figures.theme import RULES
from landscapes import Array
from words import say, short

DEEPEST = 1e-30  # of the highest loss: what is lower has arrived, and lies at the lower edge


def tuning_curves(names: Sequence[str], colours: Sequence[str], curves: Sequence[tuple[Array, Array]]) -> go.Figure:
    """One curve for each rule on two logarithmic axes, its best rate marked with a star.

    Losses are drawn above the lowest of all that were reached, so that negative ones have a logarithm too. Those far
    below all others are drawn at the lower edge; the hover has every loss itself.

    Args:
        curves: for each rule its rates and final losses, both of shape (R,); nan where a run left.
    """
    reached = np.concatenate([losses[np.isfinite(losses)] for _, losses in curves] or [np.zeros(0)])
    floor = min(float(reached.min(initial=0.0)), 0.0)
    above = reached - floor
    counted = above if floor == 0 else above[above > 0]  # the lowest of negative ones is 0 above itself
    top = float(above.max(initial=0.0)) or 1.0
    edge = max(DEEPEST * top, float(counted.min(initial=top)))
    figure = go.Figure()
    for name, colour, (rates, losses) in zip(names, colours, curves, strict=True):
        heights = np.maximum(losses - floor, edge)
        figure.add_scatter(
            x=rates,
            y=heights,
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 5},
            customdata=losses,
            text=[f"η = {short(rate)}: {short(loss)}" for rate, loss in zip(rates, losses, strict=True)],
            hovertemplate="%{text}<extra>" + name + "</extra>",
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
        yaxis={
            **axis,
            "title": {"text": title},
            "nticks": 8,
            **logarithmic_ends(edge, max(edge, float(above.max(initial=edge)))),
        },
        margin={"l": 64, "r": 8, "t": 8, "b": 44},
        height=380,
    )
    return figure
