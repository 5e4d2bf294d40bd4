"""A table of activations as coloured cells, and a moving average over the updates beside the batch's own number."""

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.network_spectrum import frame, line
from figures.theme import CONCAVE, CONVEX, INK, INK_DARK, MIDDLE, RUN_COLOURS, SOFT, SOFT_DARK
from landscapes import Array
from words import say, short

WIDEST = 12  # examples whose numbers are written into their cells


def activation_table(title: str, table: Array) -> go.Figure:
    """Examples downwards and features across, (N, F), blue above 0 and orange below."""
    examples, features = table.shape
    reach = max(float(np.abs(table).max()), 1e-12)
    cells = {
        "type": "heatmap",
        "x": [say("feature {number}", number=k + 1) for k in range(features)],
        "y": [str(k + 1) for k in range(examples)],
        "z": table,
        "zmin": -reach,
        "zmax": reach,
        "colorscale": [[0, CONCAVE], [0.5, MIDDLE], [1, CONVEX]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": say("example {row}, {column}: {value}", row="%{y}", column="%{x}", value="%{z:.3g}")
        + "<extra></extra>",
    }
    if examples <= WIDEST:
        cells |= {"text": [[short(round(float(each), 2)) for each in row] for row in table], "texttemplate": "%{text}"}
    layout = frame(
        "", say("example"), title, yaxis={"autorange": "reversed", "type": "category"}, xaxis={"showgrid": False}
    )
    return assembled([cells], {**layout, "showlegend": False, "margin": {**layout["margin"], "t": 34, "b": 34}})


def moving_average(title: str, own: Array, average: Array, truth: float, at: int) -> go.Figure:
    """A number of each batch, (T,), its moving average before the first and after every batch, (T + 1,), and the truth.

    Args:
        at: the update that is looked at, a line upright.
    """
    updates = np.arange(float(average.size))
    traces = [
        line(updates[1:], own, say("this batch"), SOFT, "dot"),
        line(updates, average, say("moving average"), RUN_COLOURS[0]),
        line(updates[[0, -1]], np.full(2, truth), say("true value"), INK, "dash"),
    ]
    for trace, dark in ((traces[0], SOFT_DARK), (traces[2], INK_DARK)):
        trace["meta"] = {"dark": {"line": {"color": dark}}}
    figure = assembled(traces, frame(say("update"), "", title))
    return figure.add_vline(x=at, line={"color": SOFT, "width": 1.5})
