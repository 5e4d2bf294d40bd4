"""The way out of a saddle: along the eigenvector of the negative eigenvalue, exponentially."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun, distance
from words import Message, coordinates, mark, message, short

NEAR = 0.1  # of one of the places that the question names
WITHIN = 20  # steps, of the task
PLACES = {"along": (1.0, 1.0), "across": (1.0, -1.0), "stays": (0.0, 0.0)}


def doubling(run: SeenRun) -> float:
    """Steps in which the distance from the origin doubles, measured as long as it is small."""
    away = np.hypot(*run.positions)
    early = int(np.argmax(away > 0.2)) or away.size - 1
    return float(early * np.log(2) / np.log(away[early] / away[0]))


def right(seen: Seen) -> str:
    """Which of the places the run came to."""
    return min(PLACES, key=lambda name: distance(PLACES[name], seen.runs[0].end))


def happened(seen: Seen) -> tuple[Message, ...]:
    """The way it took, and how fast."""
    run = seen.runs[0]
    low, high = seen.curvatures(np.zeros(2))
    return (
        message(
            "At the saddle the eigenvalues are {low} and {high}. The one below zero belongs to the direction (1, 1), "
            "and that way the run left, to {end}, which it reached after {steps} steps.",
            low=short(low),
            high=short(high),
            end=coordinates(run.end),
            steps=f"{run.verdict.step:,}",
        ),
        message(
            "It began only {away} from the saddle, and the distance doubled every {doubling} steps: slow at first, "
            "then all at once.",
            away=short(distance(seen.start, (0.0, 0.0))),
            doubling=short(doubling(run)),
        ),
    )


def now(seen: Seen) -> Message:
    """When it arrives."""
    run = seen.runs[0]
    if run.arrival is None:
        return message(
            "At η = {rate} it is at no minimum after {steps} steps.", rate=short(run.rate), steps=run.loss.size - 1
        )
    return message(
        "At η = {rate} it is at a minimum after {steps} steps.", rate=short(run.rate), steps=f"{run.arrival:,}"
    )


def solved(seen: Seen) -> bool:
    """Whether it is there in time."""
    arrival = seen.runs[0].arrival
    return arrival is not None and arrival <= WITHIN


LEAVING_A_SADDLE = Lesson(
    title=mark("Leaving a saddle"),
    heading=mark("The way out of a saddle"),
    see=mark(
        "The loss (1 − xy)² of a network with two weights, x and y: a saddle in the middle, and a run that begins "
        "right beside it, where the gradient says almost nothing."
    ),
    picture="landscape=two_weight_network&start=0.003~0.002&run=gradient_descent~0.1&steps=80",
    question=mark("Where on the map will the run end?"),
    answers={
        "along": mark("At (1, 1)"),
        "across": mark("At (1, −1)"),
        "stays": mark("It stays at the saddle"),
    },
    marks=PLACES,
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η"), (0,)),),
    drag=True,
    task=Task(mark("Find a learning rate at which the run from here is at a minimum within 20 steps."), solved, now),
    remember=mark("Where the gradient is silent, the negative eigenvector speaks."),
    ways=(ON_EXPLORE, Way("curvature", "part=escape&point=0~0"), Way("maps", "map=saddles")),
    sources=("J. D. Lee et al., Gradient Descent Only Converges to Minimizers (2016), COLT",),
)
