"""Why stopping early helps: what all data share is steep and learned first, what few have by chance is flat."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from landscapes import Array, Knob
from words import Message, coordinates, mark, message, short

WEAK = 0.03  # curvature along the weight of the weak feature
TRUE = (1.0, 0.0)  # the best weights for all data there could be; those for the training data are (1, 1.5)
ENOUGH = 0.01  # test loss of the task


def loss_on_other_data(positions: Array) -> Array:
    """The loss on other data of the same source, (2, ...) -> (...): the same bowl about the true weights."""
    x, y = positions
    loss: Array = ((x - TRUE[0]) ** 2 + WEAK * (y - TRUE[1]) ** 2) / 2
    return loss


def best(seen: Seen) -> int:
    """The step at which the test loss is lowest."""
    return int(np.nanargmin(loss_on_other_data(seen.runs[0].positions)))


def right(seen: Seen) -> str:
    """The mark that lies nearest to where the test loss is lowest."""
    there = seen.runs[0].positions[:, best(seen)]
    return min(MARKS, key=lambda name: float(np.hypot(*(there - np.array(MARKS[name])))))


def happened(seen: Seen) -> tuple[Message, ...]:
    """Where the test loss was lowest, and why."""
    run = seen.runs[0]
    tests = loss_on_other_data(run.positions)
    at = best(seen)
    return (
        message(
            "The test loss was lowest at step {step}, {lowest}, at {place}. At the end it is {last}, though the "
            "training loss fell all the way, from {first} to {end}.",
            step=at,
            lowest=short(float(tests[at])),
            place=coordinates(run.positions[:, at]),
            last=short(float(tests[-1])),
            first=short(float(run.loss[0])),
            end=short(run.last_loss),
        ),
        message(
            "The steep direction, which all data share, is learned first. What only the training data have is weak and "
            "learned last: to stop early, or an L2 penalty, keeps most of it out."
        ),
    )


def now(seen: Seen) -> Message:
    """Both losses at the end, at the penalty as it is."""
    end = seen.runs[0].end
    return message(
        "With a penalty of {penalty} the run ends at {place} with a test loss of {loss}.",
        penalty=short(seen.landscape.parameters["a"]),
        place=coordinates(end),
        loss=short(float(loss_on_other_data(end))),
    )


def solved(seen: Seen) -> bool:
    """Whether the test loss is low at the end."""
    return float(loss_on_other_data(seen.runs[0].end)) < ENOUGH


MARKS = {"start": (0.0, 0.0), "corner": (1.0, 0.15), "end": (1.0, 1.5)}
EARLY_STOPPING = Lesson(
    title=mark("Early stopping"),
    heading=mark("Why stopping early helps"),
    see=mark(
        "Two weights. The first feature matters in all data. The second matters by chance in the few training examples "
        "alone: the training loss is lowest at (1, 1.5), the loss on other data, the test loss, at (1, 0)."
    ),
    picture="landscape=formula&f=((x-1)^2%2B0.03*(y-1.5)^2%2Ba*(x^2%2By^2))/2&knobs=a~0&x=-0.5~2&y=-0.5~2"
    "&start=0~0&run=gradient_descent~0.5&steps=300",
    question=mark("Gradient descent on the training loss begins at (0, 0). Where on its way is the test loss lowest?"),
    answers={
        "start": mark("At the start"),
        "corner": mark("On the way, at (1, 0.15)"),
        "end": mark("At the end, where the training loss is lowest"),
    },
    marks=MARKS,
    right=right,
    happened=happened,
    controls=(Control("a", mark("L2 penalty λ"), knob=Knob("λ", 0.001, 10.0, "", default=0.0, log=True, least=0.0)),),
    task=Task(
        mark("Find a penalty with which the test loss is below 0.01 at the end. How much is too much?"),
        solved,
        now,
    ),
    remember=mark(
        "What all data share is steep and learned first; early stopping and an L2 penalty keep out what is not."
    ),
    ways=(
        ON_EXPLORE,
        Way("data", "v=1&part=training_test"),
        Way("networks", "v=1&part=model_bias", mark("Model bias")),
    ),
    sources=(
        "T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed. 2009), chapter 7",
        "L. Prechelt, Early Stopping – But When? (1998), doi:10.1007/3-540-49430-8_3",
    ),
)
