"""The batch: races of batch sizes, the cloud of batch gradients, and the surface that one batch shows."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures import (
    DASHES,
    MOST_FRAMES,
    RUN_COLOURS,
    Heights,
    Run,
    add_ways_down,
    cloud,
    contour_map,
    count_in,
    curves,
    heights,
    run_colours,
    stride,
)
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed, visible
from landscapes import Batches, Domain, Landscape
from pages.data_parts.batch_words import bad_batch_words, batch_name, cloud_words, critical_words, spread_words
from pages.data_parts.choices import COMPILED, DataChoices, Where, model_of
from pages.data_parts.compute import Race, batch_runs, view
from pages.data_parts.controls import left_out, moved_marker, thinned_steps
from pages.data_parts.noise import noise
from pages.data_parts.panels import thin
from pages.data_parts.problems import PROBLEMS
from pages.data_parts.seconds import critical_batch_words, elapsed, machine_words, seconds_panel
from pages.data_parts.state import change, key
from pages.shared.controls import number_field
from pages.shared.race import thrown_out
from pages.shared.size import panels_in_size
from pages.shared.state import when_moved
from pages.shared.work import Frozen, drawn_once, frozen, kept
from words import mark, paragraph, say, short

OVER = {
    "updates": mark("Loss on all data, over updates"),
    "epochs": mark("Loss on all data, over epochs"),
    "examples": mark("Loss on all data, over examples seen"),
    "seconds": mark("Loss on all data, over seconds"),
}


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """Which batches are looked at is chosen, and the race shown."""
    model = choices.model()
    if model.examples == 1:
        st.info(say("There is one example only: every batch is all of the data. Choose another model or other data."))
        return
    cut = look_controls(aside, choices, model.examples)
    stage_key = f"data batch {choices.problem}"
    looks = visible(stage_key, "map"), visible(stage_key, "one")
    seen = pictured(choices, cut, looks, frozen(viewed(stage_key)))
    stage(seen, key=stage_key, on_start=moved_marker)


@drawn_once
def pictured(choices: DataChoices, cut: Batches, looks: tuple[Domain | None, Domain | None], views: Frozen) -> Drawing:
    """The race on the full loss, one batch's surface beside it, and the gradients of all batches at the marker.

    Args:
        cut: the batches that are looked at one by one.
        looks: what the browser shows of the full loss and of one batch's, where it said so.
    """
    model, races = choices.model(), batch_runs(choices)
    several = choices.versus == "optimizers"
    colours = run_colours([race.run.optimizer for race in races]) if several else list(RUN_COLOURS[: len(races)])
    runs = [
        Run(race.label, colour, race.shown, dash) for race, colour, dash in zip(races, colours, DASHES, strict=False)
    ]
    landscape, picture, place = model.full, view(choices), np.array(choices.start)
    thinned = thin(runs, races, picture.height, landscape.domain)
    axes = PROBLEMS[choices.problem].names_of_axes
    seen, height = surface_of(choices.where, cut, choices.turn)
    best, landmarks = picture.minimum, picture.landmarks
    domain = landscape.domain
    single = contour_map(seen, [], height, domain, landmarks, visible=looks[1], names=axes)
    add_ways_down(single, landscape, place, seen.gradient(place), landscape.gradient(place))
    there, timed = noise(choices), choices.clock == "seconds"
    loss = curves(
        say(OVER[choices.clock]),
        runs,
        [race.loss for race in races],
        all((r.loss[np.isfinite(r.loss)] > 0).all() for r in races),
    )
    count_in(loss, choices.steps_taken, unit(choices, races))
    return drawing(
        panels_in_size(
            [
                Panel(
                    "map",
                    contour_map(landscape, thinned, picture.height, domain, landmarks, visible=looks[0], names=axes),
                    alt=paragraph(*(race.verdict.sentence for race in races)),
                ),
                seconds_panel(choices)
                if timed
                else Panel("one", single, alt=say("The loss on {batch} alone.", batch=batch_name(choices, cut))),
                Panel(
                    "cloud",
                    cloud(there.batches, there.full, there.covariance, axes, there.mean)
                    if there.law is None
                    else cloud(there.batches, there.full, there.law, axes),
                    alt=cloud_words(choices, there),
                ),
                Panel("loss", loss, alt=say("Loss on all data over the race.")),
            ],
            choices.size,
        ),
        key=f"data batch {choices.problem}",
        views=dict(views),
        rows=[["map", "machine" if timed else "one", "cloud"], ["play"], ["loss", "table"]],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken, MOST_FRAMES),
        start=choices.start,
        table=table(choices, races, colours),
        notes=[
            *([machine_words(choices), critical_batch_words(choices)] if timed else []),
            cloud_words(choices, there),
            critical_words(choices, seen, best),
            *bad_batch_words(choices, races),
            *spread_words(choices, races),
            *thrown_out(
                landscape,
                [race.label for race in races],
                [race.run for race in races],
                [race.trajectory.positions for race in races],
            ),
            *left_out(choices),
            *thinned_steps(choices),
        ],
    )


@kept("landscapes", lambda _: COMPILED)
def surface_of(where: Where, cut: Batches, turn: int) -> tuple[Landscape, Heights]:
    """The loss on one batch alone, and its heights."""
    model = model_of(*where)
    seen = model.of(cut.rows(turn))
    return seen, heights(seen, model.full.domain)


def look_controls(aside: DeltaGenerator, choices: DataChoices, examples: int) -> Batches:
    """Which batches are looked at one by one: their size, and the number of one."""
    left, right = aside.columns(2)
    size = min(choices.look, examples)
    widget = key(f"look {examples}")
    st.session_state.setdefault(widget, size)
    stops = sorted({1, 2, 4, 8, 16, 32, 64, 128, 256, size, examples})
    left.select_slider(
        say("Examples in a batch that is looked at"),
        [stop for stop in stops if stop <= examples],
        key=widget,
        on_change=when_moved(widget, lambda: change(look=int(st.session_state[widget]))),
    )
    cut = choices.batches(size)
    number_field(
        say("Batch number ({count} an epoch)", count=f"{cut.steps_per_epoch:,}"),
        1,
        10**6,
        choices.turn + 1,
        key("turn"),
        lambda number: change(turn=number - 1),
        place=right,
    )
    return cut


def unit(choices: DataChoices, races: list[Race]) -> float:
    """What one tick of the clock is: an update, or so many epochs, examples or seconds."""
    if choices.clock == "updates" or not races:
        return 1.0
    tick = min(race.size for race in races)
    if choices.clock == "seconds":
        return choices.clockwork.update(tick)
    return tick / choices.model().examples if choices.clock == "epochs" else float(tick)


def table(choices: DataChoices, races: list[Race], colours: list[str]) -> Table:
    """Every count of the race, and where it led."""
    rows, timed = [], choices.clock == "seconds"
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
                *([elapsed(choices, cut, race.updates)] if timed else []),
                race.verdict.name,
                short(float(known[-1])),
            ]
        )
    sizes = choices.versus == "sizes"
    first = say("Batches") if sizes else say("Run")
    return Table(
        columns=[
            first,
            say("Updates an epoch"),
            say("Updates"),
            say("Epochs"),
            say("Examples seen"),
            *([say("Seconds")] if timed else []),
            say("Verdict"),
            say("Loss"),
        ],
        rows=rows,
        colours=colours,
        caption=say("With the same seed")
        if sizes
        else say("All meet the same batches of {size}", size=choices.batches(choices.look).size),
    )
