"""Depth and the skip: a product of small weights has next to no slope, one of numbers near 1 has."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from landscapes import Array, Knob, formula
from optimizers import OPTIMIZERS, descend
from words import Message, mark, message, short

EARLY, LATE = 40, 10  # steps: of the question, and of the task
LOW = 0.01  # the loss that the task asks for


def gone(seen: Seen, step: int) -> float:
    """The share of the first loss that is gone at a step."""
    loss = seen.runs[0].loss
    return float(1 - loss[step] / loss[0])


def right(seen: Seen) -> str:
    """How much of the loss is gone after the first steps."""
    share = gone(seen, EARLY)
    return "nothing" if share < 0.1 else "half" if share < 0.9 else "all"


def with_skips(seen: Seen) -> Array:
    """The losses of the same run where 1 is added to each factor."""
    added = formula("(2 - (1 + x)*(1 + y)*(1 + x))**2")
    rule = OPTIMIZERS["gradient_descent"](learning_rate=seen.runs[0].rate)
    return added.value(descend(added, rule, np.array(seen.start), LATE).positions)


def happened(seen: Seen) -> tuple[Message, ...]:
    """The plateau, and what the skip changes."""
    run, skips = seen.runs[0], with_skips(seen)
    half = int(np.argmax(run.loss < run.loss[0] / 2))
    return (
        message(
            "After {early} steps the loss is {loss} in place of {first}. The slope along each weight is a multiple of "
            "the product of the others, and these are near 0: the gradient at the start has the norm {norm}. The loss "
            "is halved at step {half}, all at once.",
            early=EARLY,
            loss=short(float(run.loss[EARLY])),
            first=short(float(run.loss[0])),
            norm=short(float(run.gradient_norm[0])),
            half=half,
        ),
        message(
            "A skip connection adds what comes in to what goes out, so that each factor is 1 + w in place of w. From "
            "the same start, at the same rate, the loss is then {one} after 1 step and {five} after 5.",
            one=short(float(skips[1])),
            five=short(float(skips[5])),
        ),
    )


def now(seen: Seen) -> Message:
    """How far the run has come."""
    return message("Here the loss is {loss} after {late} steps.", loss=short(float(seen.runs[0].loss[LATE])), late=LATE)


def solved(seen: Seen) -> bool:
    """Whether it is low after so few steps."""
    return bool(seen.runs[0].loss[LATE] < LOW)


SKIP_CONNECTIONS = Lesson(
    title=mark("Skip connections"),
    heading=mark("Depth and the skip connection"),
    see=mark(
        "The loss (2 − w₁w₂w₁)² of a network of three layers with one weight each, the first and the last the same; "
        "the run begins with small weights, as networks do."
    ),
    picture="landscape=formula&f=(2-(s%2Bx)*(s%2By)*(s%2Bx))**2&knobs=s~0&x=-2~2&y=-2~2&start=0.05~0.05"
    "&run=gradient_descent~0.05&steps=100",
    question=mark("How much of the loss will be gone after 40 of the 100 steps?"),
    answers={
        "nothing": mark("Hardly anything"),
        "half": mark("About half of it"),
        "all": mark("Nearly all of it"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("s", mark("s, strength of the skip connections"), knob=Knob("s", 0.0, 1.0, least=0.0, most=1.0)),
    ),
    task=Task(
        mark("Turn up the skip connections until the loss is below 0.01 after 10 steps. How little of them is enough?"),
        solved,
        now,
    ),
    remember=mark("The 1 that a skip connection adds in every layer keeps the slope alive."),
    ways=(
        ON_EXPLORE,
        Way("networks", "v=1&part=slice", mark("Slice")),
        Way("networks", "v=1&part=depth", mark("Depth")),
        Way("data", "v=1&part=activations", mark("Activations")),
    ),
    sources=(
        "K. He et al., Deep Residual Learning for Image Recognition (2016), arXiv:1512.03385",
        "H. Li et al., Visualizing the Loss Landscape of Neural Nets (2018), arXiv:1712.09913",
    ),
)
