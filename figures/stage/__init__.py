"""The stage: shows any plotly figures side by side, plays what moves in them, and keeps zoom and camera."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from figures.stage.assets import revision, source, sources
from figures.stage.packing import Numbers, lift, pack
from figures.stage.panels import Panel, Point, Table, laid_out
from figures.stage.standalone import standalone

__all__ = ["Panel", "Shown", "Table", "revision", "source", "sources", "stage", "standalone"]

_HOME = f"{st.get_option('server.baseUrlPath').strip('/')}/fall-line/{revision()}".lstrip("/")
# Travels with every message: hence two lines that load the rest.
_LOADER = f"""const home = await import(new URL("/{_HOME}/stage.js", window.location.origin).href);
export default home."""
_stage = st.components.v2.component("fall_line_stage", js=f"{_LOADER}stage;\n", isolate_styles=False)
_cargo = st.components.v2.component("fall_line_cargo", js=f"{_LOADER}cargo;\n", isolate_styles=False)


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

    skeleton, light, loads = laid_out(panels, key=key, rows=rows, steps=steps, start=start, table=table, notes=notes)
    gone: dict[str, Numbers] = {}
    for name, load in loads.items():
        fresh = {array: values for array, values in load.items() if array not in gone}
        if fresh:
            _cargo(key=f"{key} {name}", data=pack(None, fresh))
        gone |= fresh
    message = pack(lift(skeleton, light), light, left_out=gone)
    return Shown(_point(_stage(key=key, data=message, on_start_change=moved)))


def _point(state: Any) -> Point | None:
    """The start in what the browser sent, where it is one: two finite numbers."""
    sent = state.get("start") if isinstance(state, Mapping) else None
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) < 2:
        return None
    x, y = sent[0], sent[1]
    whole = all(isinstance(c, int | float) and not isinstance(c, bool) and math.isfinite(c) for c in (x, y))
    return (float(x), float(y)) if whole else None
