"""A field for a number: emptied, it shows again what was chosen."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def number_field(
    label: str,
    low: float | None,
    high: float | None,
    number: float,
    widget: str,
    taken: Callable[[Any], object],
    *,
    place: DeltaGenerator | None = None,
    **looks: Any,
) -> None:
    """Asks for a number from `low` to `high`; `taken` receives what was typed, and never an empty field.

    Args:
        number: what is chosen now; a whole one asks for a whole one.
        widget: the field's key.
        looks: width, format, label_visibility and the like.
    """
    st.session_state.setdefault(widget, number)

    def typed() -> None:
        if st.session_state[widget] is None:  # else Streamlit would take the lowest number for it
            st.session_state[widget] = number
        else:
            taken(st.session_state[widget])

    (place or st).number_input(label, low, high, value=None, key=widget, on_change=typed, **looks)
