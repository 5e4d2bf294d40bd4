"""Maps as PNG, one pixel a start, the highest row on top."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from figures.basins import SHADES, Basin, Part, occurrences, ranks, shaded
from figures.knob_maps import arriving
from figures.theme import HEIGHT_COLOURS, INK, NEITHER, PAPER
from landscapes import Array

STRIP = 2**18  # starts whose pixels are found together
TONES = 256  # of a scale
Pixels = NDArray[np.uint8]  # (..., 3)


def raster(part: Part, basins: Sequence[Basin]) -> bytes:
    """By where each start ends, pale where soon."""
    share = np.arange(SHADES)[:, None] / (SHADES - 1)
    ends = np.array([[rgb(colour) for colour in basin.colours] for basin in basins], dtype=float)
    table = np.round(ends[:, :1] * (1 - share) + ends[:, 1:] * share).astype(np.uint8)
    return by_rank(part, shaded(np.arange(len(basins)), basins), table)


def raster_of_steps(part: Part, basins: Sequence[Basin]) -> bytes:
    """By how soon each start arrives, deep where soon; white where it does not."""
    arrives = arriving(basins)
    table = np.where(arrives[:, None, None], tones(np.linspace(0, 1, SHADES)), rgb(PAPER)).astype(np.uint8)
    return by_rank(part, np.where(arrives, 0, 1), table)


def raster_of_numbers(values: Array) -> bytes:
    """By numbers, (rows, columns), the lowest deep and the highest pale; white where there is none."""
    low, high = float(np.nanmin(values, initial=np.inf)), float(np.nanmax(values, initial=-np.inf))
    scale = np.vstack([tones(np.linspace(0, 1, TONES)), rgb(PAPER)]).astype(np.uint8)

    def paint(strip: slice) -> Pixels:
        share = (values[strip] - low) / (high - low) if high > low else 0 * values[strip]
        return np.asarray(scale[np.where(np.isnan(share), TONES, np.round(share * (TONES - 1))).astype(np.intp)])

    return png(values.shape, paint)


def raster_of_differences(differ: NDArray[np.bool_]) -> bytes:
    """The starts from which two runs end at different places, (rows, columns), dark on pale."""
    return png(differ.shape, lambda strip: np.where(differ[strip, :, None], rgb(INK), rgb(NEITHER)).astype(np.uint8))


def by_rank(part: Part, group: NDArray[np.int64], table: Pixels) -> bytes:
    """In the colours of a table, (basins, SHADES, 3), by the rank of the steps within each group of basins."""
    shape, most, groups = part.which.shape, int(part.steps.max(initial=0)) + 1, int(group.max()) + 1
    counts = sum(occurrences(part.steps[strip], group[part.which[strip]], groups, most) for strip in strips(shape))
    shade = ranks(np.asarray(counts))

    def paint(strip: slice) -> Pixels:
        which = part.which[strip]
        return np.asarray(table[which, shade[group[which], part.steps[strip]]])

    return png(shape, paint)


def png(shape: tuple[int, ...], paint: Callable[[slice], Pixels]) -> bytes:
    """A picture of (rows, columns) pixels; `paint` gives those of some rows."""
    pixels = np.empty((*shape, 3), dtype=np.uint8)
    for strip in strips(shape):
        pixels[strip] = paint(strip)
    file = BytesIO()
    Image.fromarray(pixels[::-1]).save(file, "PNG")
    return file.getvalue()


def strips(shape: tuple[int, ...]) -> Iterator[slice]:
    """All rows, a few at a time."""
    rows, columns = shape
    few = max(1, STRIP // columns)
    return (slice(row, row + few) for row in range(0, rows, few))


def tones(share: Array) -> Array:
    """The colours at shares, (N,), of the scale of heights, (N, 3)."""
    places, colours = [place for place, _ in HEIGHT_COLOURS], np.array([rgb(colour) for _, colour in HEIGHT_COLOURS])
    return np.stack([np.interp(share, places, part) for part in colours.T], axis=1)


def rgb(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255 each."""
    return [*bytes.fromhex(colour[1:])]
