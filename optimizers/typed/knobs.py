"""The knobs of a typed rule: range, scale and default guessed from a name and from how it is used."""

from dataclasses import replace

import numpy as np

from landscapes import Knob, knobs
from landscapes.formula import shown
from optimizers.rules import gradient_descent
from optimizers.typed.program import Program
from words import mark

SMALL = {"eps", "epsilon"}
DECAYS = {"weight_decay", "wd", "decay", "lam", "lambda_", "l2"}  # of weights, written λ
LARGEST = 1e6


def symbol(name: str) -> str:
    """A name as its slider shows it; η is the learning rate alone."""
    return name if shown(name) == "η" else shown(name)


def guessed(name: str, program: Program) -> Knob:
    """A share in [0, 1) where the name is used as one or is a beta; ε small; any other number from -5 to 5."""
    if name == "learning_rate":
        knob = replace(knobs(gradient_descent)[name], default=0.01)
    elif name.startswith("eps"):
        knob = Knob(
            "ε" if name in SMALL else symbol(name),
            1e-12,
            1.0,
            mark("keeps the quotient finite"),
            log=True,
            least=0.0,
            default=1e-8,
        )
    elif name in program.shares or name == "b" or name.startswith("beta"):
        default = 0.999 if name.endswith("2") else 0.9
        knob = Knob(
            symbol(name), 0.0, 0.9999, mark("share of the old that is kept"), least=0.0, below=1.0, default=default
        )
    elif name in DECAYS:
        knob = Knob("λ", 0.0, 1.0, mark("pull towards the origin"), least=0.0, default=0.01)
    else:
        knob = Knob(symbol(name), -5.0, 5.0, mark("free name of your rule"), default=1.0, least=-LARGEST, most=LARGEST)
    number = program.numbers.get(name)
    if number is None or knob.refusal(number) is not None:
        return knob if number is None else wide(name, number)
    return replace(knob, default=number)


def wide(name: str, number: float) -> Knob:
    """A knob for a number that a guess would refuse."""
    reach = max(5.0, 2 * abs(number))
    most = np.inf if abs(number) > LARGEST else LARGEST
    return Knob(symbol(name), -reach, reach, mark("free name of your rule"), default=number, least=-most, most=most)
