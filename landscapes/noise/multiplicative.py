"""Noise in proportion to the gradient."""

from landscapes.landscape import Array
from landscapes.noise.model import NoiseModel
from words import mark


def times_one_plus_draw(gradient: Array, draw: Array) -> Array:
    """∇f ⊙ (1 + σξ)."""
    return gradient * (1 + draw)


multiplicative = NoiseModel(
    name=mark("Multiplicative"),
    latex=r"{gradient} \odot (1 + \sigma\xi)",
    about=mark(
        r"Each step is given $\nabla f \odot (1 + \sigma\xi)$, with ξ drawn from a standard normal distribution for "
        "each coordinate. The noise is in proportion to the gradient, and where that is zero there is none."
    ),
    change=times_one_plus_draw,
)
