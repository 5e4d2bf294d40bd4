"""A landscape of one variable as the curve that it is, with the runs on it."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.axes import NUMBERED, POINT
from figures.maps import Run, trail
from figures.theme import INK, INK_DARK, RULES, in_the_dark
from landscapes import Domain, Landscape

POINTS = 401


def profile(landscape: Landscape, runs: Sequence[Run], domain: Domain) -> go.Figure:
    """f(x) over the domain, and each run's points on it, one for each step."""
    (low, high), (bottom, top) = domain
    x = np.linspace(low, high, POINTS)
    figure = go.Figure(
        go.Scatter(
            x=x,
            y=landscape.value(np.stack([x, np.full(POINTS, (bottom + top) / 2)])),
            mode="lines",
            line={"color": INK, "width": 2},
            hovertemplate="f(%{x}) = %{y}<extra></extra>",
            showlegend=False,
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    )
    for run in runs:
        on_curve = Run(
            run.label, run.colour, np.stack([run.positions[0], landscape.value(run.positions)]), run.dash, run.steps
        )
        figure.add_trace(
            trail(on_curve, run.colour, in_the_dark(run.colour), width=1.2 if run.faint else 2, hover=True)
        )
    figure.update_layout(
        xaxis={"range": [low, high], "gridcolor": RULES, "zeroline": False, "title": {"text": "x"}, **NUMBERED},
        yaxis={"gridcolor": RULES, "zeroline": False, "title": {"text": "f"}, **NUMBERED},
        margin={"l": 48, "r": 8, "t": 8, "b": 40},
        separators=POINT,
    )
    return figure
