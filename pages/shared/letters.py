"""The style sheet of all pages, and the colours of runs in it by day and by night: the browser chooses between them."""

import re
from functools import cache
from pathlib import Path

from figures import IN_LETTERS, RUN_COLOURS, in_the_dark


@cache
def page_style() -> str:
    """All that a page says of its looks, as one element, read once: each visitor is sent it first.

    In one line without remarks, for Streamlit looks through its lines for each of them.
    """
    sheet = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", sheet + style(), flags=re.DOTALL)
    return f"<style>{' '.join(rules.split())}</style>"


def style() -> str:
    """Rules for whatever is written in the colour of a run, or in that colour made dark enough for letters.

    The browser asks for nothing when the page goes dark, so that what the server has written has to change by itself.
    """
    written = {colour: colour for colour in RUN_COLOURS} | {IN_LETTERS[colour]: colour for colour in RUN_COLOURS}
    rule = '[style*="color: {found}"] {{ color: light-dark({day}, {night}) !important; }}'
    return "\n".join(
        rule.format(found=as_browsers_write(colour), day=colour, night=in_the_dark(run))
        for colour, run in written.items()
    )


def tinted(latex: str, colour: str) -> str:
    """A part of a formula in a colour, made dark enough for letters where it is that of a run; as it is without one."""
    return rf"\textcolor{{{IN_LETTERS.get(colour, colour)}}}{{{latex}}}" if colour else latex


def as_browsers_write(colour: str) -> str:
    """A colour in the form that it has in a page, however it was given.

    >>> as_browsers_write(RUN_COLOURS[-1])
    'rgb(0, 0, 0)'
    """
    return f"rgb({', '.join(map(str, bytes.fromhex(colour[1:])))})"
