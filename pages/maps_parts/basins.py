"""Where does a trajectory end from every start of the map, and how soon?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from figures import RUN_COLOURS, Part, Run, basin_map, call_axes, disagreement_map, percent, stride
from figures.stage import Drawing, Panel, drawing, stage, viewed
from landscapes import Array, Landscape
from pages.maps_parts.compute import PREVIEW, Sweep, is_swept, side_within_budget
from pages.maps_parts.naming import basin, in_words, shares_table
from pages.maps_parts.outcome_maps import Basins, basins_of
from pages.maps_parts.sharpen import sharpen
from pages.shared.controls import look_at, move_start
from pages.shared.race import critical_points, outcomes
from pages.shared.size import panels_in_size
from pages.shared.state import HISTORY, Choices, run_names
from pages.shared.work import Frozen, drawn_once, frozen
from words import say, say_n, short

BESIDE_THE_TABLE = 2.6  # share of the row that the map has
COARSE = 1e4  # spacings of float64 from one start to the next: with fewer, the map says so


def show(choices: Choices) -> None:
    """The map, or two and where they differ; beside it the shares, and one trajectory that a click starts."""
    sharp, around = sharp_maps(choices)
    ready = basins_of.has((*sharp, *around)) or all(map(is_swept, sharp))
    stage(
        pictured(choices, ready, frozen(viewed("maps", choices.zoom))),
        key="maps",
        window=choices.zoom,
        title=f"fall-line-basins-{choices.landscape}",
        heading=say(choices.build().name),
        hint="" if HISTORY.can_undo() else say("Click anywhere: a trajectory starts there."),
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: move_start((x, y)),
        on_window=look_at,
    )
    sharpen([] if ready else sharp, (*sharp, *around))


@drawn_once
def pictured(choices: Choices, sharply: bool, views: Frozen) -> Drawing:
    """The maps as sharp as was asked for, or as they are there at once."""
    landscape, runs = choices.build(), mapped(choices)
    names = run_names([choices.runs[slot] for slot in runs])
    sharp, around = sharp_maps(choices)
    seen = sharp if sharply else [preview(each) for each in sharp]
    basins = basins_of((*seen, *around))
    slots = list(range(len(seen)))
    drawn = one_trajectory(choices, runs)
    spoken = {name: in_words(landscape, basins, slot) for slot, name in zip(slots, names, strict=True)}
    panels = [
        Panel(
            panel,
            map_of(choices, landscape, basins, slot, drawn[slot : slot + 1], name if len(runs) > 1 else ""),
            alt=say("Share of the starts by where {run} ends: {sentences}", run=name, sentences=spoken[name]),
            width=BESIDE_THE_TABLE if len(runs) == 1 else 1.0,
        )
        for slot, name, panel in zip(slots, names, ("map", "other"), strict=False)
    ]
    if len(runs) == 2:
        panels.append(difference(choices, landscape, basins, names))
    alone = len(panels) == 1
    return drawing(
        panels_in_size(panels, choices.size),
        key="maps",
        views=dict(views),
        rows=[["map", "table"], ["play"]] if alone else [[panel.name for panel in panels], ["play"], ["table"]],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken),
        start=choices.start,
        table=shares_table(landscape, basins, slots, names, say("Share of the starts by where they end")),
        notes=[
            *([panels[-1].alt] if not alone else []),
            *notes(choices, seen),
        ],
    )


def mapped(choices: Choices) -> list[int]:
    """The runs that are mapped, counted from 0: those that were chosen and are there, else the first."""
    return [slot for slot in choices.mapped if slot < len(choices.runs)] or [0]


def sharp_maps(choices: Choices) -> tuple[list[Sweep], list[Sweep]]:
    """The map of each run as sharp as was asked for, and where it is zoomed that of the whole domain behind it."""
    domain, side = choices.build().domain, side_of(choices)
    runs = [replace(choices.runs[slot], hidden=False) for slot in mapped(choices)]
    sharp = [Sweep(choices.where, run, choices.zoom or domain, side, choices.steps_taken) for run in runs]
    return sharp, [replace(preview(each), window=domain) for each in sharp if choices.zoom]


def preview(asked: Sweep) -> Sweep:
    """A map of fewer starts, that is there at once."""
    return replace(asked, side=min(PREVIEW, asked.side))


def side_of(choices: Choices) -> int:
    """The starts along each side of every map: as many as were asked for, as far as there is room."""
    landscape, steps, runs = choices.build(), choices.steps_taken, mapped(choices)
    return min(
        side_within_budget(landscape, choices.runs[slot], steps, int(choices.sharpness), len(runs)) for slot in runs
    )


def one_trajectory(choices: Choices, runs: Sequence[int]) -> list[Run]:
    """The trajectory of each run from the start that was chosen, in black: every other colour is that of a place."""
    quiet = replace(choices, runs=tuple(choices.runs[slot] for slot in runs), noise=0.0, outlier=0.0)
    return [
        Run(name, RUN_COLOURS[-1], outcome.trajectory.positions)
        for name, outcome in zip(quiet.names(), outcomes(quiet), strict=True)
    ]


def map_of(choices: Choices, landscape: Landscape, basins: Basins, slot: int, runs: Sequence[Run], title: str) -> Any:
    """The map of one sweep, on that of the whole domain where it is zoomed."""
    count = len(basins.sweeps) // (2 if choices.zoom else 1)
    layers = [slot + count, slot] if choices.zoom else [slot]
    parts = [Part(basins.sweeps[n].window, basins.which[n], basins.steps[n]) for n in layers]
    every = [basin(landscape, basins, slot, number) for number in range(len(basins.ends))]
    figure = basin_map(landscape.domain, parts, every, critical_marks(choices), runs, choices.zoom, title)
    return call_axes(figure, landscape.axes)


def critical_marks(choices: Choices) -> dict[str, Array]:
    """The critical points in view by kind, (2, K) each."""
    return {
        kind: np.array([p.position for p in points]).T
        for kind in ("minimum", "saddle", "maximum")
        if (points := [p for p in critical_points(choices.where).points if p.kind == kind])
    }


def notes(choices: Choices, seen: Sequence[Sweep]) -> list[str]:
    """How the map was made, and where it has no meaning any more."""
    side, steps = f"{seen[0].side:,}", seen[0].steps
    said = [
        say_n(
            "Drawn from {side} × {side} starts, {count} step each. Pale is soon and deep is late, by rank.",
            "Drawn from {side} × {side} starts, {count} steps each. Pale is soon and deep is late, by rank.",
            steps,
            side=side,
        )
    ]
    if side_of(choices) < int(choices.sharpness):
        said.append(say("There is no room for more starts with so many steps of this rule."))
    spacing = min(
        (high - low) / each.side / float(np.spacing(max(abs(low), abs(high))))
        for each in seen
        for low, high in each.window
    )
    if spacing < COARSE:
        said.append(
            say(
                "Neighbouring starts are {count} spacings of float64 apart: much closer the numbers of a computer "
                "cannot tell two starts from each other.",
                count=short(spacing),
            )
        )
    if choices.noise or choices.outlier:
        said.append(say("Maps are of runs without gradient noise."))
    return said


def difference(choices: Choices, landscape: Landscape, basins: Basins, names: Sequence[str]) -> Panel:
    """From where two runs end at different places."""
    differ = basins.which[0] != basins.which[1]
    share = percent(float(differ.mean()))
    words = say(
        "From {share} % of the starts {first} and {second} end differently.",
        share=share,
        first=names[0],
        second=names[1],
    )
    figure = disagreement_map(
        landscape.domain, basins.sweeps[0].window, differ, choices.zoom, say("Where they end differently")
    )
    return Panel("difference", call_axes(figure, landscape.axes), alt=words)
