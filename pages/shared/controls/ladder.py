"""The numbers that a slider stops at: round ones, evenly spread on the scale that the knob asks for."""

import math
from functools import lru_cache

from landscapes import Knob

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)  # one decade, evenly enough on a log scale
COUNTS = (1, 2, 3, 5, 7)  # the same for whole numbers
MEMORY = (0.0, *(k / 10 for k in range(1, 9)), 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
LONG_MEMORY = (0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999)
FINE = 50  # stops of an even scale, at the least
NEAR = 16  # decades that get all their round stops; more of them get powers of ten alone ...
FAR = 40  # ... and of these about so many


def ladder(knob: Knob, *numbers: float) -> list[float]:
    """The stops of a knob's own range, and on as far as the `numbers`, which are among them.

    >>> ladder(Knob("η", 0.01, 0.1, log=True), 0.0123)[:4]
    [0.01, 0.012, 0.0123, 0.015]
    >>> ladder(Knob("η", 0.01, 0.1, log=True), 0.008)[:3]
    [0.008, 0.009, 0.01]
    """
    further = (stop for number in numbers for stop in outside(knob, number) if knob.open_to(stop))
    return sorted({*stops_within(knob), *further, *numbers})


@lru_cache(maxsize=512)
def stops_within(knob: Knob) -> tuple[float, ...]:
    """The stops of a knob's own range with its ends."""
    stops = [stop for stop in own_stops(knob) if knob.low <= stop <= knob.high and knob.open_to(stop)]
    return (knob.low, *stops, knob.high)


def own_stops(knob: Knob) -> list[float]:
    """The stops of the range that a knob has as it comes, and some beyond it."""
    if knob.log:
        return decades(knob.low, knob.high, ROUND)
    if knob.integer:
        return decades(1.0, knob.high, COUNTS)
    if knob.below == 1.0 and knob.high > MEMORY[-1]:
        return [*MEMORY, *LONG_MEMORY]
    mantissa, power = spacing(knob)
    first, last = (round(end / (mantissa * 10.0**power)) for end in (knob.low, knob.high))
    return [float(f"{k * mantissa}e{power}") for k in range(first, last + 1)]


def spacing(knob: Knob) -> tuple[int, int]:
    """The distance between the stops of an even scale, as 1, 2 or 5 and the power of ten behind it.

    >>> spacing(Knob("φ", 0.0, 90.0)), spacing(Knob("σ", 0.0, 3.0))
    ((1, 0), (5, -2))
    """
    widest = (knob.high - knob.low) / FINE
    power = math.floor(math.log10(widest))
    return max(m for m in (1, 2, 5) if m <= widest / 10.0**power * (1 + 1e-9)), power


def outside(knob: Knob, number: float) -> list[float]:
    """Stops from the end of a knob's range on to a number beyond it."""
    mantissas = COUNTS if knob.integer else ROUND
    if number > knob.high:
        return decades(knob.high, number, mantissas)
    if 0 < number < knob.low:
        return decades(number, knob.low, mantissas)
    if number < min(knob.low, 0.0):
        nearest = -knob.low if knob.low < 0 else min(knob.high, -number)
        return [-stop for stop in decades(nearest, -number, mantissas)]
    return []


def decades(low: float, high: float, mantissas: tuple[float, ...]) -> list[float]:
    """Round numbers from one positive number to another; powers of ten alone where many decades lie between them.

    >>> decades(1e-300, 1e-5, ROUND)[:3]
    [1e-296, 1e-288, 1e-280]
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > NEAR:
        every = -(-(last - first) // FAR)
        stops = [float(f"1e{k}") for k in range(first, last + 1) if k % every == 0]
    else:
        stops = [float(f"{mantissa}e{k}") for k in range(first, last + 1) for mantissa in mantissas]
    return [stop for stop in stops if low <= stop <= high and math.isfinite(stop)]
