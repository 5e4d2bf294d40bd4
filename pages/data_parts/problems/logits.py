"""One example of the first class, and two logits after a softmax as its parameters."""

from figures import chances
from figures.stage import Panel
from landscapes import TrainingLoss, softmax_cross_entropy, softmax_squared
from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.problem import Numbers, Problem
from words import mark


def build(_: None, variant: str, __: Numbers) -> TrainingLoss:
    """The loss of the one example, which is every batch."""
    landscape = softmax_cross_entropy() if variant == "cross_entropy" else softmax_squared()
    return TrainingLoss(
        full=landscape,
        examples=1,
        of=lambda rows: landscape,
        gradients=lambda p: landscape.gradient(p)[:, None],
    )


def predicted_classes(model: FittedModel) -> Panel:
    """The softmax of the logits."""
    return Panel("fit", chances(model.marker, model.runs), alt=model.sentence)


LOSSES = {"cross_entropy": mark("Cross-entropy"), "squared": mark("Squared error")}
PROBLEM = Problem(
    name=mark("Two logits after a softmax"),
    axes=(mark("logit y₁ (right)"), mark("logit y₂")),
    variants=LOSSES,
    build=build,
    closed_forms=frozenset(LOSSES),
    beside="squared",
    predictions=predicted_classes,
)
