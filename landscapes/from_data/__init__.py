"""Losses made from data: data sets and tables, models with two parameters, losses, mini-batches."""

from collections.abc import Callable, Mapping

from landscapes.from_data import data_sets, made_data
from landscapes.from_data.activations import ACTIVATIONS, Activation
from landscapes.from_data.batches import ORDERS, Batches, batch_covariance
from landscapes.from_data.borders import centred_classifier
from landscapes.from_data.data_sets import DataSet
from landscapes.from_data.linear_model import linear_model, with_intercept
from landscapes.from_data.logits import shares, softmax_cross_entropy, softmax_squared
from landscapes.from_data.machine import Machine, noise_scale, updates_needed
from landscapes.from_data.normalisation import batch_normalised, layer_normalised, moving_averages
from landscapes.from_data.point_losses import CLASSIFICATION_LOSSES, REGRESSION_LOSSES, PointLoss, huber
from landscapes.from_data.polynomials import (
    HELD_OUT,
    Sample,
    fitted_polynomial,
    learning_curves,
    mean_squared_error,
    predicted,
    sample,
    sine,
    trained_polynomial,
    training_rate,
)
from landscapes.from_data.reading import Reading, plain_name, read_table
from landscapes.from_data.scaling import (
    batch_normalised_features,
    condition_number,
    raw_features,
    standardised_features,
)
from landscapes.from_data.small_networks import chain, factors, two_layer
from landscapes.from_data.softmax import logit_gradient, negative_log_likelihood, softmax, three_class_loss
from landscapes.from_data.tables import classes, left_out, own_data, points
from landscapes.from_data.tilts import stationary_variance, tilted
from landscapes.from_data.training import Rows, TrainingLoss
from landscapes.from_data.two_wells import two_wells

LINES: Mapping[str, Callable[..., DataSet]] = {
    "hubble": data_sets.hubble,
    "forbes": data_sets.forbes,
    "galton": data_sets.galton,
    "combat_points": data_sets.combat_points,
    "three_points": data_sets.three_points,
    "one_example": data_sets.one_example,
    "made_line": made_data.made_line,
}
CLASSES: Mapping[str, Callable[..., DataSet]] = {
    "challenger": data_sets.challenger,
    "made_classes": made_data.made_classes,
}
CLASSES_OF_TWO: Mapping[str, Callable[..., DataSet]] = {"made_clouds": made_data.made_clouds}
PAIRS: Mapping[str, Callable[..., DataSet]] = {
    "made_features": made_data.made_features,
    "two_scales": data_sets.two_scales,
    "playfair": data_sets.playfair,
}


__all__ = [
    "ACTIVATIONS",
    "CLASSES",
    "CLASSES_OF_TWO",
    "CLASSIFICATION_LOSSES",
    "HELD_OUT",
    "LINES",
    "ORDERS",
    "PAIRS",
    "REGRESSION_LOSSES",
    "Activation",
    "Batches",
    "DataSet",
    "Machine",
    "PointLoss",
    "Reading",
    "Rows",
    "Sample",
    "TrainingLoss",
    "batch_covariance",
    "batch_normalised",
    "batch_normalised_features",
    "centred_classifier",
    "chain",
    "classes",
    "condition_number",
    "factors",
    "fitted_polynomial",
    "huber",
    "layer_normalised",
    "learning_curves",
    "left_out",
    "linear_model",
    "logit_gradient",
    "mean_squared_error",
    "moving_averages",
    "negative_log_likelihood",
    "noise_scale",
    "own_data",
    "plain_name",
    "points",
    "predicted",
    "raw_features",
    "read_table",
    "sample",
    "shares",
    "sine",
    "softmax",
    "softmax_cross_entropy",
    "softmax_squared",
    "standardised_features",
    "stationary_variance",
    "three_class_loss",
    "tilted",
    "trained_polynomial",
    "training_rate",
    "two_layer",
    "two_wells",
    "updates_needed",
    "with_intercept",
]
