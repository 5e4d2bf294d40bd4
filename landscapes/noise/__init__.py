"""Gradient noise: how large it is, which draws they are, and in which way they change a gradient."""

from landscapes.noise.additive import additive
from landscapes.noise.model import NoiseModel
from landscapes.noise.multiplicative import multiplicative
from landscapes.noise.noise import Noise, noise_draw, noisy
from landscapes.noise.outlier import Outlier, outlier_push

NOISE_MODELS = {"additive": additive, "multiplicative": multiplicative}  # in the order of the menu; the keys of links

__all__ = [
    "NOISE_MODELS",
    "Noise",
    "NoiseModel",
    "Outlier",
    "additive",
    "multiplicative",
    "noise_draw",
    "noisy",
    "outlier_push",
]
