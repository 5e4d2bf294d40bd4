"""The knobs of a part with a subject of its own."""

from collections.abc import Mapping

from landscapes import Knob
from pages.data_parts.state import PROBLEM, change, current
from pages.shared.controls import knob_label, knob_slider
from pages.shared.parts import PICTURE, only
from pages.shared.state import set_number


def knobs_of(name: str, knobs: Mapping[str, Knob], group: str = PROBLEM) -> None:
    """A slider for each of the knobs whose numbers are the choice of that name.

    Args:
        group: the part of the sidebar where they are; besides it only the picture shows their numbers.
    """
    for knob_name, knob in knobs.items():
        knob_slider(
            knob,
            knob_label(knob),
            dict(getattr(current(), name))[knob_name],
            f"data {name} {knob_name}",
            lambda value, n=knob_name: turn(name, n, value, group),
        )


def turn(name: str, knob: str, value: float, group: str) -> None:
    """Takes another number of a knob."""
    change(**{name: set_number(getattr(current(), name), knob, value)})
    only(PICTURE, group)
