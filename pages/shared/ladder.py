"""The numbers that a slider stops at: round ones, evenly spread on the scale that the knob asks for."""

import math

from landscapes import Knob

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)  # one decade, evenly enough on a log scale
MEMORY = (0.0, *(k / 10 for k in range(1, 9)), 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
LONG_MEMORY = (0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999)
FINE = 100  # stops of a linear slider, at the least


def even(knob: Knob) -> bool:
    """Whether the knob's stops are evenly spaced, so that a plain slider serves."""
    return not (knob.log or knob.integer or knob.below == 1.0)


def even_step(knob: Knob) -> float:
    """The distance between the stops of an even knob: a power of ten."""
    return 10.0 ** math.floor(math.log10((knob.high - knob.low) / FINE))


def ladder(knob: Knob, number: float) -> list[float]:
    """The stops of a knob that is not even, `number` among them where it is none of the round ones.

    >>> ladder(Knob("η", 0.01, 0.1, log=True), 0.0123)[:4]
    [0.01, 0.012, 0.0123, 0.015]
    """
    if knob.log:
        decades = range(math.floor(math.log10(knob.low)), math.ceil(math.log10(knob.high)) + 1)
        stops = [float(f"{mantissa}e{k}") for k in decades for mantissa in ROUND]
    elif knob.below == 1.0:
        stops = [*MEMORY, *LONG_MEMORY]
    else:
        top = math.ceil(math.log10(knob.high))
        stops = [float(mantissa * 10**k) for k in range(top + 1) for mantissa in (1, 2, 3, 5, 7)]
    inside = {stop for stop in stops if knob.low <= stop <= knob.high}
    return sorted(inside | {knob.low, knob.high, number})
