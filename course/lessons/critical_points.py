"""Gradient zero is not the bottom: a run that ends in a saddle looks as if it had converged."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, distance
from words import Message, coordinates, mark, message, short

AWAY = 1.0  # from the saddle, at the end of a run that has left it


def right(seen: Seen) -> str:
    """Where the run ended."""
    run = seen.runs[0]
    if run.verdict.kind == "saddle":
        return "middle"
    return "down" if run.last_loss < seen.points("saddle")[0].value else "slope"


def happened(seen: Seen) -> tuple[Message, ...]:
    """The saddle, and what the curves say."""
    run = seen.runs[0]
    low, high = seen.curvatures(run.verdict.position)
    return (
        message(
            "The run ended in the middle, at {place}: the gradient there is zero, after {steps} steps its norm is "
            "{norm}. Its loss comes down ever more slowly to {loss}, just as at a minimum.",
            place=coordinates(run.verdict.position),
            steps=f"{run.loss.size - 1:,}",
            norm=short(float(run.gradient_norm[-1])),
            loss=short(seen.points("saddle")[0].value),
        ),
        message(
            "But it is a saddle: the surface rises along x, with curvature {high}, and falls along y, with {low}. The "
            "curves cannot tell that; the Hessian can.",
            high=short(high),
            low=short(low),
        ),
    )


def now(seen: Seen) -> Message:
    """Where the run ends now."""
    run, saddle = seen.runs[0], seen.points("saddle")[0]
    return message(
        "From y = {start} the run ends {away} away from the saddle.",
        start=short(seen.start[1]),
        away=short(distance(run.end, saddle.position)),
    )


def solved(seen: Seen) -> bool:
    """Whether the run has left the saddle."""
    return distance(seen.runs[0].end, seen.points("saddle")[0].position) > AWAY and bool(
        np.abs(seen.runs[0].end[1]) > AWAY
    )


CRITICAL_POINTS = Lesson(
    title=mark("Critical points"),
    heading=mark("Gradient zero is not the bottom"),
    see=mark("One run on a surface like a mountain pass, the loss and the length of the gradient under it."),
    picture="landscape=saddle&start=-1.5~0&run=gradient_descent~0.1&steps=100",
    rows=(("map", "surface"), ("loss", "gradient_norm")),
    question=mark("Gradient descent starts on the ridge, at (−1.5, 0). Where will it be after 100 steps?"),
    answers={
        "down": mark("Far down on one side of the pass"),
        "slope": mark("Still on its way along the ridge"),
        "middle": mark("In the middle of the pass"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η"), (0,)),),
    drag=True,
    task=Task(mark("Drag the ring, as little as you can, so that the run leaves the saddle."), solved, now),
    remember=mark("“Gradient zero” is a question, not an answer."),
    ways=(ON_EXPLORE, Way("curvature", "part=points")),
    sources=(
        "Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
        "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), section 8.2.3",
    ),
)
