"""A page in parts, each made anew by itself: a control costs what depends on it.

A part is a fragment of Streamlit's. What opens or closes a fold in it makes that part anew and nothing else. Where its
controls change the choices, the whole page follows, unless their callback says which parts show what it changed: see
`only`. The first part is the line above the picture, which says the choices that all of the page shows.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

from pages.shared.state import HISTORY, History, for_the_visitor

FIRST, PICTURE, RUNS = "header", "picture", "runs"
RACE = PICTURE, RUNS  # what shows the knobs of the runs, besides the first part
Draw = Callable[[], None]


def first_part(page: History[Any] = HISTORY) -> Callable[[Draw], Draw]:
    """Makes the line above the picture a part of a page, to be drawn before all others."""

    def decorate(draw: Draw) -> Draw:
        @st.fragment(key=FIRST)
        @for_the_visitor()
        @wraps(draw)
        def drawn() -> None:
            st.session_state[_shown(page)] = page.current()
            draw()

        return drawn

    return decorate


def part(name: str, page: History[Any] = HISTORY, *, embedded: bool = True) -> Callable[[Draw], Draw]:
    """Makes a function a part of a page.

    Args:
        embedded: whether the part is there on an embedded page, which has no sidebar.
    """

    def decorate(draw: Draw) -> Draw:
        @st.fragment(key=name)
        @for_the_visitor()
        @wraps(draw)
        def drawn() -> None:
            if st.context.is_embedded and not embedded:
                return
            _follow(page)
            draw()
            _follow(page)  # a file that was read is a choice too

        return drawn

    return decorate


def group(name: str, page: History[Any] = HISTORY) -> Callable[[Draw], Draw]:
    """Makes a function a part of the sidebar."""
    return part(name, page, embedded=False)


def only(*names: str) -> None:
    """Makes these parts anew after a change, and the first; called as the last thing in the callback of a control.

    The whole page, where one of them is gone: a browser that was clicked while its page was on its way still tells of
    the controls that were there before.
    """
    try:
        st.rerun((FIRST, *names))
    except st.errors.StreamlitAPIException as error:
        if error.error_id != "rerun-unknown-fragment-key":
            raise
        st.rerun()


def _follow(page: History[Any]) -> None:
    """Makes the whole page anew where the choices are others than it shows."""
    if page.current() != st.session_state[_shown(page)]:
        st.rerun()


def _shown(page: History[Any]) -> str:
    """The name under which the session keeps the choices that the page shows."""
    return f"{page.name}shown"
