"""A chain of neurons that share one weight and one bias: how deep may it be before its gradient vanishes?"""

import numpy as np

from figures import factor_curve
from figures.stage import Panel
from landscapes import LINES, Array, DataSet, Knob, TrainingLoss, chain, factors
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.network_data import unit
from pages.data_parts.problems.problem import Numbers, Opening, Problem
from words import coordinates, mark, say, short

MIDDLE = 0.5  # the input at which a chain's derivative is looked at; the largest is 1
DEPTH = Knob(mark("depth"), 1, 12, mark("neurons one after the other"), integer=True, default=4, least=1, costs=True)
DEEP = Opening({"depth": 10.0}, (1.0, 0.0))  # at weight 1 each sigmoid leaves less than a quarter of a gradient
ACTIVATIONS = {"sigmoid": mark("Sigmoid"), "relu": mark("ReLU"), "linear": mark("Linear")}


def build(data: DataSet, variant: str, numbers: Numbers) -> TrainingLoss:
    """The mean squared error of the last neuron's output."""
    return chain(data.inputs[0], data.target, variant, depth=int(numbers["depth"]))


def chain_factors(model: FittedModel) -> Array:
    """∂hₖ/∂x after each neuron of the chain, with weight and bias of the marker, (depth,)."""
    weight, bias = (float(each) for each in model.marker)
    return factors(MIDDLE, weight, model.variant, int(model.numbers["depth"]), bias)


def gradient_through_chain(model: FittedModel) -> Panel:
    """What becomes of the gradient on its way through the chain, at the marker."""
    values, weight = chain_factors(model), float(model.marker[0])
    bound = (abs(weight) / 4) ** np.arange(1, values.size + 1) if model.variant == "sigmoid" else None
    return Panel("factors", factor_curve(values, bound, MIDDLE), alt=chain_words(model))


def chain_words(model: FittedModel) -> str:
    """How much of a change of the input is left after the first neuron and after the last."""
    values = [short(float(value)) for value in chain_factors(model)]
    place, x = coordinates(model.marker), short(MIDDLE)
    if len(values) == 1:
        return say(
            "With the marker’s weight and bias, {place}, the derivative by the input at x = {x} is {first} after the "
            "first neuron.",
            place=place,
            x=x,
            first=values[0],
        )
    return say(
        "With the marker’s weight and bias, {place}, the derivative by the input at x = {x} is {first} after the first "
        "neuron; after all {count} it is {last}.",
        place=place,
        x=x,
        first=values[0],
        count=len(values),
        last=values[-1],
    )


PROBLEM = Problem(
    name=mark("A chain of neurons"),
    axes=(mark("weight w"), mark("bias b")),
    variants=ACTIVATIONS,
    variants_label=mark("Activation"),
    build=build,
    sets=LINES,
    knobs={activation: {"depth": DEPTH} for activation in ACTIVATIONS},
    opening=DEEP,
    prepare=unit,
    update_cost=20,
    neurons=lambda numbers: int(numbers["depth"]),
    extra_panel=gradient_through_chain,
)
