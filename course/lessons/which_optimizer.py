"""Which optimizer to choose: a tuned rule wins, a forgiving one is easier to have."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, mark, message, short

WITHIN = 600  # steps, of the task
NAMES = ("gradient-descent", "momentum", "adam", "rmsprop")


def right(seen: Seen) -> str:
    """Who is at the minimum first."""
    arrivals = {name: run.arrival for name, run in zip(NAMES, seen.runs, strict=True) if run.arrival is not None}
    return min(arrivals, key=lambda name: arrivals[name] or 0)


def happened(seen: Seen) -> tuple[Message, ...]:
    """Arrivals and losses."""
    plain, heavy, adam, rms = seen.runs
    return (
        message(
            "Momentum reached the minimum after {heavy} steps, Adam after {adam}. Gradient descent has loss {plain} "
            "and RMSProp {rms} after {steps} steps.",
            heavy=heavy.verdict.step,
            adam=adam.verdict.step,
            plain=short(plain.last_loss),
            rms=short(rms.last_loss),
            steps=f"{plain.loss.size - 1:,}",
        ),
        message(
            "Momentum wins with a rate that was chosen for this surface, {rate}. That it is the best rule does not "
            "follow: another surface, another start or another rate may have another winner.",
            rate=short(heavy.rate),
        ),
    )


def now(seen: Seen) -> Message:
    """Adam at its rate."""
    adam = seen.runs[2]
    if adam.arrival is None:
        return message(
            "At η = {rate} Adam is not at the minimum after {steps} steps; its loss is {loss}.",
            rate=short(adam.rate),
            steps=f"{adam.loss.size - 1:,}",
            loss=short(adam.last_loss),
        )
    return message(
        "At η = {rate} Adam is at the minimum after {steps} steps.", rate=short(adam.rate), steps=adam.arrival
    )


def solved(seen: Seen) -> bool:
    """Whether Adam is faster than it was."""
    arrival = seen.runs[2].arrival
    return arrival is not None and arrival < WITHIN


WHICH_OPTIMIZER = Lesson(
    title=mark("Which optimizer"),
    heading=mark("Which optimizer to choose"),
    see=mark("Gradient descent, momentum, Adam and RMSProp on the curved valley, each with a rate that works for it."),
    picture="run=gradient_descent~0.0013&run=momentum~0.003&run=adam~0.3&run=rmsprop~0.03&steps=1000",
    question=mark("Which of the four is at the minimum first?"),
    answers={
        "gradient-descent": mark("Gradient descent"),
        "momentum": mark("Momentum"),
        "adam": mark("Adam"),
        "rmsprop": mark("RMSProp"),
    },
    right=right,
    happened=happened,
    controls=(Control("learning_rate", mark("learning rate η of Adam"), (2,)),),
    task=Task(mark("Find a rate with which Adam is at the minimum in less than 600 steps."), solved, now),
    remember=mark("Adam forgives the rate; a tuned rule wins. Try two rates before you change the rule."),
    ways=(ON_EXPLORE, Way("maps", "map=knob")),
    sources=(
        "D. Choi et al., On Empirical Comparisons of Optimizers for Deep Learning (2019), arXiv:1910.05446",
        "R. M. Schmidt, F. Schneider, P. Hennig, Descending through a Crowded Valley (2021), arXiv:2007.01547",
    ),
)
