"""Numbers as a sentence shows them: three digits, a true minus sign, no padding."""

import numpy as np

from landscapes import Array


def short(value: float, digits: int = 3) -> str:
    """A number to `digits` significant digits; a power of ten only where it is very large or very small.

    >>> short(-2.0), short(1506.3), short(0.0013), short(1.5e-8), short(float("inf")), short(float("nan"))
    ('−2', '1510', '0.0013', '1.5e−8', '∞', 'undefined')
    """
    if np.isnan(value):
        return "undefined"
    digits_shown = f"{value:.{digits}g}"
    if "e" in digits_shown and 1e-4 <= abs(float(digits_shown)) < 1e6:
        digits_shown = f"{float(digits_shown):.0f}"
    mantissa, letter, exponent = digits_shown.partition("e")
    return (mantissa + letter + (str(int(exponent)) if exponent else "")).replace("-", "−").replace("inf", "∞")


def coordinates(p: Array, zero: Array | float = 0.0, digits: int = 3) -> str:
    """A place, every coordinate to the same number of significant digits; those up to `zero` are shown as 0.

    >>> coordinates(np.array([1.0, -0.21465])), coordinates(np.array([1e-17, 0.005]), zero=1e-9)
    ('(1.00, −0.215)', '(0, 0.005)')
    """
    return "(" + ", ".join(_padded(float(x), digits) for x in np.where(np.abs(p) <= zero, 0.0, p)) + ")"


def _padded(x: float, digits: int) -> str:
    padded = f"{x:#.{digits}g}"
    if abs(x) < 0.1 or "e" in padded or padded.endswith("."):
        return short(x, digits)
    return padded.replace("-", "−")


def steps(count: int) -> str:
    """A number of steps in words.

    >>> steps(1), steps(412)
    ('1 step', '412 steps')
    """
    return f"{count} step" if count == 1 else f"{count} steps"
