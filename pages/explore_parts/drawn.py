"""The picture of a race as it travels, drawn once for all who look at the same, in the same language."""

from dataclasses import dataclass

from figures.stage import Drawing, Views, drawing
from pages.explore_parts.picture import AxisRanges, Look, picture
from pages.explore_parts.race import raced
from pages.shared.controls import tuned
from pages.shared.race import in_a_word
from pages.shared.state import Choices, Point
from pages.shared.work import Frozen, drawn_once, frozen

KEY = "stage"


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture, and what else the page says of its race."""

    drawing: Drawing
    axis_ranges: AxisRanges  # which the next one needs, so that its axes reach as far as those of this one
    became: list[str]  # of each run, in a word or two


def drawn(choices: Choices, axis_ranges: AxisRanges, look: Look, views: Views, starts: tuple[Point, ...] = ()) -> Drawn:
    """The picture of a race where these parts of it are looked at; with many starts, those that are given, if any."""
    return _drawn(choices, frozen(axis_ranges), look, frozen(views), starts, tuned(choices))


@drawn_once
def _drawn(
    choices: Choices,
    axis_ranges: Frozen,
    look: Look,
    views: Frozen,
    starts: tuple[Point, ...],
    is_tuned: bool,
) -> Drawn:
    race = raced(choices, starts)
    seen = picture(race, dict(axis_ranges), look, is_tuned=is_tuned)
    return Drawn(
        drawing(seen.panels, key=KEY, start=choices.start, views=dict(views), **seen.around),
        seen.axis_ranges,
        in_a_word(race.entries),
    )
