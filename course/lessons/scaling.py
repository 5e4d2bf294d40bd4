"""Scaling: one large feature makes a narrow valley, and standardising makes a bowl of it."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from landscapes import Knob
from words import Message, mark, message, short

FEW = 10  # updates, of the task
RIGHT = 0.1  # a weight that is nearer to its best one


def firsts(seen: Seen) -> list[int | None]:
    """The update from which on each of both weights is within 0.1 of 1; None where it never is."""
    off = abs(seen.runs[0].positions - 1.0) > RIGHT
    return [None if row[-1] else int(row.nonzero()[0].max(initial=-1)) + 1 for row in off]


def right(seen: Seen) -> str:
    """Whose weight is right first."""
    small, large = (float("inf") if first is None else first for first in firsts(seen))
    return "same" if small == large else "large" if large < small else "small"


def happened(seen: Seen) -> tuple[Message, ...]:
    """What the curvatures are, and what they allow."""
    low, high = seen.curvatures(seen.runs[0].end)
    run = seen.runs[0]
    return (
        message(
            "The curvatures are {low} for the small feature and {high} for the large one: a feature that is {size} "
            "times as large bends the loss by its square. Only rates below 2/λ = {limit} are stable.",
            low=short(low),
            high=short(high),
            size=short(seen.landscape.parameters["s"]),
            limit=short(2 / high),
        ),
        message(
            "At η = {rate} the large feature’s weight ends at {large}, the small one’s still at {small} after {steps} "
            "updates: each keeps 1 − ηλ of its distance.",
            rate=short(run.rate),
            large=short(float(run.end[1])),
            small=short(float(run.end[0])),
            steps=run.loss.size - 1,
        ),
        message(
            "Standardising divides each feature by its own standard deviation. Both curvatures are then 1, and one "
            "rate suits both."
        ),
    )


def now(seen: Seen) -> Message:
    """How far it is from arriving."""
    run = seen.runs[0]
    size, rate = short(seen.landscape.parameters["s"]), short(run.rate)
    if run.arrival is None:
        return message(
            "With a feature of {size} and η = {rate} the run has not arrived: its loss is {loss} at the end.",
            size=size,
            rate=rate,
            loss=short(run.last_loss),
        )
    return message(
        "With a feature of {size} and η = {rate} the run arrives after {updates} updates.",
        size=size,
        rate=rate,
        updates=run.arrival,
    )


def solved(seen: Seen) -> bool:
    """Whether it arrives soon."""
    arrival = seen.runs[0].arrival
    return arrival is not None and arrival <= FEW


SCALING = Lesson(
    title=mark("Feature scaling"),
    heading=mark("Features of different size"),
    see=mark(
        "A line through data with two features, of which the second is ten times as large as the first. Across is the "
        "weight of the small one, upwards that of the large one; the best weights are both 1."
    ),
    picture="landscape=formula&f=((x-1)^2%2Bs^2*(y-1)^2)/2&knobs=s~10&x=-3~3&y=-2~3&start=-2~-0.5"
    "&run=gradient_descent~0.019&steps=100",
    question=mark("One rate for both weights. Whose weight comes within 0.1 of its best first?"),
    answers={
        "small": mark("That of the small feature"),
        "large": mark("That of the large feature"),
        "same": mark("Both at the same time"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("s", mark("size of the second feature"), knob=Knob("s", 1.0, 30.0, "", default=10.0, log=True)),
        Control("learning_rate", mark("learning rate η"), (0,)),
    ),
    task=Task(
        mark("Scale the second feature, and choose a rate, so that the run arrives within 10 updates."),
        solved,
        now,
    ),
    remember=mark(
        "Scale the features before you change the optimizer: where curvatures are equal, one rate suits all."
    ),
    ways=(
        ON_EXPLORE,
        Way("data", "v=1&model=features&data=two_scales"),
        Way("data", "v=1&part=normalisation", mark("Normalisation")),
    ),
    sources=(
        "Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp (1998), doi:10.1007/3-540-49430-8_2",
        "S. Ioffe, C. Szegedy, Batch Normalization (2015), arXiv:1502.03167",
    ),
)
