"""A model, a loss and training data make a surface: what does it look like, and what do mini-batches do on it?"""

import streamlit as st

from pages.data_parts import batch, flat, model
from pages.data_parts.choices import PARTS, gone_to
from pages.data_parts.controls import batch_controls, problem_controls, race_controls, well_controls
from pages.data_parts.pictures import activations, normalisation, softmax, training_test
from pages.data_parts.state import HISTORY, choose, current, key, share
from pages.shared.controls import above
from pages.shared.state import plain
from words import say

SHOW = {
    "model": model.show,
    "batch": batch.show,
    "flat": flat.show,
    "training_test": training_test.show,
    "softmax": softmax.show,
    "activations": activations.show,
    "normalisation": normalisation.show,
}
RACES = {"model": race_controls, "batch": batch_controls}  # of the parts about the chosen model
OWN = {  # of those with a subject of their own
    "flat": well_controls,
    "training_test": training_test.controls,
    "softmax": softmax.controls,
    "activations": activations.controls,
    "normalisation": normalisation.controls,
}

embedded = st.context.is_embedded
if not embedded:
    with st.sidebar:
        OWN.get(current().part, problem_controls)()

choices = current()
formula = source = ""
if choices.part not in OWN:
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
    formula, source = "$L = " + landscape.latex.replace(r"\frac", r"\tfrac") + "$", landscape.source
if not embedded:
    if choices.part in RACES:
        with st.sidebar:
            RACES[choices.part]()
        choices = current()
    above(say("Data"), formula, source, HISTORY)
share()

widget = key("part")
st.session_state.setdefault(widget, choices.part)
st.segmented_control(
    say("Part"),
    PARTS,
    format_func=lambda part: say(PARTS[part]),
    key=widget,
    required=True,
    label_visibility="collapsed",
    on_change=lambda: choose(gone_to(current(), st.session_state[widget]), redraw=True),
)
SHOW[choices.part](choices, st.container())
