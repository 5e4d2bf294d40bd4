"""A rate for every parameter: AdaGrad divides by what each direction has seen."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen
from words import Message, mark, message, short


def right(seen: Seen) -> str:
    """Who arrives first."""
    plain, adaptive = (run.arrival for run in seen.runs)
    if plain is None and adaptive is None:
        return "neither"
    if plain is None or (adaptive is not None and adaptive < plain):
        return "adagrad"
    return "gradient-descent"


def happened(seen: Seen) -> tuple[Message, ...]:
    """Both after the same steps."""
    plain, adaptive = seen.runs
    return (
        message(
            "AdaGrad reached the minimum after {arrival} steps. Gradient descent has loss {loss} after {steps}.",
            arrival=f"{adaptive.verdict.step:,}",
            loss=short(plain.last_loss),
            steps=f"{plain.loss.size - 1:,}",
        ),
        message(
            "AdaGrad divides the step along each axis by the root of the sum of all squared gradients there. So its "
            "first step is as long in x, {first}, as in y, {second}, though the "
            "gradient in y is {ratio} times as large.",
            first=short(abs(float(adaptive.positions[0, 1] - adaptive.positions[0, 0]))),
            second=short(abs(float(adaptive.positions[1, 1] - adaptive.positions[1, 0]))),
            ratio=short(ratio(seen)),
        ),
    )


def ratio(seen: Seen) -> float:
    """The gradient in y over that in x, at the start."""
    x, y = seen.landscape.gradient(seen.runs[1].positions[:, 0])
    return float(abs(y / x))


def now(seen: Seen) -> Message:
    """Both losses, as the valley lies now."""
    plain, adaptive = seen.runs
    return message(
        "Turned by {angle}°, the losses after {steps} steps are {plain} for "
        "gradient descent and {adaptive} for AdaGrad.",
        angle=short(seen.landscape.parameters["angle"]),
        steps=f"{plain.loss.size - 1:,}",
        plain=short(plain.last_loss),
        adaptive=short(adaptive.last_loss),
    )


def solved(seen: Seen) -> bool:
    """Whether gradient descent has won."""
    plain, adaptive = seen.runs
    return plain.last_loss < adaptive.last_loss


ADAGRAD = Lesson(
    title=mark("AdaGrad"),
    heading=mark("AdaGrad: a rate for every parameter"),
    see=mark("The long valley again, along the x axis: gradient descent near its limit against AdaGrad."),
    picture="landscape=elongated_valley&knobs=condition~100~angle~0&start=-3~1&run=gradient_descent~0.018"
    "&run=adagrad~1&steps=100",
    question=mark("Which of the two arrives first?"),
    answers={
        "gradient-descent": mark("Gradient descent, η = 0.018"),
        "adagrad": mark("AdaGrad, η = 1"),
        "neither": mark("Neither within 100 steps"),
    },
    right=right,
    happened=happened,
    controls=(Control("angle", mark("angle of the valley, in degrees")),),
    task=Task(mark("Turn the valley until gradient descent has the lower loss."), solved, now),
    remember=mark("Rates for each parameter help where the valley lies along the axes."),
    ways=(ON_EXPLORE, Way("step_by_step")),
    sources=("J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods (2011), JMLR 12",),
)
