"""One update of one or two runs: its arrows on the map, its formulas with numbers, and all memories over time."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

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
    enlarge,
    of_trajectory,
    ordinal,
    rate_curves,
    run_colours,
    stride,
)
from figures.stage import Panel, stage, visible
from landscapes import Array, shown
from optimizers import Anatomy, Recorded
from optimizers.worked_steps import anatomy
from pages.shared.controls import left_out, move_start, number_field
from pages.shared.race import conventions, idle_schedules, measured, rates_in_words, recorded, scale, thrown_out
from pages.shared.state import Choices, change, key
from pages.step_by_step_parts.formulas import BROAD, before_and_after, formulas, in_plain_text, lesson
from pages.step_by_step_parts.noise import clipping_in_words, noise_in_words
from words import coordinates, mark, paragraph, say

ABREAST = 2  # runs beside each other
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


def show(choices: Choices) -> None:
    """Chooses runs and an update, and takes it apart."""
    names = choices.names()
    at = min(choices.update, choices.steps_taken)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        slots = chosen(names, [run.optimizer for run in choices.runs])
        step_controls(at, choices.steps_taken)
    runs = [
        Run(names[i], colour, recorded(choices, i).run.positions, dash)
        for i, colour, dash in zip(
            range(len(names)), run_colours([run.optimizer for run in choices.runs]), DASHES, strict=False
        )
    ]
    taken = {slot: apart(recorded(choices, slot), at) for slot in slots}
    maps(choices, at, slots, [runs[slot] for slot in slots], [taken[slot] for slot in slots])
    parts = any(update and update.from_memory is not None and update.t > 1 for update in taken.values())
    st.caption(paragraph(say(PARTS) if parts else say(THICK), say(DOWN)))
    if noisy := noise_in_words(choices.gradient_noise, at):
        st.caption(noisy)
    for column, slot in zip(st.columns(len(slots)), slots, strict=True):
        with column:
            one_update(runs[slot], choices, slot, taken[slot])
    paths = [run.positions for run in runs]
    remarks = [*conventions(choices, names, paths), *thrown_out(choices.build(), names, choices.runs, paths)]
    for sentence in remarks:
        st.info(sentence)
    over_time(choices, at, runs, slots)


def chosen(names: Sequence[str], optimizers: Sequence[str]) -> list[int]:
    """The runs that are looked at: one or two of them."""
    if len(names) <= ABREAST:
        return list(range(len(names)))
    widget = f"abreast {' '.join(optimizers)}"
    st.session_state[widget] = st.session_state.get(widget, [*range(ABREAST)])  # places stay when the names change
    picked = st.pills(
        say("Runs"),
        range(len(names)),
        format_func=lambda slot: names[slot],
        selection_mode="multi",
        key=widget,
        label_visibility="collapsed",
    )
    return sorted(picked)[:ABREAST] or [0]


def step_controls(at: int, steps: int) -> None:
    """Back, forward and a number: the update that is looked at, in the link too."""
    widget = key("update")

    def go(to: int) -> None:
        change(update=min(max(to, 1), steps))

    st.button(say("First"), on_click=go, args=(1,), shortcut="Home", disabled=at == 1)
    st.button(say("Back"), on_click=go, args=(at - 1,), shortcut="Left", disabled=at == 1)
    number_field(
        say("Update, 1 to {steps}", steps=f"{steps:,}"),
        1,
        steps,
        at,
        widget,
        go,
        width=130,
        label_visibility="collapsed",
    )
    st.button(say("Forward"), on_click=go, args=(at + 1,), shortcut="Right", disabled=at == steps)
    st.button(say("Last"), on_click=go, args=(steps,), shortcut="End", disabled=at == steps)


def apart(it: Recorded, at: int) -> Anatomy | None:
    """The update, or None where the run has left before it."""
    known = np.isfinite(it.run.positions[:, : at + 1]).all()
    return anatomy(it, at) if known else None


def maps(
    choices: Choices, at: int, slots: Sequence[int], runs: Sequence[Run], updates: Sequence[Anatomy | None]
) -> None:
    """The way so far, and each update from close by."""
    landscape = choices.build()
    height = scale(choices.where, choices.height)
    so_far = [thin(Run(run.label, run.colour, run.positions[:, : at + 1], run.dash), choices) for run in runs]
    panels = [
        Panel(
            "map",
            call_axes(
                contour_map(landscape, so_far, height, landscape.domain, visible=visible("update", "map")),
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
                )
            )
    sized(choices, panels)
    stage(
        panels,
        key="update",
        rows=[["play"], [panel.name for panel in panels]],
        start=choices.start,
        on_start=lambda x, y: move_start((x, y)),
    )


def in_arrows(name: str, update: Anatomy) -> str:
    """What an update from close by shows."""
    return say("{run} at {place}: gradient and step as arrows.", run=name, place=coordinates(update.p))


def thin(run: Run, choices: Choices) -> Run:
    """The same with as many points as show all that there is to see on the map."""
    height, landscape = scale(choices.where, choices.height), choices.build()
    return run.at(of_trajectory(run.positions, height.share(landscape.value(run.positions)), [landscape.domain]))


def one_update(run: Run, choices: Choices, slot: int, update: Anatomy | None) -> None:
    """The formulas and the table of one run."""
    rule = choices.runs[slot].rule
    st.markdown(
        f':color[●]{{foreground="{IN_LETTERS[run.colour]}"}} **{run.label}**',
        help=paragraph(say(rule.use), say(rule.fails)),
    )
    if update is None:
        left = int(np.isfinite(run.positions).all(axis=0).sum())
        st.warning(
            say(
                "This run left at step {step}: there is no such update. Its last one is number {last}.",
                step=f"{left:,}",
                last=f"{left - 1:,}",
            )
        )
        return
    st.markdown(lesson(run.label, update))
    clipping = choices.runs[slot].clipping
    if clipping is not None:
        seen = choices.gradient_noise.on(choices.build()).at(update.t - 1)
        st.markdown(clipping_in_words(clipping, seen, update.p))
    st.markdown(formulas(update, 0 if choices.size == "hall" else BROAD, (BY_GRADIENT, BY_MOMENTUM)))
    if rule.search:
        st.markdown(say("This rule searches for its step: {formula}", formula=f"${say(rule.search)}$"))
    st.markdown(before_and_after(update))


def over_time(choices: Choices, at: int, runs: Sequence[Run], slots: Sequence[int]) -> None:
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
    sized(choices, panels)
    stage(panels, key="memories", rows=[["play"], [*(panel.name for panel in panels), "table"]], notes=notes)


def sized(choices: Choices, panels: Sequence[Panel]) -> None:
    """Enlarges the pictures where they are for a lecture hall."""
    if choices.size == "hall":
        for panel in panels:
            enlarge(panel.figure)


def drawable(memories: Mapping[str, Array]) -> dict[str, Array]:
    """What there is to draw of a rule's memories, each (steps + 1,) or (2, steps + 1); bias corrections together."""
    curves = {letter: values for letter, values in memories.items() if values.size <= 2 * values.shape[-1]}
    corrections = [letter for letter in curves if letter.startswith("1 - ")]
    if len(corrections) > 1:
        letters = ", ".join(letter.removeprefix("1 - ") for letter in corrections)
        curves[f"1 - {letters}"] = np.stack([curves.pop(letter) for letter in corrections])
    return curves
