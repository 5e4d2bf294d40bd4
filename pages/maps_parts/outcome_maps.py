"""Many sweeps of one landscape whose ends are told apart together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizers.bulk import KINDS
from pages.maps_parts.compute import Sweep, swept
from pages.maps_parts.ends import End, Whole, told_apart
from pages.shared.race import critical_points, kept
from pages.shared.state import built


@dataclass(frozen=True, eq=False)
class Basins:
    """The maps of some sweeps: of each start the end and the steps, rows from the lowest upwards."""

    sweeps: tuple[Sweep, ...]
    ends: tuple[End, ...]
    which: tuple[Whole, ...]  # (rows, columns) for each sweep: number of the end
    steps: tuple[Whole, ...]

    def share(self, slot: int, number: int) -> float:
        """The share of all starts of a sweep that come to an end."""
        return float((self.which[slot] == number).mean())

    def median(self, slot: int, number: int) -> float:
        """The median of the steps of those that come to an end; nan where none does."""
        steps = self.steps[slot][self.which[slot] == number]
        return float(np.median(steps)) if steps.size else float("nan")

    def order(self, slots: Sequence[int]) -> list[int]:
        """The ends to which these sweeps come, those of the largest shares first."""
        shares = {n: max(self.share(slot, n) for slot in slots) for n in range(len(self.ends))}
        return sorted((n for n in shares if shares[n]), key=lambda n: -shares[n])


@kept("maps")
def basins_of(sweeps: tuple[Sweep, ...]) -> Basins:
    """The maps of these sweeps of one landscape, whose ends are told apart together."""
    found = [swept(each) for each in sweeps]
    where = sweeps[0].where
    known = [point.position for point in critical_points(where).points]
    ends, which = told_apart(
        [np.array(KINDS)[each.kinds] for each in found],
        [each.places for each in found],
        np.array(known).reshape(-1, 2).T,
        max(high - low for low, high in built(*where).domain),
    )
    shapes = [(each.side, each.side) for each in sweeps]
    return Basins(
        sweeps,
        tuple(ends),
        tuple(each.astype(np.int64).reshape(shape) for each, shape in zip(which, shapes, strict=True)),
        tuple(each.steps.astype(np.int64).reshape(shape) for each, shape in zip(found, shapes, strict=True)),
    )
