"""The batch: races of batch sizes, the cloud of batch gradients, and the surface that one batch shows."""

from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures import (
    DASHES,
    RUN_COLOURS,
    Run,
    add_ways_down,
    cloud,
    contour_map,
    count_in,
    curves,
    heights,
    name_axes,
    run_colours,
)
from figures.stage import Panel, Table, stage
from landscapes import Array, Batches, Landscape, stationary_variance
from optimizers import coordinates, short
from pages.data_parts.choices import CLOCKS, DataChoices
from pages.data_parts.compute import Noise, Race, batch_runs, noise, view
from pages.data_parts.controls import move_marker
from pages.data_parts.problems import PROBLEMS
from pages.data_parts.state import change, key
from pages.shared.fields import number_field

SETTLED = 0.5  # share of a run that is left out before its spread is measured


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """The race on the full loss, one batch's surface beside it, and the gradients of all batches at the marker."""
    model = choices.model()
    if model.examples == 1:
        st.info("There is one example only: every batch is all of the data. Choose another model or other data.")
        return
    cut = look_controls(aside, choices, model.examples)
    races = batch_runs(choices)
    several = choices.versus == "optimizers"
    colours = run_colours([race.run.optimizer for race in races]) if several else list(RUN_COLOURS[: len(races)])
    runs = [
        Run(race.label, colour, race.shown, dash) for race, colour, dash in zip(races, colours, DASHES, strict=False)
    ]
    landscape, picture, place = model.full, view(choices), np.array(choices.start)
    axes = PROBLEMS[choices.problem].axes
    seen = model.of(cut.rows(choices.turn))
    best, landmarks = picture.minimum, picture.landmarks
    single = name_axes(contour_map(seen, [], heights(seen, landscape.domain), landscape.domain, landmarks), *axes)
    add_ways_down(single, landscape, place, seen.gradient(place), landscape.gradient(place))
    there = noise(choices)
    loss = curves(
        f"Loss on all data, over {CLOCKS[choices.clock].lower()}",
        runs,
        [race.loss for race in races],
        all((r.loss[np.isfinite(r.loss)] > 0).all() for r in races),
    )
    count_in(loss, choices.steps, unit(choices, races))
    stage(
        [
            Panel(
                "map",
                name_axes(contour_map(landscape, runs, picture.height, landscape.domain, landmarks), *axes),
                alt="; ".join(race.verdict.sentence for race in races),
            ),
            Panel("one", single, alt=f"The loss on batch {choices.turn + 1} alone, {cut.size} examples."),
            Panel(
                "cloud",
                cloud(there.batches, there.full, there.covariance, axes),
                alt=cloud_words(choices, there),
            ),
            Panel("loss", loss, alt="Loss on all data over the race."),
        ],
        key=f"data batch {choices.problem}",
        rows=[["map", "one", "cloud"], ["play"], ["loss", "table"]],
        steps=choices.steps,
        start=choices.start,
        table=table(choices, races, colours),
        notes=[
            cloud_words(choices, there),
            critical_words(choices, seen, best, cut.size),
            *spread_words(choices, races),
        ],
        on_start=move_marker,
    )


def look_controls(aside: DeltaGenerator, choices: DataChoices, examples: int) -> Batches:
    """Which batches are looked at one by one: their size, and the number of one."""
    left, right = aside.columns(2)
    size = min(choices.look, examples)
    widget = key(f"look {examples}")
    st.session_state.setdefault(widget, size)
    stops = sorted({1, 2, 4, 8, 16, 32, 64, 128, 256, size, examples})
    left.select_slider(
        "Examples in a batch that is looked at",
        [stop for stop in stops if stop <= examples],
        key=widget,
        on_change=lambda: change(look=int(st.session_state[widget])),
    )
    cut = choices.batches(size)
    number_field(
        f"Batch number ({cut.steps_per_epoch:,} an epoch)",
        1,
        10**6,
        choices.turn + 1,
        key("turn"),
        lambda number: change(turn=number - 1),
        place=right,
    )
    return cut


def unit(choices: DataChoices, races: list[Race]) -> float:
    """What one tick of the clock is: an update, or so many epochs or examples."""
    if choices.clock == "updates" or not races:
        return 1.0
    tick = min(race.size for race in races)
    return tick / choices.model().examples if choices.clock == "epochs" else float(tick)


def table(choices: DataChoices, races: list[Race], colours: list[str]) -> Table:
    """Every count of the race, and where it led."""
    rows = []
    for race in races:
        cut = choices.batches(race.size)
        known = race.loss[np.isfinite(race.loss)]
        rows.append(
            [
                race.label,
                f"{cut.steps_per_epoch:,}",
                f"{race.updates:,}",
                short(race.examples / cut.examples_per_epoch),
                f"{race.examples:,}",
                race.verdict.kind,
                short(float(known[-1])),
            ]
        )
    sizes = choices.versus == "sizes"
    first = "Batches" if sizes else "Run"
    return Table(
        columns=[first, "Updates an epoch", "Updates", "Epochs", "Examples seen", "Verdict", "Loss"],
        rows=rows,
        colours=colours,
        caption="With the same seed" if sizes else f"All meet the same batches of {choices.batches(choices.look).size}",
    )


def cloud_words(choices: DataChoices, there: Noise) -> str:
    """The variance that was found beside the theory's."""
    theory = np.diag(there.covariance)
    law = "σ²/B" if choices.order == "replaced" else "S²/B · (1 − B/N)"
    size = choices.batches(choices.look).size
    return (
        f"At the marker the full gradient is {coordinates(there.full)}. {there.batches.shape[1]} batches of {size} "
        f"scatter round it with variances {short(float(there.found[0]))} and {short(float(there.found[1]))}; "
        f"{law} gives {short(float(theory[0]))} and {short(float(theory[1]))}."
    )


def critical_words(choices: DataChoices, seen: Landscape, best: Array | None, size: int) -> str:
    """Why a batch does not stay where the full gradient is zero."""
    if best is None:
        return f"Batch {choices.turn + 1} has a surface of its own, and another way down than all data."
    pull = seen.gradient(best)
    return (
        f"At the minimum of the full loss, {coordinates(best)}, the full gradient is zero; that of batch "
        f"{choices.turn + 1}, {size} of the examples, is {coordinates(pull)}, and an update leaves."
    )


def spread_words(choices: DataChoices, races: list[Race]) -> list[str]:
    """Measured spread about the minimum beside the formula, where the formula holds: on the bowl."""
    if choices.problem != "bowl":
        return []
    numbers, said = dict(choices.numbers), []
    for race in races:
        own = dict(race.run.numbers)
        plain = race.run.optimizer in ("gradient_descent", "momentum") and not race.run.scheduled
        if not plain or own.get("dampening") or race.size == int(numbers["examples"]):
            continue
        path = race.trajectory.positions[:, int(SETTLED * race.updates) :]
        variance = float(np.diag(noise(replace(choices, look=race.size)).covariance)[0])
        rate, beta = own["learning_rate"], own.get("momentum", 0.0)
        theory = [stationary_variance(rate, curve, variance, beta) for curve in (1.0, numbers["kappa"])]
        said.append(
            f"{race.label}: in the second half the spread is {pair(*path.var(axis=1))} along x and y; "
            f"η s²(1 + β) / (λ(1 − β)(2(1 + β) − ηλ)) gives {pair(*theory)}"
            + ("." if choices.order == "replaced" else " for independent draws; shuffled epochs are quieter.")
        )
    return said


def pair(x: float, y: float) -> str:
    """Two numbers for a sentence."""
    return f"{short(float(x))} and {short(float(y))}"
