"""One outlier gradient: what a single bad batch does to each rule, and what clipping lets through."""

import numpy as np

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from landscapes import Knob
from words import Message, mark, message, short

NEAR = 0.01  # of the lowest loss: a run is back there
SOON = 50  # steps of the task
NAMES = ("descent", "momentum", "adam", "clipped")
DESCENT, MOMENTUM, ADAM, CLIPPED = range(4)


def jump(seen: Seen, run: SeenRun) -> float:
    """How long its step at the bad batch is."""
    return float(run.step_lengths[seen.outlier.update - 1])


def farthest(seen: Seen, run: SeenRun) -> tuple[float, int]:
    """How far from the minimum it is carried from that step on, and at which step it is there."""
    lowest, first = seen.points("minimum")[0].position, seen.outlier.update
    away = np.hypot(*(run.positions[:, first:] - lowest[:, None]))
    return float(np.nanmax(away)), first + int(np.nanargmax(away))


def back(seen: Seen, run: SeenRun) -> int:
    """The step from which on its loss stays near the lowest; one more than there are where it does not."""
    above = np.flatnonzero(~(run.loss < seen.points("minimum")[0].value + NEAR))
    return int(above[-1]) + 1 if above.size else 0


def right(seen: Seen) -> str:
    """The run that is back last."""
    return NAMES[int(np.argmax([back(seen, run) for run in seen.runs]))]


def happened(seen: Seen) -> tuple[Message, ...]:
    """What the bad batch did to each of them."""
    descent, rolling, adam, clipped = seen.runs
    return (
        message(
            "Gradient descent jumps {jump} in the one step {update}, all that η times the outlier is; then every "
            "gradient is good again, and from step {back} on its loss is below {near}.",
            jump=short(jump(seen, descent)),
            update=seen.outlier.update,
            back=back(seen, descent),
            near=short(NEAR),
        ),
        message(
            "Momentum moves only {jump} in that step, but keeps the push in its velocity: it is carried to {far} from "
            "the minimum, at step {when}, and is back last, from step {back} on.",
            jump=short(jump(seen, rolling)),
            far=short(farthest(seen, rolling)[0]),
            when=farthest(seen, rolling)[1],
            back=back(seen, rolling),
        ),
        message(
            "Adam divides by a mean square that the outlier itself has filled: its step is {jump}. Its memory of the "
            "gradient carries it to {far}.",
            jump=short(jump(seen, adam)),
            far=short(farthest(seen, adam)[0]),
        ),
        message(
            "Clipped at {limit}, gradient descent moves η times {limit}: {jump}. Its loss stays below {near}.",
            limit=short(clipped.numbers["limit"]),
            jump=short(jump(seen, clipped)),
            near=short(NEAR),
        ),
    )


def now(seen: Seen) -> Message:
    """What the clipped run comes to now."""
    run = seen.runs[CLIPPED]
    moved, limit = short(jump(seen, run)), short(run.numbers["limit"])
    if run.arrival is None:
        return message(
            "Clipped at {limit}, the bad batch moves the run {jump}; it is not at the minimum by the end.",
            limit=limit,
            jump=moved,
        )
    return message(
        "Clipped at {limit}, the bad batch moves the run {jump}; it is at the minimum after {steps} steps.",
        limit=limit,
        jump=moved,
        steps=run.arrival,
    )


def solved(seen: Seen) -> bool:
    """Whether the clipped run arrives soon."""
    arrival = seen.runs[CLIPPED].arrival
    return arrival is not None and arrival < SOON


OUTLIER = Lesson(
    title=mark("One outlier"),
    heading=mark("One bad batch, and what it does"),
    see=mark(
        "Four runs are nearly at the minimum when one single batch is bad: at update 30 it adds a vector of length 20 "
        "to every gradient. All batches before and after it are good."
    ),
    picture=(
        "landscape=quadratic_bowl&knobs=kappa~2&start=-1.5~1&outlier=20&outlier_step=30&outlier_angle=240"
        "&run=gradient_descent~0.1&run=momentum~0.02&run=adam~0.1&run=gradient_descent~0.1~clip~norm~1&steps=120"
    ),
    question=mark("Which run needs longest to come back?"),
    answers={
        "descent": mark("Gradient descent, which jumps farthest"),
        "momentum": mark("Momentum, which keeps the push"),
        "adam": mark("Adam, whose steps are capped"),
        "clipped": mark("Gradient descent with clipped gradients"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("limit", mark("limit c of the clipped run"), (CLIPPED,)),
        Control("outlier", mark("length of the outlier"), knob=Knob("b", 1.0, 100.0, "", log=True, least=0.0)),
    ),
    task=Task(
        mark(
            "A low limit slows the way down, a high one lets the bad batch through. Find a limit with which the "
            "clipped run is at the minimum in less than 50 steps."
        ),
        solved,
        now,
    ),
    remember=mark("Clip above what gradients usually are, and below what one bad batch can be."),
    ways=(
        ON_EXPLORE,
        Way("step_by_step", "update=30"),
        Way(
            "data",
            "v=1&model=bowl&knobs=kappa~2&part=batch&versus=optimizers&look=16&outlier=20&outlier_step=30"
            "&outlier_angle=240&run=gradient_descent~0.1&run=momentum~0.02&run=adam~0.1"
            "&run=gradient_descent~0.1~clip~norm~1&start=-1.5~1&steps=120",
        ),
    ),
    sources=(
        "R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural networks (2013), "
        "arXiv:1211.5063",
    ),
)
