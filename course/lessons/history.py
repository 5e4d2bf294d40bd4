"""Six rules from 1847 to 2019 on one valley: a newer rule adds something, and need not win."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from optimizers import RULES, TIMELINE, Stage
from words import Message, mark, message, short

MOMENTUM, ADAGRAD = 1, 2  # numbers of their runs


def first(seen: Seen) -> int | None:
    """The number of the run that arrives first, counted from 0; None where none does."""
    arrivals = [(run.arrival, i) for i, run in enumerate(seen.runs) if run.arrival is not None]
    return min(arrivals)[1] if arrivals else None


def called(stage: Stage) -> Message:
    """The name of a rule."""
    return message(RULES[stage.optimizer].name)


def right(seen: Seen) -> str:
    """The rule that arrives first."""
    found = first(seen)
    return "none" if found is None else TIMELINE[found].optimizer


def happened(seen: Seen) -> tuple[Message, ...]:
    """Who came first, and what became of the oldest and of the newest."""
    number = first(seen) or 0
    winner, newest, oldest = seen.runs[number], seen.runs[-1], seen.runs[0]
    floor, walls = seen.curvatures(winner.verdict.position)
    return (
        message(
            "{winner}, of {year}, arrived first, after {steps} steps. {newest}, the newest, needed {more}. {oldest} is "
            "still on its way after {all}, with loss {loss}.",
            winner=called(TIMELINE[number]),
            year=TIMELINE[number].year,
            steps=f"{winner.verdict.step:,}",
            newest=called(TIMELINE[-1]),
            more=f"{newest.verdict.step:,}",
            oldest=called(TIMELINE[0]),
            all=f"{oldest.verdict.step:,}",
            loss=short(oldest.last_loss),
        ),
        message(
            "This valley bends {times} times as much across as along, and it lies along an axis: a rate for every "
            "coordinate is just what it asks for. Each rule runs at the learning rate that suits it here.",
            times=short(walls / floor),
        ),
    )


def now(seen: Seen) -> Message:
    """When momentum and AdaGrad arrive as the valley lies now."""
    angle = short(seen.landscape.parameters["angle"])
    heavy, adaptive = (seen.runs[number].arrival for number in (MOMENTUM, ADAGRAD))
    if heavy is None or adaptive is None:
        return message(
            "Turned by {angle}°, the losses after {steps} steps are {heavy} for momentum and {adaptive} for AdaGrad.",
            angle=angle,
            steps=f"{seen.runs[MOMENTUM].loss.size - 1:,}",
            heavy=short(seen.runs[MOMENTUM].last_loss),
            adaptive=short(seen.runs[ADAGRAD].last_loss),
        )
    return message(
        "Turned by {angle}°, momentum arrives after {heavy} steps and AdaGrad after {adaptive}.",
        angle=angle,
        heavy=f"{heavy:,}",
        adaptive=f"{adaptive:,}",
    )


def solved(seen: Seen) -> bool:
    """Whether momentum arrives before AdaGrad."""
    heavy, adaptive = (seen.runs[number].arrival for number in (MOMENTUM, ADAGRAD))
    return heavy is not None and (adaptive is None or heavy < adaptive)


HISTORY = Lesson(
    title=mark("History"),
    heading=mark("From gradient descent to AdamW"),
    see=mark("Six rules, from 1847 to 2019, on the same valley, each at a learning rate that suits it."),
    picture="landscape=elongated_valley&knobs=angle~0&run=gradient_descent~0.015&run=momentum~0.005&run=adagrad~0.5"
    "&run=rmsprop~0.03&run=adam~0.3&run=adamw~1&steps=300",
    question=mark("Which of them reaches the minimum first?"),
    answers={
        "momentum": mark("Momentum, of 1964"),
        "adagrad": mark("AdaGrad, of 2011"),
        "adam": mark("Adam, of 2015"),
        "adamw": mark("AdamW, of 2019"),
    },
    right=right,
    happened=happened,
    controls=(Control("angle", mark("angle of the valley, in degrees")),),
    task=Task(mark("Turn the valley until momentum, of 1964, arrives before AdaGrad, of 2011."), solved, now),
    remember=mark("Each rule of the history cures one fault of those before it; none is the fastest everywhere."),
    ways=(ON_EXPLORE, Way("step_by_step", "sheet=timeline")),
    sources=("S. Ruder, An overview of gradient descent optimization algorithms (2016), arXiv:1609.04747",),
)
