"""Hessian eigenvalues at critical points: length for size, colour and shape for sign."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.theme import KIND_COLOURS, RULES, RUN_COLOURS, SOFT, SYMBOLS
from landscapes import CriticalPoint
from words import coordinates, say

FEW = 5  # points whose places stand beside each other as they lie; those of more are steeper
SMALL = 1e-5  # of the larger eigenvalue: what is smaller is 0 at a degenerate point
APART = 0.06  # of the height of the largest bar: ticks that are nearer to 0 would lie on its label
ENDLESS = 10.0  # times the largest finite eigenvalue: how high an infinite one is drawn
UP, DOWN, FLAT = RUN_COLOURS[0], RUN_COLOURS[1], SOFT


def eigenvalue_colour(eigenvalue: float) -> str:
    """The colour of an eigenvalue's bar and axis: one of those above 0, one of those below, one of 0.

    >>> eigenvalue_colour(2.0) == UP, eigenvalue_colour(-0.5) == DOWN, eigenvalue_colour(0.0) == FLAT
    (True, True, True)
    """
    return UP if eigenvalue > 0 else DOWN if eigenvalue < 0 else FLAT


def spectrum(points: Sequence[CriticalPoint]) -> go.Figure:
    """Two bars for each point, up for a positive eigenvalue and down for a negative one, on a symmetric log scale.

    The height drawn is arcsinh of the eigenvalue over the smallest one that is not zero; labels tell the eigenvalue.
    An infinite one is drawn higher than all others, and one that does not exist is left out.
    """
    eigenvalues = np.array([point.eigenvalues for point in points]).reshape(-1, 2)
    finite = np.abs(eigenvalues[np.isfinite(eigenvalues)])
    unit = finite[finite > 1e-9 * finite.max(initial=0.0)].min(initial=np.inf)
    unit = unit if np.isfinite(unit) else 1.0
    top = ENDLESS * float(finite.max(initial=unit))
    labels = [coordinates(point.position) for point in points]
    figure = go.Figure(layout=spectrum_layout(len(points), unit, float(finite.max(initial=1.0))))
    signs = np.array([signs_of(point) for point in points]).reshape(-1, 2)
    for index, (values, sign) in enumerate(zip(eigenvalues.T, signs.T, strict=True)):
        figure.add_bar(
            x=labels,
            width=0.28,
            offset=0.3 * (index - 1) + 0.01,
            y=np.arcsinh(np.clip(values, -top, top) / unit),
            name=f"λ{'₁₂'[index]}",
            customdata=values,
            marker={
                "color": [eigenvalue_colour(s) for s in sign.tolist()],
                "pattern": {"shape": [{1: "", -1: "/", 0: "."}[s] for s in sign.tolist()]},
            },
            text=[point.name for point in points],
            textposition="none",
            hovertemplate="λ = %{customdata:.4g}<extra>"
            + say("{point} at {place}", point="%{text}", place="%{x}")
            + "</extra>",
            showlegend=False,
        )
    return figure


def signs_of(point: CriticalPoint) -> list[int]:
    """-1, 0 or 1 for each eigenvalue, ascending; 0 where it is rounding beside the other, or does not exist."""
    sizes = np.abs(point.eigenvalues)
    small = np.isfinite(sizes) & (sizes <= SMALL * sizes.max()) & (point.kind == "degenerate")
    zero = np.isnan(sizes) | small
    return [0 if none else int(np.sign(value)) for value, none in zip(point.eigenvalues, zero, strict=True)]


def spectrum_layout(count: int, unit: float, largest: float) -> go.Layout:
    """A heavy zero line, and ticks at powers of ten on both sides of it."""
    top = int(np.ceil(np.log10(max(largest / unit, 1.0)))) + int(np.floor(np.log10(unit)))
    powers = [10.0**k for k in range(int(np.floor(np.log10(unit))), top + 2)][-6:]
    powers = [p for p in powers if np.arcsinh(p / unit) > APART * np.arcsinh(largest / unit)]
    ticks = [-p for p in reversed(powers)] + [0.0] + powers
    return go.Layout(
        barmode="group",
        bargap=0.35,
        xaxis={"tickangle": -35 if count <= FEW else -60, "automargin": True, "range": [-0.7, max(count, 3) - 0.3]},
        yaxis={
            "tickvals": [float(np.arcsinh(t / unit)) for t in ticks],
            "ticktext": [f"{t:g}".replace("-", "−") for t in ticks],
            "zeroline": True,
            "zerolinewidth": 2,
            "title": {"text": say("eigenvalue λ")},
            "gridcolor": RULES,
        },
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
    )


def height_against_index(points: Sequence[CriticalPoint]) -> go.Figure:
    """Every critical point's loss against its number of negative eigenvalues: low ones have few.

    A point with an eigenvalue that does not exist is left out.
    """
    figure = go.Figure()
    points = [point for point in points if not np.isnan(point.eigenvalues).any()]
    for kind in dict.fromkeys(point.kind for point in points):
        chosen = [point for point in points if point.kind == kind]
        figure.add_scatter(
            x=[signs_of(point).count(-1) for point in chosen],
            y=[point.value for point in chosen],
            name=say(kind),
            mode="markers",
            marker={"symbol": SYMBOLS[kind], "color": KIND_COLOURS[kind], "size": 10},
            text=[coordinates(point.position) for point in chosen],
            hovertemplate=say("f = {loss} at {place}", loss="%{y:.4g}", place="%{text}")
            + f"<extra>{say(kind)}</extra>",
        )
    figure.update_layout(
        showlegend=False,
        xaxis={"title": {"text": say("number of negative eigenvalues")}, "tickvals": [0, 1, 2], "range": [-0.5, 2.5]},
        yaxis={"title": {"text": say("loss at the critical point")}, "gridcolor": RULES},
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
    )
    return figure
