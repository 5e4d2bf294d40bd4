"""A landscape as a small picture: its height in the contour map's colours, with no axes and no words."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from figures.height import heights, mesh
from figures.theme import HEIGHT_COLOURS
from landscapes import Landscape

WIDTH, BANDS = 96, 14  # pixels along each side, steps of colour from the lowest to the highest point


def thumbnail(landscape: Landscape) -> NDArray[np.uint8]:
    """Red, green and blue from 0 to 255, shape (96, 96, 3), the first row at the top of the domain."""
    scale = heights(landscape, landscape.domain)
    height = scale.of(landscape.value(mesh(landscape.domain, WIDTH)))
    share = (np.nan_to_num(height, nan=scale.high) - scale.low) / (scale.high - scale.low)
    banded = (np.floor(np.clip(share, 0.0, 1.0) * BANDS * 0.999) + 0.5) / BANDS
    stops = [stop for stop, _ in HEIGHT_COLOURS]
    colours = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for _, colour in HEIGHT_COLOURS])
    channels = [np.interp(banded, stops, colours[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).transpose(1, 0, 2)[::-1].astype(np.uint8)


def thumbnail_file(landscape: Landscape, width: int = WIDTH) -> bytes:
    """The small picture as a PNG, `width` pixels along each side."""
    file = io.BytesIO()
    Image.fromarray(thumbnail(landscape)).resize((width, width), Image.Resampling.BILINEAR).save(file, "PNG")
    return file.getvalue()
