"""The line above the picture: the page's name and the formula that is looked at."""

import streamlit as st

from landscapes import Landscape
from pages.shared.state import share


def header(title: str, landscape: Landscape) -> None:
    """Name, formula, and what of the opened link could not be followed; the address bar is brought up to date."""
    name, formula = st.columns([1, 4], vertical_alignment="bottom")
    name.title(title, anchor=False)
    formula.markdown(f"$f(x, y) = {landscape.latex}$", help=landscape.about or None)
    share()
