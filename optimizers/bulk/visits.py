"""How many steps of many runs are near a place."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.journeys import Recorded
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.observers import Observer
from optimizers.bulk.recording import record
from optimizers.bulk.work import TILE
from optimizers.engine import farthest
from optimizers.optimizer import Optimizer


class Visit(NamedTuple):
    """What is kept in mind of each step, each (N,)."""

    x: Array  # the place
    y: Array
    square: Array  # of the radius
    here: Array  # 1 until the run leaves, then 0
    near: Array  # steps up to now within the radius


def visits(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Array,
    steps: int,
    place: Array,
    radius: float,
    check: Callable[[], object] | None = None,
) -> NDArray[np.int64]:
    """How many of the positions after each start, (2, N), lie within a radius of a place, of `steps` updates, (N,).

    Raises:
        NotRecordable: the rule or the landscape cannot be recorded, or f is not defined everywhere.
    """
    if not landscape.defined_everywhere or not landscape.smooth:
        raise NotRecordable("a run may leave the domain of f")
    far = farthest(landscape)

    def keep(before: Any, p: Any, seen: Visit, time: Any) -> Visit:
        dx, dy = p[0] - seen.x, p[1] - seen.y
        here = np.where((np.abs(p[0]) <= far) & (np.abs(p[1]) <= far), seen.here, 0.0)
        return seen._replace(here=here, near=seen.near + np.where(dx * dx + dy * dy <= seen.square, here, 0.0))

    observer, count = Observer(keep), starts.shape[1]
    runs = Recorded(landscape, record(landscape, optimizer, steps), min(TILE, count), check)
    found = np.empty(count, dtype=np.int64)
    for first in range(0, count, runs.width):
        part = starts[:, first : first + runs.width]
        none = np.zeros(part.shape[1])
        journey = runs.journey(optimizer, part, np.arange(part.shape[1]))
        journey.watch(observer, Visit(none + place[0], none + place[1], none + radius**2, none + 1, none))
        journey.advance([0, steps])
        found[first : first + runs.width] = journey.seen().near
    return found
