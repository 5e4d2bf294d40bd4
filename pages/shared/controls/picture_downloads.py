"""Buttons that save the pictures: a page that plays offline, a GIF or an MP4 drawn while a bar tells how far."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from figures import FRAMES, as_film, can_film, ordinal, stride
from pages.shared.controls.download import download
from pages.shared.state import Choices
from pages.shared.turns import Turns
from words import mark, say, say_n

DRAWING = Turns(1)  # one GIF or MP4 at a time on the whole server: the others wait, and may cancel
DRAWN = 0.9  # share of an MP4's time that its frames take

Film = Callable[[Callable[[float], None]], bytes]  # makes a GIF, and tells meanwhile which share of it is done


def save_pictures(choices: Choices, page: Callable[[], bytes], film: Film) -> None:
    """A button for each file. What changes the choices while a GIF is drawn also stops it.

    Args:
        choices: what the pictures show; a GIF that was drawn is offered as long as they stay.
        page: the HTML page, made when its button is pressed.
        film: the GIF, made when its button is pressed.
    """
    name = f"fall-line-{choices.landscape}"
    download(
        say("Page that plays offline (HTML)"),
        page,
        f"{name}.html",
        "text/html",
        key="save page",
        width="content",
        help=say("One file of about 5 MB. It opens in any browser, without a network."),
        icon=":material/html:",
    )
    if stride(choices.steps_taken) > 1:
        st.caption(
            say(
                "The page holds every {nth} step and the extremes; a GIF or film draws every step, and stops at "
                "{frames} of them.",
                nth=ordinal(stride(choices.steps_taken)),
                frames=FRAMES,
            )
        )
    for form in FORMS if can_film() else FORMS[:1]:
        moving_picture(choices, form, film)


class Form(NamedTuple):
    """A file that is drawn for long."""

    key: str
    name: str
    label: str
    mime: str
    icon: str


FORMS = (
    Form("gif", "GIF", mark("Animated picture (GIF)"), "image/gif", ":material/gif_box:"),
    Form("mp4", "MP4", mark("Film (MP4)"), "video/mp4", ":material/movie:"),
)


def moving_picture(choices: Choices, form: Form, film: Film) -> None:
    """A button that draws the file, and then one that saves it."""
    place, work = st.empty(), st.empty()
    asked = st.session_state.pop(f"{form.key} asked", False)
    if st.session_state.get(form.key, (None, b""))[0] != choices:
        st.session_state.pop(form.key, None)
        place.button(
            say(form.label),
            key=f"save {form.key}",
            disabled=asked,
            on_click=lambda: st.session_state.update({f"{form.key} asked": True}),
            icon=form.icon,
        )
        if not asked:
            return
        with work.container():
            st.session_state[form.key] = choices, drawn(film, form)
        work.empty()
    _, data = st.session_state[form.key]
    with place:
        download(
            say("Download the {format} ({size} MB)", format=form.name, size=f"{len(data) / 1e6:.1f}"),
            data,
            f"fall-line-{choices.landscape}.{form.key}",
            form.mime,
            key=f"save drawn {form.key}",
            width="content",
            type="primary",
            icon=":material/download:",
        )


def drawn(film: Film, form: Form) -> bytes:
    """The file, with a bar while it is drawn. A click on Cancel runs the page again, which ends this run at the bar."""
    bar = st.progress(0.0, waiting(form, 0))
    st.button(say("Cancel"), key=f"cancel {form.key}")

    def tell(share: float) -> None:
        bar.progress(share, say("Drawing the {format}: {share}", format=form.name, share=f"{share:.0%}"))

    with DRAWING.taken(lambda place: bar.progress(0.0, waiting(form, place))):
        if form.key == "gif":
            return film(tell)
        gif = film(lambda share: tell(DRAWN * share))
        return as_film(gif, lambda: tell(DRAWN))


def waiting(form: Form, place: int) -> str:
    """What stands in the bar as long as others' files are drawn."""
    if not place:
        return say("Drawing the {format}", format=form.name)
    return say_n(
        "Waiting for {count} other file that is drawn first",
        "Waiting for {count} other files that are drawn first",
        place,
    )
