"""Whether the gradients of a run are clipped, by what, and at which limit."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from optimizers import CLIPPING_RULES, LIMIT, Clipping
from pages.shared.controls.controls import knob_label, knob_slider
from pages.shared.state import RunChoice, key, of_words, when_moved
from words import mark, paragraph, say

NONE = "none"
UNCLIPPED = mark("As they are")


def clipping_controls(run: RunChoice, name: str, put: Callable[[RunChoice], None], owner: str = "") -> None:
    """A short list, and where gradients are clipped the limit; `put` receives the run with another choice."""
    widget = of_words(key(f"{name} clipping"))
    st.session_state[widget] = run.clipping.by if run.clipping else NONE

    def chosen() -> None:
        by = st.session_state[widget]
        limit = run.clipping.limit if run.clipping else LIMIT.default
        put(replace(run, clipping=None if by == NONE else Clipping(by, limit)))

    st.selectbox(
        say("Gradients"),
        [NONE, *CLIPPING_RULES],
        format_func=lambda by: say(UNCLIPPED) if by == NONE else say(CLIPPING_RULES[by].name),
        key=widget,
        help=paragraph(*(say(rule.about) for rule in CLIPPING_RULES.values())),
        on_change=when_moved(widget, chosen),
    )
    if run.clipping is not None:
        by = run.clipping.by
        knob_slider(
            LIMIT,
            knob_label(LIMIT),
            run.clipping.limit,
            f"{name} clipping limit",
            lambda value: put(replace(run, clipping=Clipping(by, value))),
            owner=owner,
        )
