"""A model, a loss and training data make a surface: what does it look like, and what do mini-batches do on it?"""

import streamlit as st

from pages.data_parts import batch, flat, model
from pages.data_parts.choices import PARTS, gone_to
from pages.data_parts.controls import batch_controls, problem_controls, race_controls, well_controls
from pages.data_parts.state import HISTORY, choose, current, key, share
from pages.shared.controls import above
from pages.shared.state import plain
from words import say

SHOW = {"model": model.show, "batch": batch.show, "flat": flat.show}

embedded = st.context.is_embedded
if not embedded:
    with st.sidebar:
        if current().part == "flat":
            well_controls()
        else:
            problem_controls()

choices = current()
try:
    landscape = choices.build()
except ValueError as error:
    if not embedded:
        above(say("Data"), "", "", HISTORY)
    share()
    if choices.wanted is not None:
        st.info(plain(choices.wanted.sentence))
    else:
        st.error(plain(f"{str(error)[0].upper()}{str(error)[1:]}."))
    st.stop()
if not embedded:
    with st.sidebar:
        if choices.part == "model":
            race_controls()
        elif choices.part == "batch":
            batch_controls()
    choices = current()
    formula = "$L = " + landscape.latex.replace(r"\frac", r"\tfrac") + "$"
    above(say("Data"), "" if choices.part == "flat" else formula, landscape.source, HISTORY)
share()

widget = key("part")
st.session_state.setdefault(widget, choices.part)
parts, aside = st.columns([1, 1], vertical_alignment="bottom")
parts.segmented_control(
    say("Part"),
    PARTS,
    format_func=lambda part: say(PARTS[part]),
    key=widget,
    required=True,
    label_visibility="collapsed",
    on_change=lambda: choose(gone_to(current(), st.session_state[widget]), redraw=True),
)
SHOW[choices.part](choices, aside)
