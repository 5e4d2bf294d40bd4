"""What can be fitted: a model with two parameters, the data it takes, and the variants that are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from landscapes import (
    CLASSES,
    CLASSIFICATION_LOSSES,
    LINES,
    PAIRS,
    REGRESSION_LOSSES,
    DataSet,
    Knob,
    TrainingLoss,
    batch_normalised_features,
    chain,
    formula,
    huber,
    raw_features,
    softmax_cross_entropy,
    softmax_squared,
    standardised_features,
    tilted,
    two_layer,
    with_intercept,
)
from landscapes.from_data import linear_model

Numbers = Mapping[str, float]
UPLOAD = "upload"  # the key of a table that the person brought
HANDFUL = 60  # examples for a network at most: its surface takes a pass through all neurons for each
MOST_ROUGH = 10_000  # rows with which the losses without a closed form are drawn at once

DELTA = Knob("δ", 0.01, 100.0, "where the Huber loss becomes straight", log=True, default=1.0, above=0.0)
DEPTH = Knob("depth", 1, 12, "neurons one after the other", integer=True, default=4, least=1, costs=True)
BOWL = {
    "kappa": Knob("κ", 1.0, 100.0, "curvature along y, that along x is 1", log=True, default=4.0, least=1.0),
    "noise": Knob("σ", 0.0, 5.0, "spread of one example's gradient", default=1.0, least=0.0),
    "examples": Knob("n", 4, 500, "number of examples", integer=True, default=64, least=4, costs=True),
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A kind of model; `build` takes data, the variant and the numbers of all knobs."""

    name: str
    axes: tuple[str, str]  # what the two parameters are called
    variants: Mapping[str, str]  # key -> label
    build: Callable[[Any, str, Numbers], TrainingLoss]  # the data are None where there are none
    sets: Mapping[str, Callable[..., DataSet]] = field(default_factory=dict)
    knobs: Mapping[str, Mapping[str, Knob]] = field(default_factory=dict)  # variant -> its own knobs
    takes_table: bool = False  # a table of one's own may be the data
    scales: bool = False  # the feature may be standardised


def _line(data: DataSet, variant: str, numbers: Numbers) -> TrainingLoss:
    if variant != "squared" and data.examples > MOST_ROUGH:
        raise ValueError(
            f"Only the squared error has a closed form; with {data.examples:,} rows the others take too long to draw. "
            f"Choose it, or a table of up to {MOST_ROUGH:,} rows"
        )
    loss = huber(numbers["delta"]) if variant == "huber" else REGRESSION_LOSSES[variant]
    return linear_model(with_intercept(data.inputs[0]), data.target, loss)


def _classifier(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    return linear_model(with_intercept(data.inputs[0]), data.target, CLASSIFICATION_LOSSES[variant])


def _logits(_: None, variant: str, __: Numbers) -> TrainingLoss:
    landscape = softmax_cross_entropy() if variant == "cross_entropy" else softmax_squared()
    return TrainingLoss(
        full=landscape,
        examples=1,
        of=lambda rows: landscape,
        gradients=lambda p: landscape.gradient(p)[:, None],
    )


def _features(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    return {"raw": raw_features, "standardised": standardised_features, "by_batch": batch_normalised_features}[variant](
        data
    )


def unit(data: DataSet) -> DataSet:
    """Inputs and targets over their largest size, so that a network meets numbers from -1 to 1; of many, a handful."""
    if data.examples > HANDFUL:
        some = np.linspace(0, data.examples - 1, HANDFUL).round().astype(int)
        name = f"{data.name}, {HANDFUL} of {data.examples:,}"
        data = replace(data, name=name, inputs=data.inputs[:, some], target=data.target[some])
    tops = np.abs(data.inputs).max(), np.abs(data.target).max()
    x, y = (values / top if top else values for values, top in zip((data.inputs, data.target), tops, strict=True))
    return replace(
        data, inputs=x, target=y, labels=tuple(f"{label.partition(',')[0]}, 1 = largest" for label in data.labels)
    )


def _layers(data: DataSet, variant: str, _: Numbers) -> TrainingLoss:
    return two_layer(data.inputs[0], data.target, variant)


def _chain(data: DataSet, variant: str, numbers: Numbers) -> TrainingLoss:
    return chain(data.inputs[0], data.target, variant, depth=int(numbers["depth"]))


def _bowl(_: None, __: str, numbers: Numbers) -> TrainingLoss:
    bowl = formula("(x**2 + kappa*y**2)/2", ((-3.0, 3.0), (-3.0, 3.0)), (2.0, 2.0), {"kappa": numbers["kappa"]})
    about = "Every example tilts the bowl its own way, all together not at all: noise as the theory wants it."
    return tilted(replace(bowl, name="Noisy bowl", about=about), int(numbers["examples"]), numbers["noise"])


NEURONS = {"sigmoid": "Sigmoid", "relu": "ReLU", "linear": "Linear"}
PROBLEMS: Mapping[str, Problem] = {
    "line": Problem(
        name="A line through points",
        axes=("slope w", "intercept b"),
        variants={"squared": "Squared error (MSE)", "absolute": "Absolute error (MAE)", "huber": "Huber loss"},
        build=_line,
        sets=LINES,
        knobs={"huber": {"delta": DELTA}},
        takes_table=True,
        scales=True,
    ),
    "classifier": Problem(
        name="A classifier of one feature",
        axes=("weight w", "bias b"),
        variants={"cross_entropy": "Cross-entropy", "squared": "Squared error"},
        build=_classifier,
        sets=CLASSES,
        scales=True,
    ),
    "logits": Problem(
        name="Two logits after a softmax",
        axes=("logit y₁ (right)", "logit y₂"),
        variants={"cross_entropy": "Cross-entropy", "squared": "Squared error"},
        build=_logits,
    ),
    "features": Problem(
        name="Two features of different size",
        axes=("weight w₁", "weight w₂"),
        variants={"raw": "Raw", "standardised": "Standardised", "by_batch": "Normalised by batch"},
        build=_features,
        sets=PAIRS,
    ),
    "layers": Problem(
        name="A network of two layers",
        axes=("weight w₁", "weight w₂"),
        variants={"linear": "Linear", "sigmoid": "Sigmoid", "relu": "ReLU"},
        build=_layers,
        sets=LINES,
    ),
    "chain": Problem(
        name="A chain of neurons",
        axes=("weight w", "bias b"),
        variants=NEURONS,
        build=_chain,
        sets=LINES,
        knobs={key: {"depth": DEPTH} for key in NEURONS},
    ),
    "bowl": Problem(
        name="A bowl with known noise",
        axes=("x", "y"),
        variants={"tilts": "Tilted by each example"},
        build=_bowl,
        knobs={"tilts": BOWL},
    ),
}
