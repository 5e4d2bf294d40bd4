"""As many sliders as a link asks for, each in a fragment of its own, and nothing else: what Streamlit alone costs."""

import streamlit as st

STOPS = [0.001 * 1.1**stop for stop in range(60)]


@st.fragment
def slider(number: int) -> None:
    """One of them, and what it is at."""
    st.write(st.select_slider(f"{number}, learning rate", STOPS, key=f"slider {number}"))


for each in range(int(st.query_params.get("widgets", "10"))):
    slider(each)
