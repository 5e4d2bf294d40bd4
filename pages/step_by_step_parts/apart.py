"""What there is to see and to say of one update: made once for all who look at the same, in the same language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures import (
    BY_GRADIENT,
    BY_MOMENTUM,
    DASHES,
    IN_LETTERS,
    Run,
    call_axes,
    close_up,
    component_curves,
    contour_map,
    of_trajectory,
    ordinal,
    rate_curves,
    run_colours,
    stride,
)
from figures.stage import Drawing, Panel, Views, drawing, viewed, visible
from landscapes import Array, Domain, shown
from optimizers import Anatomy, Recorded
from optimizers.worked_steps import anatomy
from pages.shared.controls import left_out
from pages.shared.race import conventions, idle_schedules, measured, rates_in_words, recorded, scale, thrown_out
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen
from pages.step_by_step_parts.formulas import BROAD, before_and_after, formulas, in_plain_text, lesson
from pages.step_by_step_parts.noise import clipping_in_words, noise_in_words
from words import coordinates, mark, paragraph, say

MAPS, OVER_TIME = "update", "memories"  # the keys of the stages
THICK = mark("The thick arrow is the step.")
PARTS = mark(
    "The thick arrow is the step. With momentum it is the sum of two: what this gradient alone would do, and what the "
    "old momentum adds. The formulas have both in the same colours."
)
DOWN = mark(
    "The dotted arrow points along −∇f, straight down the slope; only its direction counts. The axes of a close-up "
    "count from the point before the update."
)
STROKES = mark("Solid: x, or the first. Dotted: y, or the others. The grey line is the update above.")


@dataclass(frozen=True)
class Update:
    """What stands in the column of one run."""

    name: str
    about: str
    left: str  # that the run has left before the update; "" where it has not
    texts: list[str]


@dataclass(frozen=True, eq=False)
class Apart:
    """An update of one or two runs."""

    maps: Drawing
    captions: list[str]
    updates: list[Update]
    remarks: list[str]
    over_time: Drawing


def taken_apart(choices: Choices, at: int, slots: Sequence[int]) -> Apart:
    """Update number `at`, counted from 1, of the runs with these numbers."""
    look, views = visible(MAPS, "map"), viewed(MAPS)
    return _taken_apart(choices, at, tuple(slots), look, frozen(views), frozen(viewed(OVER_TIME)))


@drawn_once
def _taken_apart(
    choices: Choices,
    at: int,
    slots: tuple[int, ...],
    look: Domain | None,
    views: Frozen,
    views_over_time: Frozen,
) -> Apart:
    names, optimizers = choices.names(), [run.optimizer for run in choices.runs]
    runs = [
        Run(names[i], colour, recorded(choices, i).run.positions, dash)
        for i, colour, dash in zip(range(len(names)), run_colours(optimizers), DASHES, strict=False)
    ]
    taken = {slot: apart(recorded(choices, slot), at) for slot in slots}
    parts = any(update and update.from_memory is not None and update.t > 1 for update in taken.values())
    noisy = noise_in_words(choices.gradient_noise, at)
    paths = [run.positions for run in runs]
    return Apart(
        maps(choices, at, slots, [runs[slot] for slot in slots], list(taken.values()), look, dict(views)),
        [paragraph(say(PARTS) if parts else say(THICK), say(DOWN)), *([noisy] if noisy else [])],
        [described(runs[slot], choices, slot, taken[slot]) for slot in slots],
        [*conventions(choices, names, paths), *thrown_out(choices.build(), names, choices.runs, paths)],
        over_time(choices, at, runs, slots, dict(views_over_time)),
    )


def apart(it: Recorded, at: int) -> Anatomy | None:
    """The update, or None where the run has left before it."""
    known = np.isfinite(it.run.positions[:, : at + 1]).all()
    return anatomy(it, at) if known else None


def maps(
    choices: Choices,
    at: int,
    slots: Sequence[int],
    runs: Sequence[Run],
    updates: Sequence[Anatomy | None],
    look: Domain | None,
    views: Views,
) -> Drawing:
    """The way so far, and each update from close by.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    landscape = choices.build()
    height = scale(choices.where, choices.height)
    so_far = [thin(Run(run.label, run.colour, run.positions[:, : at + 1], run.dash), choices) for run in runs]
    panels = [
        Panel(
            "map",
            call_axes(
                contour_map(landscape, so_far, height, landscape.domain, visible=look),
                landscape.axes,
            ),
            alt=say(
                "Map of {landscape} with the runs up to update {update}.", landscape=say(landscape.name), update=at
            ),
        )
    ]
    rules = [choices.runs[slot].rule.name for slot in slots]
    for place, (rule, run, update) in enumerate(zip(rules, runs, updates, strict=True)):
        if update is not None:
            again = f" {place + 1}" * (rule in rules[:place])
            panels.append(
                Panel(
                    f"close {rule}{again}",  # the same when a knob is turned, so that the picture stays
                    close_up(landscape, update, run, choices.height),
                    alt=paragraph(in_arrows(run.label, update), lesson(run.label, update)),
                    called=say("close-up of {run}", run=run.label),
                )
            )
    panels_in_size(panels, choices.size)
    rows = [["play"], [panel.name for panel in panels]]
    return drawing(panels, key=MAPS, rows=rows, start=choices.start, views=views)


def in_arrows(name: str, update: Anatomy) -> str:
    """What an update from close by shows."""
    return say("{run} at {place}: gradient and step as arrows.", run=name, place=coordinates(update.p))


def thin(run: Run, choices: Choices) -> Run:
    """The same with as many points as show all that there is to see on the map."""
    height, landscape = scale(choices.where, choices.height), choices.build()
    return run.at(of_trajectory(run.positions, height.share(landscape.value(run.positions)), [landscape.domain]))


def described(run: Run, choices: Choices, slot: int, update: Anatomy | None) -> Update:
    """The formulas and the table of one run."""
    rule = choices.runs[slot].rule
    name = f':color[●]{{foreground="{IN_LETTERS[run.colour]}"}} **{run.label}**'
    about = paragraph(say(rule.use), say(rule.fails))
    if update is None:
        left = int(np.isfinite(run.positions).all(axis=0).sum())
        words = say(
            "This run left at step {step}: there is no such update. Its last one is number {last}.",
            step=f"{left:,}",
            last=f"{left - 1:,}",
        )
        return Update(name, about, words, [])
    broad = 0 if choices.size == "hall" else BROAD
    clipping, seen = choices.runs[slot].clipping, choices.gradient_noise.on(choices.build()).at(update.t - 1)
    let_through = [clipping_in_words(clipping, seen, update.p)] if clipping is not None else []
    return Update(
        name,
        about,
        "",
        [
            lesson(run.label, update),
            *let_through,
            formulas(update, broad, (BY_GRADIENT, BY_MOMENTUM)),
            *(
                [say("This rule searches for its step: {formula}", formula=f"${say(rule.search)}$")]
                if rule.search
                else []
            ),
            before_and_after(update),
        ],
    )


def over_time(choices: Choices, at: int, runs: Sequence[Run], slots: Sequence[int], views: Views) -> Drawing:
    """What each rule remembers after every update, its effective rates, and the learning rates."""
    axes = choices.build().axes
    panels = []
    for slot in slots:
        run = runs[slot]
        for letter, values in drawable(measured(choices, slot).memories).items():
            symbol = in_plain_text(letter)
            panels.append(
                Panel(
                    f"{slot} {letter}",
                    component_curves(say("{run}: {letter}", run=run.label, letter=symbol), run, values, at, axes=axes),
                    alt=say(
                        "{letter} of {run} after every update, {x} solid and {y} dotted.",
                        letter=symbol,
                        run=run.label,
                        x=shown(axes[0]),
                        y=shown(axes[1]),
                    ),
                )
            )
        effective = measured(choices, slot).effective
        if effective is not None:
            panels.append(
                Panel(
                    f"{slot} effective",
                    component_curves(
                        say("{run}: effective rate", run=run.label), run, effective, at - 1, logarithmic=True, axes=axes
                    ),
                    alt=say(
                        "Effective rates of {run}, {x} solid and {y} dotted, on a logarithmic axis.",
                        run=run.label,
                        x=shown(axes[0]),
                        y=shown(axes[1]),
                    ),
                )
            )
    known = {slot: rate for slot in slots if (rate := measured(choices, slot).rate) is not None}
    if known:
        panels.append(Panel("rate", rate_curves(runs, known), alt=rates_in_words(choices.names(), known)))
    each = stride(choices.steps_taken)
    drawn = [say("Drawn is every {nth} step and the extremes.", nth=ordinal(each))] if each > 1 else []
    notes = [*left_out(choices), *drawn, say(STROKES), *idle_schedules(choices, known)]
    panels_in_size(panels, choices.size)
    rows = [["play"], [*(panel.name for panel in panels), "table"]]
    return drawing(panels, key=OVER_TIME, rows=rows, notes=notes, views=views)


def drawable(memories: Mapping[str, Array]) -> dict[str, Array]:
    """What there is to draw of a rule's memories, each (steps + 1,) or (2, steps + 1); bias corrections together."""
    curves = {letter: values for letter, values in memories.items() if values.size <= 2 * values.shape[-1]}
    corrections = [letter for letter in curves if letter.startswith("1 - ")]
    if len(corrections) > 1:
        letters = ", ".join(letter.removeprefix("1 - ") for letter in corrections)
        curves[f"1 - {letters}"] = np.stack([curves.pop(letter) for letter in corrections])
    return curves
