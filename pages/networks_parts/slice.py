"""How rough is the loss round a trained network, and what do skip connections change?"""

import math
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from figures import (
    RUN_COLOURS,
    Along,
    Mark,
    Slice,
    heights_of,
    loss_lines,
    predictions,
    slice_map,
    slice_surface,
)
from figures.stage import Panel, Table, stage
from landscapes import Array, Domain, Landscape
from landscapes.networks import line, outputs_of, path_plane, plane, random_directions
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.choices.slice import STEPS, SliceChoices
from pages.networks_parts.grid import losses_on, minima_on
from pages.networks_parts.progress import report, stage_of, worked
from pages.networks_parts.state import HISTORY, change
from pages.networks_parts.training import Trained, Training, examples_of, trained
from pages.shared.controls import field_control
from pages.shared.race import in_turn, kept
from pages.shared.state import plain
from words import say, say_n, short

PREVIEW = 21  # nodes along each side of a slice that is there at once
LINE = 201  # points of a line
WINDOW: Domain = ((-1.0, 1.0), (-1.0, 1.0))
ALIKE = 0.02  # of the loss before training: nets whose losses differ by less are about equally trained
OF_NETWORK = ("slice_data", "slice_depth", "slice_width", "slice_skip", "slice_norm", "slice_activation", "slice_seed")
OF_SLICE = (
    "slice_step",
    "slice_scale",
    "slice_directions",
    "slice_examples",
    "slice_below",
    "slice_height",
    "slice_side",
)
COLOURS = (RUN_COLOURS[1], RUN_COLOURS[0])  # without skip connections, and with them


@dataclass(frozen=True, eq=False)
class Cut:
    """A plane through the weights of a network at a step of its training."""

    network: Trained
    step: int
    origin: Array  # (D,)
    directions: Array  # (D, 2)
    window: Domain

    def landscape(self, examples: str) -> Landscape:
        """The loss on the plane, on the examples of one kind."""
        loss = self.network.train if examples == "train" else self.network.test
        return plane(loss, self.origin, self.directions, self.window)

    def weights(self, point: tuple[float, float]) -> Array:
        """Of the network at a point of the plane, (D,)."""
        there: Array = self.origin + self.directions @ np.array(point)
        return there


def controls() -> None:
    """The network, the plane, and what is seen of it."""
    for name in (*OF_NETWORK, *OF_SLICE):
        field_control(HISTORY, name, SCHEMA.fields[name])


def trainings(choices: SliceChoices) -> tuple[Training, Training]:
    """The network without skip connections, and with them."""
    both = Training(
        data=choices.slice_data,
        width=choices.slice_width,
        depth=choices.slice_depth,
        skip=0.0,
        activation=choices.slice_activation,
        normalised=choices.slice_norm == "batch",
        output_loss="squared_error" if choices.slice_data == "wave" else "cross_entropy",
        seed=choices.slice_seed,
        steps=STEPS,
    )
    return both, replace(both, skip=choices.slice_skip)


@kept("networks", lambda cut: 8 * cut.directions.size)
def cut_of(training: Training, step: int, scale: str, seed: int) -> Cut:
    """The plane through the weights at the recorded step that is nearest."""
    network = trained(training)
    at = int(np.abs(network.steps - step).argmin())
    origin, window = network.positions[:, at], WINDOW
    if scale == "pca":
        found = path_plane(network.positions, origin)
        low, high = found.coordinates.min(axis=1), found.coordinates.max(axis=1)
        half = 0.65 * float((high - low).max())
        (x, y) = (low + high) / 2
        window = ((float(x) - half, float(x) + half), (float(y) - half, float(y) + half))
        directions = found.directions
    else:
        directions = random_directions(network.architecture, origin, seed, scale)  # type: ignore[arg-type]
    return Cut(network, int(network.steps[at]), origin, directions, window)


@kept("networks", lambda sliced: 8 * sliced.losses.size)
def sliced(training: Training, step: int, scale: str, seed: int, examples: str, side: int) -> Slice:
    """The losses on the plane."""
    cut = cut_of(training, step, scale, seed)
    with in_turn(cut.origin.size * side * side):
        return losses_on(cut.landscape(examples), cut.window, side)


@kept("networks", lambda losses: 8 * losses.size)
def along(training: Training, step: int, scale: str, seed: int, examples: str, end: tuple[float, float]) -> Array:
    """The losses on the straight line through the network's weights, from opposite a point of the plane to it."""
    cut = cut_of(training, step, scale, seed)
    loss = cut.network.train if examples == "train" else cut.network.test
    opposite = (-end[0], -end[1])
    _, losses = line(loss, cut.weights(opposite), cut.weights(end), LINE)
    report(1.0)
    return losses


def show(choices: SliceChoices) -> None:
    """Both slices on one scale, and below them the surfaces, a line, or what the networks predict."""
    both = trainings(choices)
    try:
        for each in both:
            _ = each.architecture
    except ValueError as error:
        st.error(plain(say("{reason}.", reason=error)))
        return
    how = choices.slice_step, choices.slice_scale, choices.slice_directions
    kind, fine = choices.slice_examples, int(choices.slice_side)

    def slices(side: int) -> list[Slice]:
        found = []
        for number, each in enumerate(both):
            with stage_of(number / 2, (number + 1) / 2):
                found.append(sliced(each, *how, kind, side))
        return found

    def first() -> list[Slice]:
        for number, each in enumerate(both):
            with stage_of(0.4 * number, 0.4 * (number + 1)):
                trained(each)
        with stage_of(0.8, 1.0):
            return slices(PREVIEW)

    sharp = all(sliced.has(each, *how, kind, fine) for each in both)
    coarse = all(sliced.has(each, *how, kind, PREVIEW) for each in both)
    seen = worked(
        say("Training both networks"), (both, "train"), lambda: slices(fine) if sharp else first(), sharp or coarse
    )
    if seen is None:
        return
    cuts = [cut_of(each, *how) for each in both]
    draw(choices, cuts, seen)
    if not sharp:
        asked = (both, how, kind, fine)
        if worked(say("{side} × {side} nodes", side=fine), asked, lambda: slices(fine), ready=False) is not None:
            st.rerun()


def names_of(choices: SliceChoices) -> list[str]:
    """What the two networks are called."""
    if choices.slice_skip == 1:
        return [say("Without skip connections"), say("With skip connections")]
    return [say("Skip strength {s}", s="0"), say("Skip strength {s}", s=short(choices.slice_skip))]


def draw(choices: SliceChoices, cuts: list[Cut], seen: list[Slice]) -> None:
    """The stage."""
    names = names_of(choices)
    height = heights_of(np.concatenate([each.losses.ravel() for each in seen]), choices.slice_height)
    said = [in_words(name, cut, each, choices) for name, cut, each in zip(names, cuts, seen, strict=True)]
    point = choices.slice_point
    marks = [[], [Mark("", np.array(point))]]
    panels = [
        Panel(panel, slice_map(each, height, mark, title=name), alt=words)
        for panel, each, mark, name, words in zip(("map", "other"), seen, marks, names, said, strict=True)
    ]
    notes = [*said, training_in_words(cuts, names), scale_in_words(choices.slice_scale)]
    if choices.slice_below == "surfaces":
        below = [
            Panel(panel, slice_surface(each, height), alt=say("The same as a surface: {sentence}", sentence=words))
            for panel, each, words in zip(("surface", "surface 2"), seen, said, strict=True)
        ]
    elif choices.slice_below == "predictions":
        below = [
            predicted(panel, name, cut, point) for panel, name, cut in zip(("left", "right"), names, cuts, strict=True)
        ]
        notes += [panel.alt for panel in below]
    else:
        below = [on_the_line(choices, names)]
        notes.append(below[0].alt)
    stage(
        [*panels, *below],
        key=f"slice {choices.slice_below}",
        rows=[[panel.name for panel in panels], [panel.name for panel in below], ["table"]],
        start=point,
        table=slices_table(names, cuts, seen, choices),
        notes=notes,
        title="fall-line-slice",
        heading=say("Slice"),
        hint=say("Click or drag: the network at that point predicts what is shown below.")
        if choices.slice_below == "predictions"
        else "",
        on_start=lambda x, y: change(slice_point=(x, y)),
    )


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
    before = max(float(cut.network.train.value(cut.network.positions[:, 0])) for cut in cuts)
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


def right(cut: Cut) -> list[str]:
    """The per cent of the examples held out that the network puts in the right class; nothing where there are none."""
    _, test = examples_of(cut.network.training)
    if len(test.targets) == 1:
        return []
    found = outputs_of(cut.network.architecture, cut.origin, test.inputs).argmax(axis=0)
    return [short(100 * float((found == test.targets.argmax(axis=0)).mean()))]


def on_the_line(choices: SliceChoices, names: list[str]) -> Panel:
    """The loss along a straight line through the middle, to the point that was chosen; along α where none was."""
    end = choices.slice_point if any(choices.slice_point) else (1.0, 0.0)
    how = choices.slice_step, choices.slice_scale, choices.slice_directions, choices.slice_examples
    losses = [along(each, *how, end) for each in trainings(choices)]
    dips = [int(((each[1:-1] < each[:-2]) & (each[1:-1] < each[2:])).sum()) for each in losses]
    lines = [Along(*each) for each in zip(names, COLOURS, losses, strict=True)]
    place = f"({short(end[0])}, {short(end[1])})"
    opposite = f"({short(-end[0])}, {short(-end[1])})"
    alt = say(
        "On the line from {opposite} to {place} through the middle, at {points} points: {first}: {dips}; {second}: "
        "{other}.",
        opposite=opposite,
        place=place,
        points=LINE,
        first=names[0],
        dips=say_n("{count} minimum", "{count} minima", dips[0]),
        second=names[1],
        other=say_n("{count} minimum", "{count} minima", dips[1]),
    )
    return Panel("line", loss_lines(np.linspace(0.0, 1.0, LINE), lines, (opposite, place)), alt=alt)


def predicted(panel: str, name: str, cut: Cut, point: tuple[float, float]) -> Panel:
    """What the network at a point of the plane predicts: classes in the plane, a curve, or what it takes for what."""
    train, test = examples_of(cut.network.training)
    weights, architecture = cut.weights(point), cut.network.architecture
    place = f"({short(point[0])}, {short(point[1])})"
    answers = outputs_of(architecture, weights, test.inputs)
    figure = predictions(lambda inputs: outputs_of(architecture, weights, inputs), train, test, name)
    if len(test.targets) == 1:
        alt = say(
            "{name}: at {place} the fitted curve misses the test examples by {distance} on average.",
            name=name,
            place=place,
            distance=short(float(np.abs(answers - test.targets).mean())),
        )
    else:
        share = float((answers.argmax(axis=0) == test.targets.argmax(axis=0)).mean())
        alt = say(
            "{name}: at {place} the network puts {share} % of the test examples in the right class.",
            name=name,
            place=place,
            share=short(100 * share),
        )
    return Panel(panel, figure, alt=alt)
