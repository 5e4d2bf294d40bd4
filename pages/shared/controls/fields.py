"""A field for a number: what is typed is taken as it stands, or refused beside the field with what would do."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from landscapes import Knob
from pages.shared.state import exact, number_for, plain, shortened, when_moved
from words import say

TURNS = 8  # fields that take turns


def number_field(
    label: str,
    low: float | None,
    high: float | None,
    number: float,
    widget: str,
    taken: Callable[[Any], object],
    *,
    place: DeltaGenerator | None = None,
    format: str = "",
    **looks: Any,
) -> None:
    """Asks for a number from `low` to `high`; `taken` receives what was typed, and never an empty field.

    A browser's own number field reads 1e3 as 1 where a whole number is wanted, and moves what is too large to its
    limit without a word; so this one is a line of text.

    Args:
        number: what is chosen now; a whole one asks for a whole one.
        widget: begins the field's key. Where the number was changed elsewhere the field is a new one: a browser that
            has not seen that number yet sends the old one with whatever it asks, and nobody has typed it.
        format: how the chosen number is shown, as in %.4g; with all its digits if left out.
        looks: width, label_visibility and the like.
    """
    state, knob = st.session_state, _knob(label, low, high, number)
    shown = (format % number).replace("e+0", "e").replace("e-0", "e-").replace("-", "−") if format else exact(number)
    chosen, typed_here = state.get(_chosen(widget)), state.pop(_typed(widget), None)
    if chosen is not None and number not in (chosen[0], typed_here):
        state[_turn(widget)] = (state.get(_turn(widget), 0) + 1) % TURNS
    field = _field(widget)
    if field not in state or chosen != (number, shown):
        state[field] = shown
    state[_chosen(widget)] = number, shown
    text = state[field]
    refusal = ""
    if not text.strip():
        state[field] = shown
    elif text != shown:
        try:
            if number_for(knob, text, label) == number:
                state[field] = shown
        except ValueError as error:
            refusal = not_taken(text, error, number)

    def typed() -> None:
        if field != _field(widget):
            return
        with suppress(ValueError):  # the reason is said when the page is made anew
            new = number_in(widget)
            if new is not None and new != number:
                value = number_for(knob, state[field], label)
                state[_typed(widget)] = value
                taken(int(value) if isinstance(number, int) else value)

    (place or st).text_input(label, key=field, on_change=when_moved(field, typed), **looks)
    if refusal:
        (place or st).error(plain(refusal))


def not_taken(text: str, reason: ValueError, number: float) -> str:
    """What is said beside a field of a text that was refused."""
    return say(
        "“{text}” was not taken: {reason}. {number} stays.", text=shortened(text), reason=reason, number=exact(number)
    )


def number_in(widget: str) -> float | None:
    """The number in a field: the chosen one, to its last digit, until another is typed; None where that is none."""
    number, shown = st.session_state[_chosen(widget)]
    text = st.session_state[_field(widget)]
    if text == shown or not text.strip():
        return float(number)
    with suppress(ValueError):
        return number_for(_knob("", None, None, float(number)), text, "")
    return None


def _knob(label: str, low: float | None, high: float | None, number: float) -> Knob:
    """What may be typed."""
    least, most = -np.inf if low is None else low, np.inf if high is None else high
    return Knob(label, least, most, default=number, integer=isinstance(number, int), least=least, most=most)


def _field(widget: str) -> str:
    """The key of the field that is shown now."""
    return f"{widget} {st.session_state.get(_turn(widget), 0)}"


def _chosen(widget: str) -> str:
    return f"{widget} chosen"


def _typed(widget: str) -> str:
    return f"{widget} typed here"


def _turn(widget: str) -> str:
    return f"{widget} turn"
