"""A chain of neurons that share one weight and one bias: how deep may it be before its gradient vanishes?"""

from landscapes import LINES, DataSet, Knob, TrainingLoss, chain
from pages.data_parts.problems.network_data import unit
from pages.data_parts.problems.problem import Numbers, Opening, Problem

DEPTH = Knob("depth", 1, 12, "neurons one after the other", integer=True, default=4, least=1, costs=True)
DEEP = Opening({"depth": 10.0}, (1.0, 0.0))  # at weight 1 each sigmoid leaves less than a quarter of a gradient
ACTIVATIONS = {"sigmoid": "Sigmoid", "relu": "ReLU", "linear": "Linear"}


def build(data: DataSet, variant: str, numbers: Numbers) -> TrainingLoss:
    """The mean squared error of the last neuron's output."""
    return chain(data.inputs[0], data.target, variant, depth=int(numbers["depth"]))


PROBLEM = Problem(
    name="A chain of neurons",
    axes=("weight w", "bias b"),
    variants=ACTIVATIONS,
    build=build,
    sets=LINES,
    knobs={activation: {"depth": DEPTH} for activation in ACTIVATIONS},
    opening=DEEP,
    prepare=unit,
    update_cost=20,
    neurons=lambda numbers: int(numbers["depth"]),
)
