"""What many runs came to, as arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array

KINDS = ("minimum", "maximum", "saddle", "flat", "cycle", "moving", "diverged")  # a kind is its place in this tuple


class Outcomes(NamedTuple):
    """What N runs came to: `verdict` of each, as numbers."""

    positions: Array  # (2, N), where each ended; nan where it left
    kinds: NDArray[np.int8]  # (N,), numbers of `KINDS`
    places: Array  # (2, N), the critical point, or the last place of a run that did not arrive
    steps: NDArray[np.int32]  # (N,), from which on it stayed there, or at which it left; the last one where it moves


class Tile(NamedTuple):
    """The outcomes of the runs from number `first` on."""

    first: int
    outcomes: Outcomes
