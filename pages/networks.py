"""What does the loss of a real network look like, and where does training go on it?"""

import streamlit as st

from pages.networks_parts import depth, many_dimensions, model_bias, own_grid, path, slice, spectrum, two_minima
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.state import HISTORY, current, share
from pages.shared.controls import above, field_control, in_size, page_parts
from pages.shared.parts import RUNS, first_part, group
from words import say

SHOW = {
    "two_minima": two_minima.show,
    "slice": slice.show,
    "path": path.show,
    "spectrum": spectrum.show,
    "many_dimensions": many_dimensions.show,
    "model_bias": model_bias.show,
    "depth": depth.show,
    "own_grid": own_grid.show,
}
CONTROLS = {
    "two_minima": two_minima.controls,
    "slice": slice.controls,
    "path": path.controls,
    "spectrum": spectrum.controls,
    "many_dimensions": many_dimensions.controls,
    "model_bias": model_bias.controls,
    "depth": depth.controls,
    "own_grid": own_grid.controls,
}


@first_part(HISTORY)
def top() -> None:
    """Name, the way back and the link."""
    if not st.context.is_embedded:
        above(say("Networks"), "", "", HISTORY)
    share()


@group(RUNS, HISTORY)
def controls() -> None:
    """What is trained, and what is looked at of it."""
    CONTROLS[current().part]()
    field_control(HISTORY, "size", SCHEMA.fields["size"])


top()
if not st.context.is_embedded:
    with st.sidebar:
        controls()
in_size(current().size)
page_parts("part", HISTORY, SCHEMA)
choices = current()
SHOW[choices.part](choices)
