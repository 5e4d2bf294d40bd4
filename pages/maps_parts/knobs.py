"""What does a run come to at every pair of two of its numbers?"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from figures import Axis, Part, knob_map
from figures.stage import Drawing, Panel, drawing, stage, viewed
from landscapes import Array, Domain, Knob, Landscape
from landscapes.curvature import eigenvalues
from pages.maps_parts.basins import BESIDE_THE_TABLE, mapped
from pages.maps_parts.choices import KNOBS
from pages.maps_parts.compute import FEW, PREVIEW, WARM, KnobSweep, is_swept, side_within_budget, swept, turnable
from pages.maps_parts.knob_theory import has_optimum, of_the_border, optimum
from pages.maps_parts.knob_window import overlap, within
from pages.maps_parts.naming import basin, in_words, shares_table
from pages.maps_parts.outcome_maps import Basins, basins_of
from pages.maps_parts.sharpen import sharpen
from pages.shared.controls import start_in_words, view_controls
from pages.shared.size import panels_in_size
from pages.shared.state import Choices, RunChoice, change, key, of_words, own_key, plain, when_moved
from pages.shared.work import Frozen, drawn_once, frozen
from words import say

BORDER = 128  # nodes along each side from which the border is drawn
SIDE = 256  # pairs along each side, where a map of starts has 512


def show(choices: Choices) -> None:
    """The map over two knobs of one run, theory's border at the minimum that most pairs reach, and the shares."""
    sharp = knob_sweep(choices)
    if sharp is None:
        name = say(mapped_run(choices).rule.name)
        st.info(say("{run} has no two numbers to turn: One knob shows what becomes of it.", run=name))
        stage([], key="knobs")
        return
    knobs = knobs_of(sharp)
    ready = basins_of.has((sharp,)) or is_swept(sharp)
    seen = sharp if ready else replace(sharp, side=min(PREVIEW, sharp.side))
    try:
        basins_of((seen,))
    except ValueError as error:
        st.error(plain(say("{reason}.", reason=error)))
        return
    shown = choices.knob_window and overlap(choices.knob_window, knobs)
    stage(
        pictured(choices, seen, frozen(viewed("knobs", shown))),
        key="knobs",
        window=shown,
        title=f"fall-line-knobs-{choices.landscape}",
        heading=say(choices.build().name),
        on_window=lambda window: change(knob_window=window and within(window, knobs)),
    )
    sharpen([] if ready else [sharp], (sharp,))


def knobs_of(asked: KnobSweep) -> tuple[Knob, Knob]:
    """The two numbers that a map is over."""
    known = turnable(asked.run, asked.steps)
    return known[asked.knobs[0]], known[asked.knobs[1]]


@drawn_once
def pictured(choices: Choices, seen: KnobSweep, views: Frozen) -> Drawing:
    """One map with theory's border, and the shares."""
    landscape, basins = choices.build(), basins_of((seen,))
    run, names, window = seen.run, seen.knobs, seen.window
    known, knobs = turnable(run, seen.steps), knobs_of(seen)
    axes = tuple(axis(known, name) for name in names)
    at = minimum_reached(basins)
    loss = final_losses(landscape, seen)
    curvatures = eigenvalues(landscape, at) if at is not None else None
    lowest = float(np.nanmin(loss)) if np.isfinite(loss).any() else 0.0
    line = None if curvatures is None else border(run, names, window, float(curvatures[1]))
    theory = (
        [] if at is None or curvatures is None else [of_the_border(landscape, run, at, curvatures, line is not None)]
    )
    star = None
    if at is not None and curvatures is not None and has_optimum(run, names, curvatures):
        best = optimum(choices.where, (float(at[0]), float(at[1])), (float(curvatures[0]), float(curvatures[1])))
        numbers = {"learning_rate": best.theory.learning_rate, "momentum": best.theory.momentum}
        star = (*drawn_at(knobs, (numbers[names[0]], numbers[names[1]])), say("Polyak's optimum"))
        theory.append(best.sentence)
    figure = knob_map(
        Part(window, basins.which[0], basins.steps[0]),
        (axes[0], axes[1]),
        [basin(landscape, basins, 0, number) for number in range(len(basins.ends))],
        choices.colour,
        loss - lowest,
        line,
        star,
        drawn_at(knobs, now(run, names)),
    )
    caption = say("Share of the pairs of numbers by where the run ends")
    words = in_words(landscape, basins, 0)
    panel = Panel(
        "map", figure, alt=say("{caption}: {sentences}", caption=caption, sentences=words), width=BESIDE_THE_TABLE
    )
    return drawing(
        panels_in_size([panel], choices.size),
        key="knobs",
        views=dict(views),
        rows=[["map", "table"], ["play"]],
        table=shares_table(landscape, basins, [0], [say(run.rule.name)], caption),
        notes=[
            *theory,
            say(
                "{run} from {start}, at {side} × {side} pairs of numbers.",
                run=say(run.rule.name),
                start=start_in_words(choices),
                side=f"{seen.side:,}",
            ),
        ],
    )


def mapped_run(choices: Choices) -> RunChoice:
    """The run whose numbers are turned: the first of those that are mapped."""
    return replace(choices.runs[mapped(choices)[0]], hidden=False)


def knob_sweep(choices: Choices) -> KnobSweep | None:
    """The map over two numbers as sharp as was asked for; None where the run has no two."""
    run = mapped_run(choices)
    known = turnable(run, choices.steps_taken)
    if len(known) < 2:
        return None
    names = turned(choices, known)
    window = within(choices.knob_window, (known[names[0]], known[names[1]]))
    wanted = int(choices.sharpness) * SIDE // 512
    side = side_within_budget(choices.build(), run, choices.steps_taken, wanted)
    asked = KnobSweep(choices.where, run, window, side, choices.steps_taken, names, choices.start)
    return asked if asked.divisible else replace(asked, side=min(side, FEW))


def turned(choices: Choices, known: Mapping[str, Knob]) -> tuple[str, str]:
    """The two numbers of a run: those that were chosen where it has them, else its first ones."""
    across = choices.across if choices.across in known else next(iter(known))
    others = [name for name in known if name != across]
    return across, choices.up if choices.up in others else others[0]


def now(run: RunChoice, names: tuple[str, str]) -> tuple[float, float]:
    """Both numbers as the run has them."""
    numbers = dict(run.numbers) | {WARM: run.warmup}
    return numbers[names[0]], numbers[names[1]]


def drawn_at(knobs: tuple[Knob, Knob], numbers: tuple[float, float]) -> tuple[float, float]:
    """Where a pair of numbers is on the map; a logarithm of 0 is far to the left."""
    with np.errstate(divide="ignore"):
        x, y = (float(np.log10(n)) if knob.log else n for knob, n in zip(knobs, numbers, strict=True))
    return x, y


def axis(known: Mapping[str, Knob], name: str) -> Axis:
    """One of the numbers as the map has it."""
    knob, words = known[name], KNOBS[name]
    said = words if words == knob.symbol else say("{name} {symbol}", name=say(words), symbol=knob.symbol)
    return Axis(said, knob.symbol, knob.log)


def knob_choice(choices: Choices) -> None:
    """Which two numbers, and what the colours are of; changed together, so that they stay two."""
    known = turnable(mapped_run(choices), choices.steps_taken)
    if len(known) < 2:
        return
    across, up = turned(choices, known)
    for field, label, mine, other in (("across", say("Across"), across, up), ("up", say("Upwards"), up, across)):
        widget = own_key(of_words(key(f"maps {field}")), mine)
        st.session_state[widget] = mine

        def taken(field: str = field, widget: str = widget, mine: str = mine, other: str = other) -> None:
            new = st.session_state[widget]
            rest = {"up" if field == "across" else "across": mine if new == other else other}
            change(**{field: new, **rest, "knob_window": None})

        st.selectbox(
            label,
            list(known),
            format_func=lambda name: axis(known, name).name,
            key=widget,
            on_change=when_moved(widget, taken),
        )
    window = choices.knob_window
    if window is not None and overlap(window, (known[across], known[up])) is None:
        st.warning(
            say("The link names a part of the map outside the ranges of these two numbers, so all of it is shown.")
        )
    view_controls("colour")


def final_losses(landscape: Landscape, asked: KnobSweep) -> Array:
    """The loss where each pair of numbers leads, (rows, columns); nan where the run left."""
    return np.asarray(landscape.value(swept(asked).positions).reshape(asked.side, asked.side))


def minimum_reached(basins: Basins) -> Array | None:
    """The minimum that most pairs of numbers reach, (2,); None where none does."""
    found = [n for n in basins.order([0]) if basins.ends[n].kind == "minimum" and basins.ends[n].position]
    return np.array(basins.ends[found[0]].position) if found else None


def border(run: RunChoice, names: tuple[str, str], window: Domain, largest: float) -> tuple[Array, Array, Array] | None:
    """By how much, as a logarithm, the largest stable curvature exceeds that of a minimum; None where unknown."""
    grid = KnobSweep(("", (), "", window), run, window, BORDER, 1, names, (0.0, 0.0))
    values = grid.values(0, grid.grid.size)
    if values.pop(WARM, None) is not None:
        run = replace(run, warmup=0)  # what a run can hold in the end, when its rate has risen
    if run.scheduled or largest <= 0:
        return None
    limit = run.build(**values).stability_limit
    if limit is None:
        return None
    with np.errstate(divide="ignore"):
        over = np.log(np.asarray(limit(0)) / largest)
    over = np.broadcast_to(over, (grid.grid.size,)).reshape(BORDER, BORDER)
    return grid.grid.x, grid.grid.y, np.clip(over, -50.0, 50.0)
