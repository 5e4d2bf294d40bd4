"""The race in pictures and words: the map, the surface, the curves, and what stands around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from figures import (
    EXPLAINED,
    animation,
    balls,
    call_axes,
    contour_map,
    counted,
    curves,
    heights_in_words,
    legend,
    legible,
    overlay,
    poster,
    profile,
    rate_curves,
    stride,
    surface,
    value_range,
)
from figures.stage import Panel, standalone
from landscapes import Domain, Interval
from pages.explore_parts.race import Race
from pages.shared.controls import left_out, thinned, tuned
from pages.shared.race import bad_batch, conventions, ends, idle_schedules, loss_axis, rates_in_words, table, thrown_out
from pages.shared.size import panels_in_size
from pages.shared.state import CURVES
from words import ENGLISH, language, paragraph, say, say_n, speaking

LAYOUTS = {  # by layout: the panels above the playback, and those below
    "all": lambda curve: (["map", "surface"], ["loss", curve]),
    "map": lambda curve: (["map"], []),
    "curves": lambda curve: (["loss", curve], ["map"]),
}
AxisRanges = Mapping[str, Sequence[float]]  # by curve: numbers that its upright axis holds besides what is shown
NONE: AxisRanges = {}


@dataclass(frozen=True)
class Picture:
    """What a stage shows of the race, on the page as in a file."""

    panels: list[Panel]
    around: dict[str, Any]  # rows, steps, table, notes: as for the stage
    axis_ranges: (
        AxisRanges  # which the next one needs, so that the axes of its curves reach as far as those of this one
    )


@dataclass(frozen=True)
class Look:
    """What the map has to reach, besides its domain or window."""

    visible: Domain | None = None  # what the browser shows of it, where it said so
    aspects: Interval | None = None  # width by height of the panels that it may fill, where nobody can say


AS_USUAL = Look()
ANYWHERE = Look(aspects=(0.5, 3.5))  # from a phone held upright to a wide screen


def picture(race: Race, axis_ranges: AxisRanges = NONE, look: Look = AS_USUAL, *, is_tuned: bool = False) -> Picture:
    """Everything that is seen of a race.

    Args:
        is_tuned: whether every rate is the best that a sweep has found.
    """
    choices, rates = race.choices, race.rates
    above, below = LAYOUTS[choices.layout](choices.curve)
    graphs = curve_panels(race, axis_ranges) if "loss" in above + below else []
    spatial = [surface_panel(race)] if "surface" in above else []
    panels = [map_panel(race, look), *spatial, *graphs]
    for panel in panels[: 1 + len(spatial)]:
        call_axes(panel.figure, race.landscape.axes)
    if rates and graphs:
        seen = {slot: rate for slot, rate in rates.items() if not race.entries[slot].hidden}
        everyone = [entry.run for entry in race.entries]
        panels.append(Panel("rate", rate_curves(everyone, seen), alt=rates_in_words(race.names, seen)))
    panels_in_size(panels, choices.size)
    around = {
        "rows": [above, ["play"], *under(below, choices.size), *[["rate"]] * bool(rates and graphs)],
        "steps": choices.steps_taken,
        "every": stride(choices.steps_taken),
        "table": table(choices, race.entries, race.lowest, is_tuned, race.height.digits),
        "notes": [
            *(entry.sentence for entry in race.shown),
            *heights_in_words(race.height),
            *flooded(race),
            *bad_batch(choices.bad_batch, choices.steps_taken),
            *left_out(choices),
            *thinned(choices),
            *([say(EXPLAINED[choices.overlay])] if choices.overlay != "none" else []),
            *idle_schedules(choices, rates),
            *conventions(choices, race.names, race.positions),
            *thrown_out(race.landscape, race.names, choices.runs, race.positions),
        ],
    }
    return Picture(
        panels, around, {each.name: value_range(each.figure, axis_ranges.get(each.name, ())) for each in graphs}
    )


def flooded(race: Race) -> list[str]:
    """How many of the 200 starts ended where."""
    if race.flood is None:
        return []
    return [counted(race.names[race.flood.slot], int(race.flood.steps[-1]), race.flood_ends)]


def under(below: list[str], size: str) -> list[list[str]]:
    """The rows below the playback; in a hall the table first, so that the verdicts are in view."""
    return [[*below, "table"]] if size == "screen" else [["table"], *([below] if below else [])]


def map_panel(race: Race, look: Look) -> Panel:
    """Level sets with the runs, of the part that was zoomed to."""
    choices, landscape = race.choices, race.landscape
    further = choices.starts_within_budget[1:]
    lying = look.visible or choices.zoom or landscape.domain
    figure = contour_map(
        landscape,
        race.drawn,
        race.height,
        landscape.domain,
        race.landmarks,
        np.array(further).T if further else None,
        zoom=race.zoomed,
        over=overlay(landscape, lying, choices.overlay),
        visible=look.visible,
        aspects=look.aspects,
    )
    if race.flood:
        figure.add_traces(balls(race.names[race.flood.slot], race.flood.positions, race.flood.steps, race.flood_ends))
        legend(figure)
    title = say_n(
        "Contour map of {landscape} with {count} run.",
        "Contour map of {landscape} with {count} runs.",
        len(race.shown),
        landscape=say(landscape.name),
    )
    return Panel("map", figure, alt=paragraph(title, *(entry.sentence for entry in race.shown)))


def surface_panel(race: Race) -> Panel:
    """The landscape from the side: in three dimensions, or as a curve where y does not occur."""
    landscape = race.landscape
    if landscape.curve:
        figure = profile(landscape, race.drawn, landscape.domain)
        return Panel(
            "surface", figure, alt=say("{landscape} as a curve, with the runs.", landscape=say(landscape.name))
        )
    return Panel(
        "surface",
        surface(landscape, race.drawn, race.height, landscape.domain),
        alt=paragraph(
            say(
                "The surface of {landscape} in three dimensions, with the same runs on it.",
                landscape=say(landscape.name),
            ),
            say(landscape.about),
        ),
    )


def curve_panels(race: Race, axis_ranges: AxisRanges) -> list[Panel]:
    """The loss, and beside it the quantity that was chosen, over the steps."""
    shown, kind, logarithmic = race.shown, race.choices.curve, race.choices.axis == "log"
    runs = [run for entry in shown for run in entry.lines()]
    axis = loss_axis(shown, race.lowest, logarithmic)
    losses = [loss - axis.base for entry in shown for loss in entry.values(lambda it: it.loss)]
    beside = [curve for entry in shown for curve in entry.values(lambda it: it.curve(kind, race.minima))]
    name = say(CURVES[kind])
    return [
        Panel(
            "loss",
            curves(axis.title, runs, losses, axis.logarithmic, axis_ranges.get("loss", ())),
            alt=ends(say("Loss"), shown, lambda it: it.loss, race.height.digits),
        ),
        Panel(
            kind,
            curves(name, runs, beside, logarithmic, axis_ranges.get(kind, ())),
            alt=ends(name, shown, lambda it: it.curve(kind, race.minima)),
        ),
    ]


def offline(race: Race) -> bytes:
    """The same as a page that plays without a network; the map shows what it was zoomed to."""
    landscape, seen = race.landscape, picture(race, look=ANYWHERE, is_tuned=tuned(race.choices))
    if race.choices.zoom:
        across, up = race.choices.zoom
        seen.panels[0].figure.update_layout(xaxis_range=across, yaxis_range=up)
    return standalone(seen.panels, title=say(landscape.name), about=say(landscape.about), **seen.around)


def film(race: Race, progress: Callable[[float], None]) -> bytes:
    """The map as it is seen, as a GIF that plays; `progress` hears which share of it is drawn."""
    with speaking(language_of_letters(race)):
        return animation(*on_the_map(race), progress)


def still(race: Race, code: bytes | None) -> bytes:
    """The map after the last step with title and legend, and a QR code beside it, as PNG."""
    with speaking(language_of_letters(race)):
        return poster(*on_the_map(race), code)


def language_of_letters(race: Race) -> str:
    """The visitor's language, or English where this machine has no font for what a picture says in it."""
    return language() if legible([say(race.landscape.name), *race.names, say("step {step} of {steps}")]) else ENGLISH


def on_the_map(race: Race) -> tuple[Any, ...]:
    """What is drawn of a race where no browser does, its names in the language of the present context."""
    names = zip(race.choices.names(), race.entries, strict=True)
    return (
        race.landscape,
        [replace(run, label=name) for name, entry in names if not entry.hidden for run in entry.lines()],
        race.height,
        race.landscape.domain,
        race.landmarks,
        race.zoomed,
        race.choices.overlay,
    )
