"""What part of a landscape the map shows."""

import math

import numpy as np

from landscapes import Domain, Interval
from pages.shared.fields.typed import exact
from words import Message, message, short

CLOSEST, WIDEST = (
    1e-15,
    10.0,
)  # lengths of a window's sides, as shares of the domain's; nearly everywhere `finest` is more
ROUNDED = 1e-3  # by which a window may be shorter, that was written with few digits
FEWEST = 1000  # spacings of float64 along a side: with fewer, what is drawn would be steps of rounding


def refusal(window: Domain, domain: Domain) -> Message | None:
    """Why a window cannot be looked at; None where it can.

    >>> str(refusal(((0.0, 1.0), (0.0, 0.0)), ((-1.0, 1.0), (-1.0, 1.0))))
    'its sides are 1e−15 to 10 times as long as the domain, and lie near it'
    >>> str(refusal(((1e9, 1e9 + 1e-6), (0.0, 1.0)), ((1e9 - 1, 1e9 + 1), (-1.0, 1.0))))
    'its sides are 0.000119 long at least, where the numbers of a computer lie so close that a picture shows no steps'
    """
    for (a, b), (low, high) in zip(window, domain, strict=True):
        span, far = high - low, max(abs(low), abs(high))
        sized = (1 - ROUNDED) * CLOSEST * span <= b - a <= (1 + ROUNDED) * WIDEST * span
        if not (sized and max(abs(a), abs(b)) <= far + WIDEST * span and math.isfinite(b - a)):
            return message(
                "its sides are {least} to {most} times as long as the domain, and lie near it",
                least=exact(CLOSEST),
                most=exact(WIDEST),
            )
        if b - a < finest(a, b):
            return message(
                "its sides are {least} long at least, where the numbers of a computer lie so close that a picture "
                "shows no steps",
                least=short(finest(a, b)),
            )
    return None


def finest(a: float, b: float) -> float:
    """The shortest side of a window there that holds enough numbers."""
    return FEWEST * float(np.spacing(max(abs(a), abs(b))))


def nearest(window: Domain, domain: Domain) -> Domain | None:
    """The window itself, or where it cannot be looked at the one around its middle that can; None where there is none.

    >>> nearest(((-1e-18, 1e-18), (-1e-18, 1e-18)), ((-1.0, 1.0), (-1.0, 1.0)))
    ((-1e-15, 1e-15), (-1e-15, 1e-15))
    """
    if refusal(window, domain) is None:
        return window
    sides = list(zip(window, domain, strict=True))
    least = max(max(CLOSEST * (high - low), (1 + ROUNDED) * finest(a, b)) / (b - a) for (a, b), (low, high) in sides)
    most = min(WIDEST * (high - low) / (b - a) for (a, b), (low, high) in sides)
    factor = min(max(1.0, least), most)

    def grown(a: float, b: float) -> Interval:
        middle, half = (a + b) / 2, factor * (b - a) / 2
        digits = 4 - math.floor(math.log10(half))
        return round(middle - half, digits), round(middle + half, digits)

    found = grown(*window[0]), grown(*window[1])
    return found if refusal(found, domain) is None else None
