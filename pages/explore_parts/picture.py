"""The race in pictures and words: the map, the surface, the curves, and what stands around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import (
    EXPLAINED,
    Heights,
    Run,
    animation,
    contour_map,
    curves,
    enlarge,
    overlay,
    profile,
    rate_curves,
    stride,
    surface,
    value_range,
)
from figures.stage import Panel, standalone
from landscapes import Domain, Interval
from pages.shared.controls import left_out, thinned, tuned
from pages.shared.race import (
    Entry,
    base,
    conventions,
    critical_points,
    crowds,
    ends,
    entries,
    idle_schedules,
    landmarks,
    outcomes,
    rates_in_words,
    scale,
    scheduled,
    table,
    thrown_out,
    window_scale,
)
from pages.shared.state import CURVES, Choices

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


def picture(choices: Choices, axis_ranges: AxisRanges = NONE, look: Look = AS_USUAL) -> Picture:
    """Everything that is seen, for the choices as they are."""
    race = raced(choices)
    shown = [entry for entry in race if not entry.hidden]
    rates = scheduled(choices)
    above, below = LAYOUTS[choices.layout](choices.curve)
    graphs = curve_panels(choices, shown, axis_ranges) if "loss" in above + below else []
    spatial = [surface_panel(choices, shown)] if "surface" in above else []
    panels = [map_panel(choices, shown, look), *spatial, *graphs]
    if rates and graphs:
        seen = {slot: rate for slot, rate in rates.items() if not race[slot].hidden}
        everyone = [entry.run for entry in race]
        panels.append(Panel("rate", rate_curves(everyone, seen), alt=rates_in_words(choices.names(), seen)))
    if choices.size == "hall":
        for panel in panels:
            enlarge(panel.figure)
    around = {
        "rows": [above, ["play"], *under(below, choices.size), *[["rate"]] * bool(rates and graphs)],
        "steps": choices.steps_taken,
        "every": stride(choices.steps_taken),
        "table": table(choices, race, critical_points(choices.where), tuned(choices)),
        "notes": [
            *(entry.sentence for entry in shown),
            *left_out(choices),
            *thinned(choices),
            *([EXPLAINED[choices.overlay]] if choices.overlay != "none" else []),
            *idle_schedules(choices, rates),
            *conventions(choices, choices.names(), [entry.run.positions for entry in race]),
            *thrown_out(choices.build(), choices.names(), choices.runs, [entry.run.positions for entry in race]),
        ],
    }
    return Picture(
        panels, around, {each.name: value_range(each.figure, axis_ranges.get(each.name, ())) for each in graphs}
    )


def under(below: list[str], size: str) -> list[list[str]]:
    """The rows below the playback; in a hall the table first, so that the verdicts are in view."""
    return [[*below, "table"]] if size == "screen" else [["table"], *([below] if below else [])]


def raced(choices: Choices) -> list[Entry]:
    """Every run, hidden ones too, with what became of it."""
    return entries(choices, outcomes(choices), crowds(choices))


def drawn(choices: Choices, shown: Sequence[Entry]) -> list[Run]:
    """The trajectories, one behind the other, as they are seen in the domain and in what was zoomed to."""
    height = scale(choices.where, choices.height)
    views = (choices.build().domain, *([choices.zoom] if choices.zoom else []))
    return [run for entry in shown for run in entry.drawn(height, views)]


def map_panel(choices: Choices, shown: Sequence[Entry], look: Look) -> Panel:
    """Level sets with the runs, of the part that was zoomed to."""
    landscape, height = choices.build(), scale(choices.where, choices.height)
    lying = look.visible or choices.zoom or landscape.domain
    figure = contour_map(
        landscape,
        drawn(choices, shown),
        height,
        landscape.domain,
        landmarks(critical_points(choices.where)),
        np.array(choices.starts_within_budget[1:]).T if choices.starts_within_budget[1:] else None,
        zoom=zoomed(choices),
        over=overlay(landscape, lying, choices.overlay),
        visible=look.visible,
        aspects=look.aspects,
    )
    said = " ".join(entry.sentence for entry in shown)
    return Panel("map", figure, alt=f"Contour map of {landscape.name} with {len(shown)} runs. {said}")


def zoomed(choices: Choices) -> tuple[Domain, Heights] | None:
    """What the map was zoomed to, with its heights."""
    return (choices.zoom, window_scale(choices.where, choices.height, choices.zoom)) if choices.zoom else None


def surface_panel(choices: Choices, shown: Sequence[Entry]) -> Panel:
    """The landscape from the side: in three dimensions, or as a curve where y does not occur."""
    landscape, runs = choices.build(), drawn(choices, shown)
    if landscape.curve:
        figure = profile(landscape, runs, landscape.domain)
        return Panel("surface", figure, alt=f"{landscape.name} as a curve, with the runs.")
    return Panel(
        "surface",
        surface(landscape, runs, scale(choices.where, choices.height), landscape.domain),
        alt=f"The surface of {landscape.name} in three dimensions, with the same runs on it. {landscape.about}",
    )


def curve_panels(choices: Choices, shown: Sequence[Entry], axis_ranges: AxisRanges) -> list[Panel]:
    """The loss, and beside it the quantity that was chosen, over the steps."""
    found, logarithmic = critical_points(choices.where), choices.axis == "log"
    runs = [run for entry in shown for run in entry.lines()]
    floor = base(shown, found, logarithmic)
    minima = landmarks(found).get("minimum", np.zeros((2, 0)))
    losses = [loss - floor for entry in shown for loss in entry.values(lambda it: it.loss)]
    beside = [curve for entry in shown for curve in entry.values(lambda it: it.curve(choices.curve, minima))]
    title, name = "Loss above the lowest, f − f*" if floor else "Loss", CURVES[choices.curve]
    return [
        Panel(
            "loss",
            curves(title, runs, losses, logarithmic, axis_ranges.get("loss", ())),
            alt=ends("Loss", shown, lambda it: it.loss, scale(choices.where, choices.height).digits),
        ),
        Panel(
            choices.curve,
            curves(name, runs, beside, logarithmic, axis_ranges.get(choices.curve, ())),
            alt=ends(name, shown, lambda it: it.curve(choices.curve, minima)),
        ),
    ]


def offline(choices: Choices) -> bytes:
    """The same as a page that plays without a network; the map shows what it was zoomed to."""
    landscape, seen = choices.build(), picture(choices, look=ANYWHERE)
    if choices.zoom:
        across, up = choices.zoom
        seen.panels[0].figure.update_layout(xaxis_range=across, yaxis_range=up)
    return standalone(seen.panels, title=landscape.name, about=landscape.about, **seen.around)


def film(choices: Choices, progress: Callable[[float], None]) -> bytes:
    """The map as it is seen, as a GIF that plays; `progress` hears which share of it is drawn."""
    landscape = choices.build()
    return animation(
        landscape,
        [run for entry in raced(choices) if not entry.hidden for run in entry.lines()],
        scale(choices.where, choices.height),
        landscape.domain,
        landmarks(critical_points(choices.where)),
        zoomed(choices),
        choices.overlay,
        progress,
    )
