"""Two features of different size, raw or scaled: what that does to the condition number."""

from landscapes import (
    PAIRS,
    DataSet,
    TrainingLoss,
    batch_normalised_features,
    raw_features,
    standardised_features,
)
from pages.data_parts.problems.problem import Numbers, Problem

LOSSES = {"raw": raw_features, "standardised": standardised_features, "by_batch": batch_normalised_features}


def build(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    """The mean squared error of w · x, with the features as they are, standardised, or normalised by each batch."""
    return LOSSES[variant](data)


SCALINGS = {"raw": "Raw", "standardised": "Standardised", "by_batch": "Normalised by batch"}
PROBLEM = Problem(
    name="Two features of different size",
    axes=("weight w₁", "weight w₂"),
    variants=SCALINGS,
    build=build,
    sets=PAIRS,
    closed_forms=frozenset(SCALINGS),
    beside="standardised",
)
