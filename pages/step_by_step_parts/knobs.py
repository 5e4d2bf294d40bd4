"""The knobs of a sheet that has numbers of its own, and what its pictures and tables are shown with."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import streamlit as st

from figures import stride
from figures.stage import Drawing, Panel, drawing
from landscapes import Knob
from pages.shared.controls import knob_label, knob_slider
from pages.shared.parts import PICTURE, only
from pages.shared.size import panels_in_size
from pages.shared.state import change, current, set_number
from pages.shared.work import Frozen

ABREAST = 4  # sliders in a row of full width


def lead(text: str) -> None:
    """A sentence before sliders or a table, with some room below it."""
    st.markdown(text)
    st.space("xxsmall")


def sliders(sheet: str, knobs: Mapping[str, Knob], *names: str, shown_by: str = PICTURE) -> None:
    """Some of the knobs that the field `sheet` of the choices holds the numbers of, side by side.

    Args:
        shown_by: the part of the page that shows their numbers.
    """

    def turned(name: str, value: float) -> None:
        change(**{sheet: set_number(getattr(current(), sheet), name, value)})
        only(shown_by)

    for name, column in zip(names, st.columns([*[1] * len(names), ABREAST - len(names)]), strict=False):
        with column:
            knob_slider(
                knobs[name],
                knob_label(knobs[name]),
                dict(getattr(current(), sheet))[name],
                f"{sheet} {name}",
                partial(turned, name),
            )


def pictures(
    panels: Sequence[Panel], name: str, size: str, views: Frozen, rows: Sequence[Sequence[str]] = (), steps: int = 0
) -> Drawing:
    """Pictures of a sheet, larger for a lecture hall; in one row where nothing else is said.

    Args:
        name: the key of their stage.
        views: the parts of them that are looked at.
        steps: length of what plays; with 0 nothing does.
    """
    panels = panels_in_size(panels, size)
    rows = rows or [[panel.name for panel in panels]]
    return drawing(panels, key=name, rows=rows, steps=steps, every=stride(steps), views=dict(views))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 0) -> str:
    """Rows under their heads, in Markdown: the first columns, of words, to the left, and numbers to the right."""
    lines = [heads, [":--"] * words + ["--:"] * (len(heads) - words), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
