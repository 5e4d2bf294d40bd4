"""Batch normalisation at test time: moving averages take the place of the batch's own numbers."""

import numpy as np

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from landscapes import Knob
from words import Message, mark, message, short

GONE = 0.9  # of the beginning, in the question
UPDATES = 10  # after which little is to be left of the beginning, of the task
LEFT, OFF = 0.01, 0.5  # of the beginning, and from the true mean ever after


def updates_until(seen: SeenPart) -> int:
    """After how many updates that share of the beginning is gone from a moving average."""
    return int(np.ceil(np.log(1 - GONE) / np.log(1 - seen.numbers["momentum"])))


def right(seen: SeenPart) -> str:
    """That count."""
    return str(updates_until(seen))


def farthest(seen: SeenPart) -> float:
    """How far the moving mean is from the true one after the task's updates at most."""
    return float(np.abs(seen.curves["mean"][UPDATES:] - seen.numbers["true mean"]).max())


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """How slowly it comes, and what it is good for."""
    count = updates_until(seen)
    return (
        message(
            "Each batch leaves 1 − m = {keeps} of what was there, so that after {count} updates {left} of the "
            "beginning is left. The moving mean is {there} then; the true mean is {truth}.",
            keeps=short(1 - seen.numbers["momentum"]),
            count=count,
            left=f"{(1 - seen.numbers['momentum']) ** count:.1%}",
            there=short(float(seen.curves["mean"][count])),
            truth=short(seen.numbers["true mean"]),
        ),
        message(
            "In training a feature is normalised by the mean and the variance of its own batch. At test time there "
            "may be one example only: then the moving averages take their place. Used too early, they still are "
            "mostly their beginning: after 5 updates the moving mean is {early}.",
            early=short(float(seen.curves["mean"][5])),
        ),
        message("Then γ multiplies and β moves what was normalised: both are learned, so that the layer can undo it."),
    )


def now(seen: SeenPart) -> Message:
    """What the averages come to now."""
    return message(
        "With m = {weight} and batches of {examples}, {left} of the beginning is left after 10 updates, and from then "
        "on the moving mean is at most {off} from the true one.",
        weight=short(seen.numbers["momentum"]),
        examples=int(seen.numbers["examples"]),
        left=f"{(1 - seen.numbers['momentum']) ** UPDATES:.1%}",
        off=short(farthest(seen)),
    )


def solved(seen: SeenPart) -> bool:
    """Whether the average is both quick and steady."""
    return (1 - seen.numbers["momentum"]) ** UPDATES < LEFT and farthest(seen) < OFF


NORMALISATION = Lesson(
    title=mark("Batch normalisation"),
    heading=mark("The averages of test time"),
    see=mark(
        "One feature of a layer, with mean 5 over all examples that there could be. Every batch has a mean of its own; "
        "a moving average begins at 0 and goes a tenth of the way to the mean of each batch."
    ),
    page="data",
    picture="part=normalisation",
    rows=(("mean",), ("variance",)),
    after=("variance",),
    question=mark("After how many batches is nine tenths of the beginning gone from the moving average?"),
    answers={"10": mark("After 10 batches"), "22": mark("After 22 batches"), "100": mark("After 100 batches")},
    right=right,
    happened=happened,
    controls=(
        Control("momentum", mark("weight m of the newest batch"), knob=Knob("m", 0.01, 1.0, "", least=0.0, most=1.0)),
        Control("examples", mark("examples in a batch")),
    ),
    task=Task(
        mark(
            "Be quick and steady: less than 1 % of the beginning left after 10 updates, and from then on never more "
            "than 0.5 from the true mean."
        ),
        solved,
        now,
    ),
    remember=mark("Batch normalisation has two lives: in training the batch’s own numbers, in use their averages."),
    ways=(Way("data"),),
    sources=("S. Ioffe, C. Szegedy, Batch Normalization (2015), arXiv:1502.03167",),
)
