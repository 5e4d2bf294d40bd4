"""How much does it matter which value a number has: for up to eight optimizers, from many starts?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from figures import Sensitivity, run_colours, sensitivity_curves
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array, Domain, knob_in_words
from optimizers.bulk import KINDS, sweep
from pages.maps_parts.knob_window import whole
from pages.shared.race import breathe, critical_points, in_turn, kept, lowest, spread
from pages.shared.size import panels_in_size
from pages.shared.state import Choices, RunChoice, Where, built, run_names
from pages.shared.work import Frozen, drawn_once, frozen
from words import paragraph, say, say_n, short

STARTS = 32  # spread over the map
VALUES = 97  # of the number, evenly spread over its range
WORKS = 0.5  # share of the starts that have to reach a minimum where a value works
SPREAD = (0.1, 0.5, 0.9)  # of the starts, by loss: the lower end of the band, its middle, its upper end
MOST_STEPS = 40_000_000  # of all trajectories of an optimizer


@dataclass(frozen=True, eq=False)
class Swept:
    """One optimizer at every value, from every start."""

    values: Array  # (V,), ascending
    kinds: NDArray[np.int8]  # (V, S)
    losses: Array  # (V, S), final ones; infinite where a run left
    steps: NDArray[np.int32]  # (V, S)

    @property
    def reached(self) -> Array:
        """At every value the share of the starts that reach a minimum, (V,)."""
        return np.asarray((self.kinds == KINDS.index("minimum")).mean(axis=1))

    @property
    def best(self) -> int | None:
        """The value from which most starts reach a minimum, and among equals soonest; None where none does."""
        share = self.reached
        if not share.any():
            return None
        steps = np.where(self.kinds == KINDS.index("minimum"), self.steps.astype(float), np.nan)
        best = np.flatnonzero(share == share.max())
        return int(best[np.argmin(np.nanmedian(steps[best], axis=1))])

    @property
    def works(self) -> tuple[int, int] | None:
        """The first and the last value of the longest row of values at which enough starts reach a minimum."""
        good = np.concatenate([[False], self.reached >= WORKS, [False]])
        turns = np.flatnonzero(np.diff(good.astype(np.int8)))
        rows = turns.reshape(-1, 2)
        if not rows.size:
            return None
        first, end = rows[int(np.argmax(rows[:, 1] - rows[:, 0]))]
        return int(first), int(end) - 1

    @property
    def is_cut(self) -> bool:
        """Whether the values that work reach to an end of those that were looked at, and perhaps beyond."""
        return self.works is not None and (self.works[0] == 0 or self.works[1] == self.values.size - 1)


@kept("maps")
def swept(where: Where, run: RunChoice, name: str, window: Domain, steps: int) -> Swept:
    """A run from STARTS places spread over a window at VALUES values of a number."""
    landscape, knob = built(*where), run.knobs[name]
    low, high = whole(knob)
    places = np.linspace(low, high, VALUES)
    values = 10.0**places if knob.log else places
    starts = np.tile(spread(window, STARTS), VALUES)
    with in_turn(run.weight * steps * starts.shape[1]):
        found = sweep(landscape, run.build(**{name: np.repeat(values, STARTS)}), starts, steps, check=breathe)
    losses = landscape.value(found.positions)
    shape = (VALUES, STARTS)
    return Swept(
        values,
        found.kinds.reshape(shape),
        np.where(np.isfinite(losses), losses, np.inf).reshape(shape),
        found.steps.reshape(shape),
    )


@dataclass(frozen=True)
class OverValues:
    """What is computed over one knob, by names and numbers."""

    where: Where
    name: str  # of the knob
    runs: tuple[RunChoice, ...]  # those that have it
    window: Domain
    steps: int

    @property
    def names(self) -> list[str]:
        """Of the runs."""
        return run_names(self.runs, rates=self.name != "learning_rate")

    @property
    def swept(self) -> list[Swept]:
        """What each of the runs comes to."""
        return [swept(self.where, run, self.name, self.window, self.steps) for run in self.runs]


def over_values(choices: Choices) -> OverValues | None:
    """What a visitor has chosen; None where none of the runs has the number."""
    name = choices.across
    runs = tuple(replace(run, hidden=False) for run in choices.runs if name in run.knobs)
    if not runs:
        return None
    steps = min(choices.steps_taken, *(MOST_STEPS // (run.weight * STARTS * VALUES) for run in runs))
    return OverValues(choices.where, name, runs, choices.zoom or choices.build().domain, steps)


def show(choices: Choices) -> None:
    """Final loss against the value for every run; a table with the best values, and how wide the working ones lie."""
    asked, words = over_values(choices), knob_in_words(choices.across)
    if asked is None:
        st.info(say("None of the runs has the number {name}.", name=say(words)))
        stage([], key="one knob")
        return
    stage(
        pictured(asked, choices.size, frozen(viewed("one knob"))),
        key="one knob",
        title=f"fall-line-{asked.name}-{choices.landscape}",
        heading=say(choices.build().name),
    )


@drawn_once
def pictured(asked: OverValues, size: str, views: Frozen) -> Drawing:
    """The curves of the runs, and their table."""
    name, words, runs = asked.name, knob_in_words(asked.name), asked.runs
    found, names = asked.swept, asked.names
    colours = run_colours([run.optimizer for run in runs])
    floor = lowest(critical_points(asked.where))
    if floor is None:
        floor = min(float(np.min(each.losses)) for each in found)
    knob = runs[0].knobs[name]
    drawn = [
        Sensitivity(label, colour, each.values, quantiles(each.losses, floor), best_value(each))
        for label, colour, each in zip(names, colours, found, strict=True)
    ]
    table = fragility(names, colours, found, knob.symbol, knob.log)
    spoken = paragraph(
        *(sentence(label, each, knob.symbol, knob.log) for label, each in zip(names, found, strict=True))
    )
    title = say("{name} {symbol}", name=say(words), symbol=knob.symbol)
    panel = Panel("sensitivity", sensitivity_curves(drawn, title, knob.log), alt=spoken, width=1.6)
    return drawing(
        panels_in_size([panel], size),
        key="one knob",
        views=dict(views),
        rows=[["sensitivity", "table"], ["play"]],
        table=table,
        notes=[
            say_n(
                "{starts} starts spread over the map, {values} values, {count} step each. The line is the "
                "median start, the band holds 8 of 10, the star is where most starts reach a minimum, and soonest.",
                "{starts} starts spread over the map, {values} values, {count} steps each. The line is the "
                "median start, the band holds 8 of 10, the star is where most starts reach a minimum, and soonest.",
                asked.steps,
                starts=STARTS,
                values=VALUES,
            ),
            say(
                "A value works where at least half of the starts reach a minimum; of several ranges that work, the "
                "widest is named. With ≥ it reaches to an end of the values that were looked at."
            ),
        ],
    )


def quantiles(losses: Array, floor: float) -> Array:
    """The losses above the lowest minimum of the low, the middle and the high start at every value, (3, V)."""
    ordered = np.sort(losses, axis=1) - floor
    count = losses.shape[1]
    return np.stack([ordered[:, min(count - 1, int(share * count))] for share in SPREAD])


def best_value(found: Swept) -> float | None:
    """The value at which a run does best."""
    return None if found.best is None else float(found.values[found.best])


def width(found: Swept, log: bool) -> float | None:
    """How far the values that work reach, in decades on a logarithmic scale; None where none works."""
    if found.works is None:
        return None
    low, high = (float(found.values[number]) for number in found.works)
    return float(np.log10(high / low)) if log else high - low


def fragility(names: Sequence[str], colours: Sequence[str], found: Sequence[Swept], symbol: str, log: bool) -> Table:
    """The best value of each run, and how wide the interval of those is that work."""
    rows = []
    for name, each in zip(names, found, strict=True):
        wide, best = width(each, log), each.best
        row: list[Any] = [name, "–" if best is None else short(float(each.values[best]))]
        row.append(say("{share} %", share=short(100 * float(each.reached.max()))))
        if each.works is None or wide is None:
            row += ["–", short(0.0)]
        else:
            low, high = (short(float(each.values[number])) for number in each.works)
            row += [say("{low} to {high}", low=low, high=high), f"≥ {short(wide)}" if each.is_cut else short(wide)]
        rows.append(row)
    columns = [say("Run"), say("Best {symbol}", symbol=symbol), say("Starts that reach a minimum"), say("Works from")]
    columns.append(say("Decades") if log else say("Width"))
    return Table(columns=columns, rows=rows, colours=colours)


def sentence(name: str, found: Swept, symbol: str, log: bool) -> str:
    """The row of a run for those who do not see it."""
    wide, best = width(found, log), found.best
    if best is None:
        return say("{run} reaches a minimum from no start at any value.", run=name)
    share = short(100 * float(found.reached[best]))
    value = short(float(found.values[best]))
    if found.works is None or wide is None:
        return say(
            "{run} does best at {symbol} = {value}, where {share} % of the starts reach a minimum; no value works.",
            run=name,
            symbol=symbol,
            value=value,
            share=share,
        )
    low, high = (short(float(found.values[number])) for number in found.works)
    if log:
        return say(
            "{run} does best at {symbol} = {value}, where {share} % of the starts reach a minimum; the widest range "
            "that works is {low} to {high}, {wide} decades.",
            run=name,
            symbol=symbol,
            value=value,
            share=share,
            low=low,
            high=high,
            wide=f"≥ {short(wide)}" if found.is_cut else short(wide),
        )
    return say(
        "{run} does best at {symbol} = {value}, where {share} % of the starts reach a minimum; the widest range "
        "that works is {low} to {high}.",
        run=name,
        symbol=symbol,
        value=value,
        share=share,
        low=low,
        high=high,
    )
