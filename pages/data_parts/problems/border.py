"""Logistic regression of two features, whose border is drawn between the points."""

from figures import borders
from figures.stage import Panel
from landscapes import CLASSES_OF_TWO, CLASSIFICATION_LOSSES, DataSet, TrainingLoss, centred_classifier
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark

MOST = 2000  # rows: its loss takes a sum over all of them at every point of the surface


def some(data: DataSet) -> DataSet:
    """At most 2,000 of the rows, evenly taken."""
    return data.at_most(MOST)


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean loss of σ(w · (x - x̄))."""
    return centred_classifier(data, CLASSIFICATION_LOSSES[variant])


def border_between_classes(model: FittedModel) -> Panel:
    """Where the weights make both classes equally likely, between the points of both."""
    return Panel("fit", borders(model.data, model.marker, model.runs), alt=model.sentence)


PROBLEM = Problem(
    name=mark("A classifier of two features"),
    about=mark("Two weights and no bias: each feature is less its mean, and the border passes through both means."),
    axes=(mark("weight w₁"), mark("weight w₂")),
    variants={"cross_entropy": mark("Cross-entropy"), "squared": mark("Squared error")},
    build=build,
    sets=CLASSES_OF_TWO,
    prepare=some,
    takes_table=True,
    features=2,
    classes=True,
    scales=True,
    update_cost=5,
    beside="squared",
    predictions=border_between_classes,
)
