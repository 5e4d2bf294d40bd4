"""Three classes after a softmax: their probabilities, the loss of one example, and the gradient by the logits."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.network_spectrum import frame, line
from figures.theme import DASHES, INK, INK_DARK, RUN_COLOURS, SOFT, SOFT_DARK, in_the_dark
from landscapes import Array
from words import say

CLASS_COLOURS = (RUN_COLOURS[0], RUN_COLOURS[1], RUN_COLOURS[2])
WIDTH = 0.36  # of a bar
LEAST = 1e-3  # the smallest probability along the curve of the likelihood


def class_names() -> list[str]:
    """Class 1, class 2, class 3."""
    return [say("class {number}", number=number) for number in (1, 2, 3)]


def class_bars(probabilities: Array, target: int) -> go.Figure:
    """What the model says of each class, (3,), beside the one-hot target."""
    return _bars(
        [
            (say("probability p"), probabilities, CLASS_COLOURS[0], in_the_dark(CLASS_COLOURS[0])),
            (say("target y"), np.eye(3)[target], SOFT, SOFT_DARK),
        ],
        frame("", say("probability"), say("Probabilities and target"), yaxis={"range": [0.0, 1.05]}),
    )


def gradient_bars(gradient: Array) -> go.Figure:
    """The gradient by each logit, (3,)."""
    return _bars(
        [(say("(p − y)/T"), gradient, CLASS_COLOURS[1], in_the_dark(CLASS_COLOURS[1]))],
        frame("", say("derivative"), say("Gradient with respect to the logits")),
    )


def _bars(kinds: list[tuple[str, Array, str, str]], layout: dict[str, Any]) -> go.Figure:
    """For each class a bar of each kind: its name, heights (3,), and its colour on light and on dark paper."""
    traces = [
        {
            "type": "bar",
            "x": np.arange(3) + (place - (len(kinds) - 1) / 2) * WIDTH,
            "y": heights,
            "width": WIDTH,
            "name": name,
            "marker": {"color": colour},
            "hovertemplate": "%{y:.3g}<extra>" + name + "</extra>",
            "meta": {"dark": {"marker": {"color": dark}}},
        }
        for place, (name, heights, colour, dark) in enumerate(kinds)
    ]
    axis = {**layout["xaxis"], "tickvals": [0, 1, 2], "ticktext": class_names(), "range": [-0.6, 2.6]}
    return assembled(traces, {**layout, "xaxis": {**axis, "showgrid": False}})


def temperature_curves(temperatures: Array, probabilities: Array, chosen: float) -> go.Figure:
    """How the probabilities of the classes, (3, M), change with the temperature (M,), and where it is now."""
    traces = [
        line(temperatures, row, name, colour, dash)
        for row, name, colour, dash in zip(probabilities, class_names(), CLASS_COLOURS, DASHES, strict=False)
    ]
    layout = frame(
        say("temperature T"),
        say("probability"),
        say("Probabilities over the temperature"),
        xaxis={"type": "log", "minorloglabels": "none"},
        yaxis={"range": [-0.03, 1.03]},
    )
    figure = assembled(traces, layout)
    return figure.add_vline(x=chosen, line={"color": SOFT, "width": 1.5})


def likelihood_curve(probability: float, loss: float) -> go.Figure:
    """-ln p over the probability of the target, and where the example lies on it."""
    p = np.geomspace(min(LEAST, max(probability, 1e-300)), 1.0, 201)
    curve = line(p, -np.log(p), "−ln p", RUN_COLOURS[0])
    point = {
        "type": "scatter",
        "x": [probability],
        "y": [loss],
        "mode": "markers",
        "name": say("this example"),
        "marker": {"color": INK, "size": 11},
        "hovertemplate": "p = %{x:.3g}: %{y:.3g}<extra></extra>",
        "meta": {"dark": {"marker": {"color": INK_DARK}}},
    }
    layout = frame(
        say("probability of the target"), say("loss"), say("Loss over the probability"), xaxis={"range": [-0.02, 1.02]}
    )
    return assembled([curve, point], layout)
