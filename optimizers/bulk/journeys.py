"""A tile of trajectories on its way, of each step of which something is kept in mind: recorded, or as the rule is."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.machine import Ends, Machine
from optimizers.bulk.native import Native, NotNative
from optimizers.bulk.recording import KNOB, POINT, SEEN, STATE, Key, Recording, leaves, rebuilt
from optimizers.engine import descend, farthest
from optimizers.optimizer import Optimizer

Check = Callable[[], object] | None


class Journey(Protocol):
    """N trajectories at some step."""

    def watch(self, observe: Callable[..., Any], seen: Any) -> None:
        """From now on `observe` is asked after each step, and `seen`, a tuple of arrays (N,), is what it knows."""

    def seen(self) -> Any:
        """What the observer knows by now; it may change with the next step."""

    def point(self) -> Array:
        """Where the trajectories are, (2, N)."""

    def advance(self, first: int, last: int) -> None:
        """Makes the steps from number `first` to before `last`."""


class Runs:
    """How runs of a landscape and an optimizer are made; the optimizer is that of the tile at hand."""

    def ends(self, optimizer: Optimizer, starts: Array) -> Ends:
        """Runs a tile to its end."""
        raise NotImplementedError

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp]) -> Journey:
        """Sets out with some of the tile, which are number `lanes` in it and do not leave."""
        raise NotImplementedError


class Functional(Runs):
    """Runs whose steps are those of the rule itself, on arrays; the path of the tile at hand is kept."""

    def __init__(self, landscape: Landscape, steps: int, check: Check) -> None:
        self.landscape, self.steps, self.check = landscape, steps, check
        self.path: Array = np.empty((2, steps + 1, 0))

    def ends(self, optimizer: Optimizer, starts: Array) -> Ends:
        """Runs a tile to its end."""
        self.path = descend(self.landscape, optimizer, starts, self.steps, check=self.check).positions
        gone = np.isnan(self.path[0])
        left = np.where(gone.any(axis=0), gone.argmax(axis=0), -1)
        last = np.where(left < 0, self.steps, left - 1)
        return Ends(np.take_along_axis(self.path, last[None, None], axis=1)[:, 0], left)

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp]) -> "PathJourney":
        """Sets out with some of a tile."""
        return PathJourney(self.path[:, :, lanes])


class PathJourney:
    """A journey along paths that are known."""

    def __init__(self, path: Array) -> None:
        self.path, self.step = path, 0
        self.observe: Callable[..., Any] | None = None
        self.known: Any = ()

    def watch(self, observe: Callable[..., Any], seen: Any) -> None:
        """Asks another observer."""
        self.observe, self.known = observe, seen

    def seen(self) -> Any:
        """What the observer knows by now."""
        return self.known

    def point(self) -> Array:
        """Where the trajectories are."""
        return self.path[:, self.step]

    def advance(self, first: int, last: int) -> None:
        """Makes some steps."""
        with np.errstate(all="ignore"):
            for step in range(first, last):
                before, self.step = self.point(), step + 1
                if self.observe is not None:
                    self.known = self.observe(before, self.point(), self.known, float(self.step))


class Recorded(Runs):
    """Runs by a recording."""

    def __init__(
        self, landscape: Landscape, recording: Recording, width: int, check: Check, native: bool = True
    ) -> None:
        self.landscape, self.native = landscape, native
        self.recording, self.far, self.width, self.check = recording, farthest(landscape), width, check
        self.machine = lru_cache(maxsize=8)(self._machine)

    def _machine(self, observe: Callable[..., Any] | None, shape: Any) -> Machine | Native:
        recording = self.recording
        if observe is not None:
            recording = recording.observed(observe, rebuilt(shape, lambda _, __: np.empty(1)))
        if self.native:
            try:
                return Native(recording, self.width)
            except NotNative:
                pass
        return Machine(recording, self.width)

    def ends(self, optimizer: Optimizer, starts: Array) -> Ends:
        """Runs a tile to its end."""
        with np.errstate(all="ignore"):
            found = self.machine(None, None).ends(self.begin(optimizer, starts), self.far, self.check)
        if not self.landscape.defined_everywhere:
            nowhere = np.isnan(self.landscape.value(starts))
            found.left[nowhere], found.places[:, nowhere] = 1, starts[:, nowhere]
        return found

    def journey(self, optimizer: Optimizer, starts: Array, lanes: NDArray[np.intp]) -> "RecordedJourney":
        """Sets out with a tile."""
        machine = self.machine(None, None)
        machine.load(self.begin(optimizer, starts), starts.shape[1])
        return RecordedJourney(self, machine)

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

    def __init__(self, runs: Recorded, machine: Machine | Native) -> None:
        self.runs, self.machine = runs, machine
        self.shape: Any = ()

    def watch(self, observe: Callable[..., Any], seen: Any) -> None:
        """Asks another observer."""
        shape = rebuilt(seen, lambda _, __: 0)
        machine = self.runs.machine(observe, shape)
        size = self.machine.size
        numbers: dict[Key, Array] = {(SEEN, *key, 0): leaf for key, leaf in leaves(seen)}
        if machine is not self.machine:
            numbers |= {key: self.machine.now(key) for key in self.machine.keys if key[0] != SEEN}
        machine.load(numbers, size)
        self.machine, self.shape = machine, shape

    def seen(self) -> Any:
        """What the observer knows by now."""
        return rebuilt(self.shape, lambda key, _: self.machine.now((SEEN, *key, 0)))

    def point(self) -> Array:
        """Where the trajectories are."""
        return np.array([self.machine.now((POINT, 0)), self.machine.now((POINT, 1))])

    def advance(self, first: int, last: int) -> None:
        """Makes some steps."""
        with np.errstate(all="ignore"):
            self.machine.advance(first, last, self.runs.check)
