"""Two features of different size, raw or scaled: what that does to the condition number."""

import numpy as np

from figures import agreement
from figures.stage import Panel
from landscapes import (
    PAIRS,
    DataSet,
    Landscape,
    TrainingLoss,
    batch_normalised_features,
    condition_number,
    raw_features,
    standardised_features,
)
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark, say, short

LOSSES = {"raw": raw_features, "standardised": standardised_features, "by_batch": batch_normalised_features}


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean squared error of w · x, with the features as they are, standardised, or normalised by each batch."""
    return LOSSES[variant](data)


def predicted_targets(model: FittedModel) -> Panel:
    """What the weights predict of each example, over what is true."""
    data, scaled = model.data, model.variant != "raw"
    inputs = data.standardised().inputs if scaled else data.inputs
    mean = float(data.target.mean()) if scaled else 0.0
    return Panel("fit", agreement(data, inputs, mean, model.marker, model.runs), alt=model.sentence)


def condition_numbers(here: Landscape, beside: Landscape) -> str:
    """How badly conditioned both losses are, and how fast gradient descent may be on each."""
    kappas = [condition_number(landscape.hessian(np.zeros(2))) for landscape in (here, beside)]
    left = [contraction(kappa) for kappa in kappas]
    return say(
        "Condition number: {here} here, {beside} beside it. At its best rate gradient descent keeps {one} and "
        "{other} of the distance at each step.",
        here=short(kappas[0]),
        beside=short(kappas[1]),
        one=short(left[0]),
        other=short(left[1]),
    )


def contraction(kappa: float) -> float:
    """(κ - 1)/(κ + 1): what gradient descent at its best constant rate leaves of the distance at each step."""
    return 1.0 if np.isinf(kappa) else (kappa - 1) / (kappa + 1)


SCALINGS = {"raw": mark("Raw"), "standardised": mark("Standardised"), "by_batch": mark("Normalised by batch")}
PROBLEM = Problem(
    name=mark("Two features of different size"),
    axes=(mark("weight w₁"), mark("weight w₂")),
    variants=SCALINGS,
    variants_label=mark("Features"),
    build=build,
    sets=PAIRS,
    takes_table=True,
    features=2,
    closed_forms=frozenset(SCALINGS),
    beside="standardised",
    same_parameters=False,
    comparison=condition_numbers,
    predictions=predicted_targets,
)
