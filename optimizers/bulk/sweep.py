"""Any number of trajectories, a tile after the other: where each ends, what became of it, and when."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.grid import Grid
from optimizers.bulk.journeys import Functional, Recorded, Runs
from optimizers.bulk.judge import Judge
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.outcomes import Outcomes, Tile
from optimizers.bulk.recording import record
from optimizers.optimizer import Optimizer

MOST = 2**24  # trajectories of a sweep: 4096²
TILE = 8192  # trajectories that are run together by a program
FUNCTIONAL_TILE = 1024  # the same by the rule itself
PATHS = 2**20  # positions of a tile whose path is kept
FEWER = 2**18  # trajectories at most of what cannot be recorded
FEWEST = 2**12  # the same of a rule that runs each start alone


def most_trajectories(landscape: Landscape, optimizer: Optimizer) -> int:
    """How many trajectories a sweep of this takes at most."""
    if "path" in optimizer.init(np.zeros((2, 1)))._fields:
        return FEWEST
    try:
        record(landscape, optimizer, 2, lane_knobs(optimizer))
    except NotRecordable:
        return FEWER
    return MOST


def sweep(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array | Grid,
    steps: int,
    *,
    client: Any = None,
    check: Callable[[], object] | None = None,
) -> Outcomes:
    """What becomes of N trajectories: their ends, kinds, places and steps, as `descend` and `verdict` have them.

    Args:
        starts: (2, N), (2,) for one start under N hyperparameters, or a `Grid`. Hyperparameters may be arrays (N,).
        steps: number of updates, 0 or more.
        client: anything with `submit(function, *arguments)` that returns a future, such as a process pool.
        check: called once in a while; to stop, it raises.

    Raises:
        ValueError: there are more trajectories than `most_trajectories`, a start is not finite or too far out, the
            number of starts is not that of the hyperparameters, or `steps` is negative. Before any work is done.
    """
    tiles = sweep_in_tiles(landscape, optimizer, starts, steps, client=client, check=check)
    parts = sorted(tiles, key=lambda tile: tile.first)
    return Outcomes(*(np.concatenate(part, axis=-1) for part in zip(*(tile.outcomes for tile in parts), strict=True)))


def sweep_in_tiles(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array | Grid,
    steps: int,
    *,
    client: Any = None,
    check: Callable[[], object] | None = None,
) -> Iterator[Tile]:
    """The same as `sweep`, tile by tile as they are finished, in any order; to cancel, close the iterator.

    Raises:
        ValueError: as `sweep` does, at the call.
    """
    count = _count(optimizer, starts)
    most = most_trajectories(landscape, optimizer)
    if count > most:
        raise ValueError(f"sweep takes {most} trajectories at most, got {count}")
    if steps < 0:
        raise ValueError(f"sweep needs steps ≥ 0, got {steps}")
    return _tiles(landscape, optimizer, starts, steps, count, check)


def _count(optimizer: Optimizer, starts: Array | Grid) -> int:
    """How many trajectories there are."""
    arrays = [np.shape(value) for value in optimizer.made.numbers.values() if np.ndim(value)] if optimizer.made else []
    shape = (starts.size,) if isinstance(starts, Grid) else np.shape(starts)[1:]
    found: tuple[int, ...] = np.broadcast_shapes((1,), shape, *arrays)
    if len(found) != 1:
        raise ValueError(f"sweep needs starts of shape (2,) or (2, N), got {np.shape(starts)}")
    return found[0]


def _tiles(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array | Grid,
    steps: int,
    count: int,
    check: Callable[[], object] | None,
) -> Iterator[Tile]:
    of = partial(part_of, optimizer)
    runs: Runs
    try:
        recording = record(landscape, optimizer, steps, lane_knobs(optimizer))
        width = min(TILE, count)
        runs = Recorded(landscape, recording, width, check)
    except NotRecordable:
        width = max(1, min(FUNCTIONAL_TILE, PATHS // (steps + 1)))
        runs = Functional(landscape, steps, check)
    judge = Judge(landscape, steps, runs, of)
    for first in range(0, count, width):
        yield Tile(first, judge.outcomes(_starts(starts, first, min(first + width, count)), first))


def _starts(starts: Array | Grid, first: int, last: int) -> Array:
    if isinstance(starts, Grid):
        return starts.starts(first, last)
    points = np.asarray(starts, dtype=float).reshape(len(starts), -1)
    if points.shape[1] == 1:
        return np.repeat(points, last - first, axis=1)
    return points[:, first:last]


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
    return made.factory(**{**made.numbers, **{name: each[numbers % each.size] for name, each in arrays.items()}})
