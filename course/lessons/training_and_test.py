"""Training against test: the longer a polynomial is trained, the better it fits its points, and then only those."""

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from words import Message, mark, message, short

WANTED = 0.13  # test loss of the task


def best(seen: SeenPart) -> int:
    """The step of the playback with the lowest test loss."""
    return int(seen.curves["test"].argmin())


def right(seen: SeenPart) -> str:
    """Where along the training that is."""
    at, last = best(seen), seen.curves["test"].size - 1
    return {0: "start", last: "end"}.get(at, "between")


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """Both losses where the test loss is lowest, and at the end."""
    at, updates = best(seen), seen.curves["updates"]
    training, test = seen.curves["training"], seen.curves["test"]
    return (
        message(
            "The training loss falls all the way, from {first} to {last}. The test loss is lowest after {updates} "
            "updates, {lowest}; after {all} updates it is {end}.",
            first=short(float(training[0])),
            last=short(float(training[-1])),
            updates=f"{int(updates[at]):,}",
            lowest=short(float(test[at])),
            all=f"{int(updates[-1]):,}",
            end=short(float(test[-1])),
        ),
        message(
            "{coefficients} coefficients are enough to bend to the noise of {points} points, and gradient descent "
            "learns the smooth part of the curve first. To stop there is early stopping; a penalty on the coefficients "
            "does much the same.",
            coefficients=int(seen.numbers["degree"]) + 1,
            points=int(seen.numbers["points"]),
        ),
    )


def now(seen: SeenPart) -> Message:
    """What the fit comes to now."""
    return message(
        "With degree {degree} and λ = {penalty} the fit has the training loss {training} and the test loss {test}.",
        degree=int(seen.numbers["degree"]),
        penalty=short(seen.numbers["penalty"]),
        training=short(seen.numbers["training loss"]),
        test=short(seen.numbers["test loss"]),
    )


def solved(seen: SeenPart) -> bool:
    """Whether the fit does well on points that it has not seen."""
    return seen.numbers["test loss"] < WANTED


TRAINING_AND_TEST = Lesson(
    title=mark("Over-fitting"),
    heading=mark("Training against test"),
    see=mark(
        "A polynomial of degree 9 is fitted to 12 points by gradient descent, for a million updates. Its loss on them, "
        "and on 100 other points of the same curve, are drawn as it is trained."
    ),
    page="data",
    picture="part=training_test",
    rows=(("fit", "training"),),
    question=mark("When is the loss on the other points lowest?"),
    answers={
        "start": mark("At the beginning"),
        "between": mark("On the way, long before the end"),
        "end": mark("At the end, like the training loss"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("penalty", mark("L2 penalty λ")),
        Control("degree", mark("degree of the polynomial")),
    ),
    task=Task(
        mark("Train to the end, and yet do well: find a penalty or a degree with which the test loss is below 0.13."),
        solved,
        now,
    ),
    remember=mark("The training loss says how well the points are known, and nothing of all others."),
    ways=(Way("data"),),
    sources=(
        "L. Prechelt, Early Stopping — But When? (1998), doi:10.1007/3-540-49430-8_3",
        "S. Geman, E. Bienenstock, R. Doursat, Neural Networks and the Bias/Variance Dilemma (1992), "
        "doi:10.1162/neco.1992.4.1.1",
    ),
)
