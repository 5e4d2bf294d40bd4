"""Runs of one block of trajectories after the other, judged while the path of the block is in the processor's cache.

Those that end next to a known minimum are told at once; all others are left to `Judge`, which knows more.
"""

import ctypes
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.bulk.emit import ALIVE, LEFT
from optimizers.bulk.emit_along import COPY, FIELDS, SIDE, Along, chain
from optimizers.bulk.machine import Ends, aligned
from optimizers.bulk.native import Compiled, Native, engine
from optimizers.bulk.observers import NOTHING
from optimizers.bulk.questions import LOOK, RESTLESS, RESULTS, SETTLED, Questions, program
from optimizers.bulk.recording import POINT, Key

PATH = 2**17  # numbers in the path of a block: as many as the processor keeps at hand
FEW = 8  # trajectories that are asked together what is asked once
MOST = 32  # minima that each run is compared with


class Minimum(NamedTuple):
    """A place at which runs settle."""

    x: float
    y: float
    radius: float  # views: from nearer than this it is certain to be the place next to the end


class Fates(NamedTuple):
    """What is known of N runs; of those that have left it says nothing."""

    settled: NDArray[np.bool_]  # (N,), at a minimum, for certain
    restless: NDArray[np.bool_]  # (N,), next to a minimum but not staying there, for certain
    places: Array  # (2, N), the minimum where a run has settled; else the last position
    since: Array  # (N,), the step from which on it is there; else the last one


def nothing_known(last: Array, steps: int) -> Fates:
    """What is known of runs that nobody looked at but for their last positions."""
    nobody = np.zeros(last.shape[1], dtype=bool)
    return Fates(nobody, nobody, last.copy(), np.full(last.shape[1], float(steps)))


class Blocks:
    """Runs tiles block by block, and judges each block at once.

    Args:
        machine: makes the steps.
        kept: steps after which what is carried over is kept.
    """

    def __init__(self, machine: Native, questions: Questions, kept: tuple[int, ...], far: float) -> None:
        self.machine, self.far, block = machine, far, machine.block
        self.path = aligned(questions.steps + 1, 2 * block)
        self.table = aligned(max(questions.rows.values()) + 1, block)
        self.results = np.zeros((len(RESULTS), machine.width))
        self.kept = {step: np.zeros((len(machine.keys), machine.width)) for step in kept}
        self.path[:], self.table[:] = 0.0, 0.0  # as long as nobody has been there
        self._run = engine(chain(), "chain").run
        self.held: list[Any] = [self.path, self.table]  # what the calls refer to
        self.stepping = self._stepping()
        self._ask(questions)

    def ends(self, numbers: dict[Key, Array], minima: list[Minimum]) -> tuple[Ends, dict[int, dict[Key, Array]], Fates]:
        """Runs a tile to its end, gives what was carried over after the steps that are kept, and judges the runs."""
        machine, size = self.machine, numbers[(POINT, 0)].size
        machine.load({**numbers, LEFT: np.zeros(1), ALIVE: np.ones(1)}, size)
        minima = minima[:MOST]
        for number, minimum in enumerate(minima):
            self.slots[number] = (*minimum, number)
        calls = np.array([*self.stepping, self.opening, *self.nearest[: len(minima)], *self.judging], dtype=np.int64)
        self._run(calls.ctypes.data, len(calls), size, machine.block)
        kept = {
            step: {key: row[:size] for key, row in zip(machine.keys, rows, strict=True)}
            for step, rows in self.kept.items()
        }
        fate, x, y, since = self.results[:, :size]
        return machine.ended(), kept, Fates(fate == SETTLED, fate == RESTLESS, np.array([x, y]), since)

    def _stepping(self) -> list[list[int]]:
        """The steps, and what is kept on the way."""
        machine = self.machine
        lanes = {"lanes": machine.lanes.ctypes.data, "shift": 8, "stride": machine.width}
        calls = []
        for first, last, part, table in machine.stretches(tuple(self.kept), "linked"):
            self.held += [part, table]
            calls.append(
                _call(
                    part.code,
                    **lanes,
                    table=table.ctypes.data,
                    literals=part.literals.ctypes.data,
                    first=first,
                    last=last,
                    far=self.far,
                    path=self.path.ctypes.data,
                )
            )
            if last in self.kept:
                rows = self.kept[last]
                copy = engine(COPY, "linked")
                calls.append(_call(copy, **lanes, last=len(rows), out=rows.ctypes.data, room=machine.width))
        return calls

    def _ask(self, questions: Questions) -> None:
        """Prepares the calls that judge, but for those that look for the nearest minimum."""
        table, block = self.table, self.machine.block

        def asked(name: str, first: int, last: int, size: int = FEW, row: int = 0, **fields: Any) -> list[int]:
            ask, looks = program(getattr(questions, name)), name == "looking"
            fresh = {(field, 0): number for field, number in zip(LOOK, NOTHING, strict=True)} if looks else {}
            rows = {(field, 0): k for k, field in enumerate(LOOK)} if looks else questions.rows
            writer = Along(ask, rows, fresh, size)
            code, literals = engine(writer.text(), "linked"), np.array([*writer.literals, 0.0])
            self.held.append(literals)
            return _call(
                code, lanes=table[row:].ctypes.data, stride=block, literals=literals.ctypes.data, first=first,
                last=last, path=self.path.ctypes.data, out=self.results.ctypes.data, room=self.machine.width, **fields,
            )  # fmt: skip

        end, (begin, split) = questions.steps, questions.windows.before
        self.opening = asked("opening", end, end + 1)
        self.slots = np.zeros((MOST, 4))
        address = self.slots.ctypes.data
        self.nearest = [asked("nearest", end, end + 1, table=address + k * self.slots.strides[0]) for k in range(MOST)]
        parts = zip(questions.parts, questions.looks, strict=True)
        self.judging = [
            asked("met", end, end + 1),
            *(asked("looking", first, last, SIDE, row) for (first, last), row in parts),
            asked("glance", end, end + 1),
            asked("staying", 0, begin, SIDE),
            asked("approaching", begin, split, SIDE),
            asked("verdict", end, end + 1),
        ]


def _call(code: Compiled, **fields: Any) -> list[int]:
    """The fields of a call; what is not given is zero."""
    known = {
        **fields,
        "run": ctypes.cast(code.run, ctypes.c_void_p).value,  # type: ignore[arg-type]
        "far": int(np.float64(fields.get("far", 0.0)).view(np.int64)),
    }
    return [known.get(name, 0) for name in FIELDS]
