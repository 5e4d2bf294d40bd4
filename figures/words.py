"""Numbers in words and on axes: three significant digits, true minus signs, 1e−8 rather than 0.00000001."""

import numpy as np

from landscapes import Array


def short(number: float, digits: int = 3) -> str:
    """A number as people read it.

    >>> [short(v) for v in (0.1234, -2, 1501.4, 6.04e-12, float("nan"))]
    ['0.123', '−2', '1,501', '6.04e−12', '–']
    """
    if not np.isfinite(number):
        return "–"
    size = abs(number)
    if size >= 1e6 or 0 < size < 1e-3:
        mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{int(exponent)}"
    elif size >= 1000:
        text = f"{number:,.0f}"
    else:
        text = f"{number:.{digits}g}"
    return text.replace("-", "−")


def place(point: Array) -> str:
    """A point as (x, y) with three significant digits.

    >>> place(np.array([1.0, -0.5]))
    '(1, −0.5)'
    """
    return f"({', '.join(short(float(c)) for c in point)})"
