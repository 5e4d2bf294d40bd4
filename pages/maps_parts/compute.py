"""Every start of a window run once: in pieces, so that what is done stays done where a visitor asks for something else.

What is computed for one visitor is there for all who open the same link; a map that several ask for at once is computed
once.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Domain, Knob, Landscape
from optimizers import Optimizer, Verdict, descend, verdict
from optimizers.bulk import KINDS, Grid, Tile, most_trajectories, sweep, sweep_in_tiles
from pages.maps_parts.workers import workers
from pages.shared.race import breathe, in_turn, kept
from pages.shared.state import WARMUP, Point, RunChoice, Where, built, takes_warmup

WARM = "warmup"  # the length of a warm-up as one of the numbers of a run
PREVIEW = 128  # starts along each side of a map that is there at once
PIECE = 2**15  # starts that are run together
MANY = 64  # pieces from which on a map is computed by several: with fewer one is as fast
AT_ONCE = 32  # pieces that are handed out together
UNDIVIDED = 256  # trajectories that are run together where they cannot be divided
FEW = 64  # starts along each side of such a map
MOST_STARTS = 4_400_000  # of the pieces that are kept, of 37 bytes each: one map as sharp as there is, and a little
LOG = logging.getLogger(__name__)
MOST_UPDATES = 4_000_000_000  # of all trajectories of a map


@dataclass(frozen=True)
class Sweep:
    """A run from every start of a window, by names and numbers: its cache key, and all that is needed to compute it."""

    where: Where
    run: RunChoice
    window: Domain
    side: int  # starts along each side
    steps: int

    @property
    def grid(self) -> Grid:
        """Where the trajectories start."""
        return Grid(self.window, self.side, self.side)

    @property
    def pieces(self) -> int:
        """In how many pieces it is computed."""
        return -(-self.grid.size // PIECE)

    @property
    def divisible(self) -> bool:
        """Whether some of the trajectories can be taken out of an optimizer that was made for all."""
        return True

    def trajectories(self, first: int, last: int) -> tuple[Optimizer, Array]:
        """The optimizer and the starts, (2, N), of the trajectories from number `first` to before `last`."""
        return self.run.build(), self.grid.starts(first, last)

    def tiles(self, first: int, last: int, client: Any) -> Iterator[Tile]:
        """What the same come to, by others."""
        landscape, optimizer = built(*self.where), self.run.build()
        return sweep_in_tiles(
            landscape, optimizer, self.grid, self.steps, first=first, last=last, client=client, check=breathe
        )


def turnable(run: RunChoice, steps: int) -> dict[str, Knob]:
    """The numbers of a run of so many steps that a map may be over: its rule's, and its warm-up's length."""
    if run.schedule != "constant" or not takes_warmup(run):
        return run.knobs
    return run.knobs | {WARM: replace(WARMUP, high=max(2, steps // 2))}


@dataclass(frozen=True)
class KnobSweep(Sweep):
    """A run from one start at every pair of two of its numbers; the window is of these, of their powers of ten."""

    knobs: tuple[str, str]  # across and upwards
    start: Point

    @property
    def divisible(self) -> bool:
        """Not where a schedule holds the numbers."""
        return WARM in self.knobs or not (self.run.scheduled and "learning_rate" in self.knobs)

    def values(self, first: int, last: int) -> dict[str, Array]:
        """The numbers of the trajectories from number `first` to before `last`, (N,) each."""
        known = turnable(self.run, self.steps)
        return {
            name: 10.0**axis if known[name].log else np.round(axis) if known[name].integer else axis
            for name, axis in zip(self.knobs, self.grid.starts(first, last), strict=True)
        }

    def trajectories(self, first: int, last: int) -> tuple[Optimizer, Array]:
        """The optimizer with its arrays of numbers, and the start as often as it is needed, (2, N)."""
        starts = np.repeat(np.array(self.start)[:, None], last - first, axis=1)
        return self.run.build(**self.values(first, last)), starts

    def tiles(self, first: int, last: int, client: Any) -> Iterator[Tile]:
        """What the same come to, by others."""
        optimizer, starts = self.trajectories(first, last)
        found = sweep_in_tiles(built(*self.where), optimizer, starts, self.steps, client=client, check=breathe)
        return (Tile(first + tile.first, tile.outcomes) for tile in found)


@dataclass(frozen=True, eq=False)
class Piece:
    """What some of the trajectories came to."""

    positions: Array  # (2, N), nan where it left
    kinds: NDArray[np.int8]
    places: Array  # (2, N)
    steps: NDArray[np.int32]


@kept("maps")
def piece(asked: Sweep, number: int) -> Piece:
    """One of the pieces."""
    first, last = number * PIECE, min((number + 1) * PIECE, asked.grid.size)
    landscape = built(*asked.where)
    with in_turn(asked.run.weight * asked.steps * (last - first)):
        if asked.divisible:
            optimizer, starts = asked.trajectories(first, last)
            found = sweep(landscape, optimizer, starts, asked.steps, check=breathe)
            return Piece(found.positions, found.kinds, found.places, found.steps)
        parts = [
            one_by_one(landscape, *asked.trajectories(begin, min(begin + UNDIVIDED, last)), asked.steps)
            for begin in range(first, last, UNDIVIDED)
        ]
    return joined(parts)


def one_by_one(landscape: Landscape, optimizer: Optimizer, starts: Array, steps: int) -> Piece:
    """The same by `descend` and `verdict`, which take far longer."""
    run = descend(landscape, optimizer, starts, steps, check=breathe)
    verdicts = verdict(landscape, optimizer, run)
    breathe()
    each = [found for found in verdicts if isinstance(found, Verdict)]
    return Piece(
        run.positions[:, -1],
        np.array([KINDS.index(found.kind) for found in each], dtype=np.int8),
        np.stack([found.position for found in each], axis=1),
        np.array([found.step for found in each], dtype=np.int32),
    )


def joined(parts: Sequence[Piece]) -> Piece:
    """Several pieces as one."""
    return Piece(*(np.concatenate([getattr(each, name) for each in parts], axis=-1) for name in Piece.__annotations__))


def swept(asked: Sweep, progress: Callable[[float], object] = lambda share: None) -> Piece:
    """All of them, row by row from the lowest; `progress` hears which share is done."""
    if asked.divisible and asked.pieces >= MANY and not is_swept(asked):
        by_others(asked, progress)
    found = []
    for number in range(asked.pieces):
        found.append(piece(asked, number))
        breathe()
        progress((number + 1) / asked.pieces)
    return joined(found)


def by_others(asked: Sweep, progress: Callable[[float], object]) -> None:
    """Has the pieces that are missing computed by others; where they cannot, they stay missing."""
    client = workers()
    if client is None:
        return
    done = 0
    try:
        for begin in range(0, asked.pieces, AT_ONCE):
            numbers = range(begin, min(begin + AT_ONCE, asked.pieces))
            for number in pieces_by_others(asked, numbers, client):
                done = max(done, number + 1)
                progress(done / asked.pieces)
    except (BrokenExecutor, OSError) as error:
        LOG.warning("a map that others computed is finished here: %s", error)


def pieces_by_others(asked: Sweep, numbers: range, client: Any) -> Iterator[int]:
    """Some of the pieces, as they are finished: their numbers."""
    missing = [number for number in numbers if not piece.has(asked, number)]  # type: ignore[attr-defined]
    if not missing:
        return
    first, last = missing[0] * PIECE, min((missing[-1] + 1) * PIECE, asked.grid.size)
    parts: dict[int, list[Tile]] = {}
    with in_turn(asked.run.weight * asked.steps * (last - first)):
        for tile in asked.tiles(first, last, client):
            number = tile.first // PIECE
            mine = parts.setdefault(number, [])
            mine.append(tile)
            if sum(each.outcomes.kinds.size for each in mine) == min(PIECE, asked.grid.size - number * PIECE):
                whole = sorted(parts.pop(number), key=lambda each: each.first)
                piece.put(joined([Piece(*each.outcomes) for each in whole]), asked, number)  # type: ignore[attr-defined]
                yield number


def is_swept(asked: Sweep) -> bool:
    """Whether it is there already."""
    return all(piece.has(asked, number) for number in range(asked.pieces))  # type: ignore[attr-defined]


@kept("maps")
def room_for(landscape: Landscape, run: RunChoice) -> int:
    """How many trajectories of a run are swept together at most."""
    return most_trajectories(landscape, run.build())


def side_within_budget(landscape: Landscape, run: RunChoice, steps: int, wanted: int, maps: int = 1) -> int:
    """The starts along each side for which there is room, as many as wanted at most, halved until they fit.

    Args:
        maps: how many are seen at once: what is kept has to hold all of them.
    """
    most = min(room_for(landscape, run), MOST_UPDATES // (run.weight * steps), MOST_STARTS // maps)
    side = wanted
    while side > 1 and side * side > most:
        side //= 2
    return side
