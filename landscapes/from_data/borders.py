"""Logistic regression of two features: two weights, so that the loss is a surface, and a straight border."""

from dataclasses import replace

import numpy as np

from landscapes.from_data.data_sets import DataSet
from landscapes.from_data.linear_model import linear_model
from landscapes.from_data.point_losses import PointLoss
from landscapes.from_data.training import TrainingLoss
from words import message


def centred_classifier(data: DataSet, loss: PointLoss) -> TrainingLoss:
    """The mean loss of σ(w₁(x₁ - x̄₁) + w₂(x₂ - x̄₂)), without a bias: the border passes through the features' means.

    Raises:
        ValueError: there are not two features, one of them is the same everywhere, or a class other than 0 and 1.
    """
    if data.inputs.shape[0] != 2:
        raise ValueError(
            message("this model needs two features, and {name} has {count}", name=data.name, count=data.inputs.shape[0])
        )
    for label, feature in zip(data.labels, data.inputs, strict=False):
        if np.ptp(feature) == 0:
            raise ValueError(
                message("“{name}” is the same in every row, so that its weight changes nothing", name=label)
            )
    centred = data.inputs - data.inputs.mean(axis=1, keepdims=True)
    model = linear_model(centred, data.target, loss, score=r"\sum_j w_j (x_{ij} - \bar x_j)")
    return replace(model, predict=None)
