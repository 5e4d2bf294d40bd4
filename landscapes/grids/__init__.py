"""A person's own losses on a grid, and the path of a training run on it: read safely, and a landscape like any other.

Not imported with `landscapes`: it is asked for by its own name.
"""

from landscapes.grids.interpolated import interpolated
from landscapes.grids.reader import KINDS, MOST_BYTES, read_recording
from landscapes.grids.record import (
    DIRECTIONS,
    LEAST_NODES,
    MOST_NODES,
    MOST_PATH,
    LossGrid,
    Sharpness,
    TrainingPath,
    with_path,
)

__all__ = [
    "DIRECTIONS",
    "KINDS",
    "LEAST_NODES",
    "MOST_BYTES",
    "MOST_NODES",
    "MOST_PATH",
    "LossGrid",
    "Sharpness",
    "TrainingPath",
    "interpolated",
    "read_recording",
    "with_path",
]
