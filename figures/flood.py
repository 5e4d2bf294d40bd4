"""Many starts on the map at once, coloured by where each of them ends."""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.theme import CLEAR, INK, INK_DARK, RUN_COLOURS, SOFT, SYMBOLS
from figures.thinning import Steps
from landscapes import Array
from optimizers import Verdict
from words import coordinates, listed_apart, mark, say, say_n

HUES = RUN_COLOURS[:7]  # of the ends that most come to; black is none
MOVING, DIVERGED = SOFT, INK
GOLDEN = 0.6180339887498949  # of a turn from one hue to the next: no two are near for long
SAME = 1e-4  # of what all ends cover: places that are nearer are one
ZERO = 1e-9  # a coordinate that is smaller is written as 0
PLACED = ("minimum", "saddle", "maximum")  # kinds whose ends are told apart by place
ELSEWHERE = {"cycle": mark("in a cycle"), "moving": mark("still moving"), "diverged": mark("diverged")}


@dataclass(frozen=True)
class End:
    """What some of the starts came to."""

    kind: str
    name: str  # as people read it
    place: str  # where that is, in digits; empty where it is no place
    colour: str
    starts: tuple[int, ...]  # their numbers

    @property
    def counted(self) -> str:
        """Its name and how many came to it."""
        return say("{end}: {count}", end=self.name, count=len(self.starts))


def ends(verdicts: Sequence[Verdict]) -> list[End]:
    """The ends by how many came to each, each with a hue of its own; behind them what moves, and what diverged.

    Minima, saddles and maxima are told apart by their places, all others by their kinds.
    """
    places = np.array([verdict.position for verdict in verdicts if verdict.kind in PLACED and not verdict.nature])
    near = SAME * max(float(np.ptp(places, axis=0).max()), 1e-3) if places.size else 0.0
    found: list[tuple[Verdict, list[int]]] = []
    for number, verdict in enumerate(verdicts):
        for first, starts in found:
            if belongs(verdict, first, near):
                starts.append(number)
                break
        else:
            found.append((verdict, [number]))
    found.sort(key=lambda end: (end[0].kind == "diverged", end[0].kind == "moving", -len(end[1])))
    colours = {"moving": MOVING, "diverged": DIVERGED}
    return [
        End(first.kind, named(first), placed(first), colours.get(first.kind, hue(i)), tuple(starts))
        for i, (first, starts) in enumerate(found)
    ]


def belongs(verdict: Verdict, first: Verdict, near: float) -> bool:
    """Whether two starts came to the same."""
    if verdict.name != first.name:
        return False
    return (
        verdict.kind not in PLACED
        or bool(verdict.nature)
        or bool(np.hypot(*(verdict.position - first.position)) <= near)
    )


def placed(verdict: Verdict) -> str:
    """Where an end is, in digits; empty where it is told by its name alone."""
    return coordinates(verdict.position, zero=ZERO) if verdict.kind in PLACED and not verdict.nature else ""


def named(verdict: Verdict) -> str:
    """An end as people read it."""
    place = coordinates(verdict.position, zero=ZERO)
    match verdict.kind if not verdict.nature else "":
        case "minimum":
            return say("minimum {place}", place=place)
        case "saddle":
            return say("saddle {place}", place=place)
        case "maximum":
            return say("maximum {place}", place=place)
    return say(ELSEWHERE[verdict.kind]) if verdict.kind in ELSEWHERE else verdict.name


def hue(number: int) -> str:
    """A colour that no other end has."""
    if number < len(HUES):
        return HUES[number]
    parts = colorsys.hls_to_rgb(number * GOLDEN % 1, 0.45, 0.65)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def balls(run: str, positions: Array, steps: Steps, found: Sequence[End]) -> list[dict[str, Any]]:
    """What the stage moves, which Plotly does not draw, and a legend of the ends that most came to.

    Args:
        run: its name.
        positions: shape (2, K, N), at these steps.
    """
    which = np.zeros(positions.shape[2], dtype=np.int64)
    for number, end in enumerate(found):
        which[list(end.starts)] = number
    x, y = np.moveaxis(positions, 2, 1).reshape(2, -1)
    colours = [end.colour if end.kind != "diverged" else "" for end in found]
    meta = {"plays": True, "head": False, "flood": run, "steps": steps, "which": which, "colours": colours}
    moved = {"type": "scatter", "x": x, "y": y, "visible": False, "name": "flood", "meta": meta}
    return [moved, *(entry(end) for end in listed(found)[0])]


def legend(figure: go.Figure) -> None:
    """Puts the legend of the ends above the map, which it does not cover."""
    figure.update_layout(
        legend={
            **{"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom", "bgcolor": CLEAR},
            **{"itemclick": False, "itemdoubleclick": False, "font": {"size": 11}},
        }
    )
    dark = figure.layout.meta["dark"] | {"legend": {"font": {"color": INK_DARK}}}
    figure.layout.meta = figure.layout.meta | {"dark": dark}


def listed(found: Sequence[End]) -> tuple[list[End], list[End]]:
    """The ends that are named one by one, and those that are only counted."""
    placed = [end for end in found if end.kind in PLACED]
    others = placed[len(HUES) :]
    return [end for end in found if end not in others], others


def entry(end: End) -> dict[str, Any]:
    """A line of the legend, short enough for two to stand side by side: a place has the symbol of its kind."""
    symbol = SYMBOLS[end.kind] if end.place else "x" if end.kind == "diverged" else "circle"
    name = say("{end}: {count}", end=end.place or end.name, count=len(end.starts))
    marker = {"color": end.colour, "size": 9, "symbol": symbol}
    look = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "showlegend": True}
    return {**look, "x": [None], "y": [None], "name": name, "marker": marker, "meta": {"ends": True}}


def counted(run: str, steps: int, found: Sequence[End]) -> str:
    """How many starts of a run ended where, in a sentence."""
    named_ends, others = listed(found)
    parts = [end.counted for end in named_ends]
    if others:
        starts = sum(len(end.starts) for end in others)
        parts.append(
            say_n("at {count} other place: {starts}", "at {count} other places: {starts}", len(others), starts=starts)
        )
    count = sum(len(end.starts) for end in found)
    return say_n(
        "{run} from {starts} starts over the map, {count} step each, by where they end: {ends}.",
        "{run} from {starts} starts over the map, {count} steps each, by where they end: {ends}.",
        steps,
        run=run,
        starts=count,
        ends=listed_apart(parts),
    )
