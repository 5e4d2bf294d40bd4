"""Softmax: three logits become probabilities, and a temperature decides how sure they are."""

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from landscapes import Knob
from words import Message, coordinates, mark, message, short

NEAR = 0.05  # of a third: a probability that is nearly that of every other
CHEAP = 0.1  # loss of the task


def right(seen: SeenPart) -> str:
    """What becomes of the probabilities at the highest temperature."""
    hottest = seen.curves["over temperature"][:, -1]
    if abs(hottest - 1 / 3).max() < NEAR:
        return "equal"
    return "largest" if hottest.argmax() == 0 else "smallest"


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """The probabilities at both ends, and what the example costs."""
    cold, hot = seen.curves["over temperature"][:, 0], seen.curves["over temperature"][:, -1]
    target = int(seen.numbers["target"])
    return (
        message(
            "At T = {low} the probabilities are {cold}: nearly all goes to the largest logit. At T = {high} they are "
            "{hot}: the differences of the logits are divided by T, and nearly vanish. Their order stays.",
            low=short(float(seen.curves["temperatures"][0])),
            cold=coordinates(cold),
            high=short(float(seen.curves["temperatures"][-1])),
            hot=coordinates(hot),
        ),
        message(
            "The example is of class {number}. At T = {temperature} the model gives it {probability}, and its "
            "cross-entropy is −ln {probability} = {loss}: the lowest loss is the highest likelihood.",
            number=target,
            temperature=short(seen.numbers["temperature"]),
            probability=short(float(seen.curves["probabilities"][target - 1])),
            loss=short(seen.numbers["loss"]),
        ),
        message(
            "The gradient by the logits is (p − y)/T = {gradient}: a step down raises the right logit and lowers the "
            "others.",
            gradient=coordinates(seen.curves["gradient"]),
        ),
    )


def now(seen: SeenPart) -> Message:
    """What the example costs now."""
    return message(
        "With z₂ = {logit} and T = {temperature} class 2 has the probability {probability}, and the loss is {loss}.",
        logit=short(seen.numbers["second"]),
        temperature=short(seen.numbers["temperature"]),
        probability=short(float(seen.curves["probabilities"][1])),
        loss=short(seen.numbers["loss"]),
    )


def solved(seen: SeenPart) -> bool:
    """Whether the example costs little."""
    return seen.numbers["loss"] < CHEAP


SOFTMAX = Lesson(
    title=mark("Softmax"),
    heading=mark("Softmax and its temperature"),
    see=mark(
        "A model gives three classes the logits 2, 1 and 0. Softmax makes probabilities of them: e to the power of "
        "each logit over the temperature T, divided by the sum of all three. T rises from 0.1 to 10."
    ),
    page="data",
    picture="part=softmax",
    rows=(("temperature", "bars"), ("likelihood",)),
    after=("bars", "likelihood"),
    question=mark("What becomes of the three probabilities as the temperature rises?"),
    answers={
        "equal": mark("All three come near 1/3"),
        "largest": mark("The largest takes nearly all"),
        "smallest": mark("The order turns round: the smallest becomes the largest"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("second", mark("logit z₂ of the right class")),
        Control("temperature", mark("temperature T"), knob=Knob("T", 0.1, 10.0, "", default=1.0, log=True, above=0.0)),
    ),
    task=Task(mark("Turn logit and temperature until the loss of the example is below 0.1."), solved, now),
    remember=mark(
        "Softmax turns differences of logits into odds; cross-entropy asks for the probability of what came."
    ),
    ways=(Way("data"),),
    sources=(
        "J. S. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs (1990), "
        "doi:10.1007/978-3-642-76153-9_28",
        "C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On Calibration of Modern Neural Networks (2017), "
        "arXiv:1706.04599",
    ),
)
