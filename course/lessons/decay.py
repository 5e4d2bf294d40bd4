"""Decay, because of noise: a constant rate ends in a cloud, a falling one in a point."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from words import Message, mark, message, short

LAST = 100  # steps whose losses are averaged
ALIKE = 1.5  # times a loss that another is at most, to count as about the same


def level(run: SeenRun) -> float:
    """The mean loss of the last steps."""
    return float(np.mean(run.loss[-LAST:]))


def right(seen: Seen) -> str:
    """Which of the two is lower over the last steps."""
    constant, falling = (level(run) for run in seen.runs)
    if max(constant, falling) <= ALIKE * min(constant, falling):
        return "alike"
    return "constant" if constant < falling else "falling"


def happened(seen: Seen) -> tuple[Message, ...]:
    """The clouds."""
    constant, falling = seen.runs
    return (
        message(
            "Over the last {last} steps the mean loss is {constant} at the constant rate and {falling} at the falling "
            "one.",
            last=LAST,
            constant=short(level(constant)),
            falling=short(level(falling)),
        ),
        message(
            "At a constant rate every step adds as much noise as the slope takes away: the run ends in a cloud, "
            "however long it goes on. A smaller rate makes a smaller cloud, and takes longer to come there."
        ),
    )


def now(seen: Seen) -> Message:
    """The cloud of the constant rate."""
    run = seen.runs[0]
    return message(
        "At η = {rate} the mean loss of the last {last} steps is {level}.",
        rate=short(run.rate),
        last=LAST,
        level=short(level(run)),
    )


def solved(seen: Seen) -> bool:
    """Whether the cloud is small enough."""
    return level(seen.runs[0]) < 0.1


DECAY = Lesson(
    title=mark("Decay"),
    heading=mark("Decay, because of noise"),
    see=mark("A round bowl with noisy gradients: one run keeps its learning rate, the other lets it fall as 1/t."),
    picture="landscape=quadratic_bowl&noise=2&run=gradient_descent~0.1&run=gradient_descent~0.1~inverse_time&steps=300",
    question=mark("Which of the two is lower over the last 100 of 300 steps?"),
    answers={
        "constant": mark("The constant rate: it takes larger steps"),
        "falling": mark("The falling rate"),
        "alike": mark("Both about the same"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η of the constant run"), (0,)),),
    task=Task(
        mark("Find a constant rate with which the mean loss of the last 100 steps is below 0.1."),
        solved,
        now,
    ),
    remember=mark("A constant rate ends in a cloud whose size is the rate’s."),
    ways=(ON_EXPLORE, Way("data", "v=1&part=batch&data=made_line")),
    sources=("H. Robbins, S. Monro, A Stochastic Approximation Method (1951), doi:10.1214/aoms/1177729586",),
)
