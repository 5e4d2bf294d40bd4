"""Depth: a deeper network with the higher training loss does not over-fit; it is training that falls short."""

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from words import Message, mark, message, short

SLOW = 20  # layers of the network of the task
WANTED = 0.1  # its training loss


def end(seen: SeenPart, depth: int, kind: str = "without") -> float:
    """The training loss at the end of a network of that depth, without skip connections or with them."""
    return float(seen.curves[kind][int((seen.curves["depths"] == depth).argmax())])


def right(seen: SeenPart) -> str:
    """The depth with the highest training loss."""
    return f"{seen.curves['depths'][seen.curves['without'].argmax()]:g}"


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """The losses without skip connections and with them."""
    shallow, deep = (int(seen.curves["depths"][at]) for at in (0, -1))
    return (
        message(
            "After {steps} steps the network of depth {shallow} has the training loss {low}, that of depth {deep} "
            "{high}. The deep one could do all that the shallow one does, and it fits its own examples worse: that is "
            "not over-fitting, it is training that falls short.",
            steps=int(seen.numbers["depth_steps"]),
            shallow=shallow,
            low=short(end(seen, shallow)),
            deep=deep,
            high=short(end(seen, deep)),
        ),
        message(
            "With skip connections, h + φ(…) in place of φ(…), the same depth {deep} comes to {loss}.",
            deep=deep,
            loss=short(end(seen, deep, "with")),
        ),
        message(
            "Over-fitting is something else: a low training loss and a high test loss. With skip connections the test "
            "loss at depth {deep} is {test}.",
            deep=deep,
            test=short(float(seen.curves["test with"][-1])),
        ),
    )


def now(seen: SeenPart) -> Message:
    """What the depths of the task come to."""
    return message(
        "After {steps} steps depth 20 has the training loss {slow} without skip connections, and depth 30 {deep}.",
        steps=int(seen.numbers["depth_steps"]),
        slow=short(end(seen, SLOW)),
        deep=short(end(seen, 30)),
    )


def solved(seen: SeenPart) -> bool:
    """Whether patience is enough for 20 layers."""
    return end(seen, SLOW) < WANTED


DEPTH = Lesson(
    title=mark("Depth"),
    heading=mark("Deeper, and worse on its own examples"),
    see=mark(
        "Networks of 2, 5, 10, 20 and 30 layers are trained alike on the same 200 examples, for 300 steps of Adam, "
        "without skip connections."
    ),
    page="networks",
    picture="part=depth",
    rows=(("without", "with"),),
    after=("with",),
    question=mark("Which network ends with the highest loss on the very examples that it is trained on?"),
    answers={
        "2": mark("Depth 2: it has the fewest weights"),
        "10": mark("Depth 10: the middle is worst"),
        "30": mark("Depth 30: it has the most weights"),
    },
    right=right,
    happened=happened,
    controls=(Control("depth_steps", mark("steps of training")),),
    task=Task(
        mark("Is depth 20 unable, or only slow? Find a number of steps with which its training loss is below 0.1."),
        solved,
        now,
    ),
    remember=mark("Look at the training loss first: a deep network that is worse there does not over-fit."),
    ways=(Way("networks"),),
    sources=("K. He, X. Zhang, S. Ren, J. Sun, Deep Residual Learning (2016), arXiv:1512.03385",),
)
