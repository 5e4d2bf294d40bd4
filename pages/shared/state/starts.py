"""Where else the runs begin besides the start itself: set by hand, in a ring around it, in a grid over the view."""

from dataclasses import dataclass

import numpy as np

from landscapes import Domain, Knob
from words import digits_within, mark

Point = tuple[float, float]

DIGITS = 7  # significant ones of a coordinate
MOST_BY_HAND = 24  # further starts
COUNT = Knob("n", 2, MOST_BY_HAND, mark("starts on the ring"), default=8, integer=True, least=2, costs=True)
RADIUS = Knob("r", 0.01, 0.5, mark("its radius, as a share of the view"), default=0.2, least=1e-6, most=0.5)
SIDE = Knob("n", 2, 5, mark("rows and columns of the grid"), default=4, integer=True, least=2, costs=True)


@dataclass(frozen=True)
class ByHand:
    """Points that were put one by one."""

    points: tuple[Point, ...] = ()

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Wherever the start is."""
        return self.points


@dataclass(frozen=True)
class Ring:
    """Points around the start, the first one to its right; it moves with the start."""

    count: int = int(COUNT.default)
    radius: float = RADIUS.default

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Evenly spread on an ellipse with the view's proportions."""
        angle = 2 * np.pi * np.arange(self.count) / self.count
        wide, high = (self.radius * (b - a) for a, b in domain)
        return points(start[0] + wide * np.cos(angle), start[1] + high * np.sin(angle), domain)


@dataclass(frozen=True)
class Grid:
    """The middles of equal tiles of the view, row by row."""

    side: int = int(SIDE.default)

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Wherever the start is."""
        share = (np.arange(self.side) + 0.5) / self.side
        x, y = (a + share * (b - a) for a, b in domain)
        return points(np.tile(x, self.side), np.repeat(y, self.side), domain)


Further = ByHand | Ring | Grid
ALONE = ByHand()  # no further starts


def points(x: np.ndarray, y: np.ndarray, view: Domain) -> tuple[Point, ...]:
    """Coordinates as points, to as many digits as a map of the view can tell, so that a link stays short.

    >>> points(np.array([1 / 3]), np.array([-2e-9]), ((-1.0, 1.0), (-1.0, 1.0)))
    ((0.3333333, -2e-09),)
    """
    return tuple(placed(point, view) for point in zip(x.tolist(), y.tolist(), strict=True))


def placed(point: Point, view: Domain) -> Point:
    """A point as it is put on a map of the view: to seven digits, or more where the view is far from 0 for its size.

    >>> placed((1000.00012345678, 2.00000012345678), ((999.999, 1000.001), (1.0, 3.0)))
    (1000.0001235, 2.0)
    """
    x, y = (
        float(f"{coordinate:.{digits_within(low, high, DIGITS - 2) + 2}g}")
        for coordinate, (low, high) in zip(point, view, strict=True)
    )
    return x, y
