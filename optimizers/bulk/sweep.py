"""Any number of trajectories: where each ends, what became of it, and when."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from optimizers.bulk.grid import Grid
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.outcomes import Outcomes, Tile
from optimizers.bulk.recording import record
from optimizers.bulk.tasks import NotNamed, outcomes_of, task_of
from optimizers.bulk.work import TILE, Work, lane_knobs, part_of
from optimizers.engine import farthest
from optimizers.optimizer import Optimizer

MOST = 2**24  # trajectories of a sweep: 4096²
FEWER = 2**18  # the same of a rule or a landscape that cannot be recorded
FEWEST = 2**12  # the same of a rule that runs each start alone
AHEAD = 64  # tiles that a client has at a time
PATIENCE = 0.1  # seconds between two calls of `check` while a client is at work
Check = Callable[[], object] | None


def most_trajectories(landscape: Landscape, optimizer: Optimizer) -> int:
    """How many trajectories a sweep of this takes at most: 2²⁴ where a step can be recorded, else 2¹⁸.

    It is 2¹² for a rule that runs each start alone, as SciPy's methods do.
    """
    state = part_of(optimizer, np.arange(1)).init(np.zeros((2, 1)))
    if "path" in getattr(state, "_fields", ()):
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
    check: Check = None,
) -> Outcomes:
    """What becomes of N trajectories: their ends, kinds, places and steps, as `descend` and `verdict` have them.

    The ends are those of `descend`, bit for bit. The kinds are those of `verdict`, which is asked itself where it is a
    near thing.

    Args:
        starts: (2, N), (2,) for one start under N hyperparameters, or a `Grid`. Hyperparameters may be arrays (N,).
        steps: number of updates, 0 or more.
        client: anything with `submit(function, *arguments)` that returns a future, such as a `Pool`.
        check: called once in a while; to stop, it raises.

    Raises:
        ValueError: there are more trajectories than `most_trajectories`, a start is not finite or too far out, the
            number of starts is not that of the hyperparameters, or `steps` is negative. Before any work is done.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import KINDS, OPTIMIZERS
    >>> bowl = LANDSCAPES["quadratic_bowl"]()
    >>> found = sweep(bowl, OPTIMIZERS["momentum"](0.1), Grid(bowl.domain, columns=8, rows=8), steps=400)
    >>> {KINDS[kind] for kind in found.kinds}
    {'minimum'}
    """
    tiles = sweep_in_tiles(landscape, optimizer, starts, steps, client=client, check=check)
    count = _count(optimizer, starts)
    whole = Outcomes(
        np.empty((2, count)), np.empty(count, dtype=np.int8), np.empty((2, count)), np.empty(count, dtype=np.int32)
    )
    for first, part in tiles:
        lanes = slice(first, first + part.kinds.size)
        whole.positions[:, lanes], whole.places[:, lanes] = part.positions, part.places
        whole.kinds[lanes], whole.steps[lanes] = part.kinds, part.steps
    return whole


def sweep_in_tiles(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array | Grid,
    steps: int,
    *,
    first: int = 0,
    last: int | None = None,
    client: Any = None,
    check: Check = None,
) -> Iterator[Tile]:
    """The same as `sweep`, tile by tile as they are finished, in any order; to cancel, close the iterator.

    Args:
        first: number of the first trajectory that is wanted.
        last: number behind the last one; None for all.

    Raises:
        ValueError: as `sweep` does, at the call.
    """
    count, far = _count(optimizer, starts), farthest(landscape)
    if steps < 0:
        raise ValueError(f"sweep needs steps ≥ 0, got {steps}")
    most = most_trajectories(landscape, optimizer)
    if count > most:
        raise ValueError(f"a sweep of this takes {most} trajectories at most, got {count}")
    points = starts if isinstance(starts, Grid) else np.asarray(starts, dtype=float).reshape(2, -1)
    ends = np.array([points.x[[0, -1]], points.y[[0, -1]]]) if isinstance(points, Grid) else points
    if not (np.abs(ends) <= far).all():
        raise ValueError(f"sweep needs starts with coordinates within ±{far:g}")
    wanted = range(first, count if last is None else min(last, count))
    if client is not None:
        try:
            task_of(landscape, optimizer, steps)
        except NotNamed:
            client = None  # what cannot be told to another process is done in this one
    if client is not None:
        return _elsewhere(landscape, optimizer, points, steps, wanted, client, check)
    return _here(landscape, optimizer, points, steps, wanted, check)


def _count(optimizer: Optimizer, starts: Array | Grid) -> int:
    """How many trajectories there are."""
    arrays = [np.shape(optimizer.made.numbers[name]) for name in lane_knobs(optimizer)] if optimizer.made else []
    shape = (starts.size,) if isinstance(starts, Grid) else np.shape(starts)[1:]
    if not isinstance(starts, Grid) and np.shape(starts)[:1] != (2,):
        raise ValueError(f"sweep needs starts of shape (2,) or (2, N), got {np.shape(starts)}")
    try:
        found: tuple[int, ...] = np.broadcast_shapes((1,), shape, *arrays)
    except ValueError:
        sizes = ", ".join(str(each) for each in [shape, *arrays])
        raise ValueError(f"sweep needs as many starts as hyperparameters, got the shapes {sizes}") from None
    if len(found) != 1:
        raise ValueError(f"sweep needs starts of shape (2,) or (2, N), got {np.shape(starts)}")
    return found[0]


def _here(
    landscape: Landscape, optimizer: Optimizer, starts: Array | Grid, steps: int, wanted: range, check: Check
) -> Iterator[Tile]:
    work = Work(landscape, optimizer, steps, min(TILE, len(wanted)), check)
    for first in wanted[:: work.width]:
        if check is not None:
            check()
        yield Tile(first, work.outcomes(_points(starts, first, min(first + work.width, wanted.stop)), first))


def _points(starts: Array | Grid, first: int, last: int) -> Array:
    if isinstance(starts, Grid):
        return starts.starts(first, last)
    return np.repeat(starts, last - first, axis=1) if starts.shape[1] == 1 else starts[:, first:last]


def _elsewhere(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array | Grid,
    steps: int,
    wanted: range,
    client: Any,
    check: Check,
) -> Iterator[Tile]:
    """Has the tiles made by a client; those that were lost with a worker are given to it once more."""
    own = lane_knobs(optimizer)
    whole = task_of(landscape, optimizer, steps)
    done: SimpleQueue[int] = SimpleQueue()
    futures: dict[int, Any] = {}
    again: set[int] = set()

    def submit(first: int) -> None:
        last = min(first + TILE, wanted.stop)
        task = task_of(landscape, part_of(optimizer, np.arange(first, last)), steps) if own else whole
        points = starts if isinstance(starts, Grid) else _points(starts, first, last)
        futures[first] = client.submit(outcomes_of, task, points, first, last)
        futures[first].add_done_callback(partial(_tell, done, first))

    waiting = list(wanted[::TILE])[::-1]
    try:
        while waiting or futures:
            while waiting and len(futures) < AHEAD:
                submit(waiting.pop())
            if check is not None:
                check()
            try:
                first = done.get(timeout=PATIENCE)
            except Empty:
                continue
            try:
                outcomes = futures.pop(first).result()
            except BrokenExecutor:
                if first in again:
                    raise
                again.add(first)
                waiting.append(first)
                continue
            yield Tile(first, outcomes)
    finally:
        for future in futures.values():
            future.cancel()


def _tell(done: "SimpleQueue[int]", first: int, _: Any) -> None:
    done.put(first)
