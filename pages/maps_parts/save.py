"""Takes a map away: as a picture with one pixel a start, and as NumPy arrays with all of its numbers."""

from dataclasses import replace
from io import BytesIO

import numpy as np

from figures import Part, raster
from optimizers.bulk import KINDS, Grid, most_trajectories
from pages.maps_parts.basins import mapped, side_of, sweep_of
from pages.maps_parts.compute import AT_ONCE, PIECE, KnobSweep, Sweep, swept, turnable
from pages.maps_parts.ends import assigned, with_others
from pages.maps_parts.knobs import knob_sweep
from pages.maps_parts.naming import basin, drawn
from pages.maps_parts.outcome_maps import basins_of
from pages.maps_parts.saddles import Beside, beside, counts_of, nearest, saddles_of
from pages.maps_parts.workers import workers
from pages.shared.controls import download
from pages.shared.race import in_turn
from pages.shared.state import Choices, built
from words import say

LARGE = 4096  # pixels along each side of the largest picture
MOST_SAVED = 10_000_000_000  # updates of all trajectories of such a picture


def save_map(choices: Choices) -> None:
    """A button for each file; what it needs is computed at the click."""
    name = f"fall-line-{choices.map}-{choices.landscape}"
    if choices.map == "saddles" and (found := saddles_of(choices)):
        stays = beside(choices, nearest(found, choices.point))
        download(say("All numbers, NPZ"), lambda: stays_as_npz(stays), f"{name}.npz", "application/octet-stream")
    asked = shown(choices)
    if asked is None:
        return
    download(say("Map, PNG"), lambda: as_png(asked), f"{name}.png", "image/png")
    if is_within_reach(asked, LARGE):
        label = say("Map, PNG, {side} × {side} pixels", side=f"{LARGE:,}")
        download(label, lambda: as_large_png(asked, LARGE), f"{name}-{LARGE}.png", "image/png")
    download(say("All numbers, NPZ"), lambda: as_npz(asked), f"{name}.npz", "application/octet-stream")


def shown(choices: Choices) -> Sweep | None:
    """The map of the first run that is seen, as sharp as was asked for; None where there is none."""
    if choices.map == "basins":
        window = choices.zoom or choices.build().domain
        return sweep_of(choices, mapped(choices)[0], window, side_of(choices))
    return knob_sweep(choices) if choices.map == "knobs" else None


def as_png(asked: Sweep) -> bytes:
    """One pixel for each trajectory, in the colours of the page."""
    basins, landscape = basins_of((asked,)), built(*asked.where)
    every = [basin(landscape, basins, 0, number) for number in range(len(basins.ends))]
    return raster(Part(asked.window, basins.which[0], basins.steps[0]), every)


def is_within_reach(asked: Sweep, side: int) -> bool:
    """Whether there is room for a picture of that many starts along each side."""
    if not asked.divisible or asked.run.weight * asked.steps * side**2 > MOST_SAVED:
        return False
    return side**2 <= most_trajectories(built(*asked.where), asked.run.build())


def as_large_png(asked: Sweep, side: int) -> bytes:
    """The same map from as many starts along each side: computed at the click, of each start the end and steps alone.

    What ends at a place that the map before does not have is drawn as one of its kind.
    """
    basins, landscape = basins_of((asked,)), built(*asked.where)
    large, ends = replace(asked, side=side), with_others(basins.ends)
    which, steps = np.empty(side**2, dtype=np.uint8), np.empty(side**2, dtype=np.int32)
    width = max(high - low for low, high in landscape.domain)
    for first in range(0, side**2, AT_ONCE * PIECE):
        last = min(first + AT_ONCE * PIECE, side**2)
        with in_turn(asked.run.weight * asked.steps * (last - first)):
            for begin, found in large.tiles(first, last, workers()):
                lanes = slice(begin, begin + found.kinds.size)
                which[lanes] = assigned(ends, np.array(KINDS)[found.kinds], found.places, width)
                steps[lanes] = found.steps
    every = [drawn(landscape, end, float((which == number).mean())) for number, end in enumerate(ends)]
    return raster(Part(asked.window, which.reshape(side, side), steps.reshape(side, side)), every)


def as_npz(asked: Sweep) -> bytes:
    """Every number of the map, rows from the lowest upwards: axes, ends, kinds, places and steps."""
    found, grid = swept(asked), asked.grid
    shape = (grid.rows, grid.columns)
    names, logarithmic = built(*asked.where).axes, (False, False)
    if isinstance(asked, KnobSweep):
        known, names = turnable(asked.run, asked.steps), asked.knobs
        logarithmic = (known[names[0]].log, known[names[1]].log)
    file = BytesIO()
    np.savez_compressed(
        file,
        axes=np.array(names),
        columns=grid.x,
        rows=grid.y,
        powers_of_ten=np.array(logarithmic),
        kinds=found.kinds.reshape(shape),
        kind_names=np.array(KINDS),
        ends=found.positions.reshape(2, *shape),
        places=found.places.reshape(2, *shape),
        steps=found.steps.reshape(shape),
        optimizer=np.array(asked.run.optimizer),
        numbers=np.array([value for _, value in asked.run.numbers]),
        number_names=np.array([name for name, _ in asked.run.numbers]),
        steps_taken=np.array(asked.steps),
    )
    return file.getvalue()


def stays_as_npz(asked: Beside) -> bytes:
    """Every number of the map of a saddle, rows from the lowest upwards: axes, and steps within the radius."""
    grid, file = Grid(asked.window, asked.side, asked.side), BytesIO()
    np.savez_compressed(
        file,
        axes=np.array(built(*asked.where).axes),
        columns=grid.x,
        rows=grid.y,
        steps_beside=counts_of(asked),
        saddle=np.array(asked.place),
        radius=np.array(asked.radius),
        optimizer=np.array(asked.run.optimizer),
        numbers=np.array([value for _, value in asked.run.numbers]),
        number_names=np.array([name for name, _ in asked.run.numbers]),
        steps_taken=np.array(asked.steps),
    )
    return file.getvalue()
