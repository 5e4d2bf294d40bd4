"""Where does every start end, and what does every pair of knobs do?"""

import streamlit as st

from pages.maps_parts import basins, knobs, one_knob, saddles
from pages.maps_parts.choices import MAPS, MOST_MAPPED
from pages.maps_parts.examples import cycles
from pages.maps_parts.save import save_map
from pages.shared.controls import (
    card,
    header,
    landscape_controls,
    number_field,
    page_parts,
    run_controls,
    view_controls,
    which_rate,
)
from pages.shared.parts import RUNS, first_part, group
from pages.shared.state import MOST_STEPS, Choices, begin, change, current, first_on_maps, key, of_words, when_moved
from words import say

SHOW = {"basins": basins.show, "knobs": knobs.show, "knob": one_knob.show, "saddles": saddles.show}
CONTROLS = {"knobs": knobs.knob_choice, "saddles": saddles.saddle_choice}


def mapped_controls(choices: Choices) -> None:
    """Which of the runs is mapped, or which two beside each other."""
    if len(choices.runs) < 2:
        return
    widget, names = of_words(key(f"mapped {len(choices.runs)}")), choices.names()
    st.session_state.setdefault(widget, [slot for slot in choices.mapped if slot < len(names)])

    def taken() -> None:
        picked = [slot for slot in st.session_state[widget] if slot not in choices.mapped]
        stayed = [slot for slot in choices.mapped if slot in st.session_state[widget]]
        change(mapped=tuple([*stayed, *picked][-MOST_MAPPED:]) or choices.mapped)
        st.session_state[widget] = list(current().mapped)

    st.pills(
        say("Mapped, two side by side"),
        range(len(names)),
        selection_mode="multi",
        format_func=names.__getitem__,
        key=widget,
        on_change=when_moved(widget, taken),
    )


@first_part()
def top() -> None:
    """Name, formula, the way back and the link."""
    header(say("Maps"), current().build(), questions=lambda: [which_rate()])


@group("landscape")
def landscape() -> None:
    """What is looked at."""
    landscape_controls()


@group(RUNS)
def runs() -> None:
    """A chip for each run."""
    run_controls(tune=None, shows=())


@group("map")
def mapped() -> None:
    """Which runs are mapped, over what, and for how many steps."""
    choices = current()
    if choices.map != "knob":
        mapped_controls(choices)
    if choices.map in CONTROLS:
        CONTROLS[choices.map](choices)
    number_field(say("Steps"), 1, MOST_STEPS, choices.steps, key("steps"), lambda n: change(steps=n))


@group("more")
def more() -> None:
    """How sharp and how large the map is, an example, and what can be saved."""
    with card(say("More"), "more", say("starts, view, examples, save")) as row:
        if row.open:
            view_controls("sharpness", "size")
            save_map(current())
            st.button(say("Gradient descent at 0.02: two minima become cycles"), on_click=cycles, width="stretch")


begin(first_on_maps(), ("map", "across", "up", "colour", "radius", "sharpness"))
top()
if not st.context.is_embedded:
    with st.sidebar:
        landscape()
        runs()
        mapped()
        more()
if len(MAPS) > 1:
    page_parts("map")
choices = current()
SHOW[choices.map](choices)
