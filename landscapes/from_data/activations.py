"""What a neuron does to its input: the activation with two derivatives."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import erfc, expit

from landscapes.landscape import Array

LEAK = 0.01  # slope of the leaky ReLU below 0, as torch.nn.LeakyReLU has it


@dataclass(frozen=True, kw_only=True)
class Activation:
    """φ(z) with φ' and φ''."""

    name: str
    latex: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    second_derivative: Callable[[Array], Array]
    steepest: float  # the least upper bound of |φ'|
    smooth: bool = True

    def of(self, argument: str) -> str:
        """φ of an argument, in LaTeX."""
        return f"{self.latex}({argument})" if self.latex else argument


def _sigmoid_derivative(z: Array) -> Array:
    derivative: Array = expit(z) * expit(-z)
    return derivative


def _sigmoid_second_derivative(z: Array) -> Array:
    above, below = expit(z), expit(-z)
    bend: Array = above * below * (below - above)
    return bend


def _tanh_derivative(z: Array) -> Array:
    derivative: Array = 4 * expit(2 * z) * expit(-2 * z)  # 1 - tanh² would be 0 where tanh is rounded to 1
    return derivative


def _normal_density(z: Array) -> Array:
    density: Array = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return density


def _normal_distribution(z: Array) -> Array:
    below: Array = erfc(-np.asarray(z) / math.sqrt(2)) / 2
    return below


ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(
        name="Linear",
        latex="",
        value=np.positive,
        derivative=np.ones_like,
        second_derivative=np.zeros_like,
        steepest=1.0,
    ),
    "sigmoid": Activation(
        name="Sigmoid",
        latex=r"\sigma",
        value=expit,
        derivative=_sigmoid_derivative,
        second_derivative=_sigmoid_second_derivative,
        steepest=0.25,
    ),
    "relu": Activation(
        name="ReLU",
        latex=r"\mathrm{ReLU}",
        value=lambda z: np.maximum(z, 0.0),
        derivative=lambda z: np.where(z > 0, 1.0, 0.0),  # at the kink 0, as torch.nn.functional.relu
        second_derivative=np.zeros_like,
        steepest=1.0,
        smooth=False,
    ),
    "tanh": Activation(
        name="tanh",
        latex=r"\tanh",
        value=np.tanh,
        derivative=_tanh_derivative,
        second_derivative=lambda z: -2 * np.tanh(z) * _tanh_derivative(z),
        steepest=1.0,
    ),
    "leaky_relu": Activation(
        name="Leaky ReLU",
        latex=r"\mathrm{LeakyReLU}",
        value=lambda z: np.where(z > 0, z, LEAK * z),
        derivative=lambda z: np.where(z > 0, 1.0, LEAK),
        second_derivative=np.zeros_like,
        steepest=1.0,
        smooth=False,
    ),
    "gelu": Activation(  # z Φ(z): D. Hendrycks, K. Gimpel (2016), arXiv:1606.08415
        name="GELU",
        latex=r"\mathrm{GELU}",
        value=lambda z: z * _normal_distribution(z),
        derivative=lambda z: _normal_distribution(z) + z * _normal_density(z),
        second_derivative=lambda z: (2 - z**2) * _normal_density(z),
        steepest=(1 + math.erf(1)) / 2 + math.exp(-1) / math.sqrt(math.pi),  # at z = √2
    ),
    "softplus": Activation(
        name="Softplus",
        latex=r"\mathrm{softplus}",
        value=lambda z: np.logaddexp(0.0, z),
        derivative=expit,
        second_derivative=_sigmoid_derivative,
        steepest=1.0,
    ),
}
