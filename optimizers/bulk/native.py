"""Programs compiled for this processor; needs llvmlite.

Without it, or with operations that it has not the same bits for, `Machine` does the same.
"""

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array
from optimizers.bulk.emit import ALIVE, LEFT, NotNative, Writer
from optimizers.bulk.machine import Ends
from optimizers.bulk.recording import POINT, Key, Recording

try:
    from llvmlite import binding
except ImportError:  # there are platforms without it
    binding = None

WIDE, NARROW = 32, 16  # trajectories that are worked on together: as many as there are registers for
FEW = 11  # numbers of a trajectory that are carried over, for which there are registers for many
AT_ONCE = 4096  # steps between two calls of `check`
ADDRESS, NUMBER = ctypes.c_void_p, ctypes.c_int64
TABLE = (ADDRESS, NUMBER, NUMBER, ADDRESS, ADDRESS)  # numbers of the trajectories, and of the program
LINKED = (NUMBER, *TABLE, NUMBER, NUMBER, ctypes.c_double, ADDRESS, ADDRESS, NUMBER)
FACES: dict[str, tuple[Any, ...]] = {
    "going": (None, *TABLE, ADDRESS, NUMBER, NUMBER, ADDRESS, NUMBER),
    "leaving": LINKED,
    "linked": LINKED,  # one of those that blocks go through one after the other
    "chain": (None, ADDRESS, NUMBER, NUMBER, NUMBER),
}


class Compiled(NamedTuple):
    """A function in memory; it lives as long as its engine."""

    engine: Any
    run: Callable[..., None]


_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=64)
def engine(text: str, face: str) -> Compiled:
    """Compiles, once for all programs that differ in numbers alone."""
    with _ONE_AT_A_TIME:
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        module = binding.parse_assembly(text)
        features = binding.get_host_cpu_features().flatten()
        target = binding.Target.from_default_triple()
        machine = target.create_target_machine(cpu=binding.get_host_cpu_name(), features=features, opt=3)
        builder = binding.create_pass_builder(machine, binding.create_pipeline_tuning_options())
        passes = binding.create_new_module_pass_manager()
        passes.add_sroa_pass()  # what is carried over is in registers; the rest is as short as it gets
        passes.run(module, builder)
        builder.close()
        engine = binding.create_mcjit_compiler(module, machine)  # which owns the machine from now on
        engine.finalize_object()
        return Compiled(engine, ctypes.CFUNCTYPE(*FACES[face])(engine.get_function_address("run")))


class Part(NamedTuple):
    """A program with the numbers that are the same in all steps."""

    code: Compiled
    literals: Array


class Native:
    """Runs the programs of a recording on one tile after the other; has the face of `Machine`.

    Args:
        fresh: what is put down at the end of a stretch of steps, and the number from which it begins anew.
    """

    def __init__(self, recording: Recording, width: int, fresh: dict[Key, float] | None = None) -> None:
        if binding is None:
            raise NotNative("llvmlite is not installed")
        self.recording, self.fresh = recording, fresh or {}
        keys = {key for program in recording.programs for key in program.inputs} | recording.layout.keys()
        self.keys = sorted(keys, key=str)
        self.rows = {key: row for row, key in enumerate([*self.keys, LEFT, ALIVE])}
        self.block = WIDE if len(self.keys) <= FEW else NARROW
        self.width = -(-width // WIDE) * WIDE
        self.lanes = np.zeros((len(self.rows), self.width))
        self.size = width
        self.tables = [np.ascontiguousarray(table) for table in recording.tables]
        which = recording.which
        self.changes = [*(np.flatnonzero(np.diff(which)) + 1).tolist(), which.size]  # steps of another program
        self.texts: dict[tuple[int, str], tuple[str, Array]] = {}
        self.parts: dict[tuple[int, str], Part] = {}
        for number in range(len(recording.programs)):
            self._written(number, "going")  # compiled when it is to run, if ever

    def _written(self, number: int, face: str) -> tuple[str, Array]:
        """A program as it is compiled, and its literals; refused where an operation has not the same bits."""
        if (number, face) not in self.texts:
            program, slots = self.recording.programs[number], self.tables[number].shape[1]
            writer = Writer(program, self.keys if face == "going" else list(self.rows), slots, self.block)
            text = writer.going(self.fresh) if face == "going" else writer.leaving(with_path=face == "linked")
            self.texts[number, face] = text, np.array([*writer.literals, 0.0])
        return self.texts[number, face]

    def _part(self, number: int, face: str) -> Part:
        if (number, face) not in self.parts:
            text, literals = self._written(number, face)
            self.parts[number, face] = Part(engine(text, face), literals)
        return self.parts[number, face]

    def stretches(self, borders: tuple[int, ...], face: str) -> Iterator[tuple[int, int, Part, Array]]:
        """All steps in parts that one program makes without a stop: first, last, code and the numbers in its slots."""
        first, steps = 0, self.recording.which.size
        while first < steps:
            until = self._same(first, min(step for step in (*borders, steps) if step > first))
            number = int(self.recording.which[first])
            yield first, until, self._part(number, face), self.tables[number]
            first = until

    def load(self, numbers: dict[Key, Array], size: int) -> None:
        """Sets what a tile of `size` trajectories begins with."""
        self.size = size
        for key, values in numbers.items():
            if key in self.rows:
                row = self.lanes[self.rows[key]]
                row[:size] = values
                row[size : size + WIDE] = row[size - 1]  # a block is filled up with trajectories that do no harm

    def now(self, key: Key) -> Array:
        """The numbers that are carried over under a key, (size,); they may be written to."""
        here: Array = self.lanes[self.rows[key], : self.size]
        return here

    def advance(self, borders: list[int], check: Callable[[], object] | None) -> list[Array]:
        """Makes the steps from the first border on to each of the others; what was put down there, (fresh, size) each.

        What is carried over is then as it is after the last step, but that what is `fresh` begins anew.
        """
        found = np.empty((len(borders) - 1, len(self.fresh), -(-self.size // WIDE) * WIDE))
        done = 0
        for number, bounds in self._calls(borders):
            part, table = self._part(number, "going"), self.tables[number]
            whole = len(bounds) - 1 if bounds[-1] in borders else len(bounds) - 2
            marks = np.array(bounds)
            part.code.run(
                *(self.lanes.ctypes.data, self.width, self.size, table.ctypes.data, part.literals.ctypes.data),
                *(marks.ctypes.data, marks.size - 1, whole, found[done:].ctypes.data, found.shape[2]),
            )
            done += whole
            if check is not None:
                check()
        return [each[:, : self.size] for each in found]

    def _calls(self, borders: list[int]) -> Iterator[tuple[int, list[int]]]:
        """The steps in parts that one program makes at once: its number, and the borders within, with both ends."""
        first = borders[0]
        while first < borders[-1]:
            until = self._same(first, borders[-1])
            inside = borders[bisect_right(borders, first) : bisect_left(borders, until)]
            yield int(self.recording.which[first]), [first, *inside, until]
            first = until

    def _same(self, first: int, last: int) -> int:
        """Up to where the program of step `first` is that of the steps after it."""
        change = self.changes[bisect_right(self.changes, first)]
        return min(last, first + AT_ONCE, change)

    def ends(
        self, numbers: dict[Key, Array], far: float, check: Callable[[], object] | None, kept: tuple[int, ...] = ()
    ) -> tuple[Ends, dict[int, dict[Key, Array]]]:
        """Runs a tile to its end, and what was carried over after `kept` steps.

        A trajectory that leaves stays at its last place.
        """
        size = numbers[(POINT, 0)].size
        self.load({**numbers, LEFT: np.zeros(1), ALIVE: np.ones(1)}, size)
        found = {}
        for first, until, part, table in self.stretches(kept, "leaving"):
            part.code.run(
                *(self.lanes.ctypes.data, self.width, self.size, table.ctypes.data, part.literals.ctypes.data),
                *(first, until, far, None, None, 0),
            )
            if until in kept:
                found[until] = {key: self.now(key).copy() for key in self.keys}
            if check is not None:
                check()
        return self.ended(), found

    def ended(self) -> Ends:
        """Where the trajectories are, and which have left."""
        places = np.array([self.now((POINT, 0)), self.now((POINT, 1))])
        left, gone = np.full(self.size, -1), np.flatnonzero(self.now(ALIVE) == 0)
        left[gone] = self.now(LEFT)[gone].astype(np.int64) + 1
        return Ends(places, left)
