"""The language of a visitor: the one that the link asks for, kept over pages; English where there is no catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from words import language, languages, speaking

ENGLISH = "en"
PARAMETER = "lang"  # in the address, and the name under which the session keeps it


@contextmanager
def in_the_visitors_language() -> Iterator[None]:
    """Everything inside is said in the language of the visitor; also a decorator.

    The menu is inside. What Streamlit runs by itself is not, so it needs this of its own: a fragment, a dialog, and
    each callback that says something.
    """
    asked = st.query_params.get(PARAMETER)
    if asked in languages():
        st.session_state[PARAMETER] = asked
    with speaking(st.session_state.get(PARAMETER, ENGLISH)):
        yield


def language_in_link() -> dict[str, str]:
    """The parameter of a link that opens in the language that is spoken; none for English."""
    return {} if language() == ENGLISH else {PARAMETER: language()}
