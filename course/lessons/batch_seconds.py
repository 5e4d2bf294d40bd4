"""The size of a batch, counted in seconds and in epochs: what a larger batch costs depends on the machine."""

from course.lesson import Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from words import Message, mark, message, short

WANTED = 8  # examples in the batches that are to win, of the task


def winner(seen: Seen) -> SeenRun:
    """The run with the lowest loss at the end."""
    return min(seen.runs, key=lambda run: run.last_loss)


def right(seen: Seen) -> str:
    """The size of its batches."""
    return f"{winner(seen).numbers['size']:g}"


def happened(seen: Seen) -> tuple[Message, ...]:
    """What each size had done by the end, and what it saw for it."""
    one, _, all_of_them = seen.runs
    return (
        message(
            "In {seconds} s batches of {small} made {few} updates and batches of {large} as many, {many}: the machine "
            "takes {width} examples at once, so that an update takes as long with either.",
            seconds=short(one.numbers["seconds"]),
            small=short(one.numbers["size"]),
            few=short(one.numbers["updates"]),
            large=short(all_of_them.numbers["size"]),
            many=short(all_of_them.numbers["updates"]),
            width=short(one.numbers["width"]),
        ),
        message(
            "With the noise of single examples the loss came to {one}, without noise to {all}. In epochs the large "
            "batches pay for it: they saw the data {epochs} times, single examples {fewer} times.",
            one=short(one.last_loss),
            all=short(all_of_them.last_loss),
            epochs=short(all_of_them.numbers["epochs"]),
            fewer=short(one.numbers["epochs"]),
        ),
    )


def now(seen: Seen) -> Message:
    """Who wins on this machine."""
    best = winner(seen)
    return message(
        "On a machine that takes {width} examples at once, batches of {size} come lowest, to {loss} after {updates} "
        "updates.",
        width=short(best.numbers["width"]),
        size=short(best.numbers["size"]),
        loss=short(best.last_loss),
        updates=short(best.numbers["updates"]),
    )


def solved(seen: Seen) -> bool:
    """Whether the middle size wins."""
    return winner(seen).numbers["size"] == WANTED


BATCH_SECONDS = Lesson(
    title=mark("Batch size"),
    heading=mark("Seconds or epochs"),
    see=mark(
        "Three runs on 64 examples at the same rate, with 1, 8 and all 64 of them in a batch. The clock counts "
        "seconds: an update takes 10 ms, as long as the machine, which takes 64 examples at once, is not more than "
        "full."
    ),
    page="data",
    picture="part=batch&model=bowl&race=gradient_descent~0.1&clock=seconds&sizes=1~8~64&machine=width~64&steps=100",
    rows=(("map", "machine"), ("loss",)),
    after=("machine",),
    question=mark("Each run has one second. Which size of batch has the lowest loss at its end?"),
    answers={
        "1": mark("Batches of 1: most updates for an example"),
        "8": mark("Batches of 8: the middle way"),
        "64": mark("Batches of 64: the least noise"),
    },
    right=right,
    happened=happened,
    controls=(Control("width", mark("examples that the machine takes at once")),),
    task=Task(
        mark("Turn the machine: on which does a batch of 8 win, and on which a single example?"),
        solved,
        now,
    ),
    remember=mark("Count what you pay for: in seconds a batch that fills the machine wins, in epochs a smaller one."),
    ways=(Way("data"),),
    sources=(
        "S. McCandlish, J. Kaplan, D. Amodei, An Empirical Model of Large-Batch Training (2018), arXiv:1812.06162",
    ),
)
