"""What every run for a visitor begins with: the language, and what the browser is known to have."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from figures.stage import refer_to_what_is_remembered
from hosting import RERUNS
from words import language, languages, speaking

ENGLISH = "en"
PARAMETER = "lang"  # in the address, and the name under which the session keeps it


@contextmanager
def for_the_visitor() -> Iterator[None]:
    """Everything inside is sent to the visitor's browser as it needs it, and said in her language; also a decorator.

    The language is the one that the link asks for, kept over pages, and English where it has no catalogue. The menu is
    inside. What Streamlit runs by itself is not, so it needs this of its own: a fragment, a dialog, and each callback
    that says something.
    """
    refer_to_what_is_remembered()
    asked = st.query_params.get(PARAMETER)
    if asked in languages():
        st.session_state[PARAMETER] = asked
    with RERUNS.one(), speaking(st.session_state.get(PARAMETER, ENGLISH)):
        yield


def language_in_link() -> dict[str, str]:
    """The parameter of a link that opens in the language that is spoken; none for English."""
    return {} if language() == ENGLISH else {PARAMETER: language()}
