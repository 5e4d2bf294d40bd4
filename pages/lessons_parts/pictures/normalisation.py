"""The moving average of batch normalisation, which every batch moves on while the stage plays."""

from course import SeenPart
from figures import let_grow, moving_average
from figures.stage import Panel
from landscapes import Array, Domain
from landscapes.from_data import moving_averages
from pages.data_parts.choices import DataChoices
from pages.data_parts.pictures import fields
from pages.data_parts.pictures.normalisation import DEVIATIONS, MEANS, average_words, drawn
from pages.lessons_parts.pictures.page_picture import PagePicture, of_group
from words import say

KINDS = ("mean", "variance")


def averages(choices: DataChoices) -> dict[str, tuple[Array, Array, float]]:
    """Of the feature of the curves: each batch's own number (T,), its moving average (T + 1,), and the true value."""
    of = dict(choices.normalisation)
    batches, feature = drawn(int(of["examples"]), choices.seed), int(of["feature"]) - 1
    means, variances = moving_averages(batches, of["momentum"])
    own = batches[..., feature]
    return {
        "mean": (own.mean(axis=1), means[:, feature], float(MEANS[feature])),
        "variance": (own.var(axis=1, ddof=1), variances[:, feature], float(DEVIATIONS[feature] ** 2)),
    }


def seen(choices: DataChoices) -> SeenPart:
    """Both moving averages, and what they come to."""
    both = averages(choices)
    return SeenPart(
        numbers={**dict(choices.normalisation), **{f"true {kind}": both[kind][2] for kind in KINDS}},
        curves={kind: both[kind][1] for kind in KINDS} | {f"batch {kind}": both[kind][0] for kind in KINDS},
    )


def panels(choices: DataChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The batches' own means and variances with their moving averages."""
    of = dict(choices.normalisation)
    update, name = int(of["update"]), say("feature {number}", number=int(of["feature"]))
    titles = {"mean": say("Mean, {feature}", feature=name), "variance": say("Variance, {feature}", feature=name)}
    words = average_words(update, of["momentum"])
    return [
        Panel(kind, let_grow(moving_average(titles[kind], *numbers_of, update), steps(choices)), alt=words)
        for kind, numbers_of in averages(choices).items()
    ]


def steps(_: DataChoices) -> int:
    """From one batch to the next."""
    return fields.MOST_UPDATES


numbers, turned = of_group("normalisation")
NORMALISATION = PagePicture(
    knobs=fields.NORMALISATION, numbers=numbers, turned=turned, seen=seen, panels=panels, steps=steps
)
