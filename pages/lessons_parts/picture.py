"""The picture of a lesson."""

import numpy as np

from course import LETTERS, Lesson
from figures import call_axes, contour_map, spectrum
from figures.stage import Panel
from landscapes import Domain
from pages.explore_parts.picture import NONE, curve_panels, surface_panel
from pages.explore_parts.race import Race
from pages.shared.size import panels_in_size
from words import coordinates, paragraph, say, short


def panels(lesson: Lesson, race: Race, look: Domain | None, answered: bool) -> list[Panel]:
    """Everything that the rows of a lesson name; landmarks and eigenvalues are shown with the answer."""
    wanted = {name for row in lesson.rows for name in row}
    drawn = [map_panel(lesson, race, look, answered)] if "map" in wanted else []
    drawn += [surface_panel(race)] if "surface" in wanted else []
    drawn += [panel for panel in curve_panels(race, NONE) if panel.name in wanted]
    drawn += [spectrum_panel(race)] if "spectrum" in wanted and answered else []
    for panel in drawn:
        if panel.name == "surface":
            call_axes(panel.figure, race.landscape.axes)
    return [*panels_in_size(drawn, race.choices.size)]


def rows(lesson: Lesson, answered: bool) -> list[list[str]]:
    """Where they stand."""
    shown = [[name for name in row if answered or name not in lesson.after] for row in lesson.rows]
    above, *below = shown
    return [above, ["play"], *filter(None, below)]


def map_panel(lesson: Lesson, race: Race, look: Domain | None, answered: bool) -> Panel:
    """Level sets with the runs; the start is a ring of its own where it can be dragged."""
    ring = answered and lesson.drag
    figure = contour_map(
        race.landscape,
        race.drawn,
        race.height,
        race.landscape.domain,
        race.landmarks if answered else {},
        None if ring else np.array([race.choices.start]).T,
        coloured=answered and "spectrum" in {name for row in lesson.rows for name in row},
        visible=look,
    )
    call_axes(figure, race.landscape.axes)
    words = say("Contour map of {landscape} with the runs.", landscape=say(race.landscape.name))
    return Panel("map", figure, alt=paragraph(words, *(entry.sentence for entry in race.shown)))


def spectrum_panel(race: Race) -> Panel:
    """Two bars for every critical point."""
    points = sorted(race.found.points, key=lambda point: point.value)
    said = [
        say(
            "{kind} at {place}: {low} and {high}.",
            kind=point.name,
            place=coordinates(point.position),
            low=short(float(point.eigenvalues[0])),
            high=short(float(point.eigenvalues[1])),
        )
        for point in points
    ]
    return Panel("spectrum", spectrum(points), alt=paragraph(say("Hessian eigenvalues."), *said))


def letter(lesson: Lesson, answer: str) -> str:
    """The letter of an answer."""
    return LETTERS[list(lesson.answers).index(answer)]
