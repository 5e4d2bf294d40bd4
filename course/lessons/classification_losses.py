"""Losses of classification: on a wrong answer the cross-entropy is steep and the squared error is flat."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, mark, message, short

WRONG = -4.0  # a logit so far on the wrong side, of the task


def certainty(logit: float) -> float:
    """The probability that the sigmoid gives the right class."""
    return float(1 / (1 + np.exp(-logit)))


def right(seen: Seen) -> str:
    """Which logit is on the right side at the end."""
    entropy, squared = (bool(end > 0) for end in seen.runs[0].end)
    if entropy and squared:
        return "both"
    return "cross-entropy" if entropy else "squared" if squared else "neither"


def slopes(seen: Seen) -> tuple[float, float]:
    """How steep both losses are at the start."""
    entropy, squared = np.abs(seen.landscape.gradient(seen.runs[0].positions[:, 0]))
    return float(entropy), float(squared)


def happened(seen: Seen) -> tuple[Message, ...]:
    """The slopes at the start, and what both logits say at the end."""
    run = seen.runs[0]
    entropy, squared = slopes(seen)
    ends = [certainty(float(end)) for end in run.end]
    return (
        message(
            "After {steps} updates the logit under the cross-entropy is {x}, a probability of {p} for the right class. "
            "Under the squared error it is {y}, a probability of {q}.",
            steps=run.loss.size - 1,
            x=short(float(run.end[0])),
            p=short(ends[0]),
            y=short(float(run.end[1])),
            q=short(ends[1]),
        ),
        message(
            "At the start the slope of the cross-entropy is {entropy}, that of the squared error {squared}: the slope "
            "of the sigmoid multiplies it, and where the answer is very wrong the sigmoid is flat.",
            entropy=short(entropy),
            squared=short(squared),
        ),
    )


def now(seen: Seen) -> Message:
    """From where to where the logit under the squared error goes."""
    run = seen.runs[0]
    return message(
        "Under the squared error the logit goes from {start} to {end}.",
        start=short(float(run.positions[1, 0])),
        end=short(float(run.end[1])),
    )


def solved(seen: Seen) -> bool:
    """Whether the squared error corrects what was very wrong."""
    run = seen.runs[0]
    return float(run.positions[1, 0]) <= WRONG and float(run.end[1]) > 0


CLASSIFICATION_LOSSES = Lesson(
    title=mark("Losses of classification"),
    heading=mark("Cross-entropy or squared error"),
    see=mark(
        "One example of the right class 1 and a sigmoid. Across is its logit under the cross-entropy −ln σ(x), upwards "
        "its logit under the squared error (σ(y) − 1)². Both begin at −6, very wrong, and run with the same rate."
    ),
    picture="landscape=formula&f=log(1%2Bexp(-x))%2B(1/(1%2Bexp(-y))-1)^2&x=-8~8&y=-8~8&start=-6~-6"
    "&run=gradient_descent~1&steps=60",
    rows=(("map", "surface"), ("loss",)),
    question=mark("After 60 updates, which of the two logits is on the right side, above 0?"),
    answers={
        "both": mark("Both of them"),
        "cross-entropy": mark("The one under the cross-entropy alone"),
        "squared": mark("The one under the squared error alone"),
        "neither": mark("Neither of them"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η"), (0,)),),
    drag=True,
    task=Task(
        mark(
            "How wrong may the squared error begin and still come right within the 60 updates? Drag the start, or turn "
            "the rate: it is to begin at −4 or below."
        ),
        solved,
        now,
    ),
    remember=mark("The worse the answer, the stronger the cross-entropy pulls; the squared error lets go of it."),
    ways=(ON_EXPLORE, Way("data", "v=1&part=softmax")),
    sources=(
        "J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, NATO ASI F68 (1990)",
        "X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks (2010)",
    ),
)
