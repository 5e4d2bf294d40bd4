"""Where the axis of a curve ends: rounded outwards, so that it stays as it is while the curve changes a little."""

import math
import sys
from typing import Any

STEPS = (1.0, 2.0, 5.0, 10.0)  # within one power of ten, what an end may be rounded to
WIDE = 3.0  # powers of ten from which on a logarithmic axis ends at whole ones
FEW = (1.0, 2.5)  # powers of ten from one end to the other: in between one or two are in view
PLAIN = (-3.0, 5.0)  # powers of ten between which 50 is easier to read than 5 × 10
PARTS = 4  # of an axis: as long, or a little shorter, are the steps that its ends are rounded to
EDGE = 0.03  # of the axis beyond its rounded ends, so that a line along one is drawn whole
LITTLE = 1.1  # times as large: between numbers that differ by less, a logarithmic axis is as good as a linear one
TINY = 1e-9  # what a rounded logarithm may be off


def logarithmic_ends(low: float, high: float) -> dict[str, Any]:
    """A logarithmic y axis from one positive number to another, with labels at 2 and 5 too where powers are few.

    Numbers that are nearly the same get an axis as short as a linear one.

    >>> [round(10**end, 4) for end in logarithmic_ends(0.0301, 0.42)["range"]]
    [0.0182, 0.5507]
    """
    if low < high < LITTLE * low:
        return {"range": [math.log10(end) for end in linear_ends(low, high)["range"]]}
    bottom, top = math.log10(low), math.log10(high)
    if top - bottom > WIDE:
        return {"range": rounded(bottom, top, max(1.0, step_of(top - bottom)))}
    steps = [math.log10(step) for step in STEPS]
    below = math.floor(bottom) + max(step for step in steps if step <= bottom - math.floor(bottom) + TINY)
    above = math.floor(top) + min(step for step in steps if step >= top - math.floor(top) - TINY)
    ends = with_edge(below, above, steps[1])
    few = {"dtick": "D2", "minorloglabels": "complete"} if FEW[0] < ends[1] - ends[0] < FEW[1] else {}
    plain = {"exponentformat": "none"} if few and PLAIN[0] <= ends[0] and ends[1] <= PLAIN[1] else {}
    return {"range": ends, **few, **plain}


def linear_ends(low: float, high: float) -> dict[str, Any]:
    """A linear y axis from one number to another; left to the drawing where the two are too far apart for a float.

    >>> linear_ends(0.013, 0.98)["range"]
    [-0.03, 1.03]
    """
    span = high - low or abs(high) or 1.0
    return {"range": rounded(low, high, step_of(span))} if math.isfinite(span) else {}


def step_of(span: float) -> float:
    """1, 2 or 5 times a power of ten, at most one of the `PARTS` of a span.

    >>> step_of(30.0), step_of(1.2)
    (5.0, 0.2)
    """
    part = max(span / PARTS, sys.float_info.min)  # below, floats have no room for steps
    power = 10.0 ** math.floor(math.log10(part))
    return power * max(each for each in STEPS if each <= part / power + TINY)


def rounded(low: float, high: float, step: float) -> list[float]:
    """Two numbers rounded outwards to whole steps, with a little room behind each."""
    return with_edge(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def with_edge(below: float, above: float, step: float) -> list[float]:
    """The ends of an axis with a little room behind each; a step further where they are one."""
    if above - below < TINY * step:
        below, above = below - step, above + step
    edge = EDGE * (above - below)
    return [below - edge, above + edge]
