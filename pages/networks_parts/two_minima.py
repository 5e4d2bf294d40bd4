"""Are two minima of a network's loss parted by a wall, or only by the names of its units?"""

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from figures import RUN_COLOURS, Along, Mark, Slice, heights_of, loss_lines, percent, slice_map
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array, Domain
from landscapes.networks import (
    Barrier,
    barrier,
    matching_units,
    outputs_of,
    plane,
    shuffled_units,
    through_points,
    with_units_in_order,
)
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.two_minima import TwoMinimaChoices
from pages.networks_parts.grid import losses_on
from pages.networks_parts.progress import stage_of, worked
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Trained, Training, examples_of, trained
from pages.shared.controls import field_control
from pages.shared.race import kept
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import listed, paragraph, say, short

POINTS = 51  # along each line
SIDE = 41  # nodes along each side of the plane
MARGIN = 0.25  # of the triangle's extent, round it
ROUNDING = 1e-12  # of the losses: what rises less differs by the rounding of sums
BEFORE, AFTER = RUN_COLOURS[1], RUN_COLOURS[0]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two networks, and the second with its units in the order of the first."""

    network: Trained
    other: Array  # (D,), the second one's weights
    matched: Array  # (D,), the same function with its units in the order that brings it nearest
    third: Array  # (D,), the third point of the plane: another copy, or of another network `matched`
    before: tuple[Barrier, Barrier]  # between the network and the other: on the training and on the test examples
    after: tuple[Barrier, Barrier]  # between the network and the matched one
    sliced: Slice | None  # the plane through the network, the other and the third; None where they lie on one line
    places: Array  # (2, 3): where these lie on it


def controls() -> None:
    """Which two networks, and how wide they are."""
    for name in ("two_pair", "two_width", "two_seed", "two_other"):
        field_control(HISTORY, name, SCHEMA.fields[name])


def training_of(choices: TwoMinimaChoices) -> Training:
    """One hidden layer on the made signs."""
    return Training(
        examples=400,
        held_out=600,
        width=choices.two_width,
        depth=0,
        normalised=False,
        seed=choices.two_seed,
        steps=400,
    )


@kept("networks", lambda pair: 8 * (SIDE**2 + 3 * pair.other.size))
def pair_of(training: Training, pair: str, other: int) -> Pair:
    """The network of a training, and its shuffled copy or the one from another seed."""
    with stage_of(0.0, 0.45):
        network = trained(training)
    theta, architecture = network.weights, network.architecture
    if pair == "copy":
        second, third = (
            with_units_in_order(architecture, theta, shuffled_units(architecture, seed)) for seed in (other, other + 1)
        )
    else:
        with stage_of(0.45, 0.9):
            second = trained(replace(training, seed=other)).weights
    matched = with_units_in_order(architecture, second, matching_units(architecture, theta, second))
    third = third if pair == "copy" else matched
    sliced, places = None, np.zeros((2, 3))
    with suppress(ValueError):  # they lie on one line, as where a shuffle leaves every unit where it was
        origin, directions, places = through_points(theta, second, third)
        window = _round(places)
        with stage_of(0.9, 1.0):
            sliced = losses_on(plane(network.train, origin, directions, window), window, SIDE)
    both = (network.train, network.test)
    before, after = (tuple(barrier(loss, theta, end, POINTS) for loss in both) for end in (second, matched))
    return Pair(network, second, matched, third, before, after, sliced, places)


def _round(places: Array) -> Domain:
    """A window with some room round points (2, K)."""
    low, high = places.min(axis=1), places.max(axis=1)
    room = MARGIN * (high - low).max()
    (x0, y0), (x1, y1) = low - room, high + room
    return (float(x0), float(x1)), (float(y0), float(y1))


def show(choices: NetworksChoices) -> None:
    """The loss along the lines from one network to the other, and on the plane through three of them."""
    asked = training_of(choices), choices.two_pair, choices.two_other
    pair = worked(say("Training the networks"), asked, lambda: pair_of(*asked), pair_of.has(*asked))
    if pair is None:
        return
    if np.array_equal(pair.other, pair.network.weights):
        st.info(
            say("This order of the units is the one that the network has: another seed gives another copy.")
            if choices.two_pair == "copy"
            else say("Both seeds are the same, and so are the networks: choose another one.")
        )
        return
    seen = pictured(choices, frozen(viewed("two minima")))
    stage(seen, key="two minima", title="fall-line-two-minima", heading=say("Two minima"))


@drawn_once
def pictured(choices: NetworksChoices, views: Frozen) -> Drawing:
    """The lines, the plane and the barriers."""
    pair, copied = pair_of(training_of(choices), choices.two_pair, choices.two_other), choices.two_pair == "copy"
    names = (
        [say("network"), say("copy"), say("another copy")]
        if copied
        else [say("network"), say("other network"), say("other, units matched")]
    )
    said = of_the_copy(pair) if copied else of_the_other(pair)
    (train, test), (train_after, test_after) = pair.before, pair.after
    lines = [
        Along(say("as they are, training loss"), BEFORE, train.losses),
        Along(say("as they are, test loss"), BEFORE, test.losses, "dash"),
        Along(say("units matched, training loss"), AFTER, train_after.losses),
        Along(say("units matched, test loss"), AFTER, test_after.losses, "dash"),
    ]
    panels = [Panel("line", loss_lines(train.shares, lines, (names[0], names[1])), alt=paragraph(*said))]
    of_plane = on_the_plane(pair, names)
    if pair.sliced is not None:
        marks = [Mark(name, place) for name, place in zip(names, pair.places.T, strict=True)]
        panels.append(Panel("plane", slice_map(pair.sliced, heights_of(pair.sliced.losses), marks), alt=of_plane))
    return drawing(
        panels_in_size(panels, choices.size),
        key="two minima",
        views=dict(views),
        rows=[[panel.name for panel in panels], ["table"]],
        table=barriers_table(pair),
        notes=[*said, of_plane],
    )


def of_the_copy(pair: Pair) -> list[str]:
    """What there is to say of a network and its copy with the units in another order."""
    loss = pair.network.train
    own, copied = float(loss.value(pair.network.weights)), float(loss.value(pair.other))
    same = (
        say(
            "The copy has the same units in another order, so it computes the same: its training loss is {loss}, "
            "equal to the last digit.",
            loss=short(own),
        )
        if own == copied
        else say(
            "The copy has the same units in another order, so it computes the same: its training loss is {loss}, "
            "equal but for {difference}, as sums in another order are rounded otherwise.",
            loss=short(own),
            difference=short(abs(own - copied)),
        )
    )
    back = np.array_equal(pair.matched, pair.network.weights)
    return [
        paragraph(same, wall(pair.before[0])),
        say("With its units matched the copy has the network's own weights, to the last digit: there is no wall.")
        if back
        else say(
            "With its units matched the copy lies {distance} from the network: {wall}",
            distance=short(float(np.linalg.norm(pair.matched - pair.network.weights))),
            wall=wall(pair.after[0]),
        ),
    ]


def of_the_other(pair: Pair) -> list[str]:
    """What there is to say of two networks from different seeds."""
    loss = pair.network.train
    return [
        say(
            "From two seeds training comes to the losses {own} and {other}. {wall}",
            own=short(float(loss.value(pair.network.weights))),
            other=short(float(loss.value(pair.other))),
            wall=wall(pair.before[0]),
        ),
        say(
            "With the units of the other network matched, the same function lies {after} away in place of {before}. "
            "{wall}",
            after=short(float(np.linalg.norm(pair.matched - pair.network.weights))),
            before=short(float(np.linalg.norm(pair.other - pair.network.weights))),
            wall=wall(pair.after[0]),
        ),
    ]


def height_of(found: Barrier) -> float:
    """The height of a barrier; 0 where it is no more than the rounding of the losses."""
    return found.height if found.height > ROUNDING * float(np.abs(found.losses).max()) else 0.0


def wall(found: Barrier) -> str:
    """How high a loss rises on the straight way."""
    if not height_of(found):
        return say("On the straight way the training loss nowhere lies above the line between its ends.")
    return say(
        "On the straight way the training loss rises {height} above the line between its ends, most at {share} % of "
        "the way.",
        height=short(found.height),
        share=short(100 * found.share),
    )


def on_the_plane(pair: Pair, names: list[str]) -> str:
    """What the plane shows, or why there is none."""
    if pair.sliced is None:
        return say(
            "No plane is shown, as {first}, {second} and {third} lie on one line.",
            first=names[0],
            second=names[1],
            third=names[2],
        )
    losses = [float(pair.network.train.value(theta)) for theta in (pair.network.weights, pair.other, pair.third)]
    parts = [say("{name} {loss}", name=name, loss=short(loss)) for name, loss in zip(names, losses, strict=True)]
    return say(
        "The plane through three points, training loss: {points}; the highest of {side} × {side} nodes is {most}.",
        points=listed(parts),
        side=SIDE,
        most=short(float(np.nanmax(pair.sliced.losses))),
    )


def barriers_table(pair: Pair) -> Table:
    """The barriers, what is right halfway, and how far apart they lie, before and after the units are matched."""
    theta = pair.network.weights
    rows = [
        [say("Wall in the training loss"), *(short(height_of(found[0])) for found in (pair.before, pair.after))],
        [say("Wall in the test loss"), *(short(height_of(found[1])) for found in (pair.before, pair.after))],
        [
            say("Test examples right halfway, %"),
            *(percent(accuracy(pair.network, 0.5 * (theta + end))) for end in (pair.other, pair.matched)),
        ],
        [
            say("Distance of the weights"),
            *(short(float(np.linalg.norm(theta - end))) for end in (pair.other, pair.matched)),
        ],
    ]
    return Table(
        columns=[say("Quantity"), say("As they are"), say("Units matched")],
        rows=rows,
        caption=say(
            "At {points} points of each line; {train} examples to train on and {test} others to test on",
            points=POINTS,
            train=pair.network.training.examples,
            test=pair.network.training.held_out,
        ),
    )


def accuracy(network: Trained, theta: Array) -> float:
    """The share of the examples held out that a network with these weights puts in the right class."""
    _, test = examples_of(network.training)
    found = outputs_of(network.architecture, theta, test.inputs).argmax(axis=0)
    return float((found == test.targets.argmax(axis=0)).mean())
