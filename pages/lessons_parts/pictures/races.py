"""A lesson whose picture is a race of batches on Data: its choices, its knobs, and what is seen of it."""

import numpy as np

from course import Seen, SeenRun
from figures import DASHES, RUN_COLOURS, Run, contour_map, count_in, curves, name_axes
from figures.stage import Panel
from landscapes import CriticalPoints, Domain, find_critical_points
from pages.data_parts.batch import OVER, unit
from pages.data_parts.choices import DataChoices, Where, model_of
from pages.data_parts.compute import Race, batch_runs, view
from pages.data_parts.panels import thin
from pages.data_parts.pictures.fields import MACHINE
from pages.data_parts.problems import PROBLEMS
from pages.data_parts.seconds import seconds_panel
from pages.lessons_parts.pictures.page_picture import PagePicture, of_group
from pages.shared.work import kept
from words import paragraph, say


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
        outlier=choices.bad_batch,
        runs=tuple(runs),
    )


def panels(choices: DataChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The map with the races, their losses on all data over the clock, and what the clock counts."""
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
        visible=look,
    )
    loss = curves(say(OVER[choices.clock]), runs, [race.loss for race in races], True)
    count_in(loss, choices.steps_taken, unit(choices, races))
    return [
        Panel(
            "map",
            name_axes(chart, *PROBLEMS[choices.problem].axes),
            alt=paragraph(
                say("Contour map of {landscape} with the runs.", landscape=say(landscape.name)),
                *(race.verdict.sentence for race in races),
            ),
        ),
        Panel("loss", loss, alt=say("Loss on all data over the race.")),
        seconds_panel(choices),
    ]


def runs_of(choices: DataChoices) -> list[tuple[str, str]]:
    """Their names and colours."""
    return [(race.label, line.colour) for race, line in races_of(choices)]


def verdicts(choices: DataChoices) -> list[str]:
    """What became of them."""
    return [race.verdict.sentence for race, _ in races_of(choices)]


numbers, turned = of_group("machine")
RACES = PagePicture(
    knobs=MACHINE,
    numbers=numbers,
    turned=turned,
    seen=seen,
    panels=panels,
    steps=lambda choices: choices.steps_taken,
    runs=runs_of,
    verdicts=verdicts,
)
