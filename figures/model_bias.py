"""Sums of simple functions fitted to a curve, and how low their loss can be by how many there are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.network_spectrum import frame, line
from figures.theme import INK, INK_DARK, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from words import say

LEAST = 1e-6  # a loss that is drawn; one that is smaller is drawn there


def fitted_sum(x: Array, target: Array, nodes: Array, straight: Array, whole: Array, parts: Array) -> go.Figure:
    """The examples, the straight line and the sum that were fitted to them, and what the sum is made of.

    Args:
        x, target: the examples, (N,).
        nodes: ascending, (M,), where the following are known.
        straight, whole: (M,).
        parts: of the sum, (parts, M).
    """
    thin = {"width": 1, "color": SOFT}
    traces: list[dict[str, Any]] = [
        {
            **line(nodes, part, say("one part of the sum"), SOFT),
            "line": thin,
            "showlegend": number == 0,
            "meta": {"dark": {"line": {"color": SOFT_DARK}}},
        }
        for number, part in enumerate(parts)
    ]
    traces.append(
        {
            "type": "scatter",
            "x": x,
            "y": target,
            "name": say("examples"),
            "mode": "markers",
            "marker": {"size": 6, "color": INK, "opacity": 0.6},
            "hovertemplate": "(%{x:.3~g}, %{y:.3~g})<extra></extra>",
            "meta": {"dark": {"marker": {"color": INK_DARK}}},
        }
    )
    traces.append(line(nodes, straight, say("straight line"), RUN_COLOURS[1], "dash"))
    traces.append(line(nodes, whole, say("sum"), RUN_COLOURS[0]))
    return assembled(traces, _with_room(frame("x", "y", say("What was fitted"))))


def loss_by_units(
    units: Array, kinds: Sequence[tuple[str, Array]], straight: float, chosen: tuple[float, float]
) -> go.Figure:
    """The lowest loss of all trainings with so many units as a line for each kind, and every training as a dot.

    Args:
        units: (U,).
        kinds: name and losses (U, K) at the end of each training.
        straight: the lowest loss of a straight line.
        chosen: units and loss of the sum that is seen.
    """
    traces: list[dict[str, Any]] = []
    for (name, losses), colour in zip(kinds, (RUN_COLOURS[0], RUN_COLOURS[2]), strict=True):
        seen = np.maximum(losses, LEAST)
        traces.append(line(units, seen.min(axis=1), name, colour))
        traces.append(
            {
                "type": "scatter",
                "x": np.repeat(units, losses.shape[1]),
                "y": seen.ravel(),
                "mode": "markers",
                "marker": {"size": 4, "color": colour, "opacity": 0.5},
                "showlegend": False,
                "hovertemplate": f"%{{y:.3~g}}<extra>{name}</extra>",
                "meta": {"dark": {"marker": {"color": in_the_dark(colour)}}},
            }
        )
    ends = np.array([float(units[0]), float(units[-1])])
    traces.append(line(ends, np.array([straight, straight]), say("straight line"), RUN_COLOURS[1], "dash"))
    ring = {"size": 13, "symbol": "circle-open", "color": INK, "line": {"width": 2}}
    traces.append(
        {
            "type": "scatter",
            "x": [chosen[0]],
            "y": [max(chosen[1], LEAST)],
            "mode": "markers",
            "marker": ring,
            "showlegend": False,
            "hoverinfo": "skip",
            "meta": {"dark": {"marker": {"color": INK_DARK}}},
        }
    )
    layout = frame(
        say("parts of the sum"),
        say("training loss"),
        say("Lowest loss, and that of every training"),
        xaxis={"dtick": 2},
        yaxis={"type": "log", "minorloglabels": "none"},
    )
    return assembled(traces, _with_room(layout))


def _with_room(layout: dict[str, Any]) -> dict[str, Any]:
    """A layout with room for the title and two rows of the legend, as it has on a phone."""
    return {**layout, "margin": {**layout["margin"], "t": 76}}
