"""The one palette of all frames: the chart's bands, ink and runs exactly, and what lies between them at soft edges."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np
from PIL import Image

from figures.height import LEVELS
from figures.overlays import TINT
from figures.theme import CASING, HAIR_OPACITY, HEIGHT_COLOURS, INK, PAPER
from landscapes import Array

ALIKE = 5  # of 255: a difference in every channel below this is none
MOST = 255  # a GIF has 256 colours, and one of them stands for "as before"


def rgb(colour: str) -> Array:
    """Red, green and blue from 0 to 255 of a colour as in #12344d."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def bands() -> Array:
    """The colours between the level sets, from the lowest to the highest, shape (LEVELS + 1, 3)."""
    stops = [stop for stop, _ in HEIGHT_COLOURS]
    channels = np.stack([rgb(colour) for _, colour in HEIGHT_COLOURS]).T
    return np.stack([np.interp(np.linspace(0, 1, LEVELS + 1), stops, channel) for channel in channels], axis=-1)


def mixed(below: Array, above: Array, opacity: float | Array) -> Array:
    """One colour seen through another."""
    return below + opacity * (above - below)


@lru_cache(maxsize=16)
def palette(colours: tuple[str, ...], tints: tuple[str, ...] = ()) -> Image.Image:
    """An image without content that carries the palette; what has to be exact comes first."""
    chart, paper, ink = bands(), rgb(PAPER), rgb(INK)
    runs = [rgb(colour) for colour in dict.fromkeys(colours)]
    quarters = (0.25, 0.5, 0.75)
    chosen = [paper, ink, *runs, *chart]
    chosen += [mixed(paper, run, opacity) for run, opacity in product(runs, quarters)]
    chosen += [mixed(paper, ink, opacity) for opacity in np.linspace(0, 1, 9)[1:-1]]
    chosen += [mixed(band, ink, HAIR_OPACITY * share) for band, share in product(chart, quarters)]
    chosen += [mixed(band, paper, CASING * share) for band, share in product(chart, (0.5, 1.0))]
    chosen += [rgb(tint) for tint in tints] + [mixed(band, rgb(tint), TINT) for band, tint in product(chart, tints)]
    carrier = Image.new("P", (1, 1))
    carrier.putpalette(np.array(distinct(chosen)[:MOST]).round().astype(np.uint8).tobytes())
    return carrier


def distinct(colours: Sequence[Array]) -> list[Array]:
    """Those that no eye takes for an earlier one: Pillow might, and what has to be exact would not be."""
    kept: list[Array] = []
    for colour in colours:
        if not any(np.abs(colour - other).max() < ALIKE for other in kept):
            kept.append(colour)
    return kept


def quantised(frame: Image.Image, colours: Sequence[str], tints: Sequence[str]) -> Image.Image:
    """The frame in the palette's colours, each the nearest one."""
    return frame.quantize(palette=palette(tuple(colours), tuple(tints)), dither=Image.Dither.NONE)
