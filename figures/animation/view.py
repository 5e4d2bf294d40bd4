"""From the landscape's coordinates to the picture's pixels."""

from dataclasses import dataclass

import numpy as np

from figures.maps import NARROW
from landscapes import Array, Domain

SCALE = 2  # masks and level sets are drawn so many times finer than the picture, for soft edges
LEFT, TOP, RIGHT, BOTTOM = 46, 38, 12, 30  # pixels round the plot; the legend comes below
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


def view(domain: Domain, size: tuple[int, int], below: int) -> View:
    """The domain in a picture of a size with some lines of legend below.

    Both axes have one scale, so that more than the domain may be seen, unless that would leave a sliver of it.
    """
    width, height = size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM - ROW * below
    spans = np.array([high - low for low, high in domain])
    if 1 / NARROW <= spans[0] / spans[1] <= NARROW:
        spans = max(spans / (width, height)) * np.array([width, height])
    (x0, x1), (y0, y1) = (
        ((low + high - span) / 2, (low + high + span) / 2) for (low, high), span in zip(domain, spans, strict=True)
    )
    return View(((float(x0), float(x1)), (float(y0), float(y1))), width, height)
