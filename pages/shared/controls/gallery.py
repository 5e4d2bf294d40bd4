"""The landscapes by family, each with a small picture and its sentence."""

import streamlit as st

from figures import thumbnail_file
from landscapes import FAMILIES, LANDSCAPES
from pages.shared.controls.share import within
from pages.shared.controls.suggest import go_to
from pages.shared.state import Where, built, first_choices, for_the_visitor, with_landscape
from pages.shared.work import kept
from words import say

COLUMNS = 6
WIDTH = 96  # pixels of a landscape's picture


@kept("pictures")
def picture(where: Where, width: int = WIDTH) -> str:
    """The small picture of a landscape, made once and sent with the page."""
    return within(thumbnail_file(built(*where), width))


def at_its_defaults(name: str) -> Where:
    """A landscape of the catalogue as it comes."""
    choices = with_landscape(name, first_choices())
    return choices.where


def gallery() -> None:
    """Opens the landscapes over the page."""
    st.dialog(say("Landscapes"), width="large")(by_family)()


@for_the_visitor()
def by_family() -> None:
    """One family at a time; a click takes the landscape."""
    family = st.segmented_control(
        say("Family"), FAMILIES, default=next(iter(FAMILIES)), format_func=say, label_visibility="collapsed"
    )
    columns = st.columns(COLUMNS)
    for place, name in enumerate(FAMILIES[family or next(iter(FAMILIES))]):
        landscape = LANDSCAPES[name]()
        with columns[place % COLUMNS]:
            st.image(
                picture(at_its_defaults(name)),
                width="stretch",
                alt=say("Map of {landscape}", landscape=say(landscape.name)),
            )
            if st.button(say(landscape.name), key=f"gallery {name}", width="stretch", help=say(landscape.about)):
                go_to(name)
                st.rerun()
