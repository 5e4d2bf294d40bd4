"""Momentum rolls through a shallow valley: it can leave a bad minimum, and a good one too."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, distance
from words import Message, coordinates, mark, message, short

MEMORY = 0.9  # least β of the task
PLACES = {"near": (0.96, 0.0), "far": (-1.04, 0.0), "barrier": (0.08, 0.0)}


def right(seen: Seen) -> str:
    """Which of the places momentum came to."""
    return min(PLACES, key=lambda name: distance(PLACES[name], seen.runs[1].end))


def happened(seen: Seen) -> tuple[Message, ...]:
    """Where both ended."""
    plain, heavy = seen.runs
    barrier = seen.points("saddle")[0]
    return (
        message(
            "Momentum rolled over the barrier, whose loss is {barrier}, to the minimum at {place}: loss {loss}, after "
            "{steps} steps. Gradient descent stopped in the first minimum, at {near}, with loss {other}.",
            barrier=short(barrier.value),
            place=coordinates(heavy.verdict.position),
            loss=short(heavy.last_loss),
            steps=f"{heavy.verdict.step:,}",
            near=coordinates(plain.verdict.position),
            other=short(plain.last_loss),
        ),
        message(
            "Both have the same learning rate, {rate}. Momentum keeps β = {memory} "
            "of its last step, like a heavy ball.",
            rate=short(heavy.rate),
            memory=short(heavy.numbers["momentum"]),
        ),
    )


def now(seen: Seen) -> Message:
    """Where momentum ends now."""
    run = seen.runs[1]
    return message(
        "With β = {memory} and η = {rate} momentum ends at {place}, with loss {loss}.",
        memory=short(run.numbers["momentum"]),
        rate=short(run.rate),
        place=coordinates(run.end, zero=1e-6),
        loss=short(run.last_loss),
    )


def solved(seen: Seen) -> bool:
    """Whether a long memory ends in the higher minimum."""
    run = seen.runs[1]
    return run.arrival is not None and right(seen) == "near" and run.numbers["momentum"] >= MEMORY


MOMENTUM = Lesson(
    title=mark("Momentum"),
    heading=mark("Momentum rolls over the barrier"),
    see=mark(
        "Two valleys, the nearer one higher than the other, with a barrier between them; gradient descent and momentum."
    ),
    picture=""
    "landscape=tilted_double_well&start=1.8~1&run=gradient_descent~0.02&run=momentum~0.02~momentum~0.8&steps=300",
    question=mark("Gradient descent stops in the near valley. Where will momentum end?"),
    answers={
        "near": mark("In the near valley too"),
        "far": mark("In the far, deeper valley"),
        "barrier": mark("On the barrier between them"),
    },
    marks=PLACES,
    right=right,
    happened=happened,
    controls=(
        Control("momentum", mark("momentum β"), (1,)),
        Control("learning_rate", mark("learning rate η of both"), (0, 1)),
    ),
    task=Task(
        mark(
            "Is more momentum always better? With β of at least 0.9, have momentum "
            "come to rest in the near, higher valley."
        ),
        solved,
        now,
    ),
    remember=mark("Momentum can leave a bad minimum, and a good one too."),
    ways=(ON_EXPLORE, Way("step_by_step"), Way("maps", "map=basins")),
    sources=(
        "B. T. Polyak, Some methods of speeding up the convergence of iteration methods (1964)",
        "G. Goh, Why Momentum Really Works (2017), Distill, doi:10.23915/distill.00006",
    ),
)
