"""What a unit of a deep network does to its input, for real numbers and for the complex ones of the complex step."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from words import mark

Numbers = NDArray[Any]  # float64, or complex128 within a complex step


class UnitActivation(NamedTuple):
    """φ, and φ' written with φ, since a backward pass has both z and φ(z) at hand."""

    name: str
    value: Callable[[Numbers], Numbers]  # z -> φ(z)
    derivative: Callable[[Numbers, Numbers], Numbers]  # z, φ(z) -> φ'(z)
    smooth: bool = True
    variance: float = 1.0  # of a weight, times the number of inputs, that keeps signals at their size through layers


def _relu(z: Numbers) -> Numbers:
    return np.maximum(z, 0.0) if z.dtype.kind == "f" else np.where(z.real > 0, z, 0.0)


def _hard_sigmoid(z: Numbers) -> Numbers:
    if z.dtype.kind == "f":
        return np.clip(z + 0.5, 0.0, 1.0)
    return np.where(z.real >= 0.5, 1.0, np.where(z.real > -0.5, z + 0.5, 0.0))


def _softplus(z: Numbers) -> Numbers:
    positive = z.real > 0
    softplus: Numbers = np.log1p(np.exp(np.where(positive, -z, z))) + np.where(positive, z, 0.0)
    return softplus


def _sigmoid(z: Numbers, _: Numbers) -> Numbers:
    small = np.exp(np.where(z.real > 0, -z, z))  # never overflows
    sigmoid: Numbers = np.where(z.real > 0, 1.0, small) / (1.0 + small)
    return sigmoid


UNIT_ACTIVATIONS: Mapping[str, UnitActivation] = {
    "relu": UnitActivation("ReLU", _relu, lambda z, _: z.real > 0, smooth=False, variance=2.0),
    "tanh": UnitActivation("tanh", np.tanh, lambda _, a: 1.0 - a * a),
    "softplus": UnitActivation(mark("Softplus"), _softplus, _sigmoid, variance=2.0),
    "hard_sigmoid": UnitActivation(
        mark("Hard sigmoid"), _hard_sigmoid, lambda z, _: np.abs(z.real) < 0.5, smooth=False
    ),
    "linear": UnitActivation("Linear", np.positive, lambda z, _: np.ones_like(z)),
}
