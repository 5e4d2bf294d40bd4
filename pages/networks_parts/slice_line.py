"""The loss of networks along a straight line: through a plane's middle or through points, or through a training."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from figures import Along, loss_lines, moments
from figures.stage import Panel
from landscapes import Array
from landscapes.networks import line
from pages.networks_parts.choices.slice import STEPS, SliceChoices
from pages.networks_parts.grid import reporting
from pages.networks_parts.progress import stage_of
from pages.networks_parts.slice_cut import MOMENTS, Cut, cut_of, trainings
from pages.networks_parts.slice_words import COLOURS
from pages.networks_parts.training import Training, trained
from pages.shared.race import kept
from words import paragraph, say, say_n, short

LINE = 201  # points of a line
ROOM = 1.05  # times the highest loss, above it
MIDDLE = ((1.0, 0.0), (0.0, 0.0))  # where a line goes that leads from a point to itself, and where it begins
Point = tuple[float, float]


def points_of(choices: SliceChoices) -> tuple[Point, ...]:
    """The points of the plane that the line leads through, in α and β; none where it leaves the plane."""
    ring = choices.slice_point
    if choices.slice_line == "middle":
        end = ring if any(ring) else MIDDLE[0]
        return (-end[0], -end[1]), end
    if choices.slice_line == "points":
        asked = (choices.slice_from, ring, *([choices.slice_third] if choices.slice_third else []))
        apart = tuple(point for number, point in enumerate(asked) if not number or point != asked[number - 1])
        return apart if len(apart) > 1 else (apart[0], MIDDLE[0] if apart[0] != MIDDLE[0] else MIDDLE[1])
    return ()


def along(cut: Cut, knots: Sequence[Array], examples: str) -> Array:
    """The losses at LINE points of the way straight from each of the weights (D,) to the next, (LINE,)."""
    loss = reporting(cut.network.train if examples == "train" else cut.network.test)
    count = (LINE - 1) // (len(knots) - 1) + 1
    parts = [line(loss, begin, end, count)[1] for begin, end in pairwise(knots)]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


@kept("networks", lambda losses: 8 * losses.size)
def on_the_plane(
    training: Training, step: int, scale: str, seed: int, examples: str, knots: tuple[Point, ...]
) -> Array:
    """The losses on the line through points of the plane."""
    cut = cut_of(training, step, scale, seed)
    return along(cut, [cut.weights(point) for point in knots], examples)


@kept("networks", lambda losses: 8 * losses.size)
def through_training(training: Training, step: int, scale: str, seed: int, examples: str, kind: str) -> Array:
    """The losses from the first weights to those at a step, or from these to those of the next seed."""
    cut = cut_of(training, step, scale, seed)
    if kind == "training":
        return along(cut, [cut.network.positions[:, 0], cut.origin], examples)
    other = trained(replace(training, seed=training.seed + 1))
    return along(cut, [cut.origin, other.weights], examples)


def prepare(choices: SliceChoices) -> None:
    """Trains the networks that the line goes to besides those of the slices."""
    if choices.slice_line != "seeds":
        return
    both = trainings(choices)
    for number, each in enumerate(both):
        with stage_of(number / len(both), (number + 1) / len(both)):
            trained(replace(each, seed=each.seed + 1))


def is_prepared(choices: SliceChoices) -> bool:
    """Whether they are there."""
    others = [replace(each, seed=each.seed + 1) for each in trainings(choices)]
    return choices.slice_line != "seeds" or all(trained.has(other) for other in others)


def lines_played(choices: SliceChoices) -> list[list[Array]]:
    """The losses of both networks along the line at each of the moments of playback."""
    both, how = trainings(choices), _line_played(choices)
    found = []
    for number, moment in enumerate(MOMENTS):
        with stage_of(number / MOMENTS.size, (number + 1) / MOMENTS.size):
            found.append([on_the_plane(each, int(moment), *how) for each in both])
    return found


def are_lines_played(choices: SliceChoices) -> bool:
    """Whether all of them are there already."""
    how = _line_played(choices)
    return all(on_the_plane.has(each, int(moment), *how) for each in trainings(choices) for moment in MOMENTS)


def _line_played(choices: SliceChoices) -> tuple[str, int, str, tuple[Point, ...]]:
    """Which line it is, besides the network and the step."""
    return choices.slice_scale, choices.slice_directions, choices.slice_examples, points_of(choices)


def on_the_line(choices: SliceChoices, names: Sequence[str]) -> Panel:
    """The losses of both networks along the line that is chosen; those at the steps of a training play."""
    knots, plays = points_of(choices), choices.slice_plays and choices.slice_scale != "pca"
    how = choices.slice_scale, choices.slice_directions, choices.slice_examples
    step = STEPS if choices.slice_plays else choices.slice_step
    both = trainings(choices)

    def figure_of(losses: Sequence[Array]) -> Any:
        lines = [Along(*each) for each in zip(names, COLOURS, losses, strict=True)]
        return loss_lines(np.linspace(0.0, 1.0, LINE), lines, names_of(choices, knots))

    if not knots:
        losses = [through_training(each, step, *how, choices.slice_line) for each in both]
        return Panel("line", figure_of(losses), alt=in_words(choices, knots, names, losses))
    losses = [on_the_plane(each, step, *how, knots) for each in both]
    figure = figure_of(losses)
    if plays:
        steps = lines_played(choices)
        figure = moments([figure_of(each) for each in steps], MOMENTS)
        figure.layout.yaxis.range = [0.0, ROOM * float(np.nanmax(steps))]
    return Panel("line", figure, alt=in_words(choices, knots, names, losses))


def written(point: Point) -> str:
    """A point of the plane."""
    return f"({short(point[0])}, {short(point[1])})"


def names_of(choices: SliceChoices, knots: Sequence[Point]) -> list[str]:
    """What the points are called that the line leads through."""
    if knots:
        return [written(point) for point in knots]
    if choices.slice_line == "training":
        return [say("first weights"), say("trained")]
    return [say("seed {seed}", seed=choices.slice_seed), say("seed {seed}", seed=choices.slice_seed + 1)]


def in_words(choices: SliceChoices, knots: Sequence[Point], names: Sequence[str], losses: Sequence[Array]) -> str:
    """Where the line goes, and how rough the loss is on it."""
    parts = [
        say_n(
            "{name}: {count} minimum between its ends, where the losses are {begin} and {end}; the highest loss is "
            "{most}.",
            "{name}: {count} minima between its ends, where the losses are {begin} and {end}; the highest loss is "
            "{most}.",
            dips_of(each),
            name=name,
            begin=short(float(each[0])),
            end=short(float(each[-1])),
            most=short(float(np.nanmax(each))),
        )
        for name, each in zip(names, losses, strict=True)
    ]
    return paragraph(way_in_words(choices, knots), *parts)


def way_in_words(choices: SliceChoices, knots: Sequence[Point]) -> str:
    """Where the line goes."""
    if choices.slice_line == "middle":
        return say(
            "The loss at {points} points of the line from {begin} to {end} through the middle.",
            points=LINE,
            begin=written(knots[0]),
            end=written(knots[-1]),
        )
    if len(knots) == 3:
        return say(
            "The loss at {points} points of the way straight from {begin} to {over} and from there to {end}.",
            points=LINE,
            begin=written(knots[0]),
            over=written(knots[1]),
            end=written(knots[2]),
        )
    if knots:
        return say(
            "The loss at {points} points of the line from {begin} to {end}.",
            points=LINE,
            begin=written(knots[0]),
            end=written(knots[-1]),
        )
    if choices.slice_line == "training":
        return say(
            "The loss at {points} points of the straight line from the first weights to the trained ones, which is not "
            "the way that training takes.",
            points=LINE,
        )
    return say(
        "The loss at {points} points of the straight line from the network to the one trained from the next seed, both "
        "with their units as they are.",
        points=LINE,
    )


def dips_of(losses: Array) -> int:
    """How many of the points lie below both beside them."""
    return int(((losses[1:-1] < losses[:-2]) & (losses[1:-1] < losses[2:])).sum())
