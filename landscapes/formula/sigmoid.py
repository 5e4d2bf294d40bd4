"""The logistic function, fetched at its first use: SciPy's special functions take long to import."""

from typing import cast

from landscapes.landscape import Array


def expit(z: float | Array) -> Array:
    """1 / (1 + exp(-z)), exact in both tails."""
    from scipy.special import expit as logistic

    return cast(Array, logistic(z))
