"""How widely Adam's divisor scatters over its first updates, and how RAdam holds it back meanwhile."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.axes import title_at_the_left
from figures.theme import INK, INK_DARK, RULES, RUN_COLOURS, SOFT, in_the_dark, translucent
from optimizers import EarlySpread
from optimizers.memory import TRACTABLE
from words import say, short

BLUE, ORANGE = RUN_COLOURS[0], RUN_COLOURS[1]
SHORT = 100.0  # times its least number that the largest of an axis is at most
BANDS = ((0, 4, 0.2), (1, 3, 0.35))  # lower and upper quantile, opacity


def spread_of_the_divisor(spread: EarlySpread) -> go.Figure:
    """1/√v̂ over the updates: the middle 90 % and 50 % of the draws, their median, and dotted what theory expects."""
    figure = go.Figure(layout=_layout(say("1/√v̂, over the draws"), spread))
    for low, high, opacity in BANDS:
        dark = translucent(in_the_dark(BLUE), opacity)
        figure.add_scatter(
            x=np.concatenate([spread.t, spread.t[::-1]]),
            y=np.concatenate([spread.quantiles[low], spread.quantiles[high, ::-1]]),
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=translucent(BLUE, opacity),
            name=say("the middle {share} %", share=90 if low == 0 else 50),
            hoverinfo="skip",
            meta={"dark": {"fillcolor": dark}},
        )
    figure.add_scatter(
        x=spread.t,
        y=spread.quantiles[2],
        mode="lines",
        name=say("median"),
        line={"color": BLUE, "width": 2.5},
        hovertemplate=say("update {t}: {value}", t="%{x}", value="%{y:.3g}") + "<extra></extra>",
        meta={"dark": {"line": {"color": in_the_dark(BLUE)}}},
    )
    for number, row in enumerate((0, -1)):
        figure.add_scatter(
            x=spread.t,
            y=spread.expected[row],
            mode="lines",
            name=say("theory: mean of ρ squares"),
            legendgroup="expected",
            showlegend=number == 0,
            line={"color": INK, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    return figure.update_yaxes(type="log", exponentformat="none", minorloglabels="complete", dtick=_ticks(figure))


def rho_curve(spread: EarlySpread) -> go.Figure:
    """RAdam's ρ over the updates, with the border of 4."""
    figure = go.Figure(layout=_layout(say("ρ: gradients that v̂ is worth"), spread))
    figure.add_scatter(**_line(spread.t, spread.rho, "ρ", ORANGE))
    figure.add_hline(y=TRACTABLE, line={"color": SOFT, "width": 1.5, "dash": "dash"})
    named = say("ρ = {border}", border=short(TRACTABLE))
    corner = {"x": 1, "xref": "x domain", "xanchor": "right", "yanchor": "bottom"}
    figure.add_annotation(text=named, y=float(np.log10(TRACTABLE)), **corner, showarrow=False)
    return figure.update_yaxes(type="log", exponentformat="none", minorloglabels="complete", dtick=_ticks(figure))


def r_curve(spread: EarlySpread) -> go.Figure:
    """RAdam's r over the updates: nothing as long as ρ is not beyond 4."""
    figure = go.Figure(layout=_layout(say("r: share of Adam’s step"), spread))
    figure.add_scatter(**_line(spread.t, spread.r, "r", ORANGE))
    return figure.update_yaxes(range=[0, 1.05])


def _ticks(figure: go.Figure) -> str | int:
    """Powers of ten along an upright logarithmic axis, and 2 and 5 times these where it is short."""
    values = np.concatenate([trace.y for trace in figure.data])
    return 1 if values.max() > SHORT * values.min() else "D2"


def _line(t: Any, values: Any, name: str, colour: str) -> dict[str, Any]:
    return {
        "x": t,
        "y": values,
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": 2.5},
        "hovertemplate": say("update {t}: {value}", t="%{x}", value="%{y:.3g}") + f"<extra>{name}</extra>",
        "showlegend": False,
        "meta": {"dark": {"line": {"color": in_the_dark(colour)}}},
    }


def _layout(title: str, spread: EarlySpread) -> dict[str, Any]:
    """Updates on a logarithmic axis, and upright lines where RAdam's steps become adaptive."""
    borders = [(spread.adaptive_from, "dash"), (spread.adaptive_from_in_torch, "dot")]
    known = [(t, dash) for t, dash in borders if t is not None]
    return {
        "title": title_at_the_left(title),
        "xaxis": {
            "type": "log",
            "gridcolor": RULES,
            "title": {"text": say("update t")},
            "dtick": 1,
            "exponentformat": "none",
            "range": [0, float(np.log10(spread.t[-1]))],
        },
        "yaxis": {"gridcolor": RULES},
        "shapes": [_upright(t, dash) for t, dash in known],
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "margin": {"l": 46, "r": 20, "t": 66, "b": 44},
        "hovermode": "closest",
    }


def _upright(t: float, dash: str) -> dict[str, Any]:
    line = {"color": SOFT, "width": 1.5, "dash": dash}
    return {"type": "line", "x0": t, "x1": t, "y0": 0, "y1": 1, "yref": "paper", "line": line}
