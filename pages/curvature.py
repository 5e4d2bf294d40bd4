"""How does the surface bend, and what follows for critical points and for the steps of a run?"""

import streamlit as st

from pages.curvature_parts import along, chord, escape, maps, model, points, turn
from pages.curvature_parts.view import view_of
from pages.shared.controls import (
    go_to,
    header,
    landscape_controls,
    page_parts,
    run_controls,
    start_controls,
    view_controls,
    which_rate,
)
from pages.shared.parts import PICTURE, RUNS, first_part, group, part
from pages.shared.state import begin, change, current, first_on_curvature
from words import say

SHOW = {
    "points": points.show,
    "model": model.show,
    "escape": escape.show,
    "turn": turn.show,
    "chord": chord.show,
    "maps": maps.show,
    "run": along.show,
}


def worked_example() -> None:
    """The lecture's example: its saddle at the origin, with the way down from it."""
    go_to("two_weight_network")
    change(part="escape", point=(0.0, 0.0))


@first_part()
def top() -> None:
    """Name, formula, the way back and the link."""
    header(say("Curvature"), current().build(), questions=lambda: [which_rate()])


@part(PICTURE)
def show() -> None:
    """The part of the page that was chosen."""
    choices = current()
    SHOW[choices.part](view_of(choices))


@group("landscape")
def landscape() -> None:
    """What is looked at."""
    landscape_controls()
    st.button(say("Worked example: {formula}", formula="(1 − w₁w₂)²"), on_click=worked_example, width="stretch")


@group(RUNS)
def runs() -> None:
    """A chip for each run."""
    run_controls()


@group("more")
def more() -> None:
    """Where the runs begin and how far they go, where there are any, and how things are drawn."""
    if current().part == "run":
        start_controls()
    view_controls("height", "size")


begin(first_on_curvature())
top()
page_parts("part")
show()
if not st.context.is_embedded:
    with st.sidebar:
        landscape()
        if current().part == "run":
            runs()
        more()
