"""Several ways down one landscape: who arrives, who gets stuck, who leaves?"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from figures.stage import stage, visible
from pages.explore_parts.picture import NONE, Look, film, offline, picture, still
from pages.explore_parts.race import Race, raced
from pages.shared.controls import (
    add_start,
    card,
    further_starts,
    header,
    landscape_controls,
    look_at,
    move_start,
    noise_controls,
    run_controls,
    save,
    save_pictures,
    start_controls,
    start_in_words,
    view_controls,
)
from pages.shared.race import in_a_word
from pages.shared.state import HISTORY, begin, current, first_choices, for_the_visitor
from words import say


@st.fragment
@for_the_visitor()
def show() -> Race:
    """The picture, of the race that is returned.

    While the start is dragged it is made anew by itself, and the rest of the page once it is let go. Till
    then the axes of the curves hold what they showed before too, so that they do not jump.
    """
    choices = current()
    axis_ranges = st.session_state["axis_ranges"] if HISTORY.transient() else NONE
    race = raced(choices)
    seen = picture(race, axis_ranges, Look(visible("stage", "map")))
    st.session_state["axis_ranges"] = seen.axis_ranges
    stage(
        seen.panels,
        key="stage",
        start=choices.start,
        window=choices.zoom,
        title=f"fall-line-{choices.landscape}",
        heading=choices.build().name,
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: whole(move_start, (x, y)),
        on_added=lambda x, y: whole(add_start, (x, y)),
        on_window=lambda window: whole(look_at, window),
        **seen.around,
    )
    return race


def whole(act: Callable[[Any], None], given: Any) -> None:
    """Does what was asked for on the picture, and makes the whole page anew."""
    act(given)
    st.rerun()


begin(first_choices())
choices = current()
header(say("Explore"), choices.build(), lambda code: still(raced(choices), code))
race = show()
if not st.context.is_embedded:
    with st.sidebar:
        landscape_controls()
        run_controls(became=in_a_word(race.entries))
        with card(say("Start and steps"), "start card", start_in_words(choices)) as row:
            if row.open:
                start_controls()
                further_starts()
        with card(say("More"), "more", say("noise, view, save")) as row:
            if row.open:
                noise_controls()
                with st.expander(say("View"), type="compact", key="view row", on_change="rerun") as view:
                    if view.open:
                        view_controls("height", "overlay", "axis", "curve", "order", "layout", "size")
                save(choices)
                with st.popover(say("Save the pictures"), width="stretch", on_change="rerun", key="pictures") as menu:
                    if menu.open:
                        save_pictures(
                            choices,
                            lambda: offline(raced(choices)),
                            lambda progress: film(raced(choices), progress),
                        )
