"""How long momentum remembers: a longer memory is not a better one."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, SeenRun
from optimizers import memory_weights
from words import Message, mark, message, short

SOON = 60  # steps, of the task
NAMES = {0.0: "none", 0.5: "short", 0.9: "long", 0.99: "longest"}  # β -> answer


def right(seen: Seen) -> str:
    """The memory with which the run arrives first."""
    arrivals = {NAMES[run.numbers["momentum"]]: run.arrival for run in seen.runs}
    return min(arrivals, key=lambda name: (arrivals[name] is None, arrivals[name]))


def memory(run: SeenRun) -> float:
    """The effective memory, in steps."""
    return 1 / (1 - run.numbers["momentum"])


def weight_of_the_first(run: SeenRun, updates: int) -> float:
    """How much the first gradient counts of the newest after so many updates."""
    velocity, *_ = memory_weights(updates, beta=run.numbers["momentum"])
    return float(velocity.each[0] / velocity.each[-1])


def happened(seen: Seen) -> tuple[Message, ...]:
    """Who arrived, and how much each remembered."""
    none, short_, long, longest = seen.runs
    updates = 20
    return (
        message(
            "With β = 0.5 the run arrives after {half} steps, with β = 0.9 after {nine}. The other two are still on "
            "their way after {steps}: without momentum the loss is {none}, with β = 0.99 it is {longest}.",
            half=f"{short_.verdict.step:,}",
            nine=f"{long.verdict.step:,}",
            steps=f"{none.loss.size - 1:,}",
            none=short(none.last_loss),
            longest=short(longest.last_loss),
        ),
        message(
            "A gradient that is k updates old counts βᵏ. After {updates} updates the first one still counts {nine} of "
            "what the newest counts with β = 0.9, and {longest} with β = 0.99. The effective memory, 1/(1 − β), is "
            "{memory} updates and {most}.",
            updates=updates,
            nine=short(weight_of_the_first(long, updates)),
            longest=short(weight_of_the_first(longest, updates)),
            memory=short(memory(long)),
            most=short(memory(longest)),
        ),
    )


def now(seen: Seen) -> Message:
    """How long the memory is now, and what the run comes to with it."""
    run = seen.runs[3]
    if run.arrival is None:
        return message(
            "With β = {beta} the last run remembers about {memory} updates and does not arrive.",
            beta=short(run.numbers["momentum"], 5),
            memory=short(memory(run)),
        )
    return message(
        "With β = {beta} the last run remembers about {memory} updates and arrives after {steps} steps.",
        beta=short(run.numbers["momentum"], 5),
        memory=short(memory(run)),
        steps=f"{run.arrival:,}",
    )


def solved(seen: Seen) -> bool:
    """Whether the last run arrives soon."""
    arrival = seen.runs[3].arrival
    return arrival is not None and arrival <= SOON


MEMORY = Lesson(
    title=mark("Memory"),
    heading=mark("How long is the memory? β"),
    see=mark("Four runs with the same learning rate on a bowl, with longer and longer memory: β = 0, 0.5, 0.9, 0.99."),
    picture="landscape=quadratic_bowl&knobs=kappa~50&run=momentum~0.02~momentum~0&run=momentum~0.02~momentum~0.5"
    "&run=momentum~0.02&run=momentum~0.02~momentum~0.99&steps=150",
    question=mark("Which of the four is at the minimum first?"),
    answers={
        "none": mark("β = 0: no memory"),
        "short": mark("β = 0.5"),
        "long": mark("β = 0.9"),
        "longest": mark("β = 0.99: the longest memory"),
    },
    right=right,
    happened=happened,
    controls=(Control("momentum", mark("β of the last run"), (3,)),),
    task=Task(mark("Find a β with which the last run arrives within 60 steps."), solved, now),
    remember=mark("1/(1 − β) is the memory in steps: too short and it crawls, too long and it swings."),
    ways=(ON_EXPLORE, Way("step_by_step", "sheet=memory")),
    sources=(
        "B. T. Polyak, Some methods of speeding up the convergence of iteration methods (1964), "
        "doi:10.1016/0041-5553(64)90137-5",
        "G. Goh, Why Momentum Really Works, Distill (2017), doi:10.23915/distill.00006",
    ),
)
