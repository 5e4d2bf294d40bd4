"""Where to look at a loss that was made from data."""

import math

import numpy as np

from landscapes.landscape import Array, Domain
from words import message


def round_window(centre: Array, half: Array) -> Domain:
    """The box centre ± half with ends rounded outward to two digits of its width, so that its axes read well.

    >>> import numpy as np
    >>> round_window(np.array([2.67, -188.0]), np.array([5.0, 430.0]))
    ((-3.0, 8.0), (-620.0, 250.0))
    """
    if not np.isfinite([centre, half]).all():
        raise ValueError(message("there is no window around a best fit that is not finite; smaller numbers have one"))
    ends = []
    for middle, reach in zip(centre, half, strict=True):
        unit = 10.0 ** (math.floor(math.log10(2 * reach)) - 1)
        low, high = math.floor((middle - reach) / unit), math.ceil((middle + reach) / unit)
        digits = max(0, -round(math.log10(unit)))
        ends.append((round(low * unit, digits), round(high * unit, digits)))
    return ends[0], ends[1]
