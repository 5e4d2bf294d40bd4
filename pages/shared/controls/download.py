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
    code = language()

    def made() -> str | bytes:
        with speaking(code):
            return content() if callable(content) else content

    st.download_button(
        label, made if callable(content) else content, file, kind, on_click="ignore", width=width, **looks
    )
