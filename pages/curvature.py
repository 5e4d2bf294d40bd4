"""How does the surface bend, and what follows for critical points and for the steps of a run?"""

import streamlit as st

from pages.curvature_parts import along, chord, escape, maps, model, points, turn
from pages.curvature_parts.view import View
from pages.shared.controls import (
    go_to,
    header,
    landscape_controls,
    page_parts,
    run_controls,
    start_controls,
    view_controls,
)
from pages.shared.race import critical_points, scale
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


begin(first_on_curvature())
if not st.context.is_embedded:
    with st.sidebar:
        landscape_controls()
        st.button(say("Worked example: {formula}", formula="(1 − w₁w₂)²"), on_click=worked_example, width="stretch")
        if current().part == "run":
            run_controls()
            start_controls()
        view_controls("height")

choices = current()
landscape = choices.build()
header(say("Curvature"), landscape)

page_parts("part")
SHOW[choices.part](View(choices, landscape, critical_points(choices.where), scale(choices.where, choices.height)))
