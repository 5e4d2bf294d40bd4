"""From the landscape's coordinates to the picture's pixels, and its values on a mesh to values at pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from figures.height import equal_scale
from landscapes import Array, Domain

SCALE = 2  # masks and level sets are drawn so many times finer than the picture, for soft edges
LEFT, TOP, RIGHT, BOTTOM = 46, 38, 12, 30  # pixels around the plot; the legend comes below
ROW = 22  # pixels for each line of the legend


@dataclass(frozen=True)
class View:
    """What is seen, and the size at which it is seen."""

    domain: Domain
    width: int
    height: int

    def pixels(self, points: Array) -> Array:
        """Where points of shape (2, ...) lie, counted from the upper left corner of the plot."""
        (x0, x1), (y0, y1) = self.domain
        x, y = points
        return np.stack([(x - x0) / (x1 - x0) * self.width, (y1 - y) / (y1 - y0) * self.height])


def view(domain: Domain, size: tuple[int, int], below: int, window: Domain | None = None) -> View:
    """The domain, or a window on it, in a picture of a size with some lines of legend below.

    Both axes have one scale, so that more may be seen, unless that would leave a sliver of the domain.
    """
    width, height = size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM - ROW * below
    spans = np.array([high - low for low, high in window or domain])
    if equal_scale(domain):
        spans = max(spans / (width, height)) * np.array([width, height])
    (x0, x1), (y0, y1) = (
        ((low + high - span) / 2, (low + high + span) / 2)
        for (low, high), span in zip(window or domain, spans, strict=True)
    )
    return View(((float(x0), float(x1)), (float(y0), float(y1))), width, height)


def fine(nodes: Array, seen: View, margin: float = 0.0) -> NDArray[np.float32]:
    """Values at a mesh's nodes over what is seen, and a margin, as pixels of a picture drawn finer; rows go down."""
    last = nodes.shape[0] - 1
    rim = last * margin / (1 + 2 * margin)  # nodes beyond what is seen, on each side
    values = Image.fromarray(np.ascontiguousarray(nodes.T[::-1], dtype=np.float32))
    size = (SCALE * seen.width, SCALE * seen.height)
    box = (rim + 0.5, rim + 0.5, last - rim + 0.5, last - rim + 0.5)  # from the middle of a node's pixel to another's
    return np.asarray(values.resize(size, Image.Resampling.BILINEAR, box=box))


def borders(parts: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where a part begins, seen from the left or from above."""
    line = np.zeros(parts.shape, dtype=bool)
    line[:, 1:] |= parts[:, 1:] != parts[:, :-1]
    line[1:] |= parts[1:] != parts[:-1]
    return line
