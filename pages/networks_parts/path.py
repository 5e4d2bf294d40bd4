"""Where does training go in a network's loss, and how much of it does a plane leave out?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from figures import Run, Slice, curves, explained_bars, heights_of, run_colours, slice_map, stride
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array, Domain
from landscapes.networks import (
    explained_of_random_walks,
    onto_plane,
    path_plane,
    plane,
    random_directions,
)
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.path import MOST_PATHS, OFFERED, PathChoices
from pages.networks_parts.grid import losses_at, losses_on
from pages.networks_parts.progress import report, stage_of, worked
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Trained, Training, trained
from pages.shared.controls import field_control, run_controls
from pages.shared.race import in_turn, kept
from pages.shared.size import panels_in_size
from pages.shared.state import RunChoice, plain, run_choice, run_names
from pages.shared.work import Frozen, drawn_once, frozen
from words import listed, paragraph, say, short

SIDE = 41  # nodes along each side of the plane
MARGIN = 0.15  # of the paths' extent, round them
RATES = {"adam": 0.01, "gradient_descent": 0.3, "lion": 0.001, "sign_descent": 0.001, "rmsprop": 0.003}
RATE = 0.01  # of other rules, where they have one
MOST_NUMBERS = 3_000_000  # parameters times steps of all paths
MOST_POINTS = 400  # of all paths together, from which the plane is made: its Gram matrix has that many squared


@dataclass(frozen=True, eq=False)
class Paths:
    """Paths of several trainings from the same weights, on a plane through them."""

    networks: tuple[Trained, ...]
    coordinates: tuple[Array, ...]  # for each (2, steps + 1)
    off_plane: tuple[Array, ...]  # (steps + 1,), the distance of each point from the plane
    away: tuple[Array, ...]  # (steps + 1,), the distance of each point from the common start
    losses: tuple[Array, ...]  # (steps + 1,), the true training loss
    on_plane: tuple[Array, ...]  # (steps + 1,), the loss at the nearest point of the plane
    explained: Array  # (2,), shares of the squared distances from the start along either direction
    by_chance: Array  # (2,), the same for as many random walks of as many points on the plane made for them
    sliced: Slice


def controls() -> None:
    """The optimizers, the network, and the plane."""
    run_controls(HISTORY, suited, tune=None, shows=(), offered=OFFERED, most=MOST_PATHS)
    for name in ("path_plane", "path_steps", "path_depth", "path_width", "path_seed"):
        field_control(HISTORY, name, SCHEMA.fields[name])


def suited(optimizer: str, lines: str = "") -> RunChoice:
    """A rule at a rate that suits networks."""
    run = run_choice(optimizer, lines=lines)
    if "learning_rate" not in run.knobs:
        return run
    return run_choice(optimizer, lines=lines, learning_rate=RATES.get(optimizer, RATE))


def trainings(choices: PathChoices) -> tuple[Training, ...]:
    """The same network with each of the optimizers that are shown."""
    return tuple(
        Training(
            width=choices.path_width,
            depth=choices.path_depth,
            seed=choices.path_seed,
            steps=steps_taken(choices),
            run=run,
        )
        for run in shown_of(choices)
    )


def shown_of(choices: PathChoices) -> list[RunChoice]:
    """The runs that can train a network and are not hidden."""
    return [run for run in choices.runs if run.optimizer in OFFERED and not run.hidden]


def steps_taken(choices: PathChoices) -> int:
    """The steps that every run takes: those asked for, as far as there is room for all weights of all of them."""
    parameters = Training(width=choices.path_width, depth=choices.path_depth).architecture.parameters
    return min(choices.path_steps, MOST_NUMBERS // (parameters * max(1, len(shown_of(choices)))) - 1)


@kept("networks", lambda paths: 8 * sum(network.positions.size for network in paths.networks))
def paths_of(asked: tuple[Training, ...], kind: str) -> Paths:
    """All of them, trained, and the plane."""
    networks = []
    for number, each in enumerate(asked):
        with stage_of(0.8 * number / len(asked), 0.8 * (number + 1) / len(asked)):
            networks.append(trained(each))
    start, loss = networks[0].positions[:, 0], networks[0].train
    every = [
        np.linspace(0, each.steps.size - 1, min(each.steps.size, MOST_POINTS // len(asked))).astype(int)
        for each in networks
    ]
    points = np.concatenate([each.positions[:, at[1:]] for each, at in zip(networks, every, strict=True)], axis=1)
    report(0.85)
    if kind == "pca":
        directions = path_plane(points, start).directions
    else:
        directions = random_directions(networks[0].architecture, start, seed=1)
    points -= start[:, None]
    explained = ((np.linalg.qr(directions)[0].T @ points) ** 2).sum(axis=1) / np.linalg.norm(points) ** 2
    del points  # before as many numbers are drawn
    by_chance = explained_of_random_walks(
        start.size, max(3, min(at.size for at in every) - 1), len(asked), check=partial(report, 0.87)
    )
    report(0.9)
    placed = [onto_plane(each.positions, start, directions) for each in networks]
    window = _round(np.concatenate([coordinates for coordinates, _ in placed], axis=1))

    def whole(values: Array) -> Array:
        """With nan for the steps after a run has left, (..., steps + 1)."""
        missing = asked[0].steps + 1 - values.shape[-1]
        return np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, missing)], constant_values=np.nan)

    flat = plane(loss, start, directions, window)
    with in_turn(start.size * SIDE * SIDE), stage_of(0.9, 1.0):
        sliced = losses_on(flat, window, SIDE)
    return Paths(
        networks=tuple(networks),
        coordinates=tuple(whole(coordinates) for coordinates, _ in placed),
        off_plane=tuple(whole(off) for _, off in placed),
        away=tuple(whole(np.linalg.norm(each.positions - start[:, None], axis=0)) for each in networks),
        losses=tuple(whole(losses_at(loss, each.positions)) for each in networks),
        on_plane=tuple(whole(losses_at(flat, coordinates)) for coordinates, _ in placed),
        explained=explained,
        by_chance=by_chance,
        sliced=sliced,
    )


def _round(places: Array) -> Domain:
    """A window with some room round points (2, K)."""
    low, high = places.min(axis=1), places.max(axis=1)
    room = MARGIN * float((high - low).max()) or 1.0
    (x0, y0), (x1, y1) = low - room, high + room
    return (float(x0), float(x1)), (float(y0), float(y1))


def show(choices: NetworksChoices) -> None:
    """The paths on the plane; below it the loss, true and on the plane, and how far the paths are off it."""
    if refused := [run for run in choices.runs if run.optimizer not in OFFERED]:
        st.warning(
            plain(
                say(
                    "{runs} cannot train a network here: they ask for as many numbers as its parameters squared, or "
                    "for a point for each parameter.",
                    runs=listed(run_names(refused)),
                )
            )
        )
    asked = trainings(choices)
    if not asked:
        st.info(say("No run is shown: add one, or show one that is hidden."))
        return
    key = asked, choices.path_plane
    try:
        paths = worked(say("Training with each optimizer"), key, lambda: paths_of(*key), paths_of.has(*key))
    except ValueError:
        st.info(
            say(
                "The runs have made no path that spans a plane: they left at once, or moved along one line or not at "
                "all. Try another learning rate."
            )
        )
        return
    if paths is None:
        return
    seen = pictured(choices, frozen(viewed("path")))
    stage(seen, key="path", title="fall-line-path", heading=say("Path"), opening="path")


@drawn_once
def pictured(choices: NetworksChoices, views: Frozen) -> Drawing:
    """The paths on the plane, and their losses and distances over the steps."""
    paths, shown = paths_of(trainings(choices), choices.path_plane), shown_of(choices)
    names = run_names(shown)
    colours = run_colours([run.optimizer for run in shown])
    runs = [Run(name, colour, where) for name, colour, where in zip(names, colours, paths.coordinates, strict=True)]
    height = heights_of(np.concatenate([paths.sliced.losses.ravel(), *paths.on_plane]))
    steps = steps_taken(choices)
    on_plane = [Run(say("{run}, on the plane", run=run.label), run.colour, run.positions, "dot") for run in runs]
    said = [of_one(run.label, paths, number) for number, run in enumerate(runs)]
    title = say("Loss: solid at the weights, dotted on the plane")
    return drawing(
        panels_in_size(
            [
                Panel("map", slice_map(paths.sliced, height, runs=runs), alt=paragraph(*said), width=1.2),
                Panel(
                    "explained",
                    explained_bars(paths.explained, paths.by_chance, say("Squared distances along the plane, %")),
                    alt=explained_in_words(choices, paths),
                    width=0.8,
                ),
                Panel(
                    "loss",
                    curves(title, [*runs, *on_plane], [*paths.losses, *paths.on_plane], logarithmic=True),
                    alt=paragraph(*said),
                ),
                Panel(
                    "off",
                    curves(
                        say("Distance from the plane"),
                        runs,
                        paths.off_plane,
                        logarithmic=False,
                        minimum_axis_range=(0.0,),
                    ),
                    alt=paragraph(*said),
                ),
            ],
            choices.size,
        ),
        key="path",
        views=dict(views),
        rows=[["map", "explained"], ["play"], ["loss", "off"], ["table"]],
        steps=steps,
        every=stride(steps),
        table=paths_table(runs, paths),
        notes=[explained_in_words(choices, paths), *said, *left_out(choices)],
    )


def left_out(choices: PathChoices) -> list[str]:
    """Why not every step is made, where that is so."""
    taken = steps_taken(choices)
    if taken == choices.path_steps:
        return []
    return [
        say(
            "Only {taken} of {steps} steps are made: there is no room for more weights of all runs together.",
            taken=taken,
            steps=choices.path_steps,
        )
    ]


def explained_in_words(choices: PathChoices, paths: Paths) -> str:
    """How much of the ways the plane shows, and how much it would show by chance."""
    share, chance = (short(100 * float(each.sum())) for each in (paths.explained, paths.by_chance))
    if choices.path_plane == "random":
        return say(
            "Along this random plane lie {share} % of the squared distances from the start: how far off it the paths "
            "are stands beside them.",
            share=share,
        )
    return say(
        "Along the plane lie {share} % of the squared distances from the start. The plane of as many random walks has "
        "{chance} % of theirs: so much is no sign of a simple way.",
        share=share,
        chance=chance,
    )


def of_one(name: str, paths: Paths, number: int) -> str:
    """Where one path ends, and how far off the plane."""
    last = paths.networks[number].steps.size - 1
    off, away = float(paths.off_plane[number][last]), float(paths.away[number][last])
    gap = np.abs(paths.losses[number] - paths.on_plane[number])
    step = int(paths.networks[number].steps[-1])
    most = int(paths.networks[number].steps[int(np.nanargmax(gap))])
    if paths.networks[number].diverged:
        return say("{run} has left after step {step}; what is drawn ends there.", run=name, step=step)
    return say(
        "{run} ends after {step} steps at the loss {loss}, {share} % of its distance from the start off the plane. The "
        "loss on the plane differs from it most at step {most}, by {gap}.",
        run=name,
        step=step,
        loss=short(float(paths.losses[number][last])),
        share=short(100 * off / away) if away else "0",
        most=most,
        gap=short(float(np.nanmax(gap))),
    )


def at_end(values: Array) -> float:
    """The last of the numbers that are there."""
    return float(values[np.isfinite(values)][-1])


def paths_table(runs: Sequence[Run], paths: Paths) -> Table:
    """Every path at its end."""
    rows = [
        [
            run.label,
            short(float(paths.networks[number].train.value(paths.networks[number].weights))),
            short(at_end(paths.on_plane[number])),
            short(float(paths.networks[number].test.value(paths.networks[number].weights))),
            short(at_end(paths.off_plane[number])),
            short(at_end(paths.away[number])),
        ]
        for number, run in enumerate(runs)
    ]
    return Table(
        columns=[
            say("Run"),
            say("Training loss"),
            say("Loss on the plane"),
            say("Test loss"),
            say("Distance from the plane"),
            say("Distance from the start"),
        ],
        rows=rows,
        colours=[run.colour for run in runs],
        caption=say("Every path at its end; {parameters} parameters", parameters=f"{paths.networks[0].weights.size:,}"),
    )
