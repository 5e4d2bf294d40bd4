"""Activation functions: their values, their slopes, and what is left of a gradient after many of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.ends import logarithmic_ends
from figures.network_spectrum import frame, line
from figures.theme import DASHES, RUN_COLOURS, in_the_dark
from landscapes import Array
from words import say

SMALLEST = 1e-12  # product that is drawn
ROWS = 84  # pixels of a title and three rows of names


def activation_curves(
    title: str, z: Array, curves: Mapping[str, Array], at: float, values: Mapping[str, float]
) -> go.Figure:
    """A curve over z for each activation by its name, (M,), and a dot on each at one z, where that is in view."""
    traces = []
    for (name, curve), colour, dash in zip(curves.items(), RUN_COLOURS, DASHES, strict=False):
        traces.append(line(z, curve, name, colour, dash))
        if not z[0] <= at <= z[-1]:
            continue
        traces.append(
            {
                "type": "scatter",
                "x": [at],
                "y": [values[name]],
                "mode": "markers",
                "marker": {"color": colour, "size": 9},
                "hovertemplate": "%{y:.3g}<extra>" + name + "</extra>",
                "showlegend": False,
                "meta": {"dark": {"marker": {"color": in_the_dark(colour)}}},
            }
        )
    return assembled(traces, below_three_rows(frame("z", "", title)))


def slope_products(products: Mapping[str, Array]) -> go.Figure:
    """The size of the derivative of a chain after each of its layers, (k,), on a logarithmic axis; 0 is left out."""
    traces, drawn = [], []
    for (name, product), colour, dash in zip(products.items(), RUN_COLOURS, DASHES, strict=False):
        size = np.where(np.abs(product) >= SMALLEST, np.abs(product), np.nan)
        drawn.append(size[np.isfinite(size)])
        trace = line(np.arange(1.0, product.size + 1), size, name, colour, dash)
        traces.append({**trace, "mode": "lines+markers", "marker": {"color": colour, "size": 5}})
    known = np.concatenate(drawn)
    ends = logarithmic_ends(float(known.min()), float(known.max())) if known.size else {}
    layout = frame(
        say("layers"),
        "|∂hₖ/∂x|",
        say("Product of the slopes"),
        xaxis={"nticks": 8},
        yaxis={"type": "log", "minorloglabels": "none", **ends},
    )
    return assembled(traces, below_three_rows(layout))


def below_three_rows(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with room for a title and three rows of names."""
    return {**layout, "margin": {**layout["margin"], "t": ROWS}}
