"""Every loss made from data, once each, for the tests."""

import numpy as np

from landscapes import (
    CLASSES,
    CLASSIFICATION_LOSSES,
    LINES,
    PAIRS,
    REGRESSION_LOSSES,
    batch_normalised_features,
    chain,
    raw_features,
    standardised_features,
    two_layer,
    with_intercept,
)
from landscapes.from_data import linear_model


def line(name, loss, **knobs):
    data = LINES[name](**knobs)
    return linear_model(with_intercept(data.inputs[0]), data.target, REGRESSION_LOSSES[loss])


def classifier(name, loss, **knobs):
    data = CLASSES[name](**knobs)
    return linear_model(with_intercept(data.inputs[0]), data.target, CLASSIFICATION_LOSSES[loss])


def handful():
    rng = np.random.default_rng(5)
    return rng.uniform(-1, 1, 9), rng.uniform(-1, 1, 9)


MODELS = {
    **{f"{name} {loss}": line(name, loss) for name in ("hubble", "three_points") for loss in REGRESSION_LOSSES},
    "forbes squared": line("forbes", "squared"),
    "galton absolute": line("galton", "absolute"),
    "combat squared": line("combat_points", "squared"),
    "made huber": line("made_line", "huber"),
    **{f"{name} {loss}": classifier(name, loss) for name in CLASSES for loss in CLASSIFICATION_LOSSES},
    **{f"{name} raw": raw_features(PAIRS[name]()) for name in PAIRS},
    **{f"{name} standardised": standardised_features(PAIRS[name]()) for name in PAIRS},
    **{f"two layers {name}": two_layer(*handful(), name) for name in ("linear", "sigmoid", "relu")},
    **{f"chain {name}": chain(*handful(), name, depth=4) for name in ("linear", "sigmoid", "relu")},
    "neuron": chain(*handful(), "sigmoid", depth=1),
}
NORMALISED = {f"{name} by batch": batch_normalised_features(PAIRS[name]()) for name in PAIRS}
