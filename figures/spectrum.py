"""Hessian eigenvalues at critical points: length for size, colour and shape for sign."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.theme import KIND_COLOURS, RUN_COLOURS, SYMBOLS
from landscapes import CriticalPoint
from optimizers import coordinates

UP, DOWN, FLAT = RUN_COLOURS[0], RUN_COLOURS[1], "#6b7280"


def spectrum(points: Sequence[CriticalPoint]) -> go.Figure:
    """Two bars for each point, up for a positive eigenvalue and down for a negative one, on a symmetric log scale.

    The height drawn is arcsinh of the eigenvalue over the smallest one that is not zero; labels tell the eigenvalue.
    """
    eigenvalues = np.array([point.eigenvalues for point in points]).reshape(-1, 2)
    sizes = np.abs(eigenvalues)
    unit = sizes[sizes > 1e-9 * sizes.max(initial=0.0)].min(initial=np.inf)
    unit = unit if np.isfinite(unit) else 1.0
    labels = [coordinates(point.position) for point in points]
    figure = go.Figure(layout=spectrum_layout(len(points), unit, float(sizes.max(initial=1.0))))
    for index, values in enumerate(eigenvalues.T):
        sign = np.where(np.abs(values) <= 1e-5 * sizes.max(axis=1), 0, np.sign(values))
        figure.add_bar(
            x=labels,
            width=0.28,
            offset=0.3 * (index - 1) + 0.01,
            y=np.arcsinh(values / unit),
            name=f"λ{'₁₂'[index]}",
            customdata=values,
            marker={
                "color": [{1: UP, -1: DOWN, 0: FLAT}[int(s)] for s in sign],
                "pattern": {"shape": [{1: "", -1: "/", 0: "."}[int(s)] for s in sign]},
            },
            text=[point.kind for point in points],
            textposition="none",
            hovertemplate="λ = %{customdata:.4g}<extra>%{text} at %{x}</extra>",
            showlegend=False,
        )
    return figure


def spectrum_layout(count: int, unit: float, largest: float) -> go.Layout:
    """A heavy zero line, and ticks at powers of ten on both sides of it."""
    top = int(np.ceil(np.log10(max(largest / unit, 1.0)))) + int(np.floor(np.log10(unit)))
    powers = [10.0**k for k in range(int(np.floor(np.log10(unit))), top + 2)][-6:]
    ticks = [-p for p in reversed(powers)] + [0.0] + powers
    return go.Layout(
        barmode="group",
        bargap=0.35,
        xaxis={"tickangle": -35, "automargin": True, "range": [-0.7, max(count, 3) - 0.3]},
        yaxis={
            "tickvals": [float(np.arcsinh(t / unit)) for t in ticks],
            "ticktext": [f"{t:g}".replace("-", "−") for t in ticks],
            "zeroline": True,
            "zerolinewidth": 2,
            "title": {"text": "eigenvalue λ"},
            "gridcolor": "rgba(128, 136, 145, 0.25)",
        },
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
    )


def height_against_index(points: Sequence[CriticalPoint]) -> go.Figure:
    """Every critical point's loss against its number of negative eigenvalues: low ones have few."""
    figure = go.Figure()
    for kind in dict.fromkeys(point.kind for point in points):
        chosen = [point for point in points if point.kind == kind]
        figure.add_scatter(
            x=[int((point.eigenvalues < 0).sum()) for point in chosen],
            y=[point.value for point in chosen],
            name=kind,
            mode="markers",
            marker={"symbol": SYMBOLS[kind], "color": KIND_COLOURS[kind], "size": 10},
            text=[coordinates(point.position) for point in chosen],
            hovertemplate="f = %{y:.4g} at %{text}<extra>" + kind + "</extra>",
        )
    figure.update_layout(
        showlegend=False,
        xaxis={"title": {"text": "number of negative eigenvalues"}, "tickvals": [0, 1, 2], "range": [-0.5, 2.5]},
        yaxis={"title": {"text": "loss at the critical point"}, "gridcolor": "rgba(128, 136, 145, 0.25)"},
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
    )
    return figure
