"""Numbers as a sentence shows them: three digits, a true minus sign, no padding."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Context
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from words.messages import Message, message_n, say

Array = NDArray[np.float64]

DIGITS = 3  # significant, where nothing asks for more
T = TypeVar("T")
OWN_DIGITS = 15  # of a float64 that are its own, whatever the number
MOST_DIGITS = 17  # of a float64: two numbers that differ, differ in these


def short(value: float, digits: int = DIGITS) -> str:
    """A number to `digits` significant digits; a power of ten only where it is very large or very small.

    >>> short(-2.0), short(1506.3), short(0.0013), short(-0.0), short(1.5e-8), short(float("inf")), short(float("nan"))
    ('−2', '1510', '0.0013', '0', '1.5e−8', '∞', 'undefined')
    """
    if np.isnan(value):
        return say("undefined")
    digits_shown = f"{value + 0.0:.{digits}g}"  # -0 is 0
    if "e" in digits_shown and 1e-4 <= abs(float(digits_shown)) < 1e6:
        digits_shown = f"{float(digits_shown):.0f}"
    mantissa, letter, exponent = digits_shown.partition("e")
    return (mantissa + letter + (str(int(exponent)) if exponent else "")).replace("-", "−").replace("inf", "∞")


def digits_within(low: float, high: float, least: int = 3) -> int:
    """Significant digits that tell numbers from `low` to `high` apart to about a thousandth of the way between them.

    >>> digits_within(0.0, 2500.0), digits_within(0.999, 1.001), digits_within(1e8, 1e8 + 8)
    (3, 6, 11)
    """
    span, size = high - low, max(abs(low), abs(high))
    if not 0 < span < np.inf:
        return least
    return int(np.clip(3 + np.ceil(np.log10(size) - np.log10(span) - 0.01), least, OWN_DIGITS))


def apart(a: T, b: T, write: Callable[[T, int], str]) -> tuple[str, str]:
    """Two different things, each written to the fewest significant digits, three or more, at which they differ.

    >>> apart(3.8000041, 3.8, short), apart(7.09, 3.8, short), apart(2.0, 2.0, short)
    (('3.800004', '3.8'), ('7.09', '3.8'), ('2', '2'))
    """
    for digits in range(DIGITS, MOST_DIGITS):
        if write(a, digits) != write(b, digits):
            return write(a, digits), write(b, digits)
    return write(a, MOST_DIGITS), write(b, MOST_DIGITS)


def rounded_down(value: float, digits: int = DIGITS) -> float:
    """The largest number of so many significant digits that is not above a positive `value`.

    >>> rounded_down(0.0019968), rounded_down(0.3), rounded_down(2.0)
    (0.00199, 0.299, 2.0)
    """
    return float(Context(prec=digits, rounding=ROUND_FLOOR).create_decimal_from_float(value))


def coordinates(p: Array, zero: Array | float = 0.0, digits: int = DIGITS) -> str:
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

    >>> steps(1), steps(17082)
    ('1 step', '17,082 steps')
    """
    return str(steps_later(count))


def steps_later(count: int) -> Message:
    """A number of steps, to be rendered later."""
    return message_n("{count} step", "{count} steps", count)
