"""What one example costs: a loss ℓ(z, t) of a linear score z and a target t, with two derivatives by z."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from landscapes.formula import expit, number
from landscapes.from_data.many_examples import Sum, Term, smooth_sum
from landscapes.from_data.residual_sums import absolute_sum, huber_sums, no_sum, sign_sum
from landscapes.landscape import Array
from words import mark


@dataclass(frozen=True, kw_only=True)
class PointLoss:
    """ℓ and its first two derivatives by the score, what the model then predicts, and what to call it."""

    name: str
    value: Term
    derivative: Term  # ∂ℓ/∂z
    second_derivative: Term  # ∂²ℓ/∂z²
    predict: Callable[[Array], Array]  # score -> prediction
    latex: str  # ℓ in the letters z and t
    about: str
    source: str
    smooth: bool = True
    classifies: bool = False  # targets are 0 and 1
    quadratic: bool = False  # then the mean over any number of examples has a closed form
    sums: tuple[Sum, Sum, Sum] | None = (
        None  # value, derivative and second derivative summed over examples, for many intercepts at once
    )


def _line(z: Array) -> Array:
    return z


squared = PointLoss(
    name=mark("Squared error"),
    value=lambda z, t: (z - t) ** 2,
    derivative=lambda z, t: 2 * (z - t),
    second_derivative=lambda z, t: np.full(np.broadcast(z, t).shape, 2.0),
    predict=_line,
    latex=r"(z - t)^2",
    about=mark(
        "A quadratic bowl whose Hessian 2XᵀX/n depends on the inputs only. A point twice as far from the line pulls "
        "twice as hard."
    ),
    source="A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805), appendix",
    quadratic=True,
)

absolute = PointLoss(
    name=mark("Absolute error"),
    value=lambda z, t: np.abs(z - t),
    derivative=lambda z, t: np.sign(z - t),  # at the kink 0, one of its subgradients
    second_derivative=lambda z, t: np.zeros(np.broadcast(z, t).shape),
    predict=_line,
    latex=r"|z - t|",
    about=mark("Facets that meet in creases where the line passes through a point; there the subgradient 0 is taken."),
    source="R. J. Boscovich, De litteraria expeditione (1757); for kinks R. T. Rockafellar, Convex Analysis (1970), 23",
    smooth=False,
    sums=(absolute_sum, sign_sum, no_sum),
)


def huber(delta: float = 1.0) -> PointLoss:
    """½ (z - t)² up to a distance δ, and from there on the straight line that continues it.

    Raises:
        ValueError: δ is not positive.

    Source: P. J. Huber, Robust estimation of a location parameter, Ann. Math. Statist. 35 (1964) 73; equal to
        `torch.nn.functional.huber_loss`.
    """
    if not delta > 0:
        raise ValueError(f"huber needs delta > 0, got {delta}")

    def value(z: Array, t: Array) -> Array:
        inner = np.clip(z - t, -delta, delta)
        return inner * (z - t - inner / 2)

    def second_derivative(z: Array, t: Array) -> Array:
        return np.where(np.abs(z - t) <= delta, 1.0, 0.0)

    beyond = rf"|z - t| - {number(delta / 2)}"
    if delta != 1:
        beyond = rf"{number(delta)}\, ({beyond})"
    return PointLoss(
        name=mark("Huber loss"),
        value=value,
        derivative=lambda z, t: np.clip(z - t, -delta, delta),
        second_derivative=second_derivative,
        predict=_line,
        latex=rf"\begin{{cases}} \tfrac12 (z - t)^2 & |z - t| \le {number(delta)} \\ "
        rf"{beyond} & |z - t| > {number(delta)} \end{{cases}}",
        about=mark("Squared near the line and absolute far from it, so that an outlier pulls with a bounded force."),
        source="P. J. Huber, Ann. Math. Statist. 35 (1964) 73, doi:10.1214/aoms/1177703732",
        smooth=False,
        sums=huber_sums(delta),
    )


# For targets 0 and 1, with s = 1 - 2t: σ(z) - t = s σ(sz), and ln(1 + eᶻ) - tz = ln(1 + eˢᶻ). So nothing cancels.


def _wrong(z: Array, t: Array) -> Array:
    """σ(z) - t."""
    sign = 1.0 - 2.0 * t
    wrong: Array = sign * expit(sign * z)
    return wrong


def _entropy(z: Array, t: Array) -> Array:
    score = (1.0 - 2.0 * t) * z
    loss: Array = np.maximum(score, 0.0) + np.log1p(np.exp(-np.abs(score)))
    return loss


def _logistic_derivative(z: Array, t: Array) -> Array:
    derivative: Array = expit(z) * expit(-z)
    return derivative


def _squared_derivative(z: Array, t: Array) -> Array:
    return 2 * _wrong(z, t) * _logistic_derivative(z, t)


def _squared_second_derivative(z: Array, t: Array) -> Array:
    slope = _logistic_derivative(z, t)
    bend: Array = 2 * slope**2 + 2 * _wrong(z, t) * slope * (expit(-z) - expit(z))
    return bend


cross_entropy = PointLoss(
    name=mark("Cross-entropy"),
    value=_entropy,
    derivative=_wrong,
    second_derivative=_logistic_derivative,
    sums=(smooth_sum(_entropy), smooth_sum(_wrong), smooth_sum(_logistic_derivative)),
    predict=expit,
    classifies=True,
    latex=r"-t \ln \sigma(z) - (1 - t) \ln(1 - \sigma(z))",
    about=mark("Convex, and the wronger the answer the steeper: far out the slope tends to 1, it does not vanish."),
    source="D. R. Cox, The regression analysis of binary sequences, J. R. Stat. Soc. B 20 (1958) 215",
)

squared_sigmoid = PointLoss(
    name=mark("Squared error"),
    value=lambda z, t: _wrong(z, t) ** 2,
    derivative=_squared_derivative,
    second_derivative=_squared_second_derivative,
    sums=(
        smooth_sum(lambda z, t: _wrong(z, t) ** 2),
        smooth_sum(_squared_derivative),
        smooth_sum(_squared_second_derivative),
    ),
    predict=expit,
    classifies=True,
    latex=r"(\sigma(z) - t)^2",
    about=mark(
        "Flat far from the answer: the sigmoid's slope σ(1 - σ) multiplies the gradient, and it vanishes there."
    ),
    source="X. Glorot, Y. Bengio, Understanding the difficulty of training deep networks, AISTATS 2010, figure 5",
)

REGRESSION_LOSSES: Mapping[str, PointLoss] = {"squared": squared, "absolute": absolute, "huber": huber()}
CLASSIFICATION_LOSSES: Mapping[str, PointLoss] = {"cross_entropy": cross_entropy, "squared": squared_sigmoid}
