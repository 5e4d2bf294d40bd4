"""What does a rule do with the gradient and with what it remembers, in one single update?"""

import streamlit as st

from pages.shared.controls import (
    header,
    landscape_controls,
    noise_controls,
    page_parts,
    run_controls,
    save,
    start_controls,
    view_controls,
)
from pages.shared.state import begin, current, first_choices
from pages.step_by_step_parts import memory, tables, timeline, update, warm_up
from words import say

SHOW = {
    "update": update.show,
    "tables": tables.show,
    "memory": memory.show,
    "timeline": timeline.show,
    "warm_up": warm_up.show,
}

begin(first_choices())
if current().sheet == "update" and not st.context.is_embedded:  # the others have numbers of their own
    with st.sidebar:
        landscape_controls()
        run_controls()
        start_controls()
        noise_controls()
        view_controls("height", "size")
        save(current())

choices = current()
header(say("Step by step"), choices.build() if choices.sheet == "update" else None)

page_parts("sheet")
SHOW[choices.sheet](choices)
