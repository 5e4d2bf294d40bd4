"""What the stage is given, and how it is laid out for the way to the browser."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.stage.packing import Numbers, lift, reference
from figures.stage.precision import is_line, is_row, tolerances
from figures.stage.sayings import called, sayings
from landscapes import Domain

MOVES = (*"xyz", "customdata", "meta")  # what of a trace that plays changes with its run
LINE = 100  # from so many numbers on, an array of a run travels with that run's others
MESH = 1000  # from so many numbers on, an array of a trace that does not play travels apart, and only when it changes
NUMBER = re.compile(r"[-−+–\d.,\s×eE^⁻⁰¹²³⁴-⁹%∞]*")
Point = tuple[float, float]
EXACT = np.zeros(1)  # the error of numbers that are sent to their last digit


@dataclass(frozen=True)
class Panel:
    """One picture: any plotly figure, and in words what it shows.

    A trace with `meta={"plays": True}` has one point for each step and is shown up to the present one, with a head
    unless `"head": False`; with `"lanes": N` it is N such lines of equal length, each ended by a gap; with
    `"frames"`, of shape (steps + 1, M), it is the line (x, frames[step]) instead, and with `"across"` of the same
    shape the line (across[step], frames[step]). With `"steps"` it has points, or frames, at these steps alone, which
    are ascending; every step at which playback stops is among them.
    A mesh with `meta={"moments": {"z": ...}, "steps": ...}`, of shape (K, rows, columns) and (K,), and with
    `"customdata"` where it has any, is at each step the one of the last of these steps.
    A layout with `meta={"cursor": True}` has steps along x and marks the present one. Where the upright axis has a
    range of its own, a move of the runs alone is drawn without Plotly, which is many times faster.
    A map of cells with `meta={"labels": names, "shades": n}` has names[z // n] as the text of every cell.
    `meta={"dark": {...}}` of a trace or a layout is laid over it on a dark page.
    """

    name: str
    figure: go.Figure
    alt: str
    width: float = 1.0  # share of its row
    called: str = ""  # where the name has no words of its own, and the figure no title


@dataclass(frozen=True)
class Table:
    """Rows of words under headings; a row begins with its run's colour."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    colours: Sequence[str] = ()
    caption: str = ""

    def numeric(self) -> list[bool]:
        """Which columns hold numbers alone."""
        cells = [[row[i] for row in self.rows] for i in range(len(self.columns))]
        return [i > 0 and bool(column) and all(map(NUMBER.fullmatch, column)) for i, column in enumerate(cells)]


def laid_out(
    panels: Sequence[Panel],
    *,
    key: str,
    rows: Sequence[Sequence[str]] | None,
    steps: int,
    every: int,
    start: Point | None,
    table: Table | None,
    notes: Sequence[str],
    views: Mapping[str, Sequence[Domain]] | None = None,
) -> tuple[dict[str, Any], dict[str, Numbers], dict[str, dict[str, Numbers]]]:
    """The skeleton of a message, the arrays that go with it, and those that travel apart, by load.

    Args:
        views: by panel, parts of it that were zoomed to; None where nobody can be asked again after a zoom, so that
            lines have to travel exactly.

    Raises:
        ValueError: there are sentences or a table, and no row of the layout shows them.
    """
    if rows and (table or notes) and not any("table" in row for row in rows):
        raise ValueError(f"the stage {key!r} has words under its pictures, so its rows need 'table', got {rows!r}")
    names = [panel.name for panel in panels]
    skeleton: dict[str, Any] = {
        "key": key,
        "rows": _with_bar(rows) if rows else [names, ["play"], ["table"]],
        "steps": steps,
        "every": every,
        "start": start,
        "table": table and {**asdict(table), "numeric": table.numeric()},
        "notes": notes,
        "panels": {},
    }
    words = sayings()
    if words:
        skeleton["words"] = words
    light: dict[str, Numbers] = {}
    loads: dict[str, dict[str, Numbers]] = {}
    figures = [_Figure(panel.figure) for panel in panels]
    errors = _errors(panels, figures, views)
    for panel, figure in zip(panels, figures, strict=True):
        skeleton["panels"][panel.name] = _packed(panel, figure, light, loads, errors)
    return skeleton, light, loads


def _with_bar(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows, with the one that plays and saves the pictures under the first where none does."""
    return rows if any("play" in row for row in rows) else [rows[0], ["play"], *rows[1:]]


class _Figure:
    """The options of a figure, as Plotly writes them: copies, made once."""

    def __init__(self, figure: go.Figure) -> None:
        self.traces = [trace.to_plotly_json() for trace in figure.data]
        self.layout = figure.layout.to_plotly_json()


def _errors(
    panels: Sequence[Panel], figures: Sequence[_Figure], views: Mapping[str, Sequence[Domain]] | None
) -> dict[bytes, Numbers]:
    """The largest error of each number in the lines, by what an array holds: panels that show the same one share it."""
    found: dict[bytes, Numbers] = {}
    if views is None:
        return found
    for panel, figure in zip(panels, figures, strict=True):
        for trace in figure.traces:
            for letter, error in tolerances(trace, figure.layout, views.get(panel.name, ())).items():
                name = _digest(trace[letter])
                found[name] = np.fmin(error, found.get(name, error))
    return found


def _packed(
    panel: Panel,
    figure: _Figure,
    light: dict[str, Numbers],
    loads: dict[str, dict[str, Numbers]],
    errors: Mapping[bytes, Numbers],
) -> dict[str, Any]:
    """The skeleton of a panel. The figure stays as it is; the page's theme takes the place of its template.

    What changes at different times travels apart: the panel's meshes, and the arrays of each run over all panels.
    Two signs tell the browser what it has to draw anew: the points of the runs, or all.
    """
    traces, points = [], []
    for trace in figure.traces:
        arrays: dict[str, Numbers] = {}
        rows = {letter: trace[letter] for letter in "xyz" if is_line(trace) and is_row(trace.get(letter))}
        line = {letter: reference(row, arrays, errors.get(_digest(row), EXACT)) for letter, row in rows.items()}
        traces.append(lift({key: value for key, value in trace.items() if key not in line}, arrays) | line)
        meta = trace.get("meta")
        plays = isinstance(meta, Mapping) and meta.get("plays")
        load = f"run {trace.get('name')}" if plays else f"panel {panel.name}"
        for name, values in arrays.items():
            apart = values.size >= (LINE if plays else MESH)
            (loads.setdefault(load, {}) if apart else light)[name] = values
        points.append([traces[-1].get(key) if plays else None for key in MOVES])
    layout = {key: value for key, value in figure.layout.items() if key != "template"}
    upright = layout.get("scene", {}).get("zaxis") or layout.get("yaxis", {})
    follow = "range" not in upright  # axes that follow the points are drawn anew with them
    rest = [
        {**trace, **(dict.fromkeys(MOVES) if any(moved) and not follow else {})}
        for trace, moved in zip(traces, points, strict=True)
    ]
    drawn = {"data": traces, "layout": lift(layout, light)}
    signs = {"points": _sign(points), "rest": _sign([rest, drawn["layout"]])}
    name = panel.called or called(panel.name, figure.layout.get("title", {}).get("text") or "")
    return {"alt": panel.alt, "called": name, "width": panel.width, **signs, **drawn}


def _digest(row: Numbers) -> bytes:
    """Tells by a few bytes which numbers an array holds."""
    return blake2b(np.ascontiguousarray(row).data, digest_size=8).digest()


def _sign(tree: Any) -> str:
    """Tells by a few letters whether something is what it was before."""
    return blake2b(json.dumps(tree, default=str).encode(), digest_size=6).hexdigest()
