"""Two features of different size: the loss of y = w₁x₁ + w₂x₂ on them raw, standardised, and normalised by batch."""

from dataclasses import replace

import numpy as np

from landscapes.from_data.data_sets import DataSet, standard
from landscapes.from_data.linear_model import linear_model
from landscapes.from_data.point_losses import squared
from landscapes.from_data.training import Rows, TrainingLoss
from landscapes.landscape import Array, Landscape
from words import message

STANDARDISED = r"\sum_j w_j (x_{ij} - \bar x_j) / s_j"  # for targets less their mean


def raw_features(data: DataSet) -> TrainingLoss:
    """The features as they are, the Hessian 2XXᵀ/n."""
    return linear_model(_two(data), data.target, squared, score=r"\sum_j w_j x_{ij}")


def standardised_features(data: DataSet) -> TrainingLoss:
    """Every feature with mean 0 and variance 1 over all examples, the target less its mean.

    The Hessian is twice the matrix of correlations: its condition number is (1 + |ρ|)/(1 - |ρ|), whatever the units.
    """
    return linear_model(standard(_two(data)), data.target - data.target.mean(), squared, score=STANDARDISED)


def batch_normalised_features(data: DataSet) -> TrainingLoss:
    """Every feature standardised by the mean and the variance of its own batch; over all data the same as standardised.

    So the batches' losses have no mean that is the full loss, and a batch of one example says nothing: its features
    become 0. What each example would add alone is told by the mean and variance of all.

    Source: S. Ioffe, C. Szegedy, Batch normalization, ICML 2015, arXiv:1502.03167, algorithm 1, with ε = 0.
    """
    whole = standardised_features(data)

    def of(rows: Rows) -> Landscape:
        target = (data.target - data.target.mean())[rows]
        return linear_model(standard(_two(data)[:, rows]), target, squared, whole.full.domain).full

    return replace(whole, of=of, averages=False)


def condition_number(hessian: Array) -> float:
    """The largest over the smallest eigenvalue of a positive Hessian, infinite where that is 0 to rounding."""
    low, high = np.linalg.eigvalsh(hessian)
    return float(high / low) if low > 1e-14 * high else float("inf")


def _two(data: DataSet) -> Array:
    if data.inputs.shape[0] != 2:
        raise ValueError(
            message(
                "feature scaling needs two features, {name} has {count}", name=data.name, count=data.inputs.shape[0]
            )
        )
    return data.inputs
