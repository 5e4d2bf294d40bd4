"""Eigenvalues name the point: the signs of the Hessian's eigenvalues tell minima, saddles and maxima apart."""

import numpy as np

from course.lesson import ON_EXPLORE, Lesson, Task, Way
from course.seen import Seen, distance
from landscapes import CriticalPoint
from words import Message, coordinates, mark, message, short

NEAR = 0.1  # of the maximum


def began_at(seen: Seen) -> CriticalPoint:
    """The critical point beside which the run began."""
    return min(seen.found.points, key=lambda point: distance(point.position, seen.start))


def right(seen: Seen) -> str:
    """The signs of the eigenvalues there."""
    negative = int((began_at(seen).eigenvalues < 0).sum())
    return ("both-positive", "one-of-each", "both-negative")[negative]


def happened(seen: Seen) -> tuple[Message, ...]:
    """What was between the minima, and what else there is."""
    point = began_at(seen)
    low, high = (float(value) for value in point.eigenvalues)
    return (
        message(
            "The run began beside the saddle at {place}, with eigenvalues {low} and {high}: up along one direction, "
            "down along the other. It went down to the minimum at {end}.",
            place=coordinates(point.position),
            low=short(low),
            high=short(high),
            end=coordinates(seen.runs[0].verdict.position),
        ),
        message(
            "In view are {minima} minima with two positive eigenvalues, {saddles} saddles with one of each sign, and "
            "{maxima} maximum with two negative ones. The more of them are negative, the higher the point lies: every "
            "saddle here is above every minimum, and the maximum above all.",
            minima=len(seen.points("minimum")),
            saddles=len(seen.points("saddle")),
            maxima=len(seen.points("maximum")),
        ),
    )


def now(seen: Seen) -> Message:
    """The eigenvalues where the ring is."""
    low, high = seen.curvatures(np.array(seen.start))
    return message(
        "At the ring the eigenvalues are {low} and {high}, the gradient has length {norm}.",
        low=short(low),
        high=short(high),
        norm=short(float(seen.runs[0].gradient_norm[0])),
    )


def solved(seen: Seen) -> bool:
    """Whether the ring is at the maximum."""
    return distance(seen.start, seen.points("maximum")[0].position) < NEAR


EIGENVALUES = Lesson(
    title=mark("Eigenvalues"),
    heading=mark("Eigenvalues name the point"),
    see=mark(
        "A surface with four minima, and a run that starts between two of them, where the gradient is nearly zero."
    ),
    picture="landscape=himmelblau&start=0.08~2.9&run=gradient_descent~0.01&steps=40",
    rows=(("map", "surface"), ("spectrum",)),
    question=mark(
        "At the critical point between the two upper minima, which signs do the two eigenvalues of the Hessian have?"
    ),
    answers={
        "both-positive": mark("Both positive"),
        "one-of-each": mark("One positive, one negative"),
        "both-negative": mark("Both negative"),
    },
    right=right,
    happened=happened,
    controls=(),
    drag=True,
    task=Task(mark("Drag the ring onto the maximum, where both eigenvalues are negative."), solved, now),
    remember=mark("All up: a minimum. All down: a maximum. Mixed: a saddle."),
    ways=(ON_EXPLORE, Way("curvature", "part=points"), Way("curvature", "part=turn", mark("Turning v"))),
    sources=("I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), section 4.3.1",),
)
