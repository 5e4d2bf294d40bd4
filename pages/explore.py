"""Several ways down one landscape: who arrives, who gets stuck, who leaves?"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from figures.stage import stage, visible
from pages.explore_parts.picture import NONE, Look, film, offline, picture, still
from pages.explore_parts.race import raced
from pages.shared.controls import (
    add_start,
    further_starts,
    header,
    landscape_controls,
    look_at,
    move_start,
    noise_controls,
    run_controls,
    save,
    save_pictures,
    share_controls,
    start_controls,
    view_controls,
)
from pages.shared.race import STARTS
from pages.shared.state import HISTORY, begin, change, current, first_choices, for_the_visitor
from words import say


@st.fragment
@for_the_visitor()
def show() -> None:
    """The picture: while the start is dragged it is made anew by itself, and the rest of the page once it is let go.

    Till then the axes of the curves hold what they showed before too, so that they do not jump.
    """
    choices = current()
    axis_ranges = st.session_state["axis_ranges"] if HISTORY.transient() else NONE
    seen = picture(raced(choices), axis_ranges, Look(visible("stage", "map")))
    st.session_state["axis_ranges"] = seen.axis_ranges
    stage(
        seen.panels,
        key="stage",
        start=choices.start,
        window=choices.zoom,
        title=f"fall-line-{choices.landscape}",
        heading=choices.build().name,
        opening="" if HISTORY.can_undo() else "link",
        hint="" if HISTORY.can_undo() else invitation(len(choices.runs)),
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: whole(move_start, (x, y)),
        on_added=lambda x, y: whole(add_start, (x, y)),
        on_window=lambda window: whole(look_at, window),
        flood=say("{count} starts", count=STARTS),
        on_flood=lambda number: whole(flood_with, number),
        **seen.around,
    )


def invitation(runs: int) -> str:
    """What can be done with the picture, in a line on it."""
    return say("Same start, same slope. Drag the ring.") if runs > 1 else say("Drag the ring to start elsewhere.")


def flood_with(number: int) -> None:
    """Has 200 starts shown of one of the runs in view, counted from 1; of none with 0."""
    shown = [slot for slot, run in enumerate(current().runs) if not run.hidden]
    change(flood=shown[number - 1] + 1 if 0 < number <= len(shown) else 0)


def whole(act: Callable[[Any], None], given: Any) -> None:
    """Does what was asked for on the picture, and makes the whole page anew."""
    act(given)
    st.rerun()


begin(first_choices())
choices = current()
header(say("Explore"), choices.build())
show()
if not st.context.is_embedded:
    with st.sidebar:
        landscape_controls()
        run_controls()
        start_controls()
        further_starts()
        noise_controls()
        view_controls("height", "overlay", "axis", "curve", "order", "layout", "size")
        save(choices)
        share_controls(HISTORY, lambda code: still(raced(choices), code))
    with st.sidebar, st.popover(say("Save the pictures"), width="stretch", on_change="rerun", key="pictures") as menu:
        if menu.open:
            save_pictures(choices, lambda: offline(raced(choices)), lambda progress: film(raced(choices), progress))
