"""Where else the runs begin besides the start itself: set by hand, in a ring around it, in a grid over the view."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from landscapes import Domain, Knob, Landscape
from pages.shared.fields import BETWEEN, FARTHEST, Field, Parts, Point, Reader, exact, joined, number
from words import Message, coordinates, digits_within, mark, message

RING, GRID = "ring", "grid"  # before the numbers of a pattern of starts in a link
START = "start"  # the parameter of the start, and behind it of those that were put by hand
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


@dataclass(frozen=True)
class Start(Field):
    """Where the runs begin, the first of what a link has of starts."""

    default: Any

    def read(self, reader: Reader, key: str, choices: Any) -> Point:
        """The first point, where f is defined there."""
        for point in read_points(reader, key)[:1]:
            refused = undefined_at(choices.build(), point)
            if refused is None:
                return point
            reader.drop(f"{key}={reader.text(key)}", refused)
        return self.usual(choices)

    def write(self, value: Point, choices: Any) -> str:
        """Both coordinates."""
        return joined(value)


@dataclass(frozen=True)
class FurtherStarts(Field):
    """Starts besides that one: a pattern, or by hand behind the start."""

    default: Further = ALONE
    also = (START,)

    def read(self, reader: Reader, key: str, choices: Any) -> Further:
        """The pattern, and where there is none all points but the first."""
        return read_pattern(reader, key) or ByHand(tuple(read_points(reader, START)[1:]))

    def parts(self, key: str, value: Further, choices: Any) -> Parts:
        """ring~8~0.2, grid~4, or all points with the start."""
        match value:
            case Ring(count=count, radius=radius):
                return {key: BETWEEN.join([RING, joined([count, radius])])}
            case Grid(side=side):
                return {key: BETWEEN.join([GRID, joined([side])])}
            case ByHand(points=by_hand):
                return {START: joined([c for point in (choices.start, *by_hand) for c in point])} if by_hand else {}


def undefined_at(landscape: Landscape, start: Point) -> Message | None:
    """Why no run can begin at a place; None where one can."""
    if landscape.defined_everywhere or np.isfinite(landscape.value(np.array(start))):
        return None
    return message("f is not defined at {place}, a run begins where it is", place=coordinates(start))


def read_points(reader: Reader, key: str) -> list[Point]:
    """The start, and behind it those that were put by hand: x~y~x~y."""
    text = reader.text(key)
    if text is None:
        return []
    parts = [number(part) for part in text.split(BETWEEN)]
    numbers = [part for part in parts if part is not None]
    most = 1 + MOST_BY_HAND
    if len(numbers) < len(parts) or len(parts) % 2 or len(parts) > 2 * most:
        reader.drop(
            f"{key}={text}",
            message(
                "{name} is two numbers such as {example} for each of at most {most} starts",
                name=key,
                example=f"-1{BETWEEN}1",
                most=most,
            ),
        )
        return []
    if max(map(abs, numbers)) > FARTHEST:
        reader.drop(f"{key}={text}", message("a {name} lies within ±{farthest}", name=key, farthest=f"{FARTHEST:g}"))
        return []
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def read_pattern(reader: Reader, key: str) -> Ring | Grid | None:
    """A ring or a grid of starts: ring~8~0.2, grid~4."""
    text = reader.text(key)
    if text is None:
        return None
    name, *texts = text.split(BETWEEN)
    if not name:
        return None
    marks = {RING: (COUNT, RADIUS), GRID: (SIDE,)}.get(name, ())
    found = [number(part) for part in texts]
    sound = [n for knob, n in zip(marks, found, strict=False) if n is not None and knob.open_to(n)]
    if marks and len(sound) == len(marks) == len(found):
        return Ring(int(sound[0]), sound[1]) if name == RING else Grid(int(sound[0]))
    spans = {
        knob: message("{low} to {high}", low=exact(knob.least), high=exact(knob.top)) for knob in (COUNT, RADIUS, SIDE)
    }
    wanted = message(
        "starts is ring~{count}~{radius}, or grid~{side}", count=spans[COUNT], radius=spans[RADIUS], side=spans[SIDE]
    )
    reader.drop(f"{key}={text}", wanted)
    return None
