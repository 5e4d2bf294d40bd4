"""A tile of trajectories on its way, of each step of which something is kept in mind: recorded, or as the rule is."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.blocks import PATH, Blocks, Fates, Minimum
from optimizers.bulk.emit import NotNative
from optimizers.bulk.machine import Ends, Machine
from optimizers.bulk.native import Native
from optimizers.bulk.observers import Observer
from optimizers.bulk.recording import KNOB, POINT, SEEN, STATE, Key, Recording, leaves, rebuilt
from optimizers.engine import descend, farthest
from optimizers.optimizer import Optimizer

Check = Callable[[], object] | None


class Journey(Protocol):
    """N trajectories at some step."""

    def watch(self, observer: Observer, seen: Any) -> None:
        """From now on an observer is asked after each step, and `seen`, a tuple of arrays (N,), is what it knows."""

    def seen(self) -> Any:
        """What the observer knows by now; it may change with the next step."""

    def point(self) -> Array:
        """Where the trajectories are, (2, N)."""

    def advance(self, borders: list[int]) -> list[Array]:
        """Makes the steps from the first border on; at each of the others gives what the observer puts down, (·, N)."""


class Runs:
    """How runs of a landscape and an optimizer are made; the optimizer is that of the tile at hand."""

    def ends(self, optimizer: Optimizer, starts: Array, kept: tuple[int, ...] = ()) -> Ends:
        """Runs a tile to its end; after `kept` steps a journey may set out later."""
        raise NotImplementedError

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp], step: int = 0) -> Journey:
        """Sets out with some of the tile, which are number `lanes` in it and do not leave.

        Args:
            step: how many steps they have made; 0 or one of those that were kept.
        """
        raise NotImplementedError


class Functional(Runs):
    """Runs whose steps are those of the rule itself, on arrays; the path of the tile at hand is kept."""

    def __init__(self, landscape: Landscape, steps: int, check: Check) -> None:
        self.landscape, self.steps, self.check = landscape, steps, check
        self.path: Array = np.empty((2, steps + 1, 0))

    def ends(self, optimizer: Optimizer, starts: Array, kept: tuple[int, ...] = ()) -> Ends:
        """Runs a tile to its end."""
        self.path = descend(self.landscape, optimizer, starts, self.steps, check=self.check).positions
        gone = np.isnan(self.path[0])
        left = np.where(gone.any(axis=0), gone.argmax(axis=0), -1)
        last = np.where(left < 0, self.steps, left - 1)
        return Ends(np.take_along_axis(self.path, last[None, None], axis=1)[:, 0], left)

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp], step: int = 0) -> "PathJourney":
        """Sets out with some of a tile."""
        return PathJourney(self.path[:, :, lanes], step)


class PathJourney:
    """A journey along paths that are known."""

    def __init__(self, path: Array, step: int) -> None:
        self.path, self.step = path, step
        self.observer: Observer | None = None
        self.known: Any = ()

    def watch(self, observer: Observer, seen: Any) -> None:
        """Asks another observer."""
        self.observer, self.known = observer, seen

    def seen(self) -> Any:
        """What the observer knows by now."""
        return self.known

    def point(self) -> Array:
        """Where the trajectories are."""
        return self.path[:, self.step]

    def advance(self, borders: list[int]) -> list[Array]:
        """Makes some steps."""
        found = []
        with np.errstate(all="ignore"):
            for first, last in pairwise(borders):
                for step in range(first, last):
                    before, self.step = self.point(), step + 1
                    if self.observer is not None:
                        self.known = self.observer.keep(before, self.point(), self.known, float(self.step))
                if self.observer is not None and self.observer.fresh:
                    found.append(np.array([getattr(self.known, name) for name, _ in self.observer.fresh]))
                    size = self.path.shape[2]
                    self.known = self.known._replace(
                        **{name: np.full(size, number) for name, number in self.observer.fresh}
                    )
        return found


class Recorded(Runs):
    """Runs by a recording."""

    def __init__(
        self, landscape: Landscape, recording: Recording, width: int, check: Check, native: bool = True
    ) -> None:
        self.landscape, self.native = landscape, native
        self.recording, self.far, self.width, self.check = recording, farthest(landscape), width, check
        self.machine = lru_cache(maxsize=8)(self._machine)
        self.kept: dict[int, dict[Key, Array]] = {}

    def _machine(self, observer: Observer | None, shape: Any) -> Machine | Native:
        recording, fresh = self.recording, dict[Key, float]()
        if observer is not None:
            recording = recording.observed(observer.keep, rebuilt(shape, lambda _, __: np.empty(1)))
            fresh = {(SEEN, shape._fields.index(name), 0): number for name, number in observer.fresh}
        if self.native:
            try:
                return Native(recording, self.width, fresh)
            except NotNative:
                pass
        return Machine(recording, self.width, fresh)

    @property
    def compiled(self) -> bool:
        """Whether every operation has its equal in the processor, and there is a compiler."""
        return isinstance(self.machine(None, None), Native)

    def ends(self, optimizer: Optimizer, starts: Array, kept: tuple[int, ...] = ()) -> Ends:
        """Runs a tile to its end."""
        with np.errstate(all="ignore"):
            found, self.kept = self.machine(None, None).ends(self.begin(optimizer, starts), self.far, self.check, kept)
        return self._defined(found, starts)

    def blocks(self, scale: Array, kept: tuple[int, ...]) -> Blocks | None:
        """Runs that are judged on their way; None where nothing is compiled, or a path is too long to be at hand."""
        machine, steps = self.machine(None, None), self.recording.which.size
        if not isinstance(machine, Native) or (steps + 1) * 2 * machine.block > PATH:
            return None
        return Blocks(machine, scale, kept, self.far)

    def judged(
        self, blocks: Blocks, optimizer: Optimizer, starts: Array, minima: Sequence[Minimum]
    ) -> tuple[Ends, Fates]:
        """Runs a tile to its end, and tells what those do that end next to one of some minima."""
        found, self.kept, fates = blocks.ends(self.begin(optimizer, starts), minima)
        if self.check is not None:
            self.check()
        return self._defined(found, starts), fates

    def _defined(self, found: Ends, starts: Array) -> Ends:
        if not self.landscape.defined_everywhere:
            nowhere = np.isnan(self.landscape.value(starts))
            found.left[nowhere], found.places[:, nowhere] = 1, starts[:, nowhere]
        return found

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp], step: int = 0) -> "RecordedJourney":
        """Sets out with some of a tile."""
        if step == 0:
            return RecordedJourney(self, self.begin(optimizer, starts))
        kept = self.kept[step]
        if lanes.size < kept[(POINT, 0)].size:
            kept = {key: row[lanes] for key, row in kept.items()}
        return RecordedJourney(self, kept)

    def begin(self, optimizer: Optimizer, starts: Array) -> dict[Key, Array]:
        """All numbers before the first step."""
        size = starts.shape[1]
        numbers: dict[Key, Array] = {(POINT, 0): starts[0], (POINT, 1): starts[1]}
        for key, leaf in leaves(optimizer.init(starts)):
            if isinstance(leaf, np.ndarray):
                numbers |= {(STATE, *key, k): row for k, row in enumerate(leaf.reshape(-1, size))}
        made = optimizer.made
        for name in self.recording.maker.knobs:
            if made is not None:
                numbers[(KNOB, name, 0)] = made.numbers[name]
        return numbers


class RecordedJourney:
    """A journey by programs."""

    def __init__(self, runs: Recorded, numbers: dict[Key, Array]) -> None:
        self.runs, self.numbers, self.size = runs, numbers, numbers[(POINT, 0)].size
        self.machine: Machine | Native | None = None
        self.shape: Any = ()

    def watch(self, observer: Observer, seen: Any) -> None:
        """Asks another observer."""
        self.shape = rebuilt(seen, lambda _, __: 0)
        self._go_on(self.runs.machine(observer, self.shape), {(SEEN, *key, 0): leaf for key, leaf in leaves(seen)})

    def _go_on(self, machine: Machine | Native, seen: dict[Key, Array]) -> Machine | Native:
        if self.machine is not None:
            self.numbers = {key: self.machine.now(key) for key in self.machine.keys if key[0] != SEEN}
        machine.load({**self.numbers, **seen}, self.size)
        self.machine = machine
        return machine

    def seen(self) -> Any:
        """What the observer knows by now."""
        machine = self.machine
        assert machine is not None, "somebody watches"
        return rebuilt(self.shape, lambda key, _: machine.now((SEEN, *key, 0)))

    def point(self) -> Array:
        """Where the trajectories are."""
        if self.machine is None:
            return np.array([self.numbers[(POINT, 0)], self.numbers[(POINT, 1)]])
        return np.array([self.machine.now((POINT, 0)), self.machine.now((POINT, 1))])

    def advance(self, borders: list[int]) -> list[Array]:
        """Makes some steps."""
        machine = self.machine or self._go_on(self.runs.machine(None, None), {})
        with np.errstate(all="ignore"):
            return machine.advance(borders, self.runs.check)
