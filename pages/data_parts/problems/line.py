"""A straight line through points, by the squared, the absolute or the Huber error."""

from landscapes import LINES, REGRESSION_LOSSES, DataSet, Knob, TrainingLoss, huber, with_intercept
from landscapes.from_data import linear_model
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark

MOST_ROUGH = 10_000  # rows with which the losses without a closed form are drawn at once
DELTA = Knob("δ", 0.01, 100.0, mark("where the Huber loss becomes straight"), log=True, default=1.0, above=0.0)


def build(data: DataSet, variant: str, numbers: Numbers) -> TrainingLoss:
    """The mean error of w x + b.

    Raises:
        ValueError: too many rows for an error without a closed form.
    """
    if variant != "squared" and data.examples > MOST_ROUGH:
        raise ValueError(
            f"Only the squared error has a closed form; with {data.examples:,} rows the others take too long to draw. "
            f"Choose it, or a table of up to {MOST_ROUGH:,} rows"
        )
    loss = huber(numbers["delta"]) if variant == "huber" else REGRESSION_LOSSES[variant]
    return linear_model(with_intercept(data.inputs[0]), data.target, loss)


PROBLEM = Problem(
    name=mark("A line through points"),
    axes=(mark("slope w"), mark("intercept b")),
    variants={
        "squared": mark("Squared error (MSE)"),
        "absolute": mark("Absolute error (MAE)"),
        "huber": mark("Huber loss"),
    },
    build=build,
    sets=LINES,
    knobs={"huber": {"delta": DELTA}},
    takes_table=True,
    scales=True,
    closed_forms=frozenset({"squared"}),
    piecewise_linear=frozenset({"absolute"}),
)
