"""What does a rule do with the gradient and with what it remembers, in one single update?"""

import streamlit as st

from pages.shared.controls import (
    header,
    landscape_controls,
    noise_controls,
    run_controls,
    save,
    share_controls,
    start_controls,
    view_controls,
)
from pages.shared.state import HISTORY, SHEETS, begin, change, current, first_choices, key
from pages.step_by_step_parts import tables, update
from words import say

SHOW = {"update": update.show, "tables": tables.show}

begin(first_choices())
if current().sheet == "update" and not st.context.is_embedded:  # the lecture's numbers are its own
    with st.sidebar:
        landscape_controls()
        run_controls()
        start_controls()
        noise_controls()
        view_controls("height", "size")
        save(current())

choices = current()
header(say("Step by step"), choices.build() if choices.sheet == "update" else None)

widget = key("sheet")
st.session_state.setdefault(widget, choices.sheet)
st.segmented_control(
    say("Sheet"),
    SHEETS,
    format_func=lambda sheet: say(SHEETS[sheet]),
    key=widget,
    required=True,
    label_visibility="collapsed",
    on_change=lambda: change(sheet=st.session_state[widget]),
)
SHOW[choices.sheet](choices)
if not st.context.is_embedded:
    with st.sidebar:
        share_controls(HISTORY)
