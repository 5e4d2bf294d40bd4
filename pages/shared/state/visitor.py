"""What every run for a visitor begins with: the language, and what the browser is known to have."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from figures.stage import refer_to_what_is_remembered
from hosting import RERUNS
from words import ENGLISH, languages, speaking

PARAMETER = "lang"  # in the address, and the name under which the session keeps what was chosen
TRADITIONAL = {"tw", "hk", "mo"}  # regions where Chinese is written so, if the browser names no script


@contextmanager
def for_the_visitor() -> Iterator[None]:
    """Everything inside is sent to the visitor's browser as it needs it, and said in her language; also a decorator.

    The language is the one that the link or the menu asks for, kept over pages, and else the browser's own; English
    where it has no catalogue. The menu is inside. What Streamlit runs by itself is not, so it needs this of its own: a
    fragment, a dialog, and each callback that says something.
    """
    refer_to_what_is_remembered()
    asked = st.query_params.get(PARAMETER)
    if asked in languages():
        st.session_state[PARAMETER] = asked
    with RERUNS.one(), speaking(st.session_state.get(PARAMETER) or of_browser(st.context.locale)):
        yield


def of_browser(locale: str | None) -> str:
    """The language for a browser's first one, English where there is none.

    >>> of_browser("zh-CN"), of_browser("zh-TW"), of_browser("zh-Hant-HK"), of_browser("de"), of_browser(None)
    ('zh-Hans', 'zh-Hant', 'zh-Hant', 'en', 'en')
    """
    name, *rest = (locale or ENGLISH).replace("_", "-").lower().split("-")
    if name == "zh":
        name = "zh-Hant" if "hant" in rest or ("hans" not in rest and TRADITIONAL & set(rest)) else "zh-Hans"
    return name if name in languages() else ENGLISH


def choose_language(code: str) -> None:
    """Says everything from now on in a language, and names it in the link."""
    st.session_state[PARAMETER] = code
    st.query_params[PARAMETER] = code


def language_in_link() -> dict[str, str]:
    """The parameter of a link that opens in the language that was chosen; none where the browser's own is spoken."""
    chosen = st.session_state.get(PARAMETER)
    return {PARAMETER: chosen} if chosen else {}
