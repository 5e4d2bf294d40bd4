"""What a network predicts: regions of classes in the plane, a fitted curve, or which class it takes for which."""

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.assembled import assembled
from figures.axes import NUMBERED, POINT, title_at_the_left
from figures.basins import at_lightness, hue
from figures.theme import (
    BARE,
    HEIGHT_COLOURS,
    HEIGHT_COLOURS_DARK,
    INK,
    INK_DARK,
    PAPER,
    RULES,
    RUN_COLOURS,
    in_the_dark,
)
from landscapes import Array
from landscapes.networks import Examples
from words import say

SIDE = 61  # points along each side where classes are asked for, and of a fitted curve
REACH = 1.15  # times as far out as the examples


def predictions(answer: Callable[[Array], Array], train: Examples, test: Examples, title: str) -> go.Figure:
    """What a network answers, with the examples beside it.

    Args:
        answer: inputs (inputs, N) -> outputs (outputs, N). A network that normalises over the examples normalises over
            those that it is asked, so it is asked with the training examples among them.
    """
    if train.targets.shape[0] == 1:
        return _curve(answer, train, test, title)
    if train.inputs.shape[0] == 2:
        return _regions(answer, train, title)
    return _confusion(answer, test, title)


def _layout(title: str, **more: Any) -> dict[str, Any]:
    return {
        "template": BARE,
        "title": title_at_the_left(title),
        "margin": {"l": 44, "r": 12, "t": 28, "b": 40},
        "separators": POINT,
        "hovermode": "closest",
        "showlegend": False,
        "font": {"color": INK},
        "meta": {"dark": {"font": {"color": INK_DARK}}},
        **more,
    }


def _asked(answer: Callable[[Array], Array], inputs: Array, train: Examples) -> Array:
    """The answers to inputs, asked in small pieces, each with the training examples and from all over."""
    count, asked = train.inputs.shape[1], inputs.shape[1]
    order = np.random.default_rng(0).permutation(asked)  # so that every piece shifts a mean over it as little
    answers = np.empty((train.targets.shape[0], asked))
    for first in range(0, asked, size := max(1, count // 4)):
        piece = order[first : first + size]
        answers[:, piece] = answer(np.concatenate([train.inputs, inputs[:, piece]], axis=1))[:, count:]
    return answers


def _regions(answer: Callable[[Array], Array], train: Examples, title: str) -> go.Figure:
    """The plane in the colours of the classes that it is taken for, with the training examples."""
    reach = REACH * float(np.abs(train.inputs).max())
    axis = np.linspace(-reach, reach, SIDE)
    points = np.array(np.meshgrid(axis, axis)).reshape(2, -1)
    taken = _asked(answer, points, train).argmax(axis=0).reshape(SIDE, SIDE)
    kinds, classes = train.targets.shape[0], train.targets.argmax(axis=0)
    pale = [at_lightness(hue(kind), 0.85) for kind in range(kinds)]
    bands = [((kind + end) / kinds, colour) for kind, colour in enumerate(pale) for end in (0, 1)]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": axis,
            "y": axis,
            "z": taken,
            "zmin": -0.5,
            "zmax": kinds - 0.5,
            "colorscale": bands,
            "showscale": False,
            "hovertemplate": say("taken for class {number}", number="%{z}") + "<extra></extra>",
        }
    ]
    for kind in range(kinds):
        x, y = train.inputs[:, classes == kind]
        traces.append(
            {
                "type": "scatter",
                "x": x,
                "y": y,
                "mode": "markers",
                "marker": {"size": 5, "color": at_lightness(hue(kind), 0.4), "line": {"color": PAPER, "width": 0.5}},
                "hovertemplate": say("example of class {number}", number=f"{kind}") + "<extra></extra>",
            }
        )
    side = {"showgrid": False, "zeroline": False, "range": [-reach, reach], "constrain": "domain", **NUMBERED}
    return assembled(traces, _layout(title, xaxis=side, yaxis={**side, "scaleanchor": "x"}))


def _curve(answer: Callable[[Array], Array], train: Examples, test: Examples, title: str) -> go.Figure:
    """The fitted curve, with the examples."""
    low, high = float(train.inputs.min()), float(train.inputs.max())
    x = np.linspace(low, high, SIDE)
    fitted = _asked(answer, x[None], train)[0]
    dots = [
        (say("test"), test, "circle-open", RUN_COLOURS[6]),
        (say("training"), train, "circle", RUN_COLOURS[2]),
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": each.inputs[0],
            "y": each.targets[0],
            "name": name,
            "mode": "markers",
            "marker": {"size": 5, "symbol": symbol, "color": colour},
            "hovertemplate": f"(%{{x:.3~g}}, %{{y:.3~g}})<extra>{name}</extra>",
            "meta": {"dark": {"marker": {"color": in_the_dark(colour)}}},
        }
        for name, each, symbol, colour in dots
    ]
    traces.append(
        {
            "type": "scatter",
            "x": x,
            "y": fitted,
            "name": say("network"),
            "mode": "lines",
            "line": {"color": RUN_COLOURS[0], "width": 2.5},
            "hovertemplate": "(%{x:.3~g}, %{y:.3~g})<extra></extra>",
            "meta": {"dark": {"line": {"color": in_the_dark(RUN_COLOURS[0])}}},
        }
    )
    axis = {"gridcolor": RULES, "zeroline": False, **NUMBERED}
    return assembled(traces, _layout(title, xaxis=axis, yaxis={**axis, "range": [-2, 2]}))


def _confusion(answer: Callable[[Array], Array], test: Examples, title: str) -> go.Figure:
    """How many test examples of each class are taken for each class."""
    kinds = test.targets.shape[0]
    true, taken = test.targets.argmax(axis=0), answer(test.inputs).argmax(axis=0)
    counts = np.zeros((kinds, kinds), dtype=np.int64)
    np.add.at(counts, (true, taken), 1)
    hover = say("{count} of class {true} taken for {taken}", count="%{z}", true="%{y}", taken="%{x}")
    trace = {
        "type": "heatmap",
        "x": np.arange(kinds),
        "y": np.arange(kinds),
        "z": counts,
        "colorscale": [(1 - share, colour) for share, colour in reversed(HEIGHT_COLOURS)],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hovertemplate": f"{hover}<extra></extra>",
        "meta": {"dark": {"colorscale": HEIGHT_COLOURS_DARK}},
    }
    axis = {"showgrid": False, "zeroline": False, "dtick": 1, "constrain": "domain", **NUMBERED}
    return assembled(
        [trace],
        _layout(
            title,
            xaxis={**axis, "title": {"text": say("taken for"), "standoff": 4}},
            yaxis={**axis, "title": {"text": say("class"), "standoff": 4}, "autorange": "reversed", "scaleanchor": "x"},
        ),
    )
