"""The landscapes by family, each with a small picture and its sentence."""

from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from figures import thumbnail
from landscapes import FAMILIES, LANDSCAPES
from pages.shared.state import choose, current, with_landscape

COLUMNS = 6


@cache
def picture(name: str) -> NDArray[np.uint8]:
    """The small picture of a landscape at its defaults."""
    return thumbnail(LANDSCAPES[name]())


@st.dialog("Landscapes", width="large")
def gallery() -> None:
    """One family at a time; a click takes the landscape."""
    family = st.segmented_control("Family", FAMILIES, default=next(iter(FAMILIES)), label_visibility="collapsed")
    columns = st.columns(COLUMNS)
    for place, name in enumerate(FAMILIES[family or next(iter(FAMILIES))]):
        landscape = LANDSCAPES[name]()
        with columns[place % COLUMNS]:
            st.image(picture(name), width="stretch", alt=f"Map of {landscape.name}")
            if st.button(landscape.name, key=f"gallery {name}", width="stretch", help=landscape.about):
                choose(with_landscape(name, current()), redraw=True)
                st.rerun()
