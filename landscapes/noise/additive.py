"""Noise that is added to the gradient."""

import numpy as np

from landscapes.landscape import Array
from landscapes.noise.model import NoiseModel
from words import mark


def plus_draw(gradient: Array, draw: Array) -> Array:
    """∇f + σξ."""
    return np.add(gradient, draw)


additive = NoiseModel(
    name=mark("Additive"),
    latex=r"{gradient} + \sigma\xi",
    about=mark(
        r"Each step is given $\nabla f + \sigma\xi$, with ξ drawn from a standard normal distribution for each "
        "coordinate. The noise is as large everywhere, also where the gradient is zero."
    ),
    change=plus_draw,
)
