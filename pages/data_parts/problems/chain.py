"""A chain of neurons that share one weight and one bias: how deep may it be before its gradient vanishes?"""

import numpy as np

from figures import factor_curve
from figures.stage import Panel
from landscapes import LINES, Array, DataSet, Knob, TrainingLoss, chain, factors
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.network_data import unit
from pages.data_parts.problems.problem import Numbers, Opening, Problem
from words import coordinates, short

MIDDLE = 0.5  # the input at which a chain's derivative is looked at; the largest is 1
DEPTH = Knob("depth", 1, 12, "neurons one after the other", integer=True, default=4, least=1, costs=True)
DEEP = Opening({"depth": 10.0}, (1.0, 0.0))  # at weight 1 each sigmoid leaves less than a quarter of a gradient
ACTIVATIONS = {"sigmoid": "Sigmoid", "relu": "ReLU", "linear": "Linear"}


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
    after = f"; after all {len(values)} it is {values[-1]}" * (len(values) > 1)
    return (
        f"With the marker’s weight and bias, {coordinates(model.marker)}, the derivative by the input at "
        f"x = {short(MIDDLE)} is {values[0]} after the first neuron{after}."
    )


PROBLEM = Problem(
    name="A chain of neurons",
    axes=("weight w", "bias b"),
    variants=ACTIVATIONS,
    variants_label="Activation",
    build=build,
    sets=LINES,
    knobs={activation: {"depth": DEPTH} for activation in ACTIVATIONS},
    opening=DEEP,
    prepare=unit,
    update_cost=20,
    neurons=lambda numbers: int(numbers["depth"]),
    extra_panel=gradient_through_chain,
)
