"""One update of one or two runs: its arrows on the map, its formulas with numbers, and all memories over time."""

from collections.abc import Sequence

import streamlit as st

from figures.stage import stage
from pages.shared.controls import move_start, number_field
from pages.shared.parts import PICTURE, only
from pages.shared.state import Choices, Point, change, key
from pages.step_by_step_parts.apart import MAPS, OVER_TIME, Update, taken_apart
from words import say

ABREAST = 2  # runs beside each other


def show(choices: Choices) -> None:
    """Chooses runs and an update, and takes it apart."""
    names = choices.names()
    at = min(choices.update, choices.steps_taken)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        slots = chosen(names, [run.optimizer for run in choices.runs])
        step_controls(at, choices.steps_taken)
    seen = taken_apart(choices, at, slots)
    stage(
        seen.maps,
        key=MAPS,
        on_start=lambda x, y: and_rest((x, y)),
    )
    for sentence in seen.captions:
        st.caption(sentence)
    for column, update in zip(st.columns(len(slots)), seen.updates, strict=True):
        with column:
            one_update(update)
    for sentence in seen.remarks:
        st.info(sentence)
    stage(seen.over_time, key=OVER_TIME)


def and_rest(start: Point) -> None:
    """Takes a start that was chosen on the map, and makes anew what shows it."""
    move_start(start)
    only(PICTURE, "more")


def chosen(names: Sequence[str], optimizers: Sequence[str]) -> list[int]:
    """The runs that are looked at: one or two of them."""
    if len(names) <= ABREAST:
        return list(range(len(names)))
    widget = f"abreast {' '.join(optimizers)}"
    st.session_state[widget] = st.session_state.get(widget, [*range(ABREAST)])  # places stay when the names change
    picked = st.pills(
        say("Runs"),
        range(len(names)),
        format_func=lambda slot: names[slot],
        selection_mode="multi",
        key=widget,
        label_visibility="collapsed",
    )
    return sorted(picked)[:ABREAST] or [0]


def step_controls(at: int, steps: int) -> None:
    """Back, forward and a number: the update that is looked at, in the link too."""
    widget = key("update")

    def go(to: int) -> None:
        change(update=min(max(to, 1), steps))
        only(PICTURE)

    st.button(say("First"), on_click=go, args=(1,), shortcut="Home", disabled=at == 1)
    st.button(say("Back"), on_click=go, args=(at - 1,), shortcut="Left", disabled=at == 1)
    number_field(
        say("Update, 1 to {steps}", steps=f"{steps:,}"),
        1,
        steps,
        at,
        widget,
        go,
        width=96,
        label_visibility="collapsed",
    )
    st.button(say("Forward"), on_click=go, args=(at + 1,), shortcut="Right", disabled=at == steps)
    st.button(say("Last"), on_click=go, args=(steps,), shortcut="End", disabled=at == steps)


def one_update(update: Update) -> None:
    """The formulas and the table of one run."""
    st.markdown(update.name, help=update.about)
    if update.left:
        st.warning(update.left)
    for text in update.texts:
        st.markdown(text)
