"""Logistic regression of one feature, by the cross-entropy or the squared error."""

from landscapes import CLASSES, CLASSIFICATION_LOSSES, DataSet, TrainingLoss, with_intercept
from landscapes.from_data import linear_model
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean loss of σ(w x + b)."""
    return linear_model(with_intercept(data.inputs[0]), data.target, CLASSIFICATION_LOSSES[variant])


PROBLEM = Problem(
    name=mark("A classifier of one feature"),
    axes=(mark("weight w"), mark("bias b")),
    variants={"cross_entropy": mark("Cross-entropy"), "squared": mark("Squared error")},
    build=build,
    sets=CLASSES,
    takes_table=True,
    classes=True,
    scales=True,
    update_cost=5,
    beside="squared",
)
