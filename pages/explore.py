"""Several ways down one landscape: who arrives, who gets stuck, who leaves?

A control makes anew the parts of the page that depend on it: a learning rate the header, the picture and the chip of
its run; a start the card that says it; what opens or closes a card, that card.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import streamlit as st

from figures.stage import stage, viewed, visible
from pages.explore_parts.drawn import KEY, drawn
from pages.explore_parts.picture import NONE, Look, film, offline, still
from pages.explore_parts.questions import questions
from pages.explore_parts.race import raced
from pages.explore_parts.story_cards import mark_card, story_cards, story_of
from pages.shared.controls import (
    add_start,
    card,
    forget_the_class,
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
    starts_of_the_class,
    view_controls,
)
from pages.shared.parts import PICTURE, RACE, RUNS, first_part, group, only
from pages.shared.race import STARTS
from pages.shared.state import (
    HISTORY,
    STORIES,
    begin,
    came_without_choices,
    change,
    current,
    first_choices,
    for_the_visitor,
)
from words import say, say_n


@first_part()
def top() -> None:
    """Name, formula, the way back and the link, which are those of the choices that all of the page shows."""
    choices = current()
    story = story_of(choices)
    header(
        say("Explore"),
        choices.build(),
        lambda code: still(raced(choices), code),
        say(STORIES[story].sentence) if story else "",
        lambda: questions(raced(choices)),
    )
    if story:
        mark_card(story)


@st.fragment(key=PICTURE)
@for_the_visitor()
def show() -> None:
    """The picture: while the start is dragged it is made anew by itself, and what else shows it once it is let go.

    Till then the axes of the curves hold what they showed before too, so that they do not jump.
    """
    choices = current()
    axis_ranges = st.session_state["axis_ranges"] if HISTORY.transient() else NONE
    starts = starts_of_the_class(choices.where)
    seen = drawn(choices, axis_ranges, Look(visible(KEY, "map")), viewed(KEY, choices.zoom), starts)
    st.session_state["axis_ranges"] = seen.axis_ranges
    st.session_state["became"] = seen.became
    stage(
        seen.drawing,
        key=KEY,
        window=choices.zoom,
        title=f"fall-line-{choices.landscape}",
        heading=choices.build().name,
        opening=story_of(choices) or ("" if HISTORY.can_undo() else "link"),
        hint="" if HISTORY.can_undo() else invitation(len(choices.runs)),
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: and_rest(move_start, (x, y)),
        on_added=lambda x, y: and_rest(add_start, (x, y)),
        on_window=lambda window: and_rest(look_at, window),
        flood=say_n("{count} start", "{count} starts", len(starts) or STARTS),
        on_flood=lambda number: and_rest(flood_with, number),
    )
    if choices.flood and not st.context.is_embedded:
        st.page_link("maps.py", label=say("Open this run on Maps"), icon=":material/route:")


def invitation(runs: int) -> str:
    """What can be done with the picture, in a line on it."""
    return say("Same start, same slope. Drag the ring.") if runs > 1 else say("Drag the ring to start elsewhere.")


def flood_with(number: int) -> None:
    """Has 200 starts shown of one of the runs in view, counted from 1, which Maps shows too; of none with 0."""
    forget_the_class()
    shown = [slot for slot, run in enumerate(current().runs) if not run.hidden]
    if 0 < number <= len(shown):
        change(flood=shown[number - 1] + 1, mapped=(shown[number - 1],))
    else:
        change(flood=0)


def and_rest(act: Callable[[Any], None], given: Any) -> None:
    """Does what was asked for on the picture, and makes anew what shows it."""
    act(given)
    only(*RACE, "more")


@group("landscape")
def landscape() -> None:
    """What is looked at."""
    landscape_controls()


@group(RUNS)
def runs() -> None:
    """A chip for each run."""
    run_controls(became=lambda: st.session_state["became"])


@group("more")
def more() -> None:
    """Where the runs begin and how far they go, and everything that is seldom asked for."""
    choices = current()
    with card(say("Start and more"), "more", say("{start} · noise, view, save", start=start_in_words(choices))) as row:
        if not row.open:
            return
        start_controls()
        further_starts()
        noise_controls()
        with st.expander(say("View"), type="compact", key="view row", on_change="rerun") as view:
            if view.open:
                view_controls("height", "overlay", "axis", "curve", "order", "layout", "size")
        save(choices)
        with st.popover(say("Save the pictures"), width="stretch", on_change="rerun", key="pictures") as menu:
            if menu.open:
                save_pictures(choices, lambda: offline(raced(choices)), lambda progress: film(raced(choices), progress))


begin(first_choices())
HISTORY.follow("story")
bare = came_without_choices()  # before the address is written
with st.container(key="front"):
    top()
    story_cards(bare)  # which stand over the name, and come after it for those who go by keys
show()
with nullcontext() if st.context.is_embedded else st.sidebar:
    landscape()
    runs()
    more()
