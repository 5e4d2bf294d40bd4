"""How far float64 may be off: numbers that carry a bound on their rounding errors through a formula."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from landscapes.landscape import Array

UNIT = float(np.finfo(float).eps)  # of a result: twice what rounding it costs, which covers exp, sin and their kin too
BELL = 2 / np.sqrt(np.pi)  # the height of the derivative of erf
Slopes = Callable[..., tuple[Any, ...]]  # result, arguments -> size of the derivative by each argument

SLOPES: Mapping[str, Slopes] = {
    "add": lambda v, a, b: (1.0, 1.0),
    "subtract": lambda v, a, b: (1.0, 1.0),
    "multiply": lambda v, a, b: (np.abs(b), np.abs(a)),
    "divide": lambda v, a, b: (1 / np.abs(b), np.abs(v / b)),
    "power": lambda v, a, n: (np.abs(n) * np.power(np.abs(a), n - 1), 0.0),  # exponents are plain numbers
    "negative": lambda v, a: (1.0,),
    "absolute": lambda v, a: (1.0,),
    "maximum": lambda v, a, b: (1.0, 1.0),
    "minimum": lambda v, a, b: (1.0, 1.0),
    "hypot": lambda v, a, b: (1.0, 1.0),
    "logaddexp": lambda v, a, b: (1.0, 1.0),
    "exp": lambda v, a: (v,),
    "expm1": lambda v, a: (v + 1,),
    "log": lambda v, a: (1 / np.abs(a),),
    "log1p": lambda v, a: (1 / np.abs(1 + a),),
    "sqrt": lambda v, a: (0.5 / v,),
    "sin": lambda v, a: (np.abs(np.cos(a)),),
    "cos": lambda v, a: (np.abs(np.sin(a)),),
    "tan": lambda v, a: (1 + v**2,),
    "arcsin": lambda v, a: (1 / np.sqrt(1 - a**2),),
    "arccos": lambda v, a: (1 / np.sqrt(1 - a**2),),
    "arctan2": lambda v, a, b: (np.abs(b) / (a**2 + b**2), np.abs(a) / (a**2 + b**2)),
    "arcsinh": lambda v, a: (1 / np.sqrt(1 + a**2),),
    "cbrt": lambda v, a: (1 / (3 * v**2),),
    "erf": lambda v, a: (BELL * np.exp(-(a**2)),),
    "erfc": lambda v, a: (BELL * np.exp(-(a**2)),),
    "arctan": lambda v, a: (1 / (1 + a**2),),
    "sinh": lambda v, a: (np.cosh(a),),
    "cosh": lambda v, a: (np.abs(np.sinh(a)),),
    "tanh": lambda v, a: (1 / np.cosh(a) ** 2,),
    "expit": lambda v, a: (v * (1 - v),),
}
JUMPS = {"sign": 2.0, "heaviside": 1.0}  # by how much these jump at 0; elsewhere they are exact


class Rounded(np.lib.mixins.NDArrayOperatorsMixin):
    """Numbers, and how far each may be off what exact arithmetic would give, to first order in the unit roundoff.

    >>> x = Rounded(np.array([1e-9, 1.0]), 0.0)
    >>> (((1 + x) - 1).error / x.value).round(8).tolist()  # the small number has lost half of its digits
    [2.2e-07, 0.0]

    Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition (2002), section 3.3, running
        error analysis.
    """

    def __init__(self, value: Any, error: Any) -> None:
        self.value, self.error = value, error

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> "Rounded":
        """The function of NumPy or SciPy, applied to the numbers and to what they may be off."""
        if method != "__call__" or not (ufunc.__name__ in SLOPES or ufunc.__name__ in JUMPS):
            raise TypeError(f"no rounding error is known for {ufunc.__name__}")
        values = [each.value if isinstance(each, Rounded) else each for each in inputs]
        errors = [each.error if isinstance(each, Rounded) else 0.0 for each in inputs]
        value = ufunc(*values)
        if ufunc.__name__ in JUMPS:
            return Rounded(value, np.where(np.abs(values[0]) <= errors[0], JUMPS[ufunc.__name__], 0.0))
        off = UNIT * np.abs(value)
        for slope, error in zip(SLOPES[ufunc.__name__](value, *values), errors, strict=True):
            if not (isinstance(error, float) and error == 0):  # of a constant, or of what was given exactly
                off = off + np.where(np.equal(error, 0), 0.0, slope * error)
        if ufunc is np.arctan2:  # which jumps by a full turn
            off = off + np.where((np.abs(values[0]) < errors[0]) & (values[1] < errors[1]), 2 * np.pi, 0.0)
        return Rounded(value, off)


def chosen(which: Any, there: Any, elsewhere: Any) -> Any:
    """`there` where `which` is above 0, `elsewhere` in other places: of numbers, or of numbers with their bounds.

    Where rounding may decide which of the two it is, the result may be off by their difference.
    """
    parts = [each if isinstance(each, Rounded) else Rounded(each, 0.0) for each in (which, there, elsewhere)]
    side = parts[0].value > 0
    value = np.where(side, parts[1].value, parts[2].value)
    if not any(isinstance(each, Rounded) for each in (which, there, elsewhere)):
        return value
    unsure = np.abs(parts[0].value) < parts[0].error
    off = np.where(side, parts[1].error, parts[2].error)
    return Rounded(value, off + np.where(unsure, np.abs(parts[1].value - parts[2].value), 0.0))


def errors(result: Any, shape: tuple[int, ...]) -> Array:
    """The bound of a result in a shape; a plain number such as 1/3 is rounded once."""
    off = result.error if isinstance(result, Rounded) else UNIT * np.abs(result)
    return np.broadcast_to(off, shape).astype(float)
