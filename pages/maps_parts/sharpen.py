"""A map that becomes sharper while one looks, with a bar that says how far, and a way to stop it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.maps_parts.compute import Sweep, swept
from pages.maps_parts.outcome_maps import basins_of
from pages.shared.state import key
from words import say

STOPPED = "maps left coarse"  # what of the session says which sweeps were stopped


def sharpen(missing: Sequence[Sweep], together: tuple[Sweep, ...]) -> None:
    """Computes the sweeps that are missing, and makes the page anew with the maps that are told apart together."""
    sharpen_by(missing, swept, lambda: basins_of(together))


def sharpen_by(
    missing: Sequence[Any], compute: Callable[[Any, Callable[[float], object]], object], last: Callable[[], object]
) -> None:
    """Computes what is missing and makes the page anew.

    Another choice, a stop and a closed page end it; what was done by then is there the next time.

    Args:
        missing: what has a `side`, the starts along it.
        compute: computes one of them, and tells which share of it is done.
        last: what is computed at the end.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="under the map"):
        if not st.context.is_embedded:
            st.page_link("explore.py", label=say("Open this run on Explore"), icon=":material/route:")
        if not missing:
            return
        side = f"{missing[0].side:,}"
        if st.session_state.get(STOPPED) == missing:
            label = say("Go on to {side} × {side} starts", side=side)
            st.button(label, key=key("sharpen"), type="tertiary", on_click=st.session_state.pop, args=(STOPPED,))
            return
        text = say("Becoming sharper: {side} × {side} starts", side=side)
        bar = st.progress(0.0, text)
        st.button(say("Stop"), key=key("stop"), type="tertiary", on_click=stop, args=(missing,))
    for number, each in enumerate(missing):
        compute(each, lambda share, done=number: bar.progress((done + share) / len(missing), text))  # type: ignore[misc]
    last()
    st.rerun()


def stop(missing: Sequence[Sweep]) -> None:
    """Leaves the map as it is."""
    st.session_state[STOPPED] = missing
