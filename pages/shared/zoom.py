"""What part of a landscape the map shows."""

import math

from landscapes import Domain

CLOSEST, WIDEST = 1e-9, 10.0  # lengths of a window's sides, as shares of the domain's


def refusal(window: Domain, domain: Domain) -> str | None:
    """Why a window cannot be looked at; None where it can.

    >>> refusal(((0.0, 1.0), (0.0, 0.0)), ((-1.0, 1.0), (-1.0, 1.0)))
    'its sides are 1e-09 to 10 times as long as the domain, and lie near it'
    """
    for (a, b), (low, high) in zip(window, domain, strict=True):
        span, far = high - low, max(abs(low), abs(high))
        sized = CLOSEST * span <= b - a <= WIDEST * span
        if not (sized and max(abs(a), abs(b)) <= far + WIDEST * span and math.isfinite(b - a)):
            return f"its sides are {CLOSEST:g} to {WIDEST:g} times as long as the domain, and lie near it"
    return None
