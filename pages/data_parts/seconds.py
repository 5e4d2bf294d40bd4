"""Batches by the clock of a machine: which size is soonest there, and from which on a larger one saves no updates."""

import numpy as np

from figures import batch_seconds
from figures.stage import Panel
from landscapes.from_data import Batches, Machine, noise_scale, updates_needed
from pages.data_parts.choices import DataChoices
from words import paragraph, say, short

SIZES = 80  # of batches along the curves, at most


def critical_batch(choices: DataChoices) -> float | None:
    """tr Σ/|G|² at the marker; None where a batch's loss is no mean over its examples."""
    model = choices.model()
    return noise_scale(model.gradients(np.array(choices.start))) if model.averages else None


def seconds_panel(choices: DataChoices) -> Panel:
    """Seconds of an update, of an epoch and of the same progress, over the size of the batch."""
    machine, scale = choices.clockwork, critical_batch(choices)
    sizes = np.unique(np.round(np.geomspace(1, choices.model().examples, SIZES))).astype(int)
    update = np.array([machine.update(int(size)) for size in sizes])
    epoch = np.array([machine.epoch(choices.batches(int(size))) for size in sizes])
    known = scale is not None and np.isfinite(scale)
    way = np.array([updates_needed(int(size), scale) for size in sizes]) * update if known else None
    figure = batch_seconds(sizes, update, epoch, way, machine.width, scale if known else None)
    return Panel("machine", figure, alt=machine_words(choices))


def machine_words(choices: DataChoices) -> str:
    """What an epoch costs with small and with large batches."""
    machine, examples = choices.clockwork, choices.model().examples
    full = min(int(machine.width), examples)
    flat = say(
        "An update takes {time} s with up to {width} examples, and in proportion longer with more.",
        time=short(machine.seconds),
        width=short(machine.width),
    )

    def epoch(size: int) -> str:
        return short(machine.epoch(choices.batches(size)))

    if full in (1, examples):
        return paragraph(
            flat,
            say(
                "An epoch takes {one} s with batches of 1 and {all} s with all {examples} examples at once.",
                one=epoch(1),
                all=epoch(examples),
                examples=f"{examples:,}",
            ),
        )
    return paragraph(
        flat,
        say(
            "An epoch takes {one} s with batches of 1, {full} s with batches of {width} and {all} s with all "
            "{examples} examples at once.",
            one=epoch(1),
            full=epoch(full),
            width=full,
            all=epoch(examples),
            examples=f"{examples:,}",
        ),
    )


def critical_batch_words(choices: DataChoices) -> str:
    """From which size on a larger batch saves hardly any updates, and which size is soonest there."""
    scale, machine, examples = critical_batch(choices), choices.clockwork, choices.model().examples
    if scale is None:
        return ""
    if np.isinf(scale):
        return say("At the marker the full gradient is zero: the critical batch, tr Σ/|G|², is infinite there.")
    size = say(
        "The critical batch at the marker, tr Σ/|G|², is {scale}: there the noise of a batch is as long as the "
        "gradient, and by the second-order model two updates at their best rate do what one without noise would.",
        scale=short(scale),
    )
    if scale == 0:
        return say("At the marker all examples have the same gradient: the critical batch, tr Σ/|G|², is 0.")
    best = min(int(machine.width), examples)  # below it an update is as long, above it longer by more than is saved
    double = min(2 * best, examples)
    if double == best:
        more = say("By this law the same progress takes the fewest seconds with all {size} examples.", size=best)
        return paragraph(size, more)
    fewer = 1 - updates_needed(double, scale) / updates_needed(best, scale)
    longer = machine.update(double) / machine.update(best) - 1
    return paragraph(
        size,
        say(
            "By this law the same progress takes the fewest seconds with batches of {best}; batches of {double} save "
            "{fewer} of the updates and make each {longer} longer.",
            best=best,
            double=double,
            fewer=f"{fewer:.0%}",
            longer=f"{longer:.0%}",
        ),
    )


def elapsed(choices: DataChoices, cut: Batches, updates: int) -> str:
    """Seconds of a run, in words."""
    machine: Machine = choices.clockwork
    return short(machine.elapsed(cut, updates))
