"""Warm-up: a rate that is too large at the start may be right for all the rest."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, coordinates, mark, message, short

SHORT = 40  # steps of warm-up, of the task


def right(seen: Seen) -> str:
    """Which of the runs arrived."""
    plain, warmed = (run.arrival is not None for run in seen.runs)
    if plain and warmed:
        return "both"
    return "warmed" if warmed else "plain" if plain else "neither"


def happened(seen: Seen) -> tuple[Message, ...]:
    """Where λ·η was too large, and where it is not."""
    plain, warmed = seen.runs
    limit = 2 * (1 + plain.numbers["momentum"])
    products = [plain.rate * seen.curvatures(place)[1] for place in plain.positions[:, : plain.verdict.step].T]
    steep = next(step for step, product in enumerate(products) if product > limit)
    _, end = seen.curvatures(warmed.verdict.position)
    return (
        message(
            "Without warm-up the run diverged at step {step}. With it, the run reached the minimum at {place} after "
            "{arrival} steps, at the same final rate.",
            step=f"{plain.verdict.step:,}",
            place=coordinates(warmed.verdict.position),
            arrival=f"{warmed.verdict.step:,}",
        ),
        message(
            "Momentum is stable as long as λₘₐₓ·η is below {limit}. Without warm-up that product was {begin} at the "
            "start and {high} at step {step}: the run jumped to where the walls are "
            "steeper. At the minimum it is {end}.",
            limit=short(limit),
            begin=short(products[0]),
            high=short(products[steep]),
            step=steep,
            end=short(end * warmed.rate),
        ),
    )


def now(seen: Seen) -> Message:
    """What the warm-up comes to."""
    run = seen.runs[1]
    if run.arrival is None:
        return message(
            "With {count} steps of warm-up the second run does not arrive.", count=int(run.numbers["warmup"])
        )
    return message(
        "With {count} steps of warm-up the second run arrives after {steps} steps.",
        count=int(run.numbers["warmup"]),
        steps=f"{run.arrival:,}",
    )


def solved(seen: Seen) -> bool:
    """Whether a shorter warm-up is enough."""
    run = seen.runs[1]
    return run.arrival is not None and run.numbers["warmup"] < SHORT


WARM_UP = Lesson(
    title=mark("Warm-up"),
    heading=mark("Warm-up: first small, then large"),
    see=mark(
        "Two runs with momentum and the same learning rate, 0.01. One begins with it; the other grows to it over the "
        "first 50 steps."
    ),
    picture="landscape=beale&run=momentum~0.01&run=momentum~0.01~warmup~50&steps=400",
    question=mark("Which of the two reaches the minimum?"),
    answers={
        "both": mark("Both"),
        "warmed": mark("Only the one with warm-up"),
        "plain": mark("Only the one without"),
        "neither": mark("Neither"),
    },
    right=right,
    happened=happened,
    controls=(Control("warmup", mark("warm-up of the second run, in steps"), (1,)),),
    task=Task(mark("Find a warm-up shorter than 40 steps with which the run still arrives."), solved, now),
    remember=mark("A rate that is too large at the start may be right for all the rest."),
    ways=(ON_EXPLORE, Way("curvature", "part=run")),
    sources=(
        "P. Goyal et al., Accurate, Large Minibatch SGD (2017), arXiv:1706.02677",
        "J. Gilmer et al., A Loss Curvature Perspective on Training Instability (2021), arXiv:2110.04369",
    ),
)
