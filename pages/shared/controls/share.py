"""The link to what is seen: to copy, as a QR code for a class, as lines for a course page, and in a picture."""

from base64 import b64encode
from collections.abc import Callable
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

from pages.shared.controls.download import download
from pages.shared.state import History, for_the_visitor
from pages.shared.work import kept
from words import say, say_n

HANDY = 300  # characters that a phone still reads from a projector without trouble
MODULE = 8  # pixels of one square of the code
MARGIN = 4  # squares of white around it, as the standard asks


Still = Callable[[bytes | None], bytes]  # a picture of what is seen with a QR code in it, as PNG


def share_controls(page: History[Any], still: Still | None = None) -> None:
    """A button that shows the link of these choices.

    Args:
        still: makes the picture to hand round when its button is pressed; without it there is none.
    """
    if st.button(say("Share"), key=f"{page.name}share", type="tertiary"):
        st.dialog(say("Share what is seen"))(sharing)(page, still)


@for_the_visitor()
def sharing(page: History[Any], still: Still | None = None) -> None:
    """The link, its QR code as large as there is room, lines for a course page, and a picture."""
    waits = st.toggle(
        say("Open before the answer"),
        key=f"{page.name}before the answer",
        help=say(
            "The link opens at the start. Curves grow with the steps; verdicts appear once the runs have been played."
        ),
    )
    link = address(page, waits)
    st.code(link, language=None, wrap_lines=True)
    code = qr_code(link)
    if code is None:
        st.caption(
            say_n(
                "{count} character: too long for a QR code.", "{count} characters: too long for a QR code.", len(link)
            )
        )
    else:
        st.image(within(code), alt=say("QR code of the link above"), width="stretch")
        if len(link) <= HANDY:
            st.caption(say_n("{count} character.", "{count} characters.", len(link)))
        else:
            st.caption(
                say_n(
                    "{count} character, too fine for a phone at the back of a hall.",
                    "{count} characters, too fine for a phone at the back of a hall.",
                    len(link),
                )
            )
    if still is not None:
        download(
            say("Picture with title, legend and QR code (PNG)")
            if code
            else say("Picture with title and legend, without a QR code (PNG)"),
            lambda: still(code),
            "fall-line.png",
            "image/png",
            key=f"{page.name}still",
            icon=":material/image:",
        )
    st.caption(say("To embed it in a course page, paste these lines into its HTML:"))
    st.code(frame(link), language="html", wrap_lines=True)


def frame(link: str) -> str:
    """The HTML that shows a link within another page.

    >>> frame("https://fall-line.example.org/?v=1&f=x")
    '<iframe src="https://fall-line.example.org/?v=1&amp;f=x&amp;embed=true" title="Fall Line" width="100%" \
height="820" style="border: 0" allow="fullscreen" loading="lazy"></iframe>'
    """
    joined = f"{link}{'&' if urlsplit(link).query else '?'}embed=true"
    return (
        f'<iframe src="{escape(joined)}" title="Fall Line" width="100%" height="820" style="border: 0" '
        f'allow="fullscreen" loading="lazy"></iframe>'
    )


def address(page: History[Any], waits: bool = False) -> str:
    """The whole link: this page's address, the choices, and what the stage was last heard to show.

    One that `waits` opens at the start of the runs and keeps what became of them back.
    """
    link = page.link()
    if waits:
        link |= {"frame": "0", "answers": "hidden"}
    home = urlsplit(st.context.url or "")
    return urlunsplit(home._replace(path=home.path or "/", query=urlencode(link, doseq=True, safe="~")))


@kept("pictures")
def qr_code(link: str) -> bytes | None:
    """A picture of the link in black on white, as PNG; None where no QR code can hold it."""
    try:
        code = segno.make_qr(link, error="m")
    except segno.DataOverflowError:
        return None
    file = BytesIO()
    code.save(file, kind="png", scale=MODULE, border=MARGIN)
    return file.getvalue()


def within(png: bytes) -> str:
    """A picture as a part of the page: to be shown it is asked of no process, which may have ended meanwhile."""
    return f"data:image/png;base64,{b64encode(png).decode()}"
