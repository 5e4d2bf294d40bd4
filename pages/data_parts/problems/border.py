"""Logistic regression of two features, whose border is drawn between the points."""

from dataclasses import replace

import numpy as np

from figures import borders
from figures.stage import Panel
from landscapes import CLASSES_OF_TWO, CLASSIFICATION_LOSSES, DataSet, TrainingLoss, centred_classifier
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark

MOST = 2000  # rows: its loss takes a sum over all of them at every point of the surface


def some(data: DataSet) -> DataSet:
    """At most 2,000 of the rows, evenly taken, which its name says."""
    if data.examples <= MOST:
        return data
    taken = np.linspace(0, data.examples - 1, MOST).round().astype(int)
    name = f"{data.name}, {MOST:,} of {data.examples:,}"
    return replace(data, name=name, inputs=data.inputs[:, taken], target=data.target[taken])


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean loss of σ(w · (x - x̄))."""
    return centred_classifier(data, CLASSIFICATION_LOSSES[variant])


def border_between_classes(model: FittedModel) -> Panel:
    """Where the weights make both classes equally likely, between the points of both."""
    return Panel("fit", borders(model.data, model.marker, model.runs), alt=model.sentence)


PROBLEM = Problem(
    name=mark("A classifier of two features"),
    axes=("weight w₁", "weight w₂"),
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
