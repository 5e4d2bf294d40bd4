"""A card of the sidebar: a heading that opens it, and while it is closed what is chosen in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st


@contextmanager
def card(title: str, name: str, chosen: str) -> Iterator[Any]:
    """What is drawn inside stands in the card; whether it is `open` says the row that is given.

    Args:
        title: the heading, which stays as it is whatever is chosen.
        name: the card's key.
        chosen: the line under the heading of a closed card.
    """
    with st.container(border=True, gap=None, key=f"card {name}"):
        row = st.expander(title, type="compact", key=name, on_change="rerun")
        with row:
            yield row
        if not row.open:
            st.caption(chosen)
