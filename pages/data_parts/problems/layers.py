"""A network of two layers with one weight each."""

from landscapes import LINES, DataSet, TrainingLoss, two_layer
from pages.data_parts.problems.network_data import unit
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean squared error of w₂ a(w₁ x), where a is the activation."""
    return two_layer(data.inputs[0], data.target, variant)


PROBLEM = Problem(
    name=mark("A network of two layers"),
    axes=(mark("weight w₁"), mark("weight w₂")),
    variants={"linear": mark("Linear"), "sigmoid": mark("Sigmoid"), "relu": mark("ReLU")},
    variants_label=mark("Activation"),
    build=build,
    sets=LINES,
    prepare=unit,
    update_cost=5,
    neurons=lambda _: 1,
)
