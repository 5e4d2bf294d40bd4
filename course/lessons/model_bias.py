"""Model bias: what no training of a model can do, a richer model can."""

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from landscapes import Array
from words import Message, mark, message, short

LITTLE = 0.01  # of the loss of the straight line


def lowest(seen: SeenPart) -> Array:
    """The lowest loss of a sum of hard sigmoids by how many there are, from 1."""
    return seen.curves["hard_sigmoid"]


def right(seen: SeenPart) -> str:
    """What becomes of it with the most parts, compared with the straight line."""
    share = float(lowest(seen)[-1]) / seen.numbers["straight"]
    return "falls" if share < LITTLE else "rises" if share > 1 else "stays"


def enough(seen: SeenPart) -> int:
    """The fewest parts with which the loss is a hundredth of that of the straight line."""
    return int((lowest(seen) < LITTLE * seen.numbers["straight"]).argmax()) + 1


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """The line's loss, and those of the sums."""
    loss = lowest(seen)
    return (
        message(
            "The best straight line has the loss {straight}, and no optimizer, rate or patience makes it lower: that "
            "is model bias. A constant and one hard sigmoid come to {one}, three to {three}, {most} to {many}.",
            straight=short(seen.numbers["straight"]),
            one=short(float(loss[0])),
            three=short(float(loss[2])),
            most=loss.size,
            many=short(float(loss[-1])),
        ),
        message(
            "A sum contains those with fewer parts, as a part may have the weight 0: the lowest loss that it can have "
            "never rises. What training finds may, and each dot is one training of eight."
        ),
    )


def now(seen: SeenPart) -> Message:
    """What the chosen sum comes to."""
    units = int(seen.numbers["bias_units"])
    return message(
        "With {units} parts the lowest loss is {loss}; a hundredth of that of the line is {wanted}.",
        units=units,
        loss=short(float(lowest(seen)[units - 1])),
        wanted=short(LITTLE * seen.numbers["straight"]),
    )


def solved(seen: SeenPart) -> bool:
    """Whether just enough parts are chosen."""
    return int(seen.numbers["bias_units"]) == enough(seen)


MODEL_BIAS = Lesson(
    title=mark("Model bias"),
    heading=mark("What no training can do"),
    see=mark(
        "A wave without noise is to be fitted. A straight line cannot; sums of a constant and of 1 to 16 hard sigmoids "
        "are trained too, each eight times, and the lowest training loss of each is drawn."
    ),
    page="networks",
    picture="part=model_bias",
    rows=(("units", "fit"),),
    after=("fit",),
    question=mark("What becomes of the lowest training loss as the sum gets more parts?"),
    answers={
        "stays": mark("It stays near that of the straight line"),
        "falls": mark("It falls to nearly nothing"),
        "rises": mark("It rises above that of the line: more parts are harder to train"),
    },
    right=right,
    happened=happened,
    controls=(Control("bias_units", mark("parts of the sum that is shown")),),
    task=Task(
        mark("Find the fewest parts with which the loss is below a hundredth of that of the straight line."),
        solved,
        now,
    ),
    remember=mark("A large loss is either the model’s or the training’s: a richer model tells which."),
    ways=(Way("networks"),),
    sources=("G. Cybenko, Approximation by superpositions of a sigmoidal function (1989), doi:10.1007/BF02551274",),
)
