"""What is different where there are many dimensions: saddles nearly everywhere, and minima of different sharpness."""

import numpy as np

from figures import by_batch, chance_curves, index_against_loss
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array
from pages.networks_parts.batch_sharpness import SIZES, BatchEnds, BatchStudy, batch_ends, batch_words
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.progress import worked
from pages.networks_parts.saddles import Student, by_chance, chance_words, search_words, searched
from pages.networks_parts.state import HISTORY, current
from pages.shared.controls import field_control
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import say, short


def controls() -> None:
    """The question, and what belongs to it."""
    of_view = {
        "saddles": ("many_width", "many_searches", "many_seed"),
        "batches": ("many_target", "many_rate", "many_networks"),
    }
    field_control(HISTORY, "many_view", SCHEMA.fields["many_view"])
    for name in of_view[current().many_view]:
        field_control(HISTORY, name, SCHEMA.fields[name])


def show(choices: NetworksChoices) -> None:
    """The question that is chosen."""
    if choices.many_view == "saddles":
        show_saddles(choices)
    else:
        show_batches(choices)


def show_saddles(choices: NetworksChoices) -> None:
    """Critical points of a network by their loss, and the shares of minima by chance."""
    student, seed = Student(choices.many_width, choices.many_searches, choices.many_seed), choices.many_seed
    asked = ("saddles", student)
    both = worked(
        say("Searching for critical points"),
        asked,
        lambda: (searched(student), by_chance(seed)),
        searched.has(student) and by_chance.has(seed),
    )
    if both is None:
        return
    seen = saddles_pictured(student, choices.size, frozen(viewed("many saddles")))
    stage(seen, key="many saddles", title="fall-line-saddles")


@drawn_once
def saddles_pictured(student: Student, size: str, views: Frozen) -> Drawing:
    """The critical points of a network, and the shares by chance."""
    found, chance = searched(student), by_chance(student.seed)
    in_network, at_random = search_words(student, found), chance_words(chance)
    losses, positive, negative = (each[found.found] for each in (found.losses, found.positive, found.negative))
    drawn = [(chance.drawn_at, shares, errors) for shares, errors in zip(chance.drawn, chance.errors, strict=True)]
    return drawing(
        panels_in_size(
            [
                Panel("network", index_against_loss(losses, positive, negative), alt=in_network),
                Panel("chance", chance_curves(chance.dimensions, chance.exact, drawn), alt=at_random),
            ],
            size,
        ),
        key="many saddles",
        views=dict(views),
        rows=[["network", "chance"], ["table"]],
        notes=[in_network, at_random],
    )


def show_batches(choices: NetworksChoices) -> None:
    """The largest eigenvalue and the test loss by batch size, at equal training loss."""
    study = BatchStudy(choices.many_target, choices.many_rate, choices.many_networks)
    ends = worked(
        say("Training networks with small and large batches"),
        ("batches", study),
        lambda: batch_ends(study),
        batch_ends.has(study),
    )
    if ends is None:
        return
    seen = batches_pictured(study, choices.size, frozen(viewed("many batches")))
    stage(seen, key="many batches", title="fall-line-batches")


@drawn_once
def batches_pictured(study: BatchStudy, size: str, views: Frozen) -> Drawing:
    """What the networks of every batch size come to."""
    ends = batch_ends(study)
    words = batch_words(study, ends)
    return drawing(
        panels_in_size(
            [
                Panel(
                    "sharpness",
                    by_batch(SIZES, ends.sharpness, say("Sharpness by batch size"), say("largest eigenvalue")),
                    alt=words,
                ),
                Panel("test", by_batch(SIZES, ends.test, say("Test loss by batch size"), say("test loss")), alt=words),
            ],
            size,
        ),
        key="many batches",
        views=dict(views),
        rows=[["sharpness", "test"], ["table"]],
        table=batch_table(ends),
        notes=[words],
    )


def batch_table(ends: BatchEnds) -> Table:
    """The means of every batch size over the networks that came down to the loss."""
    columns = [
        say("Examples in a batch"),
        say("Networks"),
        say("Updates"),
        say("Training loss"),
        say("Largest eigenvalue"),
        say("Test loss"),
    ]
    rows = []
    for size, *numbers in zip(SIZES, ends.updates, ends.losses, ends.sharpness, ends.test, strict=True):
        there = ~np.isnan(numbers[0])
        rows.append([f"{size:,}", str(int(there.sum())), *(mean_of(each[there]) for each in numbers)])
    return Table(columns=columns, rows=rows, caption=say("Means over the networks that came so far"))


def mean_of(values: Array) -> str:
    """In digits; a dash where there is none."""
    return short(float(values.mean())) if values.size else "–"
