"""The choices of one visitor: read from the link once, kept over pages, written back to the link."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.shared.choices import Choices, Numbers
from pages.shared.link import read, write

MOST_PAST = 100  # choices that can be taken back


def current() -> Choices:
    """The visitor's choices; the first time in a session they come from the link."""
    if "choices" not in st.session_state:
        choices, dropped = read({key: st.query_params.get_all(key) for key in st.query_params})
        st.session_state.update(choices=choices, dropped=(choices, dropped), generation=0, past=(), future=())
    choices: Choices = st.session_state["choices"]
    return choices


def choose(choices: Choices, *, redraw: bool = False) -> None:
    """Takes new choices; `redraw` makes controls that were already on the page show them."""
    old = current()
    if choices != old:
        st.session_state.update(choices=choices, past=(*st.session_state["past"], old)[-MOST_PAST:], future=())
    st.session_state["generation"] += redraw


def undo(back: bool = True) -> None:
    """Takes the last choice back, or with `back=False` takes it again; nothing where there is none."""
    there, here = ("past", "future") if back else ("future", "past")
    if st.session_state[there]:
        *rest, choices = st.session_state[there]
        aside = (*st.session_state[here], current())
        st.session_state.update({"choices": choices, there: tuple(rest), here: aside})
        st.session_state["generation"] += 1


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
