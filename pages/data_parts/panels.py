"""The pictures beside the map: the surface or another loss; and what the model's own pictures are drawn from."""

from collections.abc import Sequence

import numpy as np

from figures import (
    DASHES,
    Heights,
    Run,
    contour_map,
    name_axes,
    name_map,
    surface,
)
from figures.stage import Panel
from landscapes import Array, Domain
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import Race, beside_runs, view
from pages.data_parts.problems import PROBLEMS, SURFACE, FittedModel
from pages.shared.state import run_names
from words import listed, say, short


def drawn(names: list[str], colours: list[str], races: list[Race]) -> list[Run]:
    """The runs, whole."""
    return [
        Run(name, colour, race.shown, dash)
        for name, colour, dash, race in zip(names, colours, DASHES, races, strict=False)
    ]


def thin(runs: list[Run], races: list[Race], height: Heights, domain: Domain) -> list[Run]:
    """Runs with as many points as show all that there is to see over a domain."""
    return [run.at(race.steps_drawn(height, domain)) for run, race in zip(runs, races, strict=True)]


def second(
    choices: DataChoices, beside: str, thinned: list[Run], colours: list[str], notes: list[str], look: Domain | None
) -> Panel:
    """The surface in three dimensions, or the map of another variant with the same optimizers on it.

    Args:
        notes: what there is to say about the other variant is added to them.
        look: what the browser shows of its map, where it said so.
    """
    landscape, kind = choices.model().full, PROBLEMS[choices.problem]
    if beside == SURFACE:
        return Panel(
            "surface",
            name_axes(surface(landscape, thinned, view(choices).height, landscape.domain), *kind.names_of_axes),
            alt=say("The surface of {landscape} with the same runs.", landscape=say(landscape.name)),
        )
    other = choices.model(beside).full
    races = beside_runs(choices, beside)
    names = run_names([race.run for race in races])  # at these rates
    domain = landscape.domain if kind.same_parameters else other.domain
    there = view(choices, beside)
    every = thin(drawn(names, colours, races), races, there.height, domain)
    shown = [run for run, of in zip(every, choices.runs, strict=True) if not of.hidden]
    figure = contour_map(other, shown, there.height, domain, there.landmarks, visible=look, names=kind.names_of_axes)
    variant = say(kind.variants[beside])
    name_map(figure, variant)
    ends = listed(
        say("{run} {verdict} at {loss}", run=name, verdict=race.verdict.name, loss=short(last(race.loss)))
        for name, race in zip(names, races, strict=True)
    )
    if kind.same_parameters:
        notes.append(say("{loss}, the same optimizers at the same rates: {ends}.", loss=variant, ends=ends))
    else:
        notes.append(say("{loss}, the same optimizers at rates that suit it: {ends}.", loss=variant, ends=ends))
    if kind.comparison is not None:
        notes.append(kind.comparison(landscape, other))
    return Panel("beside", figure, alt=say("{loss} with the same optimizers. {ends}.", loss=variant, ends=ends))


def fitted_model(choices: DataChoices, runs: Sequence[Run]) -> FittedModel:
    """The model with the parameters of the marker and of the runs."""
    return FittedModel(
        data=choices.points(),
        variant=choices.variant,
        numbers=dict(choices.numbers),
        loss=choices.model(),
        marker=np.array(choices.start),
        runs=runs,
    )


def last(values: Array) -> float:
    """The last finite number."""
    return float(values[np.isfinite(values)][-1])
