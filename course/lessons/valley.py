"""One rate cannot suit both directions of a long valley."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, mark, message, short

WITHIN = 60  # steps, of the task
ALIKE = 1.5  # times a loss that another is at most, to count as about the same


def right(seen: Seen) -> str:
    """Which of the two has the lower loss."""
    large, small = (run.last_loss for run in seen.runs)
    if max(large, small) <= ALIKE * min(large, small):
        return "alike"
    return "large" if large < small else "small"


def happened(seen: Seen) -> tuple[Message, ...]:
    """What each rate does along the floor and across."""
    large, small = seen.runs
    floor, walls = seen.curvatures(seen.points("minimum")[0].position)
    return (
        message(
            "At η = {large} the run zig-zags between the walls, for η·λ = {across} there; after {steps} steps its loss "
            "is {loss}. At η = {small} it slides straight to the floor, and has hardly begun along it: loss {other}.",
            large=short(large.rate),
            across=short(large.rate * walls),
            steps=f"{large.loss.size - 1:,}",
            loss=short(large.last_loss),
            small=short(small.rate),
            other=short(small.last_loss),
        ),
        message(
            "Across, the curvature is {walls}, and no rate above 2/λ = {limit} is stable. Along the floor it is "
            "{floor}, so that even the larger rate takes only {share} of the way at each step.",
            walls=short(walls),
            limit=short(2 / walls),
            floor=short(floor),
            share=message("{share} %", share=f"{100 * large.rate * floor:.3g}"),
        ),
    )


def now(seen: Seen) -> Message:
    """The limit of this valley, and what the first run does at its rate."""
    run = seen.runs[0]
    _, walls = seen.curvatures(seen.points("minimum")[0].position)
    if run.arrival is None:
        return message(
            "In this valley the limit is 2/λ = {limit}. At η = {rate} the first run "
            "has not arrived after {steps} steps.",
            limit=short(2 / walls),
            rate=short(run.rate),
            steps=f"{run.loss.size - 1:,}",
        )
    return message(
        "In this valley the limit is 2/λ = {limit}. At η = {rate} the first run arrives after {steps} steps.",
        limit=short(2 / walls),
        rate=short(run.rate),
        steps=f"{run.arrival:,}",
    )


def solved(seen: Seen) -> bool:
    """Whether the first run arrives in time."""
    arrival = seen.runs[0].arrival
    return arrival is not None and arrival <= WITHIN


VALLEY = Lesson(
    title=mark("The valley"),
    heading=mark("One rate, two directions"),
    see=mark(
        "A valley that is a hundred times steeper across than along its floor, and two learning rates: one just below "
        "the limit 2/λₘₐₓ = 0.02, the other twenty times smaller."
    ),
    picture="landscape=elongated_valley&knobs=condition~100~angle~0&start=-3~1&run=gradient_descent~0.0195"
    "&run=gradient_descent~0.001&steps=100",
    question=mark("Which run has the lower loss after 100 steps?"),
    answers={
        "large": mark("The one with η = 0.0195"),
        "small": mark("The one with η = 0.001"),
        "alike": mark("Both about the same"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("condition", mark("condition number κ: how many times steeper across")),
        Control("learning_rate", mark("learning rate η of the first run"), (0,)),
    ),
    task=Task(
        mark("Make the valley rounder, and find a rate with which the first run arrives within 60 steps."), solved, now
    ),
    remember=mark("The steepest direction limits the rate; the flattest one then takes the time."),
    ways=(ON_EXPLORE, Way("maps", "map=knob"), Way("data", "v=1&model=features&data=two_scales")),
    sources=("G. Goh, Why Momentum Really Works (2017), Distill, doi:10.23915/distill.00006",),
)
