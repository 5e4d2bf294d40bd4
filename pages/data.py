"""A model, a loss and training data make a surface: what does it look like, and what do mini-batches do on it?"""

from contextlib import nullcontext
from functools import partial

import streamlit as st

from pages.data_parts import batch, flat, model
from pages.data_parts.choices import PARTS, SCHEMA, DataChoices, gone_to
from pages.data_parts.compute import batch_runs, full_runs
from pages.data_parts.controls import batch_controls, problem_controls, race_controls, well_controls
from pages.data_parts.pictures import activations, normalisation, softmax, training_test
from pages.data_parts.state import HISTORY, PROBLEM, choose, current, key, share
from pages.shared.controls import above, field_control, in_size, where_they_end, which_rate
from pages.shared.parts import PICTURE, RUNS, first_part, group, part
from pages.shared.state import of_words, plain, run_names, when_moved
from rooms import Question
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


def formula_and_source(choices: DataChoices) -> tuple[str, str]:
    """The loss in letters and where it comes from.

    Nothing of a part with a subject of its own, nor of a loss that cannot be made, of which the page says why.
    """
    if choices.part in OWN:
        return "", ""
    try:
        landscape = choices.build()
    except ValueError:
        return "", ""
    return "$L = " + landscape.latex.replace(r"\frac", r"\tfrac") + "$", landscape.source


def questions(choices: DataChoices) -> list[Question]:
    """Where each run will end that is on the map, and what rate one would take."""
    if choices.part in OWN:
        return []
    if choices.part == "batch":
        runs = [(race.label, race.shown) for race in batch_runs(choices)]
    else:
        each = zip(run_names(choices.runs), full_runs(choices), choices.runs, strict=True)
        runs = [(name, race.shown) for name, race, run in each if not run.hidden]
    return [*where_they_end(runs, choices.build().domain, plays=True), which_rate()]


@first_part(HISTORY)
def top() -> None:
    """Name, formula if there is one, the way back and the link."""
    if not st.context.is_embedded:
        above(say("Data"), *formula_and_source(current()), HISTORY, questions=partial(questions, current()))
    share()


@group(PROBLEM, HISTORY)
def problem() -> None:
    """What is fitted, and to which data; or what a part with a subject of its own has of it."""
    OWN.get(current().part, problem_controls)()


@group(RUNS, HISTORY)
def race() -> None:
    """What runs on it, and which batches it meets."""
    if current().part in RACES:
        RACES[current().part]()
    field_control(HISTORY, "size", SCHEMA.fields["size"])


@part(PICTURE, HISTORY)
def show() -> None:
    """The part of the page that was chosen."""
    choices, widget = current(), of_words(key("part"))
    st.session_state.setdefault(widget, choices.part)
    st.segmented_control(
        say("Part"),
        PARTS,
        format_func=lambda part: say(PARTS[part]),
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=when_moved(widget, lambda: choose(gone_to(current(), st.session_state[widget]), redraw=True)),
    )
    SHOW[choices.part](choices, st.container())


top()
in_size(current().size)
with nullcontext() if st.context.is_embedded else st.sidebar:
    problem()
choices = current()
if choices.part not in OWN:
    try:
        choices.build()
    except ValueError as error:
        if choices.wanted is not None:
            st.info(plain(choices.wanted.sentence))
        else:
            st.error(plain(f"{str(error)[0].upper()}{str(error)[1:]}."))
        st.stop()
with nullcontext() if st.context.is_embedded else st.sidebar:
    race()
show()
