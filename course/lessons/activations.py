"""Activations: the chain rule multiplies their slopes, and most of them let a gradient vanish."""

import numpy as np

from course.lesson import Control, Lesson, Task, Way
from course.seen import SeenPart
from landscapes import Knob
from words import Message, mark, message, short

ASKED = ("sigmoid", "tanh", "relu", "gelu")  # the answers
LARGE = 1000.0  # the derivative of the task


def last(seen: SeenPart, name: str) -> float:
    """The size of the derivative after all layers."""
    return abs(float(seen.curves[name][-1]))


def right(seen: SeenPart) -> str:
    """The activation of which most is left."""
    return max(ASKED, key=lambda name: last(seen, name))


def happened(seen: SeenPart) -> tuple[Message, ...]:
    """What is left of each, and why."""
    depth = int(seen.numbers["depth"])
    per_layer = last(seen, "sigmoid") ** (1 / depth)
    return (
        message(
            "After {depth} layers the derivative is {sigmoid} for the sigmoid, {tanh} for tanh, {gelu} for GELU and "
            "{relu} for ReLU.",
            depth=depth,
            sigmoid=short(last(seen, "sigmoid")),
            tanh=short(last(seen, "tanh")),
            gelu=short(last(seen, "gelu")),
            relu=short(last(seen, "relu")),
        ),
        message(
            "Every layer multiplies it by w φ′(z). The slope of the sigmoid is at most 1/4; here a layer leaves "
            "{factor} on average. ReLU has the slope 1 wherever its input is positive, and all of it goes through.",
            factor=short(per_layer),
        ),
    )


def now(seen: SeenPart) -> Message:
    """What comes through now."""
    return message(
        "With w = {weight} and {depth} layers the derivative is {relu} for ReLU and {sigmoid} for the sigmoid.",
        weight=short(seen.numbers["weight"]),
        depth=int(seen.numbers["depth"]),
        relu=short(last(seen, "relu")),
        sigmoid=short(last(seen, "sigmoid")),
    )


def solved(seen: SeenPart) -> bool:
    """Whether ReLU's gradient explodes."""
    return bool(np.isfinite(last(seen, "relu")) and last(seen, "relu") > LARGE)


ACTIVATIONS = Lesson(
    title=mark("Activations"),
    heading=mark("Slopes multiply"),
    see=mark(
        "An input of 1 goes through ten layers h = φ(w h + b) with w = 1 and b = 0. The curves show how much of a "
        "change of the input is left after each layer, for six activations φ."
    ),
    page="data",
    picture="part=activations",
    rows=(("products",),),
    question=mark("With which of these activations is most of the gradient left after ten layers?"),
    answers={
        "sigmoid": mark("Sigmoid"),
        "tanh": mark("tanh"),
        "relu": mark("ReLU"),
        "gelu": mark("GELU"),
    },
    right=right,
    happened=happened,
    controls=(
        Control("weight", mark("weight w of every layer"), knob=Knob("w", 0.1, 3.0, "", default=1.0, least=0.0)),
        Control("depth", mark("layers")),
    ),
    task=Task(
        mark("Vanishing has a twin. Find a weight with which the derivative of the ReLU chain is above 1,000."),
        solved,
        now,
    ),
    remember=mark("A chain multiplies slopes: below 1 a gradient vanishes with depth, above 1 it explodes."),
    ways=(Way("data"), Way("data", "v=1&model=chain&knobs=depth~10&data=one_example", mark("A chain of neurons"))),
    sources=(
        "S. Hochreiter, Int. J. Uncertain. Fuzz. 6 (1998) 107, doi:10.1142/S0218488598000094",
        "X. Glorot, A. Bordes, Y. Bengio, Deep Sparse Rectifier Neural Networks (2011), AISTATS 15, 315",
    ),
)
