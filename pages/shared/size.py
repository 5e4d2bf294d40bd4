"""How large a page is written, and its pictures in that size."""

from collections.abc import Sequence

from figures import enlarge
from figures.stage import Panel
from pages.shared.fields import OneOf
from words import mark

SIZE = OneOf(mark("Text and lines"), {"screen": mark("For a screen"), "hall": mark("For a lecture hall")}, "screen")


def panels_in_size(panels: Sequence[Panel], size: str) -> Sequence[Panel]:
    """The panels, with large letters and lines where they are for a lecture hall."""
    if size == "hall":
        for panel in panels:
            enlarge(panel.figure)
    return panels
