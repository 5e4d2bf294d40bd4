"""The line above the picture: the page's name, the formula that is looked at, the way back, the link, the projector."""

from pathlib import Path
from typing import Any

import streamlit as st

from figures.stage import present_button
from landscapes import Landscape, name_in_latex
from pages.shared.controls.language_menu import language_menu
from pages.shared.controls.room import Questions, no_questions, room_button, room_panel, way_back_to_the_lecture
from pages.shared.controls.share import Still, share_controls
from pages.shared.state import HISTORY, History, current, lead_is_news, lead_that_is_over, share
from words import mark, say

HALL = Path(__file__).parent / "hall.css"


def header(
    title: str,
    landscape: Landscape | None,
    still: Still | None = None,
    sentence: str = "",
    questions: Questions = no_questions,
) -> None:
    """Name, formula if there is one, undo, redo, the link and the presentation; the address bar is brought up to date.

    Embedded, the sentence alone shows.

    Args:
        still: makes the picture that goes with the link.
        sentence: what there is to see, beside the formula.
        questions: what a lecturer may ask about it.
    """
    in_size(current().size)
    if st.context.is_embedded:
        beside(sentence)
    else:
        formula = f"$f({', '.join(map(name_in_latex, landscape.axes))}) = {landscape.latex}$" if landscape else ""
        about = say(landscape.about) if landscape and landscape.about else ""
        above(title, formula, about, HISTORY, still, sentence, questions)
    share()


def in_size(size: str) -> None:
    """Makes all that is written on a page large where it is for a lecture hall."""
    if size == "hall":
        st.html(HALL)


def above(
    title: str,
    formula: str,
    more: str,
    page: History[Any],
    still: Still | None = None,
    sentence: str = "",
    questions: Questions = no_questions,
) -> None:
    """Undo, redo, the link, the room, the presentation; name, formula with what there is to say about it and to see."""
    with st.container(horizontal=True, width="content", key="ways"):  # beside the pages, on top of everything
        way_back(page)
        share_controls(page, still)
        place = room_button(page, title)
        present_button(say("Present"), leads=place is not None, over=lead_that_is_over(), on_lead=st.rerun)
        if lead_is_news():
            st.rerun()
        language_menu()
    way_back_to_the_lecture()
    if place is not None:
        room_panel(page, place, questions)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="name"):
        st.title(title, anchor=False, width="content")
        if formula:
            st.markdown(formula, help=more or None)
        beside(sentence)


def beside(sentence: str) -> None:
    """What there is to see, if that is said."""
    if sentence:
        with st.container(key="sentence"):
            st.markdown(sentence)


def way_back(page: History[Any]) -> None:
    """Undo and redo."""
    for name, keys, backwards in ((mark("Undo"), "Ctrl+Z", True), (mark("Redo"), "Ctrl+Y", False)):
        st.button(
            say(name),
            key=f"{page.name}{name.lower()}",
            type="tertiary",
            shortcut=keys,
            disabled=not page.can_undo(backwards),
            on_click=step_back,
            args=(page, backwards),
        )


def step_back(page: History[Any], backwards: bool) -> None:
    """Takes the last choice back, or again, and makes the whole page anew, whichever part of it the button is in."""
    page.undo(backwards)
    st.rerun()
