"""Saddles and minima where there are many dimensions, and sharpness by batch size."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.network_spectrum import frame, line
from figures.theme import KIND_COLOURS, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from words import say

LOWEST = 1e-8  # of a share that is drawn


def index_against_loss(losses: Array, positive: Array, negative: Array) -> go.Figure:
    """At each critical point the share of positive eigenvalues, and of negative ones, against its loss; (K,) each."""
    traces = []
    for share, name, colour, symbol in (
        (positive, say("positive"), KIND_COLOURS["minimum"], "circle"),
        (negative, say("negative"), KIND_COLOURS["saddle"], "diamond-open"),
    ):
        traces.append(
            {
                "type": "scatter",
                "x": losses,
                "y": share,
                "name": name,
                "mode": "markers",
                "marker": {"color": colour, "symbol": symbol, "size": 9, "opacity": 0.8},
                "hovertemplate": "L = %{x:.3~g}: %{y:.0%}<extra>" + name + "</extra>",
                "meta": {"dark": {"marker": {"color": in_the_dark(colour)}}},
            }
        )
    return assembled(
        traces,
        frame(
            say("loss at the critical point"),
            say("share of the eigenvalues"),
            say("Critical points of a network"),
            xaxis={"type": "log", "minorloglabels": "none"},
            yaxis={"range": [-0.03, 1.03], "tickformat": ".0%"},
        ),
    )


def chance_curves(dimensions: Array, exact: Sequence[Array], drawn: Sequence[tuple[Array, Array, Array]]) -> go.Figure:
    """The share of minima of a random field and of positive random matrices by dimension: exact lines, drawn points.

    Args:
        exact: of fields, and of matrices, (N,) each.
        drawn: for each of them dimensions, shares, and standard errors; a share of 0 is left out.
    """
    traces: list[dict[str, Any]] = []
    names = (say("minima of a random field"), say("positive random matrices"))
    for shares, (at, seen, errors), name, colour in zip(exact, drawn, names, RUN_COLOURS, strict=False):
        on = shares >= LOWEST
        traces.append(line(dimensions[on], shares[on], name, colour))
        met = seen > 0
        traces.append(
            {
                "type": "scatter",
                "x": at[met],
                "y": seen[met],
                "name": say("{name}, drawn", name=name),
                "mode": "markers",
                "marker": {"color": colour, "size": 7},
                "error_y": {"type": "data", "array": errors[met], "thickness": 1.5, "width": 4, "color": colour},
                "hovertemplate": "%{y:.3~g}<extra>" + say("{name}, drawn", name=name) + "</extra>",
                "showlegend": False,
                "meta": {"dark": {"marker": {"color": in_the_dark(colour)}, "error_y": {"color": in_the_dark(colour)}}},
            }
        )
    return assembled(
        traces,
        frame(
            say("dimensions"),
            say("share without a negative eigenvalue"),
            say("By chance"),
            xaxis={"range": [0.7, float(dimensions[-1]) + 0.3], "dtick": 1, "exponentformat": "none"},
            yaxis={"type": "log", "minorloglabels": "none", "range": [np.log10(LOWEST), 0.1]},
        ),
    )


def by_batch(sizes: Sequence[int], values: Array, title: str, upwards: str, log: bool = False) -> go.Figure:
    """A number by batch size: every network's, joined by a thin line, and their mean with its standard error.

    Args:
        values: (sizes, networks); nan where a network did not come so far.
    """
    x = np.log2(np.array(sizes, dtype=float))
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": x,
            "y": each,
            "mode": "lines+markers",
            "name": say("network {number}", number=number + 1),
            "line": {"color": SOFT, "width": 1},
            "marker": {"color": SOFT, "size": 5},
            "hovertemplate": "%{y:.3~g}<extra>" + say("network {number}", number=number + 1) + "</extra>",
            "meta": {"dark": {"line": {"color": SOFT_DARK}, "marker": {"color": SOFT_DARK}}},
        }
        for number, each in enumerate(values.T)
    ]
    means = values.mean(axis=1)
    errors = values.std(axis=1, ddof=1) / np.sqrt(values.shape[1])
    traces.append(
        {
            "type": "scatter",
            "x": x,
            "y": means,
            "mode": "markers",
            "name": say("mean"),
            "marker": {"color": RUN_COLOURS[0], "size": 10},
            "error_y": {"type": "data", "array": errors, "thickness": 2, "width": 6, "color": RUN_COLOURS[0]},
            "hovertemplate": "%{y:.3~g}<extra>" + say("mean") + "</extra>",
            "meta": {
                "dark": {
                    "marker": {"color": in_the_dark(RUN_COLOURS[0])},
                    "error_y": {"color": in_the_dark(RUN_COLOURS[0])},
                }
            },
        }
    )
    layout = frame(
        say("examples in a batch"),
        upwards,
        title,
        xaxis={"tickvals": x, "ticktext": [f"{size:,}" for size in sizes], "range": [x[0] - 0.4, x[-1] + 0.4]},
        yaxis={"type": "log", "minorloglabels": "none"} if log else {},
    )
    return assembled(traces, {**layout, "showlegend": False, "margin": {**layout["margin"], "t": 34}})
