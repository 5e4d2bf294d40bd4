"""The line above the picture: the page's name, the formula that is looked at, and the way back."""

from pathlib import Path

import streamlit as st

from landscapes import Landscape
from pages.shared.state import current, share, undo

HALL = Path(__file__).parent / "hall.css"


def header(title: str, landscape: Landscape) -> None:
    """Name, formula, undo and redo; the address bar is brought up to date; in a course page there is none of it."""
    if current().size == "hall":
        st.html(HALL)
    if st.context.is_embedded:
        share()
        return
    name, formula, back, again = st.columns([4, 14, 3, 3], vertical_alignment="center")
    name.title(title, anchor=False)
    formula.markdown(f"$f(x, y) = {landscape.latex}$", help=landscape.about or None)
    back.button(
        "Undo", key="undo", type="tertiary", shortcut="Ctrl+Z", disabled=not st.session_state["past"], on_click=undo
    )
    again.button(
        "Redo",
        key="redo",
        type="tertiary",
        shortcut="Ctrl+Y",
        disabled=not st.session_state["future"],
        on_click=undo,
        args=(False,),
    )
    share()
