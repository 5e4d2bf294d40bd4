"""Any number of trajectories, a tile after the other: where each ends, what became of it, and when."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from optimizers.bulk.grid import Grid
from optimizers.bulk.outcomes import KINDS, Outcomes, Tile
from optimizers.engine import descend
from optimizers.optimizer import Optimizer
from optimizers.verdicts import Verdict, verdict

MOST = 2**24  # trajectories of a sweep: 4096²
TILE = 1024  # trajectories that are run together


def most_trajectories(landscape: Landscape, optimizer: Optimizer) -> int:
    """How many trajectories a sweep of this takes at most."""
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
    for first in range(0, count, TILE):
        last = min(first + TILE, count)
        here = _starts(starts, first, last)
        run = descend(landscape, part_of(optimizer, first, last), here, steps, check=check)
        found = verdict(landscape, part_of(optimizer, first, last), run)
        verdicts = [each for each in found if isinstance(each, Verdict)]
        yield Tile(
            first,
            Outcomes(
                run.positions[:, -1],
                np.array([KINDS.index(each.kind) for each in verdicts], dtype=np.int8),
                np.stack([each.position for each in verdicts], axis=1),
                np.array([each.step for each in verdicts], dtype=np.int32),
            ),
        )


def _starts(starts: Array | Grid, first: int, last: int) -> Array:
    if isinstance(starts, Grid):
        return starts.starts(first, last)
    points = np.asarray(starts, dtype=float).reshape(len(starts), -1)
    if points.shape[1] == 1:
        return np.repeat(points, last - first, axis=1)
    return points[:, first:last]


def part_of(optimizer: Optimizer, first: int, last: int) -> Optimizer:
    """The optimizer of the trajectories from number `first` to before `last`."""
    made = optimizer.made
    if made is None or not any(np.ndim(value) for value in made.numbers.values()):
        return optimizer
    numbers = {
        name: value[first:last] if np.ndim(value) and np.size(value) > 1 else value
        for name, value in made.numbers.items()
    }
    return made.factory(**numbers)
