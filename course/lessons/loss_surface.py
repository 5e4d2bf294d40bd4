"""From data to a surface: every point of the map is one line through the data."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from landscapes import Array
from words import Message, mark, message, short

POINTS = np.array([[1.0, 2.0, 3.0], [3.0, 5.0, 6.0]])  # the data, x above y
THROUGH = 0.1  # how near a line has to pass to a point of the data to pass through it
OTHER = 0.5  # difference of slopes that makes another line


def misses(line: Array) -> Array:
    """How far the line (w, b) passes above each point of the data, (3,)."""
    x, y = POINTS
    return np.asarray(line[0] * x + line[1] - y)


def right(seen: Seen) -> str:
    """Which of the points the line at the end passes through."""
    passed = np.abs(misses(seen.runs[0].end)) < THROUGH / 2
    return "first-two" if passed[:2].all() else "outer-two" if passed[[0, 2]].all() else "none"


def happened(seen: Seen) -> tuple[Message, ...]:
    """The line at the end, and what it costs."""
    run = seen.runs[0]
    low, high = seen.curvatures(run.end)
    return (
        message(
            "The run ended at w = {slope}, b = {intercept}: a line that passes through none of the three points, and "
            "yet has the lowest mean squared error, {loss}. The first line, at the start, had {before}.",
            slope=short(float(run.end[0])),
            intercept=short(float(run.end[1])),
            loss=short(run.last_loss),
            before=short(float(run.loss[0])),
        ),
        message(
            "The valley is slanted, because a larger slope can be paid back by a smaller intercept: the curvature "
            "across it is {high}, along it {low}.",
            high=short(high),
            low=short(low),
        ),
    )


def now(seen: Seen) -> Message:
    """The line of the start at the middle point."""
    return message(
        "The line at the ring has the slope {slope} and passes through (2, {height}).",
        slope=short(seen.start[0]),
        height=short(2 * seen.start[0] + seen.start[1]),
    )


def solved(seen: Seen) -> bool:
    """Whether the start is another line through the middle point."""
    best = seen.points("minimum")[0].position
    at_the_middle = misses(np.array(seen.start))[1]
    return bool(abs(at_the_middle) < THROUGH and abs(seen.start[0] - best[0]) > OTHER)


LOSS_SURFACE = Lesson(
    title=mark("The loss surface"),
    heading=mark("What a loss surface is"),
    see=mark(
        "Three points of data, (1, 3), (2, 5) and (3, 6), and lines y = w x + b: every place of the map is one line, "
        "and its height is the mean squared error of that line."
    ),
    picture="landscape=formula&f=((w%2Bb-3)^2%2B(2*w%2Bb-5)^2%2B(3*w%2Bb-6)^2)/3&x=-1~4&y=-2~5"
    "&start=-0.5~4.5&run=gradient_descent~0.15&steps=250",
    question=mark("Gradient descent walks from line to line. Through which points does the last line pass?"),
    answers={
        "first-two": mark("Through the first two"),
        "outer-two": mark("Through the first and the last"),
        "none": mark("Through none of the three"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η"), (0,)),),
    drag=True,
    task=Task(
        mark(
            "Drag the ring to another line through the middle point (2, 5), with a slope at least 0.5 away from the "
            "best one. Where on the map do all these lines lie?"
        ),
        solved,
        now,
    ),
    remember=mark("Every point of the map is one line; training walks from line to line."),
    ways=(ON_EXPLORE, Way("data", "v=1&data=three_points&start=-0.5~4.5")),
    sources=("I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), section 5.1.4",),
)
