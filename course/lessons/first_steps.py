"""Why Adam is warmed up: its first steps are as long as any, though it has hardly seen a gradient."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from optimizers import early_spread
from words import Message, mark, message, short

MOST = 20  # steps of warm-up, of the task
TWICE = 2.0  # times the first loss: the task's bound


def rise(run: SeenRun) -> float:
    """The highest loss of a run over its first one."""
    return float(run.loss.max() / run.loss[0])


def right(seen: Seen) -> str:
    """Which of the runs leaves the minimum farthest."""
    rises = dict(zip(("adam", "warmed", "radam"), map(rise, seen.runs), strict=True))
    return max(rises, key=rises.__getitem__)


def happened(seen: Seen) -> tuple[Message, ...]:
    """How far each went, and how much chance there is in a divisor that rests on one gradient."""
    plain, warmed, radam = seen.runs
    spread = early_spread()
    return (
        message(
            "All three begin beside the minimum, with loss {loss}. Adam’s first step is {length} long along each axis, "
            "one learning rate, and its loss rises to {times} times what it was. With warm-up the highest loss is "
            "{warmed} times the first one, with RAdam {radam} times.",
            loss=short(float(plain.loss[0])),
            length=short(abs(float(plain.positions[0, 1] - plain.positions[0, 0]))),
            times=short(rise(plain)),
            warmed=short(rise(warmed)),
            radam=short(rise(radam)),
        ),
        message(
            "Adam divides by √v̂, which at first rests on a single gradient. Over many draws of random gradients the "
            "middle 90 % of 1/√v̂ then lie within a factor of {first}; after 10 updates it is {tenth}, after 100 it is "
            "{hundredth}. RAdam counts how much v̂ is worth, and divides by √v̂ only once that is enough.",
            first=short(spread.spread(1)),
            tenth=short(spread.spread(10)),
            hundredth=short(spread.spread(100)),
        ),
    )


def now(seen: Seen) -> Message:
    """How far the second run goes with this warm-up."""
    run = seen.runs[1]
    return message(
        "With {count} steps of warm-up the loss of the second run comes to {times} times what it was.",
        count=int(run.numbers["warmup"]),
        times=short(rise(run)),
    )


def solved(seen: Seen) -> bool:
    """Whether a short warm-up is enough."""
    run = seen.runs[1]
    return rise(run) <= TWICE and run.numbers["warmup"] <= MOST


FIRST_STEPS = Lesson(
    title=mark("First steps"),
    heading=mark("Why Adam is warmed up"),
    see=mark("Adam, Adam with a warm-up of 50 steps, and RAdam: they begin beside a minimum, with noisy gradients."),
    picture="landscape=formula&f=(x**2%2B10*y**2)/2&x=-0.2~0.2&y=-0.2~0.2&start=0.02~0.02&noise=0.02"
    "&run=adam~0.1&run=adam~0.1~warmup~50&run=radam~0.1&steps=100",
    question=mark("Which of them leaves the minimum farthest?"),
    answers={
        "adam": mark("Adam"),
        "warmed": mark("Adam with warm-up"),
        "radam": mark("RAdam"),
    },
    right=right,
    happened=happened,
    controls=(Control("warmup", mark("warm-up of the second run, in steps"), (1,)),),
    task=Task(
        mark("Find a warm-up of at most 20 steps with which the loss never rises above twice what it was."),
        solved,
        now,
    ),
    remember=mark("Adam’s first steps are as long as any, but rest on few gradients: let them be small."),
    ways=(ON_EXPLORE, Way("step_by_step", "sheet=warm_up")),
    sources=(
        "L. Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020), arXiv:1908.03265",
        "J. Ma, D. Yarats, On the Adequacy of Untuned Warmup for Adaptive Optimization (2021), arXiv:1910.04209",
    ),
)
