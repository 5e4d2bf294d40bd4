"""What a neuron does to its input: the activation with two derivatives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from landscapes.formula import expit
from landscapes.landscape import Array


@dataclass(frozen=True, kw_only=True)
class Activation:
    """φ(z) with φ' and φ''."""

    name: str
    latex: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    second_derivative: Callable[[Array], Array]
    smooth: bool = True

    def of(self, argument: str) -> str:
        """φ of an argument, in LaTeX."""
        return f"{self.latex}({argument})" if self.latex else argument


def _sigmoid_derivative(z: Array) -> Array:
    derivative: Array = expit(z) * expit(-z)
    return derivative


def _sigmoid_second_derivative(z: Array) -> Array:
    bend: Array = expit(z) * expit(-z) * (expit(-z) - expit(z))
    return bend


ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(
        name="Linear", latex="", value=np.positive, derivative=np.ones_like, second_derivative=np.zeros_like
    ),
    "sigmoid": Activation(
        name="Sigmoid",
        latex=r"\sigma",
        value=expit,
        derivative=_sigmoid_derivative,
        second_derivative=_sigmoid_second_derivative,
    ),
    "relu": Activation(
        name="ReLU",
        latex=r"\mathrm{ReLU}",
        value=lambda z: np.maximum(z, 0.0),
        derivative=lambda z: np.where(z > 0, 1.0, 0.0),  # at the kink 0, as torch.nn.functional.relu
        second_derivative=np.zeros_like,
        smooth=False,
    ),
}
