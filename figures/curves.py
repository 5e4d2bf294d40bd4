"""Numbers over the steps of a run: loss, gradient norm, learning rate."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.maps import Run, strung
from figures.theme import in_the_dark
from landscapes import Array
from optimizers import short

TICKS = 6  # labels under a curve that counts something else than steps
HAIR = "rgba(128, 136, 145, 0.25)"
FEW = (10.0, 100.0)  # largest value over smallest: in between one or two powers of ten are in view


def curves(title: str, runs: Sequence[Run], values: Sequence[Array], logarithmic: bool) -> go.Figure:
    """One curve for each run over its steps; on a logarithmic axis what is not positive is left out.

    Args:
        values: for each run, shape (steps + 1,), or (steps + 1, N) for one from several starts.
    """
    figure = go.Figure(layout=curve_layout(title, logarithmic))
    for run, value in zip(runs, values, strict=True):
        several = np.tile(np.arange(len(value) + 1), value.shape[1]) if run.faint else None
        value = strung(value) if run.faint else value
        shown = np.where(value > 0, value, np.nan) if logarithmic else value
        figure.add_scatter(
            x=several,
            y=np.where(np.isfinite(shown), shown, np.nan),
            name=run.label,
            mode="lines",
            line={"color": run.colour, "width": 0.7 if run.faint else 2, "dash": run.dash, "simplify": True},
            opacity=0.45 if run.faint else 1.0,
            hovertemplate=None if run.faint else f"%{{y:.4g}}<extra>{run.label}</extra>",
            hoverinfo="skip" if run.faint else None,
            showlegend=False,
            meta={
                "plays": True,
                "head": not run.faint,
                **run.lanes,
                "dark": {"line": {"color": in_the_dark(run.colour)}},
            },
        )
    if logarithmic:
        label_few(figure, values)
    return figure


def label_few(figure: go.Figure, values: Sequence[Array]) -> None:
    """On a logarithmic axis with one or two powers of ten, labels 2 and 5 too."""
    known = [value[np.isfinite(value) & (value > 0)] for value in values]
    ends = [end for value in known if value.size for end in (value.min(), value.max())]
    if ends and FEW[0] < max(ends) / min(ends) < FEW[1]:
        figure.update_yaxes(dtick="D2", minorloglabels="complete")


def count_in(figure: go.Figure, steps: int, unit: float) -> None:
    """Labels the steps along x by what each stands for, such as 0.17 epochs; as they are where it is 1."""
    if unit != 1:
        at = np.linspace(0, steps, TICKS)
        figure.update_xaxes(tickvals=at, ticktext=[short(float(step * unit)) for step in at])


def curve_layout(title: str, logarithmic: bool) -> go.Layout:
    """Hairlines, steps below, the quantity's name above."""
    axis = {"gridcolor": HAIR, "zeroline": False, "nticks": 6}
    scale = {"type": "log", "exponentformat": "power", "minorloglabels": "none"} if logarithmic else {}
    return go.Layout(
        title={"text": title, "x": 0, "xref": "container", "font": {"size": 13}, "y": 0.98, "yanchor": "top"},
        xaxis={**axis, "rangemode": "tozero"},
        yaxis={**axis, **scale},
        margin={"l": 48, "r": 8, "t": 26, "b": 24},
        hovermode="x unified",
        meta={"cursor": True},
    )
