"""One process's share of a sweep: recorded where that can be, tile after tile in the same memory."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.journeys import Functional, Recorded, Runs
from optimizers.bulk.judge import Judge
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.outcomes import Outcomes
from optimizers.bulk.recording import record
from optimizers.optimizer import Optimizer

TILE = 16384  # trajectories that are run together by a compiled program
PLAIN_TILE = 8192  # the same by NumPy: what is carried over then stays in the processor's cache
FUNCTIONAL_TILE = 1024  # the same by the rule itself
PATHS = 2**20  # positions of a tile whose path is kept
AT_HAND = 2**20  # numbers: an array as large as all that a tile needs


class Work:
    """Finds the outcomes of one tile after the other."""

    def __init__(
        self,
        landscape: Landscape,
        optimizer: Optimizer,
        steps: int,
        most: int = TILE,
        check: Callable[[], object] | None = None,
        *,
        native: bool = True,
    ) -> None:
        runs: Runs
        # Once as much has been given back, the C library keeps it at hand for the arrays of the tiles.
        np.empty(AT_HAND)
        try:
            recording = record(landscape, optimizer, steps, lane_knobs(optimizer))
            runs = Recorded(landscape, recording, min(TILE, most), check, native)
            if not runs.compiled:
                runs = Recorded(landscape, recording, min(PLAIN_TILE, most), check, native=False)
            self.width = runs.width
        except NotRecordable:
            self.width = min(most, max(1, min(FUNCTIONAL_TILE, PATHS // (steps + 1))))
            runs = Functional(landscape, steps, check)
        self.judge = Judge(landscape, steps, runs, partial(part_of, optimizer))

    def outcomes(self, starts: Array, first: int) -> Outcomes:
        """Of the trajectories from these starts on, (2, N), whose hyperparameters begin at number `first`."""
        tiles = [
            self.judge.outcomes(starts[:, k : k + self.width], first + k) for k in range(0, starts.shape[1], self.width)
        ]
        if len(tiles) == 1:
            return tiles[0]
        return Outcomes(*(np.concatenate(parts, axis=-1) for parts in zip(*tiles, strict=True)))


def lane_knobs(optimizer: Optimizer) -> tuple[str, ...]:
    """The hyperparameters that are arrays of one number for each trajectory."""
    if optimizer.made is None:
        return ()
    return tuple(name for name, value in optimizer.made.numbers.items() if np.ndim(value))


def part_of(optimizer: Optimizer, numbers: NDArray[np.intp]) -> Optimizer:
    """The optimizer of some of the trajectories alone."""
    made, own = optimizer.made, lane_knobs(optimizer)
    if made is None or not own:
        return optimizer
    arrays = {name: np.asarray(made.numbers[name], dtype=float) for name in own}
    return made.again(**{name: each[numbers % each.size] for name, each in arrays.items()})
