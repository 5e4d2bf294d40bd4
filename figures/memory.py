"""How much each past gradient counts in what a rule moves by, as bars whose area is all that it remembers."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.axes import title_at_the_left
from figures.theme import RULES, RUN_COLOURS, SOFT, in_the_dark
from optimizers import MemoryWeights
from words import say, short

BARS = ((RUN_COLOURS[0], 0.9), (RUN_COLOURS[1], 0.5))  # colour and width, of the one behind and of that before it


def weight_bars(title: str, shown: Sequence[tuple[str, MemoryWeights]]) -> go.Figure:
    """A bar for the gradient of every update so far, and a line where the effective memory of 1/(1 - β) updates begins.

    Args:
        shown: one or two memories with their names, the larger weights first.
    """
    updates, beta = shown[0][1].each.size, shown[0][1].beta
    top = max(weights.each.max() for _, weights in shown)
    figure = go.Figure()
    for (name, weights), (colour, width) in zip(shown, BARS, strict=False):
        figure.add_bar(
            x=np.arange(1, updates + 1),
            y=weights.each,
            width=width,
            name=say("{memory}: sum {sum}", memory=name, sum=short(weights.total)),
            marker={"color": colour, "line": {"width": 0}},
            hovertemplate=say("update {t}: weight {value}", t="%{x}", value="%{y:.4g}") + f"<extra>{name}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    begins = updates + 0.5 - 1 / (1 - beta)
    if begins > 0.5:
        figure.add_vline(x=begins, line={"color": SOFT, "width": 1.5, "dash": "dash"})
        figure.add_annotation(
            x=begins,
            y=1.04 * top,
            text=say("the last {count}", count=short(1 / (1 - beta))),
            showarrow=False,
            xanchor="left" if begins < updates / 2 else "right",
            yanchor="top",
            xshift=4 if begins < updates / 2 else -4,
        )
    figure.update_layout(
        title=title_at_the_left(title),
        barmode="overlay",
        xaxis={"title": {"text": say("gradient of update")}, "range": [0.4, updates + 0.6], "nticks": 8},
        yaxis={"title": {"text": say("weight")}, "gridcolor": RULES, "range": [0, 1.06 * top], "nticks": 6},
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        margin={"l": 58, "r": 8, "t": 66, "b": 44},
        hovermode="closest",
    )
    return figure
