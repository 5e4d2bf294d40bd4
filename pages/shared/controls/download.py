"""The button that saves a file."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from words import language, speaking


def download(
    label: str,
    content: str | bytes | Callable[[], str | bytes],
    file: str,
    kind: str,
    width: str = "stretch",
    **looks: Any,
) -> None:
    """A button that saves a file and does not run the page again.

    Args:
        content: or what makes it, called at the click, in the language that the page is in now: what Streamlit calls
            by itself begins in English.
        kind: its MIME type.
        width, looks: as for `st.download_button`.
    """
    made = in_this_language(content) if callable(content) else content
    st.download_button(label, made, file, kind, on_click="ignore", width=width, **looks)


def in_this_language(make: Callable[[], str | bytes]) -> Callable[[], str | bytes]:
    """What makes the same whenever it is called, in the language of now."""
    code = language()

    def made() -> str | bytes:
        with speaking(code):
            return make()

    return made
