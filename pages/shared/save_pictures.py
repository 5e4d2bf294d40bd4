"""Buttons that save the pictures: a page that plays offline, and an animated GIF drawn while a bar tells how far."""

from collections.abc import Callable
from threading import BoundedSemaphore

import streamlit as st

from pages.shared.choices import Choices

DRAWING = BoundedSemaphore(1)  # one GIF at a time on the whole server: the others wait, and may cancel
PATIENCE = 0.1  # seconds between two looks whether it is free

Film = Callable[[Callable[[float], None]], bytes]  # makes a GIF, and tells meanwhile which share of it is done


def save_pictures(choices: Choices, page: Callable[[], bytes], film: Film) -> None:
    """A button for each file. What changes the choices while a GIF is drawn also stops it.

    Args:
        choices: what the pictures show; a GIF that was drawn is offered as long as they stay.
        page: the HTML page, made when its button is pressed.
        film: the GIF, made when its button is pressed.
    """
    name = f"fall-line-{choices.landscape}"
    st.download_button(
        "Page that plays offline (HTML)",
        page,
        f"{name}.html",
        "text/html",
        key="save page",
        on_click="ignore",
        help="One file of about 5 MB. It opens in any browser, without a network.",
        icon=":material/html:",
    )
    place, work = st.empty(), st.empty()
    asked = st.session_state.pop("film asked", False)
    if st.session_state.get("film", (None, b""))[0] != choices:
        st.session_state.pop("film", None)
        place.button(
            "Animated picture (GIF)",
            key="save film",
            disabled=asked,
            on_click=lambda: st.session_state.update({"film asked": True}),
            icon=":material/gif_box:",
        )
        if not asked:
            return
        with work.container():
            st.session_state["film"] = choices, drawn(film)
        work.empty()
    _, data = st.session_state["film"]
    place.download_button(
        f"Download the GIF ({len(data) / 1e6:.1f} MB)",
        data,
        f"{name}.gif",
        "image/gif",
        key="save drawn film",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


def drawn(film: Film) -> bytes:
    """The GIF, with a bar while it is drawn. A click on Cancel runs the page again, which ends this run at the bar."""
    bar = st.progress(0.0, "Waiting for another GIF")
    st.button("Cancel", key="cancel film")

    def tell(share: float) -> None:
        bar.progress(share, f"Drawing the GIF: {share:.0%}")

    while not DRAWING.acquire(timeout=PATIENCE):
        bar.progress(0.0, "Waiting for another GIF")
    try:
        return film(tell)
    finally:
        DRAWING.release()
