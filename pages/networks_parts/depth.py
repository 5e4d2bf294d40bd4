"""Why may a deeper network have the higher training loss?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures import RUN_COLOURS, Recorded, recorded_curves
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.depth import DepthChoices
from pages.networks_parts.grid import losses_at
from pages.networks_parts.progress import stage_of, worked
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Training, trained
from pages.shared.controls import field_control
from pages.shared.race import kept
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import paragraph, say, short

DEPTHS = (2, 5, 10, 20, 30)
SEEN = 61  # of the steps, at which losses are drawn
APART = 1.5  # times: losses nearer to each other are told apart by chance alone
ALIKE = 1.1  # times: a training loss up to here is about as low
COLOURS = (RUN_COLOURS[1], RUN_COLOURS[0])  # without skip connections, and with them


@dataclass(frozen=True, eq=False)
class Losses:
    """The losses of a network along its training."""

    steps: Array  # (T,)
    train: Array  # (T,)
    test: Array  # (T,)


def controls() -> None:
    """How long is trained, and which networks."""
    for name in DepthChoices.__dataclass_fields__:
        field_control(HISTORY, name, SCHEMA.fields[name])


def trainings(choices: DepthChoices) -> tuple[tuple[Training, ...], tuple[Training, ...]]:
    """Networks of each depth without skip connections, and with them."""
    without, with_skips = (
        tuple(
            Training(
                depth=depth,
                skip=skip,
                width=choices.depth_width,
                seed=choices.depth_seed,
                steps=choices.depth_steps,
            )
            for depth in DEPTHS
        )
        for skip in (0.0, 1.0)
    )
    return without, with_skips


@kept("networks", lambda losses: 24 * losses.steps.size)
def losses_of(training: Training) -> Losses:
    """The losses along a training, whose weights are not kept: those of ten would leave no room for these losses."""
    with stage_of(0.0, 0.9):
        network = trained.__wrapped__(training)
    at = np.unique(np.linspace(0, network.steps.size - 1, SEEN).round().astype(int))
    with stage_of(0.9, 1.0):
        train, test = (losses_at(loss, network.positions[:, at]) for loss in (network.train, network.test))
    return Losses(network.steps[at].astype(float), train, test)


def show(choices: NetworksChoices) -> None:
    """The training loss along training for each depth, without skip connections and with them, and what it ends at."""
    both = trainings(choices)
    every = [training for kind in both for training in kind]
    weights = np.cumsum([0, *(training.depth + 2 for training in every)])

    def work() -> list[Losses]:
        found = []
        for number, training in enumerate(every):
            with stage_of(*(weights[number : number + 2] / weights[-1])):
                found.append(losses_of(training))
        return found

    found = worked(say("Training networks of every depth"), both, work, all(map(losses_of.has, every)))
    if found is None:
        return
    seen = pictured(choices, frozen(viewed("depth")))
    stage(seen, key="depth", title="fall-line-depth", heading=say("Depth"))


@drawn_once
def pictured(choices: NetworksChoices, views: Frozen) -> Drawing:
    """The losses of all networks."""
    without, with_skips = ([losses_of(training) for training in kind] for kind in trainings(choices))
    names = names_of_kinds()
    return drawing(
        panels_in_size(depth_panels(without, with_skips), choices.size),
        key="depth",
        views=dict(views),
        rows=[["without", "with"], ["depths"], ["table"]],
        table=table_of(names, (without, with_skips)),
        notes=[*in_words(names[0], without), *in_words(names[1], with_skips), compared()],
    )


def names_of_kinds() -> tuple[str, str]:
    """What networks without skip connections and with them are called."""
    return say("Without skip connections"), say("With skip connections")


def depth_panels(without: Sequence[Losses], with_skips: Sequence[Losses]) -> list[Panel]:
    """The training losses along training of both kinds, on one scale, and the losses at the end by the depth."""
    names = names_of_kinds()
    along = [
        recorded_curves(
            say("{network}: training loss", network=name),
            [
                Recorded(say("depth {depth}", depth=depth), colour, losses.steps, losses.train)
                for depth, colour, losses in zip(DEPTHS, RUN_COLOURS, kind, strict=False)
            ],
            say("step of training"),
            logarithmic=True,
        )
        for name, kind in zip(names, (without, with_skips), strict=True)
    ]
    low, high = (float(np.log10(each)) for each in _range([*without, *with_skips]))
    for figure in along:
        figure.layout.yaxis.range = [low, high]
    by_depth = [
        Recorded(name, colour, np.array(DEPTHS, dtype=float), np.array([ends[-1] for ends in values]), kind, dash)
        for name, colour, losses in zip(names, COLOURS, (without, with_skips), strict=True)
        for kind, dash, values in (
            (say("training loss"), "solid", [each.train for each in losses]),
            (say("test loss"), "dash", [each.test for each in losses]),
        )
    ]
    said = in_words(names[0], without), in_words(names[1], with_skips)
    return [
        Panel("without", along[0], alt=said[0][0]),
        Panel("with", along[1], alt=paragraph(*said[1])),
        Panel(
            "depths",
            recorded_curves(say("Losses at the end of training"), by_depth, say("depth"), logarithmic=True),
            alt=paragraph(*said[0], *said[1]),
        ),
    ]


def _range(every: Sequence[Losses]) -> tuple[float, float]:
    """From the lowest to the highest training loss, with some room."""
    values = np.concatenate([losses.train for losses in every])
    known = values[np.isfinite(values) & (values > 0)]
    return float(known.min() / 1.3), float(known.max() * 1.3)


def in_words(name: str, losses: Sequence[Losses]) -> list[str]:
    """What becomes of the losses as a network is made deeper."""
    train, test = ([float(getattr(each, kind)[-1]) for each in losses] for kind in ("train", "test"))
    worst = int(np.nanargmax(train))
    notes = []
    if train[worst] > APART * train[0]:
        notes.append(
            say(
                "{network}: at depth {depth} training ends at the training loss {deep}, and at depth {shallow} at "
                "{loss}. A deeper network with the higher training loss does not over-fit: it is training that falls "
                "short.",
                network=name,
                depth=DEPTHS[worst],
                deep=short(train[worst]),
                shallow=DEPTHS[0],
                loss=short(train[0]),
            )
        )
    else:
        notes.append(
            say(
                "{network}: training ends at the training losses {low} to {high}, at depth {shallow} at {loss}: no "
                "depth comes to more than {times} times that.",
                network=name,
                low=short(min(train)),
                high=short(max(train)),
                shallow=DEPTHS[0],
                loss=short(train[0]),
                times=short(APART),
            )
        )
    over = [n for n in range(1, len(train)) if train[n] <= ALIKE * train[0] and test[n] > APART * test[0]]
    if over:
        deepest = max(over, key=lambda n: test[n])
        notes.append(
            say(
                "{network}: at depth {depth} the training loss is {train}, about as low, and the test loss {test} in "
                "place of {before}: that is over-fitting.",
                network=name,
                depth=DEPTHS[deepest],
                train=short(train[deepest]),
                test=short(test[deepest]),
                before=short(test[0]),
            )
        )
    return notes


def compared() -> str:
    """What is compared."""
    return say(
        "All have the same examples, width, first seed, normalisation and training, and differ in depth and skip "
        "connections alone."
    )


def table_of(names: Sequence[str], kinds: Sequence[Sequence[Losses]]) -> Table:
    """All losses at the end."""
    rows = [
        [
            say("{network}: {loss}", network=name, loss=label),
            *(short(float(getattr(each, kind)[-1])) for each in losses),
        ]
        for name, losses in zip(names, kinds, strict=True)
        for kind, label in (("train", say("training loss")), ("test", say("test loss")))
    ]
    return Table(
        columns=[say("At the end"), *(say("depth {depth}", depth=depth) for depth in DEPTHS)],
        rows=rows,
        colours=[colour for colour in COLOURS for _ in range(2)],
    )
