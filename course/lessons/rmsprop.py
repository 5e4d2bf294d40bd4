"""AdaGrad tires, RMSProp forgets: a sum only grows, a running mean can fall again."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from words import Message, mark, message, short

ALIKE = 2.0  # times a rate that another is at most, to count as about the same
LOW = 1e-3  # the loss of the task


def effective(run: SeenRun, step: int) -> float:
    """The length of a step over that of the gradient before it, counted from 0."""
    return float(run.step_lengths[step] / run.gradient_norm[step])


def right(seen: Seen) -> str:
    """Whose effective rate is larger at the end."""
    tired, fresh = (effective(run, -2 + run.loss.size) for run in seen.runs)
    if max(tired, fresh) <= ALIKE * min(tired, fresh):
        return "alike"
    return "adagrad" if tired > fresh else "rmsprop"


def happened(seen: Seen) -> tuple[Message, ...]:
    """Effective rates at the beginning and at the end, and the losses."""
    tired, fresh = seen.runs
    last = tired.loss.size - 2
    return (
        message(
            "Both began with an effective rate of {first}. At the end AdaGrad’s is {tired}, RMSProp’s {fresh}: {times} "
            "times as large.",
            first=short(effective(tired, 0)),
            tired=short(effective(tired, last)),
            fresh=short(effective(fresh, last)),
            times=short(effective(fresh, last) / effective(tired, last), 2),
        ),
        message(
            "After {steps} steps the loss is {tired} for AdaGrad and {fresh} for RMSProp. AdaGrad’s denominator is a "
            "sum, which never shrinks; RMSProp’s is a running mean, which forgets the steep beginning.",
            steps=f"{last + 1:,}",
            tired=short(tired.last_loss),
            fresh=short(fresh.last_loss),
        ),
    )


def now(seen: Seen) -> Message:
    """The loss of AdaGrad now."""
    run = seen.runs[0]
    return message(
        "With η = {rate} AdaGrad has loss {loss} after {steps} steps.",
        rate=short(run.rate),
        loss=short(run.last_loss),
        steps=f"{run.loss.size - 1:,}",
    )


def solved(seen: Seen) -> bool:
    """Whether AdaGrad comes as low."""
    return seen.runs[0].last_loss < LOW


RMSPROP = Lesson(
    title=mark("RMSProp"),
    heading=mark("RMSProp: to forget helps"),
    see=mark(
        "A steep start and then gentle ground. Under the map is the effective rate: the length of each step over that "
        "of the gradient."
    ),
    picture="landscape=beale&run=adagrad~0.1&run=rmsprop~0.01&steps=1000&curve=effective_rate",
    rows=(("map",), ("loss", "effective_rate")),
    question=mark("AdaGrad and RMSProp take the same first step. Whose effective rate is larger after 1,000 steps?"),
    answers={
        "adagrad": mark("AdaGrad’s: its η is ten times larger"),
        "rmsprop": mark("RMSProp’s"),
        "alike": mark("Both about the same"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η of AdaGrad"), (0,)),),
    task=Task(mark("Find a rate with which AdaGrad comes below a loss of 0.001 too."), solved, now),
    remember=mark("A sum never shrinks, a mean does: to forget is what lets a rate recover."),
    ways=(ON_EXPLORE, Way("step_by_step")),
    sources=("T. Tieleman, G. Hinton, Lecture 6.5, Neural Networks for Machine Learning (2012)",),
)
