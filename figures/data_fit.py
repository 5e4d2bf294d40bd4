"""What parameters predict: the model through its data, one line for the marker and one that moves for each run."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from figures.axes import title_at_the_left
from figures.ends import logarithmic_ends
from figures.maps import Run
from figures.theme import INK, INK_DARK, RULES, SOFT, SOFT_DARK, in_the_dark
from figures.thinning import evenly
from landscapes import Array, DataSet, shares
from words import say, short

NODES = 121  # along the curve of the marker
KNEES = (20, 60)  # along a curve that moves: the fewest and the most
DOTS = (12, 120)  # examples that move, the fewest and the most
NUMBERS = 48_000  # of all frames of a run at most, unless that leaves fewer knees: 160 kB before they are deflated
MOST_FRAMES = 2000  # of a run
GRAIN = 2.0**-12  # of the picture's height: what moves is rounded to this, a tenth of a pixel, so that it deflates well
MOST = 2000  # points drawn; more would hide each other
ROOM = 0.08  # of the data's width, on each side
LEGEND = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom", "font": {"size": 11}}
ABOVE = 28  # pixels above the picture for its legend, which names what no chip does

Predict = Callable[[Array, Array], Array]  # parameters (2, ...), inputs (M,) -> (..., M)


def fit(data: DataSet, predict: Predict, straight: bool, marker: Array, runs: Sequence[Run]) -> go.Figure:
    """The points, the model at the marker (dotted), and for each run the model at every step, at rest the last.

    Args:
        straight: whether the model is a line, so that two points draw it.
    """
    x, target = data.inputs[0], data.target
    room = ROOM * (float(np.ptp(x)) or 2.0)
    low, high = float(x.min() - room), float(x.max() + room)
    layout = _layout(str(data.labels[0]), str(data.labels[1]), np.array([low, high]), target)
    bottom, top = layout.yaxis.range
    figure = go.Figure(_points(thinned(x), thinned(target)), layout=layout)
    for run in map(at_stops, runs):
        knees = 2 if straight else int(np.clip(NUMBERS // run.positions.shape[1], *KNEES))
        nodes = np.linspace(low, high, knees)
        moving = frames(predict(run.positions, nodes), top - bottom)
        curve = _curve(nodes, moving[-1], run.label, run.colour, run.dash)
        figure.add_trace(
            curve.update(meta=curve.meta | {"plays": True, "head": False, "frames": moving, **run.numbers})
        )
    nodes = np.linspace(low, high, NODES)
    curve = _curve(nodes, predict(marker, nodes), say("at the marker"), SOFT, "dot")
    figure.add_trace(curve.update(showlegend=True))
    return figure


def at_stops(run: Run) -> Run:
    """The run at the steps at which playback stops, at most so many that a model at each of them is not too much."""
    return run.at(evenly(run.positions.shape[1] - 1, MOST_FRAMES))


def frames(values: Array, height: float) -> Array:
    """What is predicted after every step, (T, M), rounded to what a picture of that height shows.

    A run that left keeps the last model that it had.
    """
    seen = np.isfinite(values).all(axis=1)
    last = np.maximum.accumulate(np.where(seen, np.arange(seen.size), 0))
    unit = 2.0 ** np.floor(np.log2(GRAIN * height))
    rounded: Array = np.round(values[last] / unit) * unit
    return rounded


def agreement(data: DataSet, inputs: Array, mean: float, marker: Array, runs: Sequence[Run]) -> go.Figure:
    """What mean + p·inputs predicts over what is true: a dot for each example, at every step of each run.

    On the diagonal both are the same. Of many examples as many are drawn as a run may have numbers.

    Args:
        inputs: the two features as the model meets them, (2, n).
    """
    target = data.target
    room = ROOM * (float(np.ptp(target)) or 2.0)
    ends = np.array([target.min() - room, target.max() + room])
    figure = go.Figure(_curve(ends, ends, say("predicted = true"), SOFT, "dot"))
    for place, run in enumerate([Run(say("at the marker"), SOFT, marker[:, None]), *map(at_stops, runs)]):
        count = min(target.size, int(np.clip(NUMBERS // (2 * run.positions.shape[1]), *DOTS)))
        some = np.linspace(0, target.size - 1, count).round().astype(int)
        moving = frames(mean + run.positions.T @ inputs[:, some], float(np.ptp(ends)))
        dots = np.stack([moving, np.full(moving.shape, np.nan)], axis=2).reshape(len(moving), -1)
        figure.add_scatter(
            x=np.repeat(target[some], 2),
            y=dots[-1],
            mode="markers",
            name=run.label,
            line={"color": run.colour, "width": 6},
            marker={"color": run.colour, "size": 6},
            opacity=0.75,
            showlegend=not place,
            hovertemplate=say("true {x}, predicted {y}", x="%{x:.4g}", y="%{y:.4g}") + f"<extra>{run.label}</extra>",
            meta={"dark": {part: {"color": in_the_dark(run.colour)} for part in ("line", "marker")}}
            | ({"plays": True, "head": False, "frames": dots, **run.numbers} if place else {}),
        )
    figure.update_layout(_layout(say("{name}, true", name=data.labels[-1]), say("predicted"), ends, target))
    return figure


def chances(marker: Array, runs: Sequence[Run]) -> go.Figure:
    """The share that a softmax of two logits and a third at -1000 gives each class: bars that move with each run."""
    figure = go.Figure()
    width = 0.8 / (1 + len(runs))
    for place, run in enumerate([Run(say("at the marker"), SOFT, marker[:, None], "dot"), *map(at_stops, runs)]):
        left = np.arange(3.0) - 0.4 + place * width
        moving = frames(np.array(shares(run.positions)).T, 1.0)
        outline = np.repeat(moving, 4, axis=1) * np.tile([0.0, 1.0, 1.0, 0.0], 3)
        edges = (left[:, None] + width * np.array([0.0, 0.0, 0.9, 0.9])).ravel()
        bar = _curve(edges, outline[-1], run.label, run.colour, "solid")
        plays = {"plays": True, "head": False, "frames": outline, **run.numbers} if place else {}
        figure.add_trace(bar.update(meta=bar.meta | plays, showlegend=not place))
    figure.update_layout(
        xaxis={
            "tickvals": [0, 1, 2],
            "ticktext": [say("class 1 (right)"), say("class {number}", number=2), say("class {number}", number=3)],
            "showgrid": False,
        },
        yaxis={"range": [0, 1.02], "gridcolor": RULES, "title": {"text": say("predicted share")}},
        margin={"l": 50, "r": 8, "t": ABOVE, "b": 28},
        hovermode="closest",
        legend=LEGEND,
        showlegend=True,
    )
    return figure


def factor_curve(values: Array, bound: Array | None, x: float) -> go.Figure:
    """The size of ∂hₖ/∂x at x after each neuron of a chain, on a logarithmic axis, and dashed what it cannot exceed."""
    depth = np.arange(1, values.size + 1)
    figure = go.Figure()
    for name, heights, style in (
        ("|∂hₖ/∂x|", values, {"color": INK, "width": 2}),
        (say("bound (|w|/4)ᵏ"), bound, {"color": SOFT, "width": 1.5, "dash": "dash"}),
    ):
        if heights is not None:
            figure.add_scatter(
                x=depth,
                y=np.where(np.abs(heights) > 0, np.abs(heights), np.nan),
                name=name,
                mode="lines+markers",
                line=style,
                hovertemplate=say("after neuron {number}: {size}", number="%{x}", size="%{y:.3g}")
                + "<extra>"
                + name
                + "</extra>",
                showlegend=False,
                meta={"dark": {"line": {"color": INK_DARK if name[0] == "|" else SOFT_DARK}}},
            )
    if bound is None:
        title = say("|∂hₖ/∂x| at x = {x}", x=short(x))
    else:
        title = say("|∂hₖ/∂x| at x = {x}, dashed: bound (|w|/4)ᵏ", x=short(x))
    figure.update_layout(
        title=title_at_the_left(title),
        xaxis={"gridcolor": RULES, "nticks": 6},
        yaxis={"type": "log", "exponentformat": "power", "minorloglabels": "none", "gridcolor": RULES, "nticks": 6},
        margin={"l": 54, "r": 8, "t": 26, "b": 24},
    )
    drawn = np.abs(np.concatenate([values, *([] if bound is None else [bound])]))
    known = drawn[np.isfinite(drawn) & (drawn > 0)]
    if known.size:
        figure.update_yaxes(logarithmic_ends(float(known.min()), float(known.max())))
    return figure


def thinned(values: Array) -> Array:
    """At most 2,000 of the values, evenly taken."""
    return values[:: max(1, -(-values.size // MOST))]


def _points(x: Array, y: Array) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        name=say("data"),
        marker={"color": INK, "size": 6 if x.size <= 200 else 4, "opacity": 0.8 if x.size <= 200 else 0.35},
        hovertemplate="(%{x:.4g}, %{y:.4g})<extra>" + say("data") + "</extra>",
        showlegend=False,
        meta={"dark": {"marker": {"color": INK_DARK}}},
    )


def _curve(x: Array, y: Array, label: str, colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=label,
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate=f"%{{y:.4g}}<extra>{label}</extra>",
        showlegend=False,
        meta={"dark": {"line": {"color": in_the_dark(colour)}}},
    )


def _layout(across: str, up: str, ends: Array, target: Array) -> go.Layout:
    room, room_x = 0.15 * (float(np.ptp(target)) or 2.0), 0.03 * float(np.ptp(ends))
    axis = {"gridcolor": RULES, "zeroline": False, "nticks": 6}
    return go.Layout(
        xaxis={**axis, "title": {"text": across}, "range": [float(ends[0] - room_x), float(ends[1] + room_x)]},
        yaxis={**axis, "title": {"text": up}, "range": [float(target.min() - room), float(target.max() + room)]},
        margin={"l": 56, "r": 8, "t": 8, "b": 44},
        hovermode="closest",
        dragmode="pan",
        showlegend=False,
    )
