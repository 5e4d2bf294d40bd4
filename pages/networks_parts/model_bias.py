"""How low can the loss of a model be at all, however it is trained?"""

from dataclasses import dataclass

import numpy as np

from figures import fitted_sum, loss_by_units
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array
from landscapes.networks import Architecture, Examples, network_loss, outputs_of, wave
from optimizers import OPTIMIZERS, descend
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.model_bias import KINDS, MOST_UNITS, ModelBiasChoices
from pages.networks_parts.progress import report, stage_of, worked
from pages.networks_parts.state import HISTORY
from pages.shared.controls import field_control
from pages.shared.race import in_turn, kept
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import listed, paragraph, say, say_n, short

EXAMPLES, NODES = 60, 241
STARTS = 8  # trainings of each sum
STEPS, RATE = 1500, 0.02
UNITS = tuple(range(1, MOST_UNITS + 1))
TOGETHER = 4  # sums that are trained at once
SILENT = -1.0  # what a ramp and a hinge are 0 at, with their derivatives
HIGHER = 1.001  # times a loss: more than what the end of a training leaves open
CAUGHT = 2.0  # times the lowest loss: a training that ends above it was caught elsewhere


@dataclass(frozen=True, eq=False)
class Fitted:
    """Sums of one kind, each trained from several starts."""

    losses: Array  # (U, STARTS), at the end of each training
    best: tuple[Array, ...]  # the weights of the best of each, (D,)


def controls() -> None:
    """The sum that is seen, and the starts."""
    for name in ModelBiasChoices.__dataclass_fields__:
        field_control(HISTORY, name, SCHEMA.fields[name])


def curve() -> Examples:
    """What is fitted: a wave without noise, so that a loss above zero is the model's."""
    return wave(EXAMPLES, noise=0.0)


def architecture_of(kind: str, units: int) -> Architecture:
    """The sum of a constant and so many ramps or hinges, as a network with one hidden layer."""
    return Architecture(inputs=1, width=units, outputs=1, skip=0.0, activation=kind, normalised=False)


def starts(architecture: Architecture, seed: int) -> Array:
    """First weights, (D, STARTS), whose ramps or hinges are spread over the examples."""
    rng, columns = np.random.default_rng(seed), []
    for number in range(STARTS):
        parts = [part.copy() for part in architecture.unpacked(architecture.initial(seed + number))]
        size = parts[0].shape
        parts[0] = rng.choice([-1.0, 1.0], size) * rng.uniform(0.5, 2.5, size)
        parts[1] = -parts[0] * rng.uniform(-2.0, 2.0, size)
        columns.append(architecture.packed(parts))
    return np.stack(columns, axis=1)


@kept("networks", lambda fitted: 8 * sum(best.size for best in fitted.best) + fitted.losses.nbytes)
def fitted(kind: str, seed: int) -> Fitted:
    """All sums of a kind, by Adam; some of them at a time, which is faster than each alone and gives the same."""
    losses: list[Array] = []
    best: list[Array] = []
    for units in (UNITS[first : first + TOGETHER] for first in range(0, MOST_UNITS, TOGETHER)):
        narrow, wide = [architecture_of(kind, count) for count in units], architecture_of(kind, units[-1])
        loss, adam = network_loss(wide, curve(), "squared_error"), OPTIMIZERS["adam"](learning_rate=RATE)
        begin = np.concatenate([with_silent_parts(each, starts(each, seed), wide.width) for each in narrow], axis=1)
        with in_turn(begin.size * STEPS), stage_of((units[0] - 1) / MOST_UNITS, units[-1] / MOST_UNITS):
            run = descend(loss, adam, begin, STEPS, check=lambda: report(0.0))
        ends = np.split(run.positions[:, -1], len(units), axis=1)
        for architecture, each in zip(narrow, ends, strict=True):
            losses.append(loss.value(each))
            best.append(without_silent_parts(architecture, each[:, losses[-1].argmin()], wide))
    return Fitted(np.array(losses), tuple(best))


def with_silent_parts(architecture: Architecture, theta: Array, width: int) -> Array:
    """The weights (D, K) of the same sums with more parts, which are 0 everywhere and stay so in any training."""
    first, place, last, constant = architecture.unpacked(theta)
    more = width - architecture.width
    rows, columns = ((0, 0), (0, more), (0, 0)), ((0, 0), (0, 0), (0, more))
    parts = [np.pad(first, rows), np.pad(place, rows, constant_values=SILENT), np.pad(last, columns), constant]
    return architecture.packed(parts)


def without_silent_parts(architecture: Architecture, theta: Array, wide: Architecture) -> Array:
    """The weights (D,) of a sum among those (D',) of the same with silent parts."""
    first, place, last, constant = wide.unpacked(theta)
    width = architecture.width
    return architecture.packed([first[:width], place[:width], last[:, :width], constant])


def straight_line() -> tuple[float, Array]:
    """The lowest loss of a straight line, by least squares, and its slope and intercept, (2,)."""
    examples = curve()
    x, y = examples.inputs[0], examples.targets[0]
    best = np.polyfit(x, y, 1)
    return float(0.5 * np.mean((np.polyval(best, x) - y) ** 2)), best


def parts_of(kind: str, units: int, theta: Array, nodes: Array) -> Array:
    """What a sum is made of, each part at the nodes (M,): (units, M), without its constant."""
    architecture = architecture_of(kind, units)
    alone = []
    for unit in range(units):
        parts = [part.copy() for part in architecture.unpacked(theta)]
        parts[2][:, np.arange(units) != unit] = 0.0
        parts[3][:] = 0.0
        alone.append(outputs_of(architecture, architecture.packed(parts), nodes[None])[0])
    return np.array(alone)


def show(choices: NetworksChoices) -> None:
    """The sum that is chosen beside the straight line, and the lowest loss by the number of parts."""
    seed = choices.bias_seed

    def work() -> dict[str, Fitted]:
        found = {}
        for number, each in enumerate(KINDS):
            with stage_of(number / len(KINDS), (number + 1) / len(KINDS)):
                found[each] = fitted(each, seed)
        return found

    every = worked(say("Fitting sums"), ("model bias", seed), work, all(fitted.has(each, seed) for each in KINDS))
    if every is None:
        return
    seen = pictured(choices, frozen(viewed("model bias")))
    stage(seen, key="model bias", title="fall-line-model-bias", heading=say("Model bias"))


@drawn_once
def pictured(choices: NetworksChoices, views: Frozen) -> Drawing:
    """The sum and the losses by the number of parts."""
    kind, units = choices.bias_kind, choices.bias_units
    every = {each: fitted(each, choices.bias_seed) for each in KINDS}
    lowest, _ = straight_line()
    return drawing(
        panels_in_size([fit_panel(choices, every), units_panel(choices, every)], choices.size),
        key="model bias",
        views=dict(views),
        rows=[["fit", "units"], ["table"]],
        table=table_of(every, lowest),
        notes=in_words(kind, units, every[kind], lowest),
    )


def fit_panel(choices: ModelBiasChoices, every: dict[str, Fitted]) -> Panel:
    """The sum that is chosen, with its parts, beside the straight line."""
    kind, units = choices.bias_kind, choices.bias_units
    (lowest, line), examples, theta = straight_line(), curve(), every[kind].best[units - 1]
    nodes = np.linspace(-2.0, 2.0, NODES)
    whole = outputs_of(architecture_of(kind, units), theta, nodes[None])[0]
    figure = fitted_sum(
        examples.inputs[0],
        examples.targets[0],
        nodes,
        np.polyval(line, nodes),
        whole,
        parts_of(kind, units, theta, nodes),
    )
    return Panel("fit", figure, alt=paragraph(*in_words(kind, units, every[kind], lowest)[:2]))


def units_panel(choices: ModelBiasChoices, every: dict[str, Fitted]) -> Panel:
    """The lowest loss by the number of parts, of both kinds."""
    kind, units, (lowest, _) = choices.bias_kind, choices.bias_units, straight_line()
    figure = loss_by_units(
        np.array(UNITS, dtype=float),
        [(say(name), every[each].losses) for each, name in KINDS.items()],
        lowest,
        (units, float(every[kind].losses[units - 1].min())),
    )
    return Panel("units", figure, alt=paragraph(*in_words(kind, units, every[kind], lowest)[1:]))


def in_words(kind: str, units: int, found: Fitted, straight: float) -> list[str]:
    """What no training of a model can do, what a richer one does, and what training adds."""
    lowest = found.losses.min(axis=1)
    notes = [
        say(
            "The best straight line has the loss {loss}: no training of its two numbers makes it lower. That is model "
            "bias.",
            loss=short(straight),
        ),
        say_n(
            "{kind}: a constant and {count} of them come to {loss} in the best of {starts} trainings, {most} of them "
            "to {end}.",
            "{kind}: a constant and {count} of them come to {loss} in the best of {starts} trainings, {most} of them "
            "to {end}.",
            units,
            kind=say(KINDS[kind]),
            loss=short(float(lowest[units - 1])),
            starts=STARTS,
            most=MOST_UNITS,
            end=short(float(lowest[-1])),
        ),
    ]
    behind = [n for n in range(1, len(UNITS)) if lowest[n] > HIGHER * lowest[:n].min()]
    contains = say(
        "A sum with more parts contains those with fewer, as a part may have the weight 0: the lowest loss that it can "
        "have is never higher."
    )
    notes.append(
        say(
            "{contains} Here the best training comes to a higher one at {units} parts: there training falls short, not "
            "the model.",
            contains=contains,
            units=listed(str(UNITS[n]) for n in behind),
        )
        if behind
        else contains
    )
    caught = int((found.losses[units - 1] > CAUGHT * lowest[units - 1]).sum())
    notes.append(
        say_n(
            "{count} of the {starts} trainings of the sum that is shown ends at more than twice its lowest loss: a "
            "model that can is not yet one that does.",
            "{count} of the {starts} trainings of the sum that is shown end at more than twice its lowest loss: a "
            "model that can is not yet one that does.",
            caught,
            starts=STARTS,
        )
    )
    return notes


def table_of(every: dict[str, Fitted], straight: float) -> Table:
    """The lowest losses."""
    picked = [1, 2, 3, 4, 6, 8, 12, 16]
    rows = [
        [say(KINDS[kind]), *(short(float(found.losses[units - 1].min())) for units in picked)]
        for kind, found in every.items()
    ]
    return Table(
        columns=[say("Parts of the sum"), *map(str, picked)],
        rows=rows,
        caption=say(
            "Lowest training loss, ½ squared error, of {starts} trainings by Adam, {steps} steps; a straight line: "
            "{straight}",
            starts=STARTS,
            steps=f"{STEPS:,}",
            straight=short(straight),
        ),
    )
