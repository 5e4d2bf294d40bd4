"""Hessian eigenvalues at critical points: length for size, colour and shape for sign."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.theme import RUN_COLOURS
from figures.words import place
from landscapes import CriticalPoint

UP, DOWN, FLAT = RUN_COLOURS[0], RUN_COLOURS[1], "#6b7280"


def spectrum(points: Sequence[CriticalPoint]) -> go.Figure:
    """Two bars for each point, up for a positive eigenvalue and down for a negative one, on a symmetric log scale.

    The height drawn is arcsinh of the eigenvalue over the smallest one that is not zero; labels tell the eigenvalue.
    """
    eigenvalues = np.array([point.eigenvalues for point in points]).reshape(-1, 2)
    sizes = np.abs(eigenvalues)
    unit = sizes[sizes > 1e-9 * sizes.max(initial=0.0)].min(initial=np.inf)
    unit = unit if np.isfinite(unit) else 1.0
    labels = [f"{point.kind}<br>{place(point.position)}" for point in points]
    figure = go.Figure(layout=spectrum_layout(unit, float(sizes.max(initial=1.0))))
    for index, values in enumerate(eigenvalues.T):
        sign = np.where(np.abs(values) <= 1e-5 * sizes.max(axis=1), 0, np.sign(values))
        figure.add_bar(
            x=labels,
            y=np.arcsinh(values / unit),
            name=f"λ{'₁₂'[index]}",
            customdata=values,
            marker={
                "color": [{1: UP, -1: DOWN, 0: FLAT}[int(s)] for s in sign],
                "pattern": {"shape": [{1: "", -1: "/", 0: "."}[int(s)] for s in sign]},
            },
            hovertemplate="λ = %{customdata:.4g}<extra>%{x}</extra>",
            showlegend=False,
        )
    return figure


def spectrum_layout(unit: float, largest: float) -> go.Layout:
    """A heavy zero line, and ticks at powers of ten on both sides of it."""
    top = int(np.ceil(np.log10(max(largest / unit, 1.0)))) + int(np.floor(np.log10(unit)))
    powers = [10.0**k for k in range(int(np.floor(np.log10(unit))), top + 2)][-6:]
    ticks = [-p for p in reversed(powers)] + [0.0] + powers
    return go.Layout(
        barmode="group",
        bargap=0.35,
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
