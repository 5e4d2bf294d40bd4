"""What two slices through the loss of trained networks come to, in sentences and in a table."""

import math
from collections.abc import Sequence

import numpy as np

from figures import RUN_COLOURS, Slice
from figures.stage import Table
from landscapes.networks import onto_plane, outputs_of
from pages.networks_parts.choices.slice import SliceChoices
from pages.networks_parts.grid import minima_on
from pages.networks_parts.slice_cut import MOMENT_SIDE, Cut, Played
from pages.networks_parts.training import examples_of
from words import paragraph, say, say_n, short

ALIKE = 0.02  # of the lower loss before training: nets whose losses differ by less are about equally trained
COLOURS = (RUN_COLOURS[1], RUN_COLOURS[0])  # without skip connections, and with them


def in_words(name: str, cut: Cut, seen: Slice, choices: SliceChoices) -> str:
    """How rough a slice is."""
    count, side = minima_on(seen), f"{seen.losses.shape[0]}"
    return say_n(
        "{name}: {loss} at (0, 0), up to {most}; {count} minimum on the grid of {side} × {side} nodes.",
        "{name}: {loss} at (0, 0), up to {most}; {count} minima on the grid of {side} × {side} nodes.",
        count,
        name=name,
        loss=short(float(cut.landscape(choices.slice_examples).value(np.zeros(2)))),
        most=short(float(np.nanmax(seen.losses))),
        side=side,
    )


def training_in_words(cuts: list[Cut], names: list[str]) -> str:
    """Whether the two networks are equally trained, so that the pictures may be compared."""
    losses = [float(cut.network.train.value(cut.origin)) for cut in cuts]
    before = min(float(cut.network.train.value(cut.network.positions[:, 0])) for cut in cuts)
    share = abs(losses[0] - losses[1]) / before
    first, second = map(short, losses)
    step = cuts[-1].step
    if not math.isfinite(share):
        return say("A training has diverged: its slice is of the weights before it left.")
    if share <= ALIKE:
        return say(
            "At step {step} both are about equally trained: their training losses, {first} and {second}, differ by "
            "{share} % of the {before} before training.",
            step=step,
            first=first,
            second=second,
            share=short(100 * share),
            before=short(before),
        )
    return say(
        "At step {step} the two are not equally trained: their training losses, {first} and {second}, differ by "
        "{share} % of the {before} before training. Not all that differs here is due to the skip connections.",
        step=step,
        first=first,
        second=second,
        share=short(100 * share),
        before=short(before),
    )


def scale_in_words(scale: str) -> str:
    """What the directions of the plane are, and what they do not do."""
    if scale == "filter":
        return say(
            "Directions scaled by filter: at α = 1 the weights into a unit change by as much as they are long. "
            "Rescaling whole layers leaves such a slice as it is; rescaling single units does not."
        )
    if scale == "layer":
        return say("Directions scaled by layer: the weights of a layer change by as much as they are long together.")
    if scale == "raw":
        return say("Directions as they were drawn: a network with larger weights looks flatter on them.")
    return say(
        "The two directions along which training has moved most, about the weights at (0, 0); one pair for each "
        "network."
    )


def slices_table(names: list[str], cuts: list[Cut], seen: list[Slice], choices: SliceChoices) -> Table:
    """Both networks in numbers."""
    rows = []
    for name, cut, each in zip(names, cuts, seen, strict=True):
        losses = [float(loss.value(cut.origin)) for loss in (cut.network.train, cut.network.test)]
        rows.append(
            [name, *map(short, losses), *right(cut), f"{minima_on(each)}", short(float(np.nanmax(each.losses)))]
        )
    accuracies = [] if choices.slice_data == "wave" else [say("Test examples right, %")]
    size = cuts[0].origin.size
    return Table(
        columns=[
            say("Network"),
            say("Training loss"),
            say("Test loss"),
            *accuracies,
            say("Minima on the grid"),
            say("Highest loss"),
        ],
        rows=rows,
        colours=COLOURS,
        caption=say(
            "{parameters} parameters; {train} examples to train on, {test} others to test on; where there is "
            "normalisation, each set is normalised over itself",
            parameters=f"{size:,}",
            train=cuts[0].network.training.examples,
            test=cuts[0].network.training.held_out,
        ),
    )


def played_in_words(names: Sequence[str], played: Sequence[Played]) -> str:
    """How the roughness of both slices goes along training."""
    counts = [[minima_on(sliced) for sliced in each.slices] for each in played]
    tops = [int(np.argmax(each)) for each in counts]
    return paragraph(
        *(
            say(
                "{name}: minima on the slice around the weights, of {side} × {side} nodes: {begin} at step {first}, "
                "{end} at step {last}, and the most, {most}, at step {step}.",
                name=name,
                side=MOMENT_SIDE,
                first=int(each.steps[0]),
                begin=count[0],
                step=int(each.steps[top]),
                most=count[top],
                last=int(each.steps[-1]),
                end=count[-1],
            )
            for name, each, count, top in zip(names, played, counts, tops, strict=True)
        )
    )


def path_in_words(name: str, cut: Cut) -> str:
    """How far from the plane the training begins, whose path is seen on it."""
    begin = cut.network.positions[:, 0]
    _, off = onto_plane(begin, cut.origin, cut.directions)
    return say(
        "{name}: the training begins {off} away from the plane, {share} % of its distance from the weights at (0, 0); "
        "the losses on the plane are not those along its path.",
        name=name,
        off=short(float(off)),
        share=short(100 * float(off / np.linalg.norm(begin - cut.origin))),
    )


def right(cut: Cut) -> list[str]:
    """The per cent of the examples held out that the network puts in the right class; nothing where there are none."""
    _, test = examples_of(cut.network.training)
    if len(test.targets) == 1:
        return []
    found = outputs_of(cut.network.architecture, cut.origin, test.inputs).argmax(axis=0)
    return [short(100 * float((found == test.targets.argmax(axis=0)).mean()))]
