"""Where else the runs begin besides the start itself: set by hand, in a ring round it, in a grid over the view."""

from dataclasses import dataclass

import numpy as np

from landscapes import Domain, Knob

Point = tuple[float, float]

MOST_BY_HAND = 24  # further starts
COUNT = Knob("n", 2, MOST_BY_HAND, "starts on the ring", default=8, integer=True)
RADIUS = Knob("r", 0.01, 0.5, "its radius, as a share of the view", default=0.2)
SIDE = Knob("n", 2, 5, "rows and columns of the grid", default=4, integer=True)


@dataclass(frozen=True)
class ByHand:
    """Points that were put one by one."""

    points: tuple[Point, ...] = ()

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Wherever the start is."""
        return self.points


@dataclass(frozen=True)
class Ring:
    """Points round the start, the first one to its right; it moves with the start."""

    count: int = int(COUNT.default)
    radius: float = RADIUS.default

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Evenly spread on an ellipse with the view's proportions."""
        angle = 2 * np.pi * np.arange(self.count) / self.count
        wide, high = (self.radius * (b - a) for a, b in domain)
        return points(start[0] + wide * np.cos(angle), start[1] + high * np.sin(angle))


@dataclass(frozen=True)
class Grid:
    """The middles of equal tiles of the view, row by row."""

    side: int = int(SIDE.default)

    def places(self, start: Point, domain: Domain) -> tuple[Point, ...]:
        """Wherever the start is."""
        share = (np.arange(self.side) + 0.5) / self.side
        x, y = (a + share * (b - a) for a, b in domain)
        return points(np.tile(x, self.side), np.repeat(y, self.side))


Further = ByHand | Ring | Grid
ALONE = ByHand()  # no further starts


def points(x: np.ndarray, y: np.ndarray) -> tuple[Point, ...]:
    """Coordinates as points, to seven digits: a map cannot tell more, and a link stays short.

    >>> points(np.array([1 / 3]), np.array([-2e-9]))
    ((0.3333333, -2e-09),)
    """
    return tuple((digits(a), digits(b)) for a, b in zip(x, y, strict=True))


def digits(coordinate: float) -> float:
    """A coordinate to seven digits."""
    return float(f"{coordinate:.7g}")
