"""A lesson whose picture is a race of batches on Data: its choices, its knobs, and what is seen of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from course import Seen, SeenRun
from figures import DASHES, RUN_COLOURS, Run, contour_map, count_in, curves, enlarge, name_axes
from figures.stage import Panel, visible
from landscapes import CriticalPoints, Knob, Outlier, find_critical_points
from pages.data_parts.batch import OVER, unit
from pages.data_parts.choices import DataChoices, Where, model_of
from pages.data_parts.compute import Race, batch_runs, view
from pages.data_parts.link import read
from pages.data_parts.panels import thin
from pages.data_parts.pictures.fields import MACHINE
from pages.data_parts.problems import PROBLEMS
from pages.shared.state import set_number
from pages.shared.work import kept
from words import paragraph, say

KNOBS: Mapping[str, Knob] = MACHINE  # that a lesson may let one turn


def picture(link: Mapping[str, Sequence[str]]) -> DataChoices:
    """The choices that a link to Data asks for."""
    return read(link)[0]


def turned(choices: DataChoices, name: str, number: float) -> DataChoices:
    """The choices with one of the knobs turned."""
    return replace(choices, machine=set_number(choices.machine, name, number))


def races_of(choices: DataChoices) -> list[tuple[Race, Run]]:
    """Every race with the line that is drawn of it."""
    races = batch_runs(choices)
    return [
        (race, Run(race.label, colour, race.shown, dash))
        for race, colour, dash in zip(races, RUN_COLOURS, DASHES, strict=False)
    ]


@kept("landscapes")
def critical_points(where: Where) -> CriticalPoints:
    """Of the full loss."""
    return find_critical_points(model_of(*where).full)


def seen(choices: DataChoices) -> Seen:
    """The races as the sentences and checks of a lesson take them; positions and losses are those at the clock's ticks.

    Among the numbers of a run are the size of its batches, the updates it made, and the epochs and seconds it took.
    """
    landscape = choices.build()
    runs = []
    for race, line in races_of(choices):
        cut = choices.batches(race.size)
        counts = {
            "size": race.size,
            "updates": race.updates,
            "epochs": race.examples / cut.examples_per_epoch,
            "seconds": choices.clockwork.elapsed(cut, race.updates),
        }
        runs.append(
            SeenRun(
                name=race.label,
                numbers={**dict(race.run.numbers), **dict(choices.machine), **counts},
                positions=line.positions,
                loss=race.loss,
                gradient_norm=np.hypot(*landscape.gradient(line.positions)),
                verdict=race.verdict,
                verdicts=(race.verdict,),
            )
        )
    return Seen(
        landscape=landscape,
        found=critical_points(choices.where),
        start=choices.start,
        starts=(choices.start,),
        noise=0.0,
        outlier=Outlier(),
        runs=tuple(runs),
    )


def panels(choices: DataChoices, size: str, stage: str, answered: bool) -> list[Panel]:
    """The map with the races, and their losses on all data over the clock."""
    landscape, there = choices.build(), view(choices)
    races = [race for race, _ in races_of(choices)]
    runs = [run for _, run in races_of(choices)]
    chart = contour_map(
        landscape,
        thin(runs, races, there.height, landscape.domain),
        there.height,
        landscape.domain,
        there.landmarks if answered else {},
        np.array([choices.start]).T,
        visible=visible(stage, "map"),
    )
    loss = curves(say(OVER[choices.clock]), runs, [race.loss for race in races], True)
    count_in(loss, choices.steps_taken, unit(choices, races))
    drawn = [
        Panel(
            "map",
            name_axes(chart, *PROBLEMS[choices.problem].axes),
            alt=paragraph(
                say("Contour map of {landscape} with the runs.", landscape=say(landscape.name)),
                *(race.verdict.sentence for race in races),
            ),
        ),
        Panel("loss", loss, alt=say("Loss on all data over the race.")),
    ]
    if size == "hall":
        for panel in drawn:
            enlarge(panel.figure)
    return drawn
