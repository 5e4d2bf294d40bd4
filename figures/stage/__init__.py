"""The stage: shows any plotly figures side by side, plays what moves in them, and keeps zoom and camera."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from figures.stage.assets import asset, revision
from figures.stage.packing import Numbers, lift, pack

__all__ = ["Panel", "Shown", "Table", "asset", "revision", "stage"]

LINE = 100  # from so many numbers on, an array of a run travels with that run's others
MESH = 1000  # from so many numbers on, an array of a trace that does not play travels apart, and only when it changes
Point = tuple[float, float]

_HOME = f"{st.get_option('server.baseUrlPath').strip('/')}/fall-line/{revision()}".lstrip("/")
# Travels with every message: hence two lines that load the rest.
_LOADER = f"""const home = await import(new URL("/{_HOME}/stage.js", window.location.origin).href);
export default home."""
_stage = st.components.v2.component("fall_line_stage", js=f"{_LOADER}stage;\n", isolate_styles=False)
_cargo = st.components.v2.component("fall_line_cargo", js=f"{_LOADER}cargo;\n", isolate_styles=False)


@dataclass(frozen=True)
class Panel:
    """One picture: any plotly figure, and in words what it shows.

    A trace with `meta={"plays": True}` has one point for each step and is shown up to the present one, with a head
    unless `"head": False`. A layout with `meta={"cursor": True}` has steps along x and marks the present one.
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


@dataclass(frozen=True)
class Shown:
    """What the person at the stage asked for."""

    start: Point | None  # where the start was put last; None as long as nobody moved it


def stage(
    panels: Sequence[Panel],
    *,
    key: str,
    rows: Sequence[Sequence[str]] | None = None,
    steps: int = 0,
    start: Point | None = None,
    table: Table | None = None,
    notes: Sequence[str] = (),
    on_start: Callable[[float, float], None] | None = None,
) -> Shown:
    """Shows the panels and, under them, the bar that plays their steps.

    Args:
        rows: names of panels, row by row, with "play" and "table" among them; those above "play" are the tall ones.
        steps: length of what plays; with 0 there is no bar.
        start: an open ring on the panel "map", which a click on the map, a drag or the arrow keys move.
        notes: sentences under the table.
        on_start: called with the new start before the script runs again.
    """

    def moved() -> None:
        point = _point(st.session_state.get(key))
        if on_start is not None and point is not None:
            on_start(*point)

    names = [panel.name for panel in panels]
    skeleton: dict[str, Any] = {
        "key": key,
        "rows": rows or [names, ["play"], ["table"]],
        "steps": steps,
        "start": start,
        "table": table and asdict(table),
        "notes": notes,
        "panels": {},
    }
    light: dict[str, Numbers] = {}
    loads: dict[str, dict[str, Numbers]] = {}
    for panel in panels:
        skeleton["panels"][panel.name] = _figure(panel, light, loads)
    gone: dict[str, Numbers] = {}
    for name, load in loads.items():
        fresh = {array: values for array, values in load.items() if array not in gone}
        if fresh:
            _cargo(key=f"{key} {name}", data=pack(None, fresh))
        gone |= fresh
    message = pack(lift(skeleton, light), light, left_out=gone)
    return Shown(_point(_stage(key=key, data=message, on_start_change=moved)))


def _figure(panel: Panel, light: dict[str, Numbers], loads: dict[str, dict[str, Numbers]]) -> dict[str, Any]:
    """The skeleton of a panel. The figure stays as it is; the page's theme takes the place of its template.

    What changes at different times travels apart: the panel's meshes, and the arrays of each run over all panels.
    """
    traces = []
    for trace in panel.figure.data:
        arrays: dict[str, Numbers] = {}
        traces.append(lift(trace.to_plotly_json(), arrays))
        plays = isinstance(trace.meta, Mapping) and trace.meta.get("plays")
        load = f"run {trace.name}" if plays else f"panel {panel.name}"
        for name, values in arrays.items():
            apart = values.size >= (LINE if plays else MESH)
            (loads.setdefault(load, {}) if apart else light)[name] = values
    layout = panel.figure.layout.to_plotly_json()
    layout.pop("template", None)
    return {"alt": panel.alt, "width": panel.width, "data": traces, "layout": lift(layout, light)}


def _point(state: Any) -> Point | None:
    """The start in what the browser sent, where it is one: two finite numbers."""
    sent = state.get("start") if isinstance(state, Mapping) else None
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) < 2:
        return None
    x, y = sent[0], sent[1]
    whole = all(isinstance(c, int | float) and not isinstance(c, bool) and math.isfinite(c) for c in (x, y))
    return (float(x), float(y)) if whole else None
