"""What every run for a visitor begins with: the language, and what the browser is known to have."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from figures.stage import refer_to_what_is_remembered
from hosting import RERUNS
from words import ENGLISH, languages, speaking

PARAMETER = "lang"  # in the address, and the name under which the session keeps what was chosen
PREFERRED = "browsers_language"  # the name under which it keeps the language of the browser, which stays what it is
LONGEST_HEADER = 1000  # characters of the browser's languages that are read
TRADITIONAL = {"tw", "hk", "mo"}  # regions where Chinese is written so, if the browser names no script


@contextmanager
def for_the_visitor() -> Iterator[None]:
    """Everything inside is sent to the visitor's browser as it needs it, and said in her language; also a decorator.

    The language is the one that the link or the menu asks for, kept over pages, and else the first of the browser's
    that has a catalogue, or English. The menu is inside. What Streamlit runs by itself is not, so it needs this of its
    own: a fragment, a dialog, and each callback that says something.
    """
    refer_to_what_is_remembered()
    asked = st.query_params.get(PARAMETER)
    if asked in languages():
        st.session_state[PARAMETER] = asked
    with RERUNS.one(), speaking(st.session_state.get(PARAMETER) or browsers_language()):
        yield


def browsers_language() -> str:
    """The first of the browser's languages that is spoken here, English where none is; looked up once in a session."""
    if PREFERRED not in st.session_state:
        preferred = by_preference(st.context.headers.get("Accept-Language", ""))
        spoken = filter(None, map(spoken_for, [st.context.locale or "", *preferred]))
        st.session_state[PREFERRED] = next(spoken, ENGLISH)
    return str(st.session_state[PREFERRED])


def spoken_for(locale: str) -> str:
    """The language that is spoken for one of a browser's, empty where there is none.

    >>> [spoken_for(name) for name in ("zh-CN", "zh-SG", "zh", "zh-TW", "zh-HK", "zh-Hant-TW", "en-GB", "de")]
    ['zh-Hans', 'zh-Hans', 'zh-Hans', 'zh-Hant', 'zh-Hant', 'zh-Hant', 'en', '']
    """
    name, *rest = locale.replace("_", "-").lower().split("-")
    if name == "zh":
        name = "zh-Hant" if "hant" in rest or ("hans" not in rest and TRADITIONAL & set(rest)) else "zh-Hans"
    return name if name in languages() else ""


def by_preference(header: str) -> list[str]:
    """The languages of an Accept-Language header, the one with the highest quality first; 0 is none.

    >>> by_preference("de, en;q=0.5, zh-TW;q=0.8, fr;q=0")
    ['de', 'zh-TW', 'en']

    Source: RFC 9110, section 12.5.4.
    """
    qualities: dict[str, float] = {}
    for part in header[:LONGEST_HEADER].split(","):
        name, _, rest = part.partition(";")
        wanted = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", rest)
        qualities.setdefault(name.strip(), float(wanted[1]) if wanted else 0.0 if rest.strip() else 1.0)
    return sorted((name for name, quality in qualities.items() if name and quality), key=lambda name: -qualities[name])


def choose_language(code: str) -> None:
    """Says everything from now on in a language, and names it in the link."""
    st.session_state[PARAMETER] = code
    st.query_params[PARAMETER] = code


def language_in_link() -> dict[str, str]:
    """The parameter of a link that opens in the language that was chosen; none where the browser's own is spoken."""
    chosen = st.session_state.get(PARAMETER)
    return {PARAMETER: chosen} if chosen else {}
