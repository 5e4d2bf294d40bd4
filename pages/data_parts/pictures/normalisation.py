"""Batch and layer normalisation: by which mean and variance is an activation normalised, in training and in use?"""

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import activation_table, moving_average
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array
from landscapes.from_data import batch_normalised, layer_normalised, moving_averages
from pages.data_parts.choices import SCHEMA, DataChoices
from pages.data_parts.pictures.fields import MOST_UPDATES, NORMALISATION
from pages.data_parts.pictures.knobs import knobs_of
from pages.data_parts.state import HISTORY, current
from pages.shared.controls import field_control
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import paragraph, say, short

MEANS = np.array([0.0, 2.0, -3.0, 5.0])  # of the features over all examples that there could be
AVERAGED = ("momentum", "feature")  # knobs of the moving averages, which a layer has none of
DEVIATIONS = np.array([1.0, 0.5, 3.0, 2.0])


def controls() -> None:
    """Over what is normalised, γ and β, and the batches."""
    field_control(HISTORY, "over", SCHEMA.fields["over"])
    alone = current().over == "layer"
    knobs_of("normalisation", {name: knob for name, knob in NORMALISATION.items() if not (alone and name in AVERAGED)})
    field_control(HISTORY, "seed", SCHEMA.fields["seed"])


def drawn(examples: int, seed: int) -> Array:
    """Batches of activations, one an update, (T, N, 4)."""
    return np.random.default_rng(seed).normal(MEANS, DEVIATIONS, (MOST_UPDATES, examples, MEANS.size))


def show(choices: DataChoices, _: DeltaGenerator) -> None:
    """The pictures of the chosen batch."""
    stage_key = f"data normalisation {choices.over}"
    stage(pictured(choices, frozen(viewed(stage_key))), key=stage_key)


@drawn_once
def pictured(choices: DataChoices, views: Frozen) -> Drawing:
    """A batch as it comes and normalised, and the moving averages of one feature over the updates."""
    of = dict(choices.normalisation)
    batches = drawn(int(of["examples"]), choices.seed)
    update, feature = int(of["update"]), int(of["feature"]) - 1
    means, variances = moving_averages(batches, of["momentum"])
    table = batches[update - 1]
    by_batch = choices.over == "batch"
    normalise = batch_normalised if by_batch else layer_normalised
    trained = normalise(table, of["gamma"], of["beta"])
    said = [table_words(choices, table, trained)]
    if by_batch:
        said.append(difference_words(choices, table, trained, (means[update], variances[update])))
    panels = [
        Panel("raw", activation_table(say("Activations of update {update}", update=update), table), alt=said[0]),
        Panel("normalised", activation_table(say("Normalised, × γ + β"), trained), alt=said[0]),
    ]
    if by_batch:
        used = batch_normalised(table, of["gamma"], of["beta"], (means[update], variances[update]))
        name = say("feature {number}", number=feature + 1)
        panels += [
            Panel("used", activation_table(say("The same at test time"), used), alt=said[1]),
            Panel(
                "mean",
                moving_average(
                    say("Mean, {feature}", feature=name),
                    batches[..., feature].mean(axis=1),
                    means[:, feature],
                    float(MEANS[feature]),
                    update,
                ),
                alt=average_words(update, of["momentum"]),
            ),
            Panel(
                "variance",
                moving_average(
                    say("Variance, {feature}", feature=name),
                    batches[..., feature].var(axis=1, ddof=1),
                    variances[:, feature],
                    float(DEVIATIONS[feature] ** 2),
                    update,
                ),
                alt=average_words(update, of["momentum"]),
            ),
        ]
        said.append(average_words(update, of["momentum"]))
    rows = (
        [["raw", "normalised", "used"], ["mean", "variance", "table"]]
        if by_batch
        else [["raw", "normalised"], ["table"]]
    )
    return drawing(
        panels_in_size(panels, choices.size),
        key=f"data normalisation {choices.over}",
        views=dict(views),
        rows=rows,
        table=statistics(choices, table),
        notes=said,
    )


def statistics(choices: DataChoices, table: Array) -> Table:
    """By which numbers it was normalised."""
    if choices.over == "layer":
        return Table(
            columns=[say("Example"), say("Mean"), say("Variance")],
            rows=[
                [str(number + 1), short(float(row.mean())), short(float(row.var()))] for number, row in enumerate(table)
            ],
            caption=say("Over the features of each example"),
        )
    of = dict(choices.normalisation)
    means, variances = moving_averages(drawn(int(of["examples"]), choices.seed), of["momentum"])
    update = int(of["update"])
    return Table(
        columns=[
            say("Feature"),
            say("Mean"),
            say("Variance"),
            say("Moving mean"),
            say("Moving variance"),
        ],
        rows=[
            [
                str(k + 1),
                short(float(table[:, k].mean())),
                short(float(table[:, k].var())),
                short(float(means[update, k])),
                short(float(variances[update, k])),
            ]
            for k in range(MEANS.size)
        ],
        caption=say("Of this batch, and averaged up to it"),
    )


def table_words(choices: DataChoices, table: Array, trained: Array) -> str:
    """Over what it was normalised, and what that gives."""
    of = dict(choices.normalisation)
    gamma, beta = short(of["gamma"]), short(of["beta"])
    if choices.over == "layer":
        return paragraph(
            say(
                "Each example is normalised by the mean and the variance of its {count} features, then multiplied by "
                "γ = {gamma} and moved by β = {beta}.",
                count=table.shape[1],
                gamma=gamma,
                beta=beta,
            ),
            say("No other example matters, so that it is the same in a batch of any size and at test time."),
        )
    return say(
        "Each feature is normalised by its mean and its variance over the {count} examples of the batch, then "
        "multiplied by γ = {gamma} and moved by β = {beta}: over the batch its mean is {mean} and its standard "
        "deviation {deviation}.",
        count=table.shape[0],
        gamma=gamma,
        beta=beta,
        mean=short(round(float(trained[:, 0].mean()), 9)),
        deviation=short(float(trained[:, 0].std())),
    )


def difference_words(choices: DataChoices, table: Array, trained: Array, statistics: tuple[Array, Array]) -> str:
    """How far the same example is from that at test time."""
    of = dict(choices.normalisation)
    used = batch_normalised(table, of["gamma"], of["beta"], statistics)
    off = np.abs(used - trained)
    row, column = np.unravel_index(int(off.argmax()), off.shape)
    return say(
        "At test time the moving averages take the place of the batch’s own numbers. The largest difference here: "
        "feature {feature} of example {example} becomes {used} where it was {trained}.",
        feature=int(column) + 1,
        example=int(row) + 1,
        used=short(float(used[row, column])),
        trained=short(float(trained[row, column])),
    )


def average_words(update: int, momentum: float) -> str:
    """What a moving average is made of."""
    return say(
        "A moving average begins at mean 0 and variance 1, and every batch moves it by {momentum} of the way to its "
        "own mean and its unbiased variance: after {updates} updates {left} of the beginning is left in it.",
        momentum=short(momentum),
        updates=update,
        left=f"{(1 - momentum) ** update:.1%}",
    )
