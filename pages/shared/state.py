"""The choices of one visitor: read from the link once, kept over pages, written back to the link."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.shared.choices import Choices, Numbers
from pages.shared.link import read, write


def current() -> Choices:
    """The visitor's choices; the first time in a session they come from the link."""
    if "choices" not in st.session_state:
        choices, dropped = read({key: st.query_params.get_all(key) for key in st.query_params})
        st.session_state.update(choices=choices, dropped=(choices, dropped), generation=0)
    choices: Choices = st.session_state["choices"]
    return choices


def choose(choices: Choices, *, redraw: bool = False) -> None:
    """Takes new choices; `redraw` makes controls that were already on the page show them."""
    st.session_state["choices"] = choices
    st.session_state["generation"] += redraw


def change(**parts: Any) -> None:
    """Changes some of the choices."""
    choose(replace(current(), **parts))


def key(name: str) -> str:
    """The key of a control; a new one after choices were changed from outside it."""
    return f"{name} {st.session_state['generation']}"


def set_number(numbers: Numbers, name: str, value: float) -> Numbers:
    """The same knobs with one of them turned."""
    return tuple((n, value if n == name else v) for n, v in numbers)


def share() -> None:
    """Writes the choices to the address bar, and says what of the link that was opened could not be followed."""
    choices = current()
    link = write(choices)
    if {k: st.query_params.get_all(k) for k in st.query_params} != {
        k: [v] if isinstance(v, str) else v for k, v in link.items()
    }:
        st.query_params.from_dict(link)
    loaded, dropped = st.session_state["dropped"]
    if dropped and loaded == choices:
        st.warning("\n\n".join(plain(sentence) for sentence in dropped))


def plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|~$<>:&" else c for c in text)
