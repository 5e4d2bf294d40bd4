"""What does the loss of a real network look like, and where does training go on it?"""

import streamlit as st

from pages.networks_parts import many_dimensions, own_grid, path, slice, spectrum, two_minima
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.state import HISTORY, current, share
from pages.shared.controls import above, page_parts
from pages.shared.parts import RUNS, first_part, group
from words import say

SHOW = {
    "two_minima": two_minima.show,
    "slice": slice.show,
    "path": path.show,
    "spectrum": spectrum.show,
    "many_dimensions": many_dimensions.show,
    "own_grid": own_grid.show,
}
CONTROLS = {
    "two_minima": two_minima.controls,
    "slice": slice.controls,
    "path": path.controls,
    "spectrum": spectrum.controls,
    "many_dimensions": many_dimensions.controls,
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


top()
if not st.context.is_embedded:
    with st.sidebar:
        controls()
page_parts("part", HISTORY, SCHEMA)
choices = current()
SHOW[choices.part](choices)
