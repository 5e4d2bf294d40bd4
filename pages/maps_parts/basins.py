"""Where does a trajectory end from every start of the map, and how soon?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from figures import RUN_COLOURS, Basin, Part, Run, basin_map, call_axes, disagreement_map, percent, stride
from figures.stage import Panel, Table, stage
from landscapes import Domain, Landscape
from optimizers.bulk import KINDS
from pages.maps_parts.compute import PREVIEW, Sweep, is_swept, side_within_budget, swept
from pages.maps_parts.ends import End, Whole, told_apart
from pages.maps_parts.sharpen import sharpen
from pages.shared.controls import look_at, move_start
from pages.shared.race import critical_points, kept, outcomes
from pages.shared.state import HISTORY, Choices, built, run_names
from words import coordinates, mark, say, say_n, short

ZERO = 1e-9  # of the view's width: a coordinate that is smaller is written as 0
MOST_ROWS = 8  # of the table; what is behind them is counted together
BESIDE_THE_TABLE = 2.6  # share of the row that the map has
COARSE = 1e4  # spacings of float64 from one start to the next: with fewer, the map says so
HOVERS = {  # what stands in front of the number of steps
    "minimum": mark("Ends at the minimum {place}, there from step"),
    "saddle": mark("Ends at the saddle {place}, there from step"),
    "maximum": mark("Ends on the maximum {place}, there from step"),
    "flat": mark("Ends where it is flat, there from step"),
    "cycle": mark("Ends in a cycle, in it from step"),
    "moving": mark("Still moving at step"),
    "diverged": mark("Diverges: it leaves at step"),
}
NAMES = {
    "minimum": mark("Minimum {place}"),
    "saddle": mark("Saddle {place}"),
    "maximum": mark("Maximum {place}"),
    "flat": mark("Where it is flat"),
    "cycle": mark("A cycle"),
    "moving": mark("Still moving"),
    "diverged": mark("Diverged"),
}
REACHED = {
    "minimum": mark("{share} % of the starts reach the minimum {place}."),
    "saddle": mark("{share} % of the starts end at the saddle {place}."),
    "maximum": mark("{share} % of the starts end on the maximum {place}."),
    "flat": mark("{share} % of the starts end where the landscape is flat."),
    "cycle": mark("{share} % of the starts end in a cycle."),
    "moving": mark("{share} % of the starts are still moving at the last step."),
    "diverged": mark("{share} % of the starts diverge."),
}
ELSEWHERE = {"minimum": mark("Another minimum"), "saddle": mark("Another saddle"), "maximum": mark("Another maximum")}


@dataclass(frozen=True, eq=False)
class Basins:
    """The maps of some sweeps: of each start the end and the steps, rows from the lowest upwards."""

    sweeps: tuple[Sweep, ...]
    ends: tuple[End, ...]
    which: tuple[Whole, ...]  # (rows, columns) for each sweep: number of the end
    steps: tuple[Whole, ...]

    def share(self, slot: int, number: int) -> float:
        """The share of all starts of a sweep that come to an end."""
        return float((self.which[slot] == number).mean())

    def median(self, slot: int, number: int) -> float:
        """The median of the steps of those that come to an end; nan where none does."""
        steps = self.steps[slot][self.which[slot] == number]
        return float(np.median(steps)) if steps.size else float("nan")

    def order(self, slots: Sequence[int]) -> list[int]:
        """The ends to which these sweeps come, those of the largest shares first."""
        shares = {n: max(self.share(slot, n) for slot in slots) for n in range(len(self.ends))}
        return sorted((n for n in shares if shares[n]), key=lambda n: -shares[n])


@kept(4_000_000, lambda basins: sum(which.size for which in basins.which))
def basins_of(sweeps: tuple[Sweep, ...]) -> Basins:
    """The maps of these sweeps of one landscape, whose ends are told apart together."""
    found = [swept(each) for each in sweeps]
    where = sweeps[0].where
    known = [point.position for point in critical_points(where).points]
    ends, which = told_apart(
        [np.array(KINDS)[each.kinds] for each in found],
        [each.places for each in found],
        np.array(known).reshape(-1, 2).T,
        max(high - low for low, high in built(*where).domain),
    )
    shapes = [(each.side, each.side) for each in sweeps]
    return Basins(
        sweeps,
        tuple(ends),
        tuple(each.astype(np.int64).reshape(shape) for each, shape in zip(which, shapes, strict=True)),
        tuple(each.steps.astype(np.int64).reshape(shape) for each, shape in zip(found, shapes, strict=True)),
    )


def show(choices: Choices) -> None:
    """The map, or two and where they differ; beside it the shares, and one trajectory that a click starts."""
    landscape = choices.build()
    runs = mapped(choices)
    names = run_names([choices.runs[slot] for slot in runs])
    window = choices.zoom or landscape.domain
    sharp = [sweep_of(choices, slot, window, side_of(choices)) for slot in runs]
    coarse = [replace(each, side=min(PREVIEW, each.side)) for each in sharp]
    seen = sharp if all(map(is_swept, sharp)) else coarse
    around = [replace(each, window=landscape.domain) for each in coarse if choices.zoom]
    basins = basins_of((*seen, *around))
    slots = list(range(len(seen)))
    drawn = one_trajectory(choices, runs)
    spoken = {name: in_words(landscape, basins, slot) for slot, name in zip(slots, names, strict=True)}
    panels = [
        Panel(
            panel,
            map_of(choices, landscape, basins, slot, drawn[slot : slot + 1]),
            alt=say("Where {run} ends from every start: {sentence}", run=name, sentence=spoken[name]),
            width=BESIDE_THE_TABLE if len(runs) == 1 else 1.0,
        )
        for slot, name, panel in zip(slots, names, ("map", "other"), strict=False)
    ]
    if len(runs) == 2:
        panels.append(difference(choices, landscape, basins, names))
    alone = len(panels) == 1
    stage(
        panels,
        key="maps",
        rows=[["map", "table"], ["play"]] if alone else [[panel.name for panel in panels], ["play"], ["table"]],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken),
        start=choices.start,
        window=choices.zoom,
        table=shares_table(landscape, basins, slots, names),
        notes=[
            *([panels[-1].alt] if not alone else []),
            *notes(choices, seen),
        ],
        title=f"fall-line-basins-{choices.landscape}",
        heading=say(landscape.name),
        hint="" if HISTORY.can_undo() else say("Click anywhere: a trajectory starts there."),
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: move_start((x, y)),
        on_window=look_at,
    )
    sharpen([] if seen is sharp else sharp)


def mapped(choices: Choices) -> list[int]:
    """The runs that are mapped, counted from 0: those that were chosen and are there, else the first."""
    return [slot for slot in choices.mapped if slot < len(choices.runs)] or [0]


def sweep_of(choices: Choices, slot: int, window: Domain, side: int) -> Sweep:
    """The map of a run."""
    run = replace(choices.runs[slot], hidden=False)
    return Sweep(choices.where, run, window, side, choices.steps_taken)


def side_of(choices: Choices) -> int:
    """The starts along each side of every map: as many as were asked for, as far as there is room."""
    landscape, steps = choices.build(), choices.steps_taken
    return min(
        side_within_budget(landscape, choices.runs[slot], steps, int(choices.sharpness)) for slot in mapped(choices)
    )


def one_trajectory(choices: Choices, runs: Sequence[int]) -> list[Run]:
    """The trajectory of each run from the start that was chosen, in black: every other colour is that of a place."""
    quiet = replace(choices, runs=tuple(choices.runs[slot] for slot in runs), noise=0.0)
    return [
        Run(name, RUN_COLOURS[-1], outcome.trajectory.positions)
        for name, outcome in zip(quiet.names(), outcomes(quiet), strict=True)
    ]


def map_of(choices: Choices, landscape: Landscape, basins: Basins, slot: int, runs: Sequence[Run]) -> Any:
    """The map of one sweep, on that of the whole domain where it is zoomed."""
    count = len(basins.sweeps) // (2 if choices.zoom else 1)
    layers = [slot + count, slot] if choices.zoom else [slot]
    parts = [Part(basins.sweeps[n].window, basins.which[n], basins.steps[n]) for n in layers]
    marks = {
        kind: np.array([p.position for p in points]).T
        for kind in ("minimum", "saddle", "maximum")
        if (points := [p for p in critical_points(choices.where).points if p.kind == kind])
    }
    every = [basin(landscape, basins, slot, number) for number in range(len(basins.ends))]
    figure = basin_map(landscape.domain, parts, every, marks, runs, choices.zoom)
    return call_axes(figure, landscape.axes)


def basin(landscape: Landscape, basins: Basins, slot: int, number: int) -> Basin:
    """An end as it is drawn."""
    end = basins.ends[number]
    hover = say(HOVERS[end.kind], place=place(landscape, end)) if end.position else hover_elsewhere(end)
    return Basin(called(landscape, end), end.kind, end.number, basins.share(slot, number), hover)


def hover_elsewhere(end: End) -> str:
    """What stands in front of the number of steps of what has no one place."""
    if end.kind in ELSEWHERE:
        return say("Ends elsewhere, there from step")
    return say(HOVERS[end.kind])


def place(landscape: Landscape, end: End) -> str:
    """Where an end is."""
    width = max(high - low for low, high in landscape.domain)
    return coordinates(np.array(end.position), zero=ZERO * width)


def called(landscape: Landscape, end: End) -> str:
    """An end as a table has it."""
    if end.position is not None:
        return say(NAMES[end.kind], place=place(landscape, end))
    return say(ELSEWHERE[end.kind] if end.kind in ELSEWHERE else NAMES[end.kind])


def shares_table(landscape: Landscape, basins: Basins, slots: Sequence[int], names: Sequence[str]) -> Table:
    """How many of the starts come to which end, and how soon: the legend of the maps."""
    order = basins.order(slots)
    rows, colours = [], []
    for number in order[:MOST_ROWS]:
        row = [called(landscape, basins.ends[number])]
        for slot in slots:
            share = basins.share(slot, number)
            row.append(say("{share} %", share=percent(share)))
            if len(slots) == 1:
                row.append(short(basins.median(slot, number)) if share else "")
        rows.append(row)
        colours.append(basin(landscape, basins, slots[0], number).colour)
    if rest := order[MOST_ROWS:]:
        rows.append([say_n("{count} other end", "{count} other ends", len(rest))])
        for slot in slots:
            share = sum(basins.share(slot, number) for number in rest)
            rows[-1] += [say("{share} %", share=percent(share)), *([""] if len(slots) == 1 else [])]
        colours.append("")
    last = [say("Share"), say("Median step")] if len(slots) == 1 else list(names)
    return Table(
        columns=[say("Ends at"), *last],
        rows=rows,
        colours=colours,
        caption=say("Share of the starts by where they end"),
    )


def in_words(landscape: Landscape, basins: Basins, slot: int) -> str:
    """The shares in sentences: what the colours of a map say."""
    order = basins.order([slot])
    said = [sentence(landscape, basins.ends[number], basins.share(slot, number)) for number in order[:MOST_ROWS]]
    if rest := order[MOST_ROWS:]:
        share = percent(sum(basins.share(slot, number) for number in rest))
        said.append(
            say_n(
                "{share} % end at {count} other place.",
                "{share} % end at {count} other places.",
                len(rest),
                share=share,
            )
        )
    return " ".join(said)


def sentence(landscape: Landscape, end: End, share: float) -> str:
    """What share of the starts comes to an end."""
    if end.position is None and end.kind in ELSEWHERE:
        return say("{share} % of the starts come to other such places.", share=percent(share))
    at = place(landscape, end) if end.position else ""
    return say(REACHED[end.kind], share=percent(share), place=at)


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
    if choices.noise:
        said.append(say("Maps are of runs without gradient noise."))
    return said


def difference(choices: Choices, landscape: Landscape, basins: Basins, names: Sequence[str]) -> Panel:
    """From where two runs end at different places."""
    differ = basins.which[0] != basins.which[1]
    share = percent(float(differ.mean()))
    words = say(
        "From {share} % of the starts {first} and {second} end at different places.",
        share=share,
        first=names[0],
        second=names[1],
    )
    figure = disagreement_map(landscape.domain, basins.sweeps[0].window, differ, choices.zoom)
    return Panel("difference", call_axes(figure, landscape.axes), alt=words)
