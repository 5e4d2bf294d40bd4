"""Where the axis of a curve ends: rounded outwards, so that it stays as it is while the curve changes a little."""

import math
from typing import Any

STEPS = (1.0, 2.0, 5.0, 10.0)  # within one power of ten, what an end may be rounded to
WIDE = 1000.0  # largest value over smallest from which on a logarithmic axis ends at whole powers of ten
FEW = (10.0, 100.0)  # largest value over smallest: in between one or two powers of ten are in view
PARTS = 5  # of a linear axis: so long are the steps that its ends are rounded to
EDGE = 0.03  # of the axis beyond its rounded ends, so that a line along one is drawn whole
TINY = 1e-9  # what a rounded logarithm may be off


def logarithmic_ends(low: float, high: float) -> dict[str, Any]:
    """A logarithmic y axis from one positive number to another, with labels at 2 and 5 too where powers are few.

    >>> [round(10**end, 4) for end in logarithmic_ends(0.0301, 0.42)["range"]]
    [0.0182, 0.5507]
    """
    spread = math.log10(high) - math.log10(low)
    steps = [math.log10(step) for step in ((1.0, 10.0) if spread > math.log10(WIDE) else STEPS)]
    (first, start), (last, end) = ((math.floor(each), each - math.floor(each)) for each in map(math.log10, (low, high)))
    below = first + max(step for step in steps if step <= start + TINY)
    above = last + min(step for step in steps if step >= end - TINY)
    few = {"dtick": "D2", "minorloglabels": "complete"} if math.log10(FEW[0]) < spread < math.log10(FEW[1]) else {}
    return {"range": with_edge(below, above, steps[1]), **few}


def linear_ends(low: float, high: float) -> dict[str, Any]:
    """A linear y axis from one number to another; left to the drawing where the two are too far apart for a float.

    >>> linear_ends(0.013, 0.98)["range"]
    [-0.03, 1.03]
    """
    part = (high - low or abs(high) or 1.0) / PARTS
    if not math.isfinite(part):
        return {}
    power = 10.0 ** math.floor(math.log10(part))
    step = power * max(each for each in STEPS if each <= part / power)
    return {"range": with_edge(math.floor(low / step) * step, math.ceil(high / step) * step, step)}


def with_edge(below: float, above: float, step: float) -> list[float]:
    """The ends of an axis with a little room behind each; a step further where they are one."""
    if above - below < TINY * step:
        below, above = below - step, above + step
    edge = EDGE * (above - below)
    return [below - edge, above + edge]
