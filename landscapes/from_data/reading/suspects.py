"""Numbers in a column that may stand for a missing one: asked about, and never taken as missing by themselves."""

import re
from typing import NamedTuple

import numpy as np

from landscapes.from_data.reading.record import Column
from landscapes.landscape import Array

LEAST = 2  # times that it stands there
OTHERS = 3  # different numbers besides, at least
USUAL = re.compile(r"-?9{2,}|-9|-1|-200|-32768|32767|65535")  # marks that programs and instruments write
FAR, FAR_IF_USUAL = 1.0, 0.25  # of the width of the others: how far outside it lies


class Suspect(NamedTuple):
    """A number that repeats far outside the others."""

    value: float
    times: int
    low: float  # of the others
    high: float


def suspects(column: Column) -> list[Suspect]:
    """The smallest and the largest number of a column where they repeat and lie far outside the others.

    Of the marks that are in use, such as -999, it is enough that no other number is negative, or that they lie a
    quarter of the others' width outside.

    >>> suspects(Column(name="age", kind="number", values=np.array([31, -1, 44, 27, -1.0])))
    [Suspect(value=-1.0, times=2, low=27.0, high=44.0)]
    """
    values = column.values[np.isfinite(column.values)]
    if column.kind != "number" or values.size < LEAST + OTHERS:
        return []
    found = [_suspect(values, float(end)) for end in (values.min(), values.max())]
    return [each for each in found if each is not None]


def _suspect(values: Array, value: float) -> Suspect | None:
    others = values[values != value]
    count = values.size - others.size
    if count < LEAST or np.unique(others).size < OTHERS:
        return None
    low, high = float(others.min()), float(others.max())
    usual = USUAL.fullmatch(f"{value:.15g}") is not None
    away = max(low - value, value - high) > (FAR_IF_USUAL if usual else FAR) * (high - low)
    return Suspect(value, count, low, high) if away or (usual and value < 0 <= low) else None
