"""What batches cost in seconds, by their size: an update, an epoch, and the way to the same loss."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.ends import logarithmic_ends
from figures.network_spectrum import frame, line
from figures.theme import INK, INK_DARK, RUN_COLOURS, SOFT
from landscapes import Array
from words import say


def batch_seconds(
    sizes: Array, update: Array, epoch: Array, way: Array | None, width: float, critical: float | None
) -> go.Figure:
    """Seconds over the size of the batch on two logarithmic axes, (K,) each.

    Args:
        way: of the updates that do what one without noise would; None where the noise has no such law.
        width: examples with which the machine is full, a solid line upright.
        critical: the critical batch, a dashed line upright; None where there is none.
    """
    traces = [
        line(sizes, update, say("one update"), RUN_COLOURS[0]),
        line(sizes, epoch, say("one epoch"), RUN_COLOURS[1], "dash"),
    ]
    if way is not None:
        traces.append(line(sizes, way, say("the same progress"), RUN_COLOURS[2], "dot"))
    low, high = float(sizes[0]), float(sizes[-1])
    drawn = np.concatenate([update, epoch] if way is None else [update, epoch, way])
    upright = logarithmic_ends(float(drawn.min()), float(drawn.max()))
    ends = [10.0**end for end in upright["range"]]
    doubled = 2 ** np.arange(int(np.log2(high)) + 1)
    marks: list[tuple[float, str, dict[str, Any], dict[str, Any]]] = [
        (width, say("machine full"), {"color": SOFT, "width": 1.5}, {})
    ]
    if critical is not None:
        ink = {"dark": {"line": {"color": INK_DARK}}}
        marks.append((critical, say("critical batch"), {"color": INK, "width": 1.5, "dash": "dashdot"}, ink))
    for at, name, style, meta in marks:
        if low <= at <= high:
            traces.append(
                {
                    "type": "scatter",
                    "x": [at, at],
                    "y": ends,
                    "mode": "lines",
                    "name": name,
                    "line": style,
                    "hovertemplate": "%{x:.3~g}<extra>" + name + "</extra>",
                    "meta": meta,
                }
            )
    scale = {"type": "log", "minorloglabels": "none"}
    layout = frame(
        say("examples in a batch"),
        say("seconds"),
        xaxis={
            **scale,
            "range": [np.log10(low) - 0.03, np.log10(high) + 0.03],
            "tickvals": doubled[:: 1 + doubled.size // 10],
            "exponentformat": "none",
        },
        yaxis={**scale, **upright},
    )
    return assembled(traces, layout)
