"""Flat and sharp minima: a large learning rate cannot stay where the curvature is large."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun, distance
from words import Message, mark, message, short

SHIFT = 0.3  # between training loss and test loss
IN_A_WELL = 0.5  # from its minimum


def well(seen: Seen, run: SeenRun) -> str:
    """In which well a run ended: sharp, flat or neither."""
    lowest = seen.points("minimum")
    sharp, flat = sorted(lowest, key=lambda point: -float(point.eigenvalues[-1]))
    for name, point in (("sharp", sharp), ("flat", flat)):
        if distance(run.end, point.position) < IN_A_WELL and run.verdict.kind == "minimum":
            return name
    return "neither"


def right(seen: Seen) -> str:
    """Where the run with the large rate ended."""
    return well(seen, seen.runs[1])


def shifted_loss(seen: Seen, run: SeenRun) -> float:
    """The loss where a run ended on a surface that is shifted by SHIFT along x."""
    return float(seen.landscape.value(run.end - np.array([SHIFT, 0.0])))


def happened(seen: Seen) -> tuple[Message, ...]:
    """Why it left, and what the shift costs."""
    small, large = seen.runs
    _, steep = seen.curvatures(small.end)
    _, gentle = seen.curvatures(large.end)
    return (
        message(
            "The largest curvature at the sharp minimum is {steep}, so that gradient descent stays there below "
            "η = 2/λ = {limit} alone. The run at {large} left, and came to rest in the flat well, where the limit is "
            "{other}.",
            steep=short(steep),
            limit=short(2 / steep),
            large=short(large.rate),
            other=short(2 / gentle),
        ),
        message(
            "The sharp one has the lower training loss, {sharp} against {flat}. Shift the surface by {shift}, as other "
            "data would, and the losses at the same places are {sharp_test} and {flat_test}.",
            sharp=short(small.last_loss),
            flat=short(large.last_loss),
            shift=short(SHIFT),
            sharp_test=short(shifted_loss(seen, small)),
            flat_test=short(shifted_loss(seen, large)),
        ),
    )


def now(seen: Seen) -> Message:
    """Where the second run is now."""
    run = seen.runs[1]
    return message(
        "At η = {rate} the second run ends with loss {loss}.", rate=short(run.rate), loss=short(run.last_loss)
    )


def solved(seen: Seen) -> bool:
    """Whether the second run stays in the sharp well, at more than half of the rate that it allows."""
    sharpest = max(float(point.eigenvalues[-1]) for point in seen.points("minimum"))
    return well(seen, seen.runs[1]) == "sharp" and seen.runs[1].rate > 1 / sharpest


FLAT_AND_SHARP = Lesson(
    title=mark("Flat and sharp"),
    heading=mark("Flat and sharp minima"),
    see=mark(
        "Two wells, a wide one and a narrow one that is a little deeper, and two runs from the edge of the narrow one."
    ),
    picture="landscape=formula&f=1-0.9*exp(-(x^2%2By^2)/4)-exp(-((x-3)^2%2By^2)/0.12)&x=-3~5&y=-3~3&start=3.3~0.2"
    "&run=gradient_descent~0.05&run=gradient_descent~0.5&steps=60",
    question=mark("One rate is 0.05, the other 0.5. Where will the run with the large rate end?"),
    answers={
        "sharp": mark("In the narrow, deeper well"),
        "flat": mark("In the wide, flat well"),
        "neither": mark("In neither of them"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η of the second run"), (1,)),),
    task=Task(
        mark("Find a rate for the second run, above 0.06, at which it stays in the narrow well. How far can you go?"),
        solved,
        now,
    ),
    remember=mark("A minimum sharper than 2/η cannot hold gradient descent: large steps end where it is flat."),
    ways=(ON_EXPLORE, Way("curvature", "part=run"), Way("data", "v=1&part=flat")),
    sources=(
        "N. S. Keskar et al., On Large-Batch Training for Deep Learning (2017), arXiv:1609.04836",
        "L. Dinh et al., Sharp Minima Can Generalize For Deep Nets (2017), arXiv:1703.04933",
    ),
)
