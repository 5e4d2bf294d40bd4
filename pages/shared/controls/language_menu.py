"""The menu of languages, each by its own name."""

import streamlit as st

from pages.shared.state import choose_language
from words import language, languages, say

NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}  # one without a name is shown by its code


def language_menu() -> None:
    """A small button with the present language's name; what it opens changes the language and nothing else."""
    with st.popover(NAMES.get(language(), language()), type="tertiary", key="languages", help=say("Language")):
        for code in languages():
            chosen = st.button(
                NAMES.get(code, code), key=f"language {code}", type="tertiary", disabled=code == language()
            )
            if chosen:
                choose_language(code)
                st.rerun()  # all of the page: the menu may be in a part of it that runs by itself
