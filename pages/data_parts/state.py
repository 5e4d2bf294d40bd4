"""The choices of one visitor on the Data page: read from the link once, kept, written back to the link."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.data_parts.choices import DataChoices
from pages.data_parts.link import read, write
from pages.shared.state import plain


def current() -> DataChoices:
    """The visitor's choices; the first time in a session they come from the link."""
    if "data choices" not in st.session_state:
        choices, dropped = read({key: st.query_params.get_all(key) for key in st.query_params})
        st.session_state.update({"data choices": choices, "data dropped": (choices, dropped), "data generation": 0})
    choices: DataChoices = st.session_state["data choices"]
    return choices


def choose(choices: DataChoices, *, redraw: bool = False) -> None:
    """Takes new choices; `redraw` makes controls that were already on the page show them."""
    st.session_state["data choices"] = choices
    st.session_state["data generation"] += redraw


def change(**parts: Any) -> None:
    """Changes some of the choices."""
    choose(replace(current(), **parts))


def key(name: str) -> str:
    """The key of a control; a new one after choices were changed from outside it."""
    return f"data {name} {st.session_state['data generation']}"


def share() -> None:
    """Writes the choices to the address bar, and says what of the link that was opened could not be followed."""
    choices = current()
    link = write(choices)
    if {k: st.query_params.get_all(k) for k in st.query_params} != {
        k: [v] if isinstance(v, str) else v for k, v in link.items()
    }:
        st.query_params.from_dict(link)
    loaded, dropped = st.session_state["data dropped"]
    if dropped and loaded == choices:
        st.warning("\n\n".join(plain(sentence) for sentence in dropped))
