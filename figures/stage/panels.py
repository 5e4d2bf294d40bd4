"""What the stage is given, and how it is laid out for the way to the browser."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

import plotly.graph_objects as go

from figures.stage.packing import Numbers, lift

LINE = 100  # from so many numbers on, an array of a run travels with that run's others
MESH = 1000  # from so many numbers on, an array of a trace that does not play travels apart, and only when it changes
NUMBER = re.compile(r"[-−+–\d.,\s×eE^⁻⁰¹²³⁴-⁹%∞]*")
Point = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """One picture: any plotly figure, and in words what it shows.

    A trace with `meta={"plays": True}` has one point for each step and is shown up to the present one, with a head
    unless `"head": False`; with `"lanes": N` it is N such lines of equal length, each ended by a gap; with
    `"frames"`, of shape (steps + 1, M), it is the line (x, frames[step]) instead.
    A layout with `meta={"cursor": True}` has steps along x and marks the present one. Where the upright axis has a
    range of its own, a move of the runs alone is drawn without Plotly, which is many times faster.
    `meta={"dark": {...}}` of a trace or a layout is laid over it on a dark page.
    """

    name: str
    figure: go.Figure
    alt: str
    width: float = 1.0  # share of its row


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
    start: Point | None,
    table: Table | None,
    notes: Sequence[str],
) -> tuple[dict[str, Any], dict[str, Numbers], dict[str, dict[str, Numbers]]]:
    """The skeleton of a message, the arrays that go with it, and those that travel apart, by load."""
    names = [panel.name for panel in panels]
    skeleton: dict[str, Any] = {
        "key": key,
        "rows": rows or [names, ["play"], ["table"]],
        "steps": steps,
        "start": start,
        "table": table and {**asdict(table), "numeric": table.numeric()},
        "notes": notes,
        "panels": {},
    }
    light: dict[str, Numbers] = {}
    loads: dict[str, dict[str, Numbers]] = {}
    for panel in panels:
        skeleton["panels"][panel.name] = _figure(panel, light, loads)
    return skeleton, light, loads


def _figure(panel: Panel, light: dict[str, Numbers], loads: dict[str, dict[str, Numbers]]) -> dict[str, Any]:
    """The skeleton of a panel. The figure stays as it is; the page's theme takes the place of its template.

    What changes at different times travels apart: the panel's meshes, and the arrays of each run over all panels.
    Two signs tell the browser what it has to draw anew: the points of the runs, or all.
    """
    traces, points = [], []
    for trace in panel.figure.data:
        arrays: dict[str, Numbers] = {}
        traces.append(lift(trace.to_plotly_json(), arrays))
        plays = isinstance(trace.meta, Mapping) and trace.meta.get("plays")
        load = f"run {trace.name}" if plays else f"panel {panel.name}"
        for name, values in arrays.items():
            apart = values.size >= (LINE if plays else MESH)
            (loads.setdefault(load, {}) if apart else light)[name] = values
        points.append([traces[-1].get(key) if plays else None for key in (*"xyz", "meta")])
    layout = panel.figure.layout.to_plotly_json()
    layout.pop("template", None)
    figure = {"data": traces, "layout": lift(layout, light)}
    upright = layout.get("scene", {}).get("zaxis") or layout.get("yaxis", {})
    follow = "range" not in upright  # axes that follow the points are drawn anew with them
    rest = [
        {**trace, **({key: None for key in (*"xyz", "meta")} if any(moved) and not follow else {})}
        for trace, moved in zip(traces, points, strict=True)
    ]
    signs = {"points": _sign(points), "rest": _sign([rest, figure["layout"]])}
    return {"alt": panel.alt, "width": panel.width, **signs, **figure}


def _sign(tree: Any) -> str:
    """Tells by a few letters whether something is what it was before."""
    return blake2b(json.dumps(tree, default=str).encode(), digest_size=6).hexdigest()
