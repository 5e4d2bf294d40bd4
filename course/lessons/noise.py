"""Noise does not stop at a saddle: the exact gradient stays where the imprecise one leaves."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, distance
from landscapes import Knob
from words import Message, coordinates, mark, message, short

NEAR = 0.2  # of the saddle, and of a place where w₁w₂ = 1
LITTLE = 0.001  # the noise of the task


def left(seen: Seen) -> bool:
    """Whether the run is near a minimum at the end, where w₁w₂ = 1."""
    return abs(float(np.prod(seen.runs[0].end)) - 1) < NEAR


def right(seen: Seen) -> str:
    """Where the noisy run ended."""
    if left(seen):
        return "minimum"
    return "saddle" if distance(seen.runs[0].end, (0.0, 0.0)) < NEAR else "wanders"


def happened(seen: Seen) -> tuple[Message, ...]:
    """Where it went, and how near it came to the saddle."""
    run = seen.runs[0]
    away = np.hypot(*run.positions)
    return (
        message(
            "The noisy run came to {nearest} from the saddle at step {step}, and left again: it ended near a minimum, "
            "at {end}, with loss {loss}.",
            nearest=short(float(away.min())),
            step=int(away.argmin()),
            end=coordinates(run.end),
            loss=short(run.last_loss),
        ),
        message(
            "With exact gradients the same start runs into the saddle and stays, with loss 1. The exact way in exists "
            "on a single line, and noise of {noise} is enough to leave that line.",
            noise=short(seen.noise),
        ),
    )


def now(seen: Seen) -> Message:
    """What the noise comes to now."""
    return message(
        "With noise {noise} the loss at the end is {loss}.",
        noise=short(seen.noise),
        loss=short(seen.runs[0].last_loss),
    )


def solved(seen: Seen) -> bool:
    """Whether the run leaves with little noise, which is not none."""
    return 0 < seen.noise <= LITTLE and left(seen)


NOISE = Lesson(
    title=mark("Batches and noise"),
    heading=mark("Noise leaves the saddle"),
    see=mark(
        "A mini-batch gives a gradient that is right on average and wrong each time. Here every gradient has noise of "
        "0.05 in each direction; at the start the gradient itself is more than thirty times as long."
    ),
    picture="landscape=two_weight_network&start=0.5~-0.5&noise=0.05&run=gradient_descent~0.05&steps=200",
    question=mark("With exact gradients this start runs into the saddle and stays. Where will the noisy run end?"),
    answers={
        "saddle": mark("At the saddle too, or close by"),
        "minimum": mark("At a minimum"),
        "wanders": mark("Nowhere: it wanders about"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("noise", mark("noise σ"), knob=Knob("σ", 1e-6, 0.5, "", default=0.05, log=True, least=0.0)),
        Control("seed", mark("draw of the noise"), knob=Knob("seed", 0, 20, "", default=0, integer=True, least=0)),
    ),
    task=Task(
        mark(
            "Does the run still leave with fifty times less noise? Turn it down to "
            "0.001 or less, and see when it leaves."
        ),
        solved,
        now,
    ),
    remember=mark("The imprecise gradient leaves where the precise one stays."),
    ways=(ON_EXPLORE, Way("data", "v=1&part=batch&data=made_line")),
    sources=("R. Ge, F. Huang, C. Jin, Y. Yuan, Escaping From Saddle Points (2015), arXiv:1503.02101",),
)
