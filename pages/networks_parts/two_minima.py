"""Are two minima of a network's loss parted by a wall, or only by the names of its units?"""

from dataclasses import dataclass, replace

from figures import RUN_COLOURS, Along, Mark, Slice, heights_of, loss_lines, slice_map
from figures.stage import Panel, stage
from landscapes import Array, Domain
from landscapes.networks import (
    Barrier,
    barrier,
    matching_units,
    plane,
    shuffled_units,
    through_points,
    with_units_in_order,
)
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.choices.two_minima import TwoMinimaChoices
from pages.networks_parts.grid import losses_on
from pages.networks_parts.progress import stage_of, worked
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Trained, Training, trained
from pages.shared.controls import field_control
from pages.shared.race import kept
from words import say, short

POINTS = 51  # along each line
SIDE = 41  # nodes along each side of the plane
MARGIN = 0.25  # of the triangle's extent, round it
BEFORE, AFTER = RUN_COLOURS[1], RUN_COLOURS[0]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two networks, and the second with its units in the order of the first."""

    network: Trained
    other: Array  # (D,), the second one's weights
    matched: Array  # (D,), the same function with its units in the order that brings it nearest
    third: Array  # (D,), the third point of the plane: `matched`, or where that is the network itself another copy
    before: tuple[Barrier, Barrier]  # between the network and the other: on the training and on the test examples
    after: tuple[Barrier, Barrier]  # between the network and the matched one
    sliced: Slice  # the plane through the network, the other and the third
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


@kept(200_000, lambda pair: pair.sliced.losses.size + 3 * pair.other.size)
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


def show(choices: TwoMinimaChoices) -> None:
    """The loss along the lines from one network to the other, and on the plane through three of them."""
    asked = training_of(choices), choices.two_pair, choices.two_other
    pair = worked(say("Training the networks"), asked, lambda: pair_of(*asked), pair_of.has(*asked))
    if pair is None:
        return
    names = [say("network"), say("shuffled copy"), say("another copy")]
    (train, test), (train_after, test_after) = pair.before, pair.after
    lines = [
        Along(say("training, as they are"), BEFORE, train.losses),
        Along(say("test, as they are"), BEFORE, test.losses, "dash"),
        Along(say("training, units matched"), AFTER, train_after.losses),
        Along(say("test, units matched"), AFTER, test_after.losses, "dash"),
    ]
    marks = [Mark(name, place) for name, place in zip(names, pair.places.T, strict=True)]
    sentence = say("A wall of {height} between them.", height=short(train.height))
    stage(
        [
            Panel("plane", slice_map(pair.sliced, heights_of(pair.sliced.losses), marks), alt=sentence),
            Panel("line", loss_lines(train.shares, lines, (names[0], names[1])), alt=sentence),
        ],
        key="two minima",
        rows=[["plane", "line"], ["table"]],
        notes=[sentence],
        title="fall-line-two-minima",
    )
