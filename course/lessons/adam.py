"""Adam and its first steps: what the bias correction is for."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, mark, message, short

SAME = 0.05  # share by which two lengths may differ and still count as the same


def stretch(seen: Seen) -> float:
    """The first step without correction over the first one with it."""
    corrected, plain = seen.runs
    return float(plain.step_lengths[0] / corrected.step_lengths[0])


def right(seen: Seen) -> str:
    """Whether the first step without correction is too short or too long."""
    if abs(stretch(seen) - 1) < SAME:
        return "same"
    return "long" if stretch(seen) > 1 else "short"


def happened(seen: Seen) -> tuple[Message, ...]:
    """The first step of each, and what it did to the loss."""
    corrected, plain = seen.runs
    mean, square = 1 - plain.numbers["beta1"], 1 - plain.numbers["beta2"]
    return (
        message(
            "Without correction the first step is {times} times as long: after it the loss is {plain}, where it was "
            "{before}; with correction {corrected}.",
            times=short(stretch(seen)),
            plain=short(float(plain.loss[1])),
            before=short(float(plain.loss[0])),
            corrected=short(float(corrected.loss[1])),
        ),
        message(
            "Both means begin at zero. After one step m holds 1 − β₁ = {mean} of the gradient, and √v holds "
            "√(1 − β₂) = {root} of its size. The numerator is too small, but the denominator far more so: "
            "{mean}/{root} = {times}.",
            mean=short(mean),
            root=short(square**0.5),
            times=short(mean / square**0.5),
        ),
    )


def now(seen: Seen) -> Message:
    """The first steps compared."""
    return message(
        "With β₂ = {memory} the first step without correction is {times} times as long as the corrected one.",
        memory=short(seen.runs[1].numbers["beta2"], 5),
        times=short(stretch(seen)),
    )


def solved(seen: Seen) -> bool:
    """Whether both first steps are equally long."""
    return abs(stretch(seen) - 1) < SAME


ADAM = Lesson(
    title=mark("Adam"),
    heading=mark("Adam and its first steps"),
    see=mark("Adam on the curved valley, with and without the correction of its running means, which begin at zero."),
    picture="run=adam~0.3&run=adam_uncorrected~0.3&steps=60",
    question=mark("Without the correction, is the very first step too short, too long, or the same?"),
    answers={
        "short": mark("Too short: the means are still near zero"),
        "long": mark("Too long"),
        "same": mark("The same"),
    },
    right=right,
    happened=happened,
    controls=(Control("beta2", mark("β₂ of the run without correction"), (1,)),),
    task=Task(mark("Find a β₂ with which the first step is equally long with and without correction."), solved, now),
    remember=mark("The correction matters in the first steps only, and there it matters much."),
    ways=(ON_EXPLORE, Way("step_by_step", "update=1")),
    sources=("D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization (2015), arXiv:1412.6980, section 3",),
)
