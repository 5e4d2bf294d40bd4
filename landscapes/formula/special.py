"""Special functions, fetched at their first use: SciPy's take long to import."""

from typing import Any, cast

from landscapes.landscape import Array


def expit(z: float | Array) -> Array:
    """1 / (1 + exp(-z)), exact in both tails."""
    from scipy.special import expit as logistic

    return cast(Array, logistic(z))


def erf(z: Any) -> Any:
    """2/√π times the integral of exp(-t²) from 0 to z."""
    from scipy.special import erf as error_function

    return error_function(z)


def erfc(z: Any) -> Any:
    """1 - erf(z), with all its digits where erf(z) is close to 1."""
    from scipy.special import erfc as rest

    return rest(z)
