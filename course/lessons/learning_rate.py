"""Too small, just right, too large: on curvature λ everything hangs on η·λ."""

import numpy as np

from course.lesson import Control, Lesson, Task
from course.seen import Seen, SeenRun
from words import Message, mark, message, short


def across(run: SeenRun) -> bool:
    """Whether the run jumps to the other side of the minimum at every step, as long as it is away from it."""
    x = run.positions[0]
    away = x[np.isfinite(x) & (np.abs(x) > 1e-9)]
    return bool(away.size > 2 and (away[1:] * away[:-1] < 0).all())


def factor(run: SeenRun) -> float:
    """By what the first step multiplies the distance to the minimum at 0."""
    return float(run.positions[0, 1] / run.positions[0, 0])


def right(seen: Seen) -> str:
    """What the run at the largest rate does."""
    run = seen.runs[-1]
    if not abs(factor(run)) < 1:
        return "leaves"
    return "across" if across(run) else "one-side"


def happened(seen: Seen) -> tuple[Message, ...]:
    """What each rate did to the distance."""
    slow, exact, fast = seen.runs
    return (
        message(
            "At η = {fast} every step jumps to the other side and multiplies the distance by {factor}: across and "
            "back, ever closer. After {steps} steps the loss is {loss}.",
            fast=short(fast.rate),
            factor=short(factor(fast)),
            steps=f"{fast.loss.size - 1:,}",
            loss=short(fast.last_loss),
        ),
        message(
            "At η = {slow} the factor is {factor}, so it creeps from one side and has loss {loss}. At η = {exact} it "
            "is 0: one step is enough.",
            slow=short(slow.rate),
            factor=short(factor(slow)),
            loss=short(slow.last_loss),
            exact=short(exact.rate),
        ),
    )


def now(seen: Seen) -> Message:
    """The factor of the run that is turned."""
    run = seen.runs[-1]
    _, curvature = seen.curvatures(np.array(seen.start))
    return message(
        "η·λ = {product}: each step multiplies the distance by 1 − η·λ = {factor}.",
        product=short(run.rate * curvature),
        factor=short(1 - run.rate * curvature),
    )


def solved(seen: Seen) -> bool:
    """Whether that run goes back and forth for ever."""
    return seen.runs[-1].verdict.kind == "cycle"


LEARNING_RATE = Lesson(
    title=mark("The learning rate"),
    heading=mark("Too small, just right, too large"),
    see=mark("Three learning rates η on the parabola f = ½x², whose curvature is λ = 1 everywhere."),
    picture="landscape=parabola&start=-1.8~0&run=gradient_descent~0.1&run=gradient_descent~1&run=gradient_descent~1.8"
    "&steps=20",
    rows=(("surface",), ("loss",)),
    question=mark("One rate is 0.1, one is 1. What does the run with η = 1.8 do?"),
    answers={
        "one-side": mark("It comes down on one side"),
        "across": mark("It jumps across and back, ever closer"),
        "leaves": mark("It jumps farther and farther away"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η of the third run"), (2,)),),
    task=Task(
        mark("Find the learning rate at which the third run goes back and forth for ever, neither closer nor away."),
        solved,
        now,
    ),
    remember=mark(
        "Everything hangs on η·λ: below 1 creeping, from 1 to 2 swinging, above 2 gone. The limit is η = 2/λ."
    ),
    sources=("Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp (1998), section 5",),
)
