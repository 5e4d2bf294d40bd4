"""What is saved of a map: pictures with one pixel a start, and NumPy arrays with all of its numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np

from figures import (
    Basin,
    Part,
    on_a_logarithmic_scale,
    raster,
    raster_of_differences,
    raster_of_numbers,
    raster_of_steps,
)
from landscapes import Array
from optimizers.bulk import KINDS, most_trajectories
from pages.maps_parts.compute import AT_ONCE, PIECE, KnobSweep, Sweep, swept, turnable
from pages.maps_parts.ends import assigned, with_others
from pages.maps_parts.naming import basin, drawn
from pages.maps_parts.one_knob import STARTS, OverValues
from pages.maps_parts.outcome_maps import basins_of
from pages.maps_parts.saddles import Beside, counted, counts_of
from pages.maps_parts.workers import workers
from pages.shared.race import in_turn, spread
from pages.shared.state import RunChoice, built

MOST_SAVED = 10_000_000_000  # updates of all trajectories of a large picture


@dataclass(frozen=True)
class Shown:
    """One of the maps that are seen together."""

    together: tuple[Sweep, ...]  # so that a place has one colour in all of them
    slot: int
    colour: str = "kind"  # one of `KNOB_COLOURS`

    @property
    def sweep(self) -> Sweep:
        """What it is of."""
        return self.together[self.slot]

    def png(self) -> bytes:
        """One pixel for each trajectory, in the colours of the page."""
        asked, basins = self.sweep, basins_of(self.together)
        landscape = built(*asked.where)
        if self.colour == "loss":
            return losses_as_png(np.asarray(landscape.value(swept(asked).positions)), asked.side)
        every = [basin(landscape, basins, self.slot, number) for number in range(len(basins.ends))]
        return self._picture(Part(asked.window, basins.which[self.slot], basins.steps[self.slot]), every)

    def large_png(self, side: int) -> bytes:
        """The same map from as many starts along each side: computed at the click, and nothing of it is kept.

        What ends at a place that the map before does not have is drawn as one of its kind.
        """
        asked, landscape = self.sweep, built(*self.sweep.where)
        large = replace(asked, side=side)
        if self.colour == "loss":
            losses = np.empty(side**2, dtype=np.float32)
            for lanes, found in tiles(large):
                losses[lanes] = landscape.value(found.positions)
            return losses_as_png(losses, side)
        ends, width = with_others(basins_of(self.together).ends), max(high - low for low, high in landscape.domain)
        which, steps = np.empty(side**2, dtype=np.uint8), np.empty(side**2, dtype=np.int32)
        for lanes, found in tiles(large):
            which[lanes] = assigned(ends, np.array(KINDS)[found.kinds], found.places, width)
            steps[lanes] = found.steps
        every = [drawn(landscape, end, float((which == number).mean())) for number, end in enumerate(ends)]
        return self._picture(Part(asked.window, which.reshape(side, side), steps.reshape(side, side)), every)

    def _picture(self, part: Part, every: Sequence[Basin]) -> bytes:
        return (raster_of_steps if self.colour == "steps" else raster)(part, every)

    def npz(self) -> bytes:
        """Every number of the map, rows from the lowest upwards: axes, ends, kinds, places and steps."""
        asked, found, grid = self.sweep, swept(self.sweep), self.sweep.grid
        shape = (grid.rows, grid.columns)
        names, logarithmic = built(*asked.where).axes, (False, False)
        if isinstance(asked, KnobSweep):
            known, names = turnable(asked.run, asked.steps), asked.knobs
            logarithmic = (known[names[0]].log, known[names[1]].log)
        return packed(
            axes=names,
            columns=grid.x,
            rows=grid.y,
            powers_of_ten=logarithmic,
            kinds=found.kinds.reshape(shape),
            kind_names=KINDS,
            ends=found.positions.reshape(2, *shape),
            places=found.places.reshape(2, *shape),
            steps=found.steps.reshape(shape),
            steps_taken=asked.steps,
            **of_the_run(asked.run),
        )


def tiles(asked: Sweep) -> Iterator[tuple[slice, Any]]:
    """What the trajectories of a large map come to, some at a time, in any order."""
    size = asked.grid.size
    for first in range(0, size, AT_ONCE * PIECE):
        last = min(first + AT_ONCE * PIECE, size)
        with in_turn(asked.run.weight * asked.steps * (last - first)):
            for begin, found in asked.tiles(first, last, workers()):
                yield slice(begin, begin + found.kinds.size), found


def is_within_reach(asked: Sweep | Beside, side: int) -> bool:
    """Whether there is room for a picture of that many starts along each side."""
    landscape, updates = built(*asked.where), asked.run.weight * asked.steps * side**2
    everywhere = landscape.smooth and landscape.defined_everywhere
    fast = everywhere if isinstance(asked, Beside) else asked.divisible
    return fast and updates <= MOST_SAVED and side**2 <= most_trajectories(landscape, asked.run.build())


def losses_as_png(losses: Array, side: int) -> bytes:
    """One pixel for each final loss above the lowest of them, on a logarithmic scale."""
    losses = np.where(np.isfinite(losses), losses, np.nan).reshape(side, side)
    return raster_of_numbers(on_a_logarithmic_scale(losses - np.nanmin(losses, initial=np.inf)))


def differences_as_png(together: tuple[Sweep, ...]) -> bytes:
    """The starts from which two runs end at different places, as the page has them."""
    first, second = basins_of(together).which
    return raster_of_differences(first != second)


def stays_as_png(asked: Beside) -> bytes:
    """One pixel for each start, pale where a run stays long beside the saddle."""
    return raster_of_numbers(np.log1p(counts_of(asked)))


def stays_as_large_png(asked: Beside, side: int) -> bytes:
    """The same from as many starts along each side: computed at the click, and nothing of it is kept."""
    large, size = replace(asked, side=side), side**2
    logarithms = np.empty(size, dtype=np.float32)
    for first in range(0, size, PIECE):
        last = min(first + PIECE, size)
        logarithms[first:last] = np.log1p(counted(large, first, last))
    return raster_of_numbers(logarithms.reshape(side, side))


def stays_as_npz(asked: Beside) -> bytes:
    """Every number of the map of a saddle, rows from the lowest upwards: axes, and steps within the radius."""
    return packed(
        axes=built(*asked.where).axes,
        columns=asked.grid.x,
        rows=asked.grid.y,
        steps_beside=counts_of(asked),
        saddle=asked.place,
        radius=asked.radius,
        steps_taken=asked.steps,
        **of_the_run(asked.run),
    )


def values_as_npz(asked: OverValues) -> bytes:
    """Every number over one knob: R runs at V values from S starts, (R, V, S), and the values, (R, V)."""
    found = asked.swept
    return packed(
        knob=asked.name,
        runs=asked.names,
        values=[each.values for each in found],
        starts=spread(asked.window, STARTS),
        kinds=[each.kinds for each in found],
        kind_names=KINDS,
        losses=[each.losses for each in found],
        steps=[each.steps for each in found],
        steps_taken=asked.steps,
    )


def of_the_run(run: RunChoice) -> dict[str, Any]:
    """Which run it is."""
    return {
        "optimizer": run.optimizer,
        "numbers": [value for _, value in run.numbers],
        "number_names": [name for name, _ in run.numbers],
    }


def packed(**arrays: Any) -> bytes:
    """Arrays as a file that `numpy.load` reads."""
    file = BytesIO()
    np.savez_compressed(file, **{name: np.asarray(values) for name, values in arrays.items()})
    return file.getvalue()
