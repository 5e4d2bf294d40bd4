"""Runs of one block of trajectories after the other, judged while the path of the block is in the processor's cache.

Those that end next to a known minimum are told at once; all others are left to `Judge`, which knows more.
"""

import ctypes
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.bulk.emit import ALIVE, LEFT
from optimizers.bulk.emit_along import COPY, FIELDS, Along, chain
from optimizers.bulk.machine import Ends, aligned
from optimizers.bulk.native import Native, Part, engine
from optimizers.bulk.observers import NOTHING
from optimizers.bulk.questions import LOOK, RESTLESS, RESULTS, SETTLED, Questions, program
from optimizers.bulk.recording import POINT, Key
from optimizers.bulk.windows import windows

PATH = 2**17  # numbers in the path of a block: as many as the processor keeps at hand
FEW, SEVERAL = 8, 16  # trajectories of a block that are looked at together
SIDES = {
    "opening": FEW,
    "nearest": FEW,
    "met": FEW,
    "looking": SEVERAL,
    "glance": FEW,
    "staying": SEVERAL,
    "approaching": FEW,
    "verdict": FEW,
}  # the questions: as many as there are registers for
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


@lru_cache(maxsize=32)
def answers(steps: int, scale: tuple[float, float]) -> tuple[Questions, dict[str, Part]]:
    """The questions, compiled: the same for all runs that are as long and whose view is as wide."""
    questions, found = Questions(steps, windows(steps), np.array(scale)), dict[str, Part]()
    rows: dict[Key, int]
    fresh: dict[Key, float]
    for name, block in SIDES.items():
        if name == "looking":
            rows = {(field, 0): row for row, field in enumerate(LOOK)}
            fresh = {(field, 0): float(number) for field, number in zip(LOOK, NOTHING, strict=True)}
        else:
            rows, fresh = questions.rows, {}
        writer = Along(program(getattr(questions, name)), rows, fresh, block)
        found[name] = Part(engine(writer.text(), "linked"), np.array([*writer.literals, 0.0]))
    return questions, found


class Blocks:
    """Runs tiles block by block, and judges each block at once.

    Args:
        machine: makes the steps.
        scale: a view, (2,).
        kept: steps after which what is carried over is kept.
    """

    def __init__(self, machine: Native, scale: Array, kept: tuple[int, ...], far: float) -> None:
        self.machine, self.far, block, steps = machine, far, machine.block, machine.recording.which.size
        self.questions, self.answers = answers(steps, (float(scale[0]), float(scale[1])))
        self.path = aligned(steps + 1, 2 * block)
        self.table = aligned(self.questions.looks[-1] + len(LOOK), block)
        self.path[:], self.table[:] = 0.0, 0.0  # as long as nobody has been there
        self.minima = np.zeros((MOST, 4))
        self.results = np.zeros((len(RESULTS), machine.width))
        self.kept = {step: np.zeros((len(machine.keys), machine.width)) for step in kept}
        self.chain, self.copy = engine(chain(), "chain"), engine(COPY, "linked")
        self.stepping, self.judging = self._stepping(), self._judging()

    def ends(
        self, numbers: dict[Key, Array], minima: Sequence[Minimum]
    ) -> tuple[Ends, dict[int, dict[Key, Array]], Fates]:
        """Runs a tile to its end, gives what was carried over after the steps that are kept, and judges the runs."""
        machine, size, count = self.machine, numbers[(POINT, 0)].size, min(len(minima), MOST)
        machine.load({**numbers, LEFT: np.zeros(1), ALIVE: np.ones(1)}, size)
        for number, minimum in enumerate(minima[:MOST]):
            self.minima[number] = (*minimum, number)
        opening, nearest, *others = self.judging
        compared = np.repeat([nearest], count, axis=0)
        compared[:, FIELDS.index("table")] += np.arange(count) * self.minima.strides[0]
        calls = np.array([*self.stepping, opening, *compared, *others], dtype=np.int64)
        self.chain.run(calls.ctypes.data, len(calls), size, machine.block)
        kept = {
            step: {key: row[:size] for key, row in zip(machine.keys, rows, strict=True)}
            for step, rows in self.kept.items()
        }
        fate, x, y, since = self.results[:, :size]
        return machine.ended(), kept, Fates(fate == SETTLED, fate == RESTLESS, np.array([x, y]), since)

    def _stepping(self) -> list[list[int]]:
        """The steps, and what is kept on the way."""
        machine, calls = self.machine, list[list[int]]()
        lanes = {"lanes": _address(machine.lanes), "shift": machine.lanes.itemsize, "stride": machine.width}
        path, far = _address(self.path), int(np.float64(self.far).view(np.int64))
        for first, last, part, table in machine.stretches(tuple(self.kept), "linked"):
            calls.append(_call(part, **lanes, table=_address(table), first=first, last=last, far=far, path=path))
            if last in self.kept:
                rows = self.kept[last]
                calls.append(
                    _call(Part(self.copy, rows), **lanes, last=len(rows), out=_address(rows), room=machine.width)
                )
        return calls

    def _judging(self) -> list[list[int]]:
        """The questions; the second one is about one minimum."""
        shared = {"table": _address(self.minima), "path": _address(self.path), "out": _address(self.results)}
        shared |= {"stride": self.machine.block, "room": self.machine.width}

        def asked(name: str, first: int, last: int, row: int = 0) -> list[int]:
            return _call(self.answers[name], **shared, lanes=_address(self.table[row:]), first=first, last=last)

        end, (begin, split) = self.questions.steps, self.questions.windows.before
        parts = zip(self.questions.parts, self.questions.looks, strict=True)
        return [
            asked("opening", end, end + 1),
            asked("nearest", end, end + 1),
            asked("met", end, end + 1),
            *(asked("looking", first, last, row) for (first, last), row in parts),
            asked("glance", end, end + 1),
            asked("staying", 0, begin),
            asked("approaching", begin, split),
            asked("verdict", end, end + 1),
        ]


def _address(table: Array) -> int:
    return table.ctypes.data


def _call(part: Part, **fields: int) -> list[int]:
    """The fields of a call; what is not given is zero."""
    run = ctypes.cast(part.code.run, ctypes.c_void_p).value  # type: ignore[arg-type]
    fields |= {"run": run or 0, "literals": _address(part.literals)}
    return [fields.get(name, 0) for name in FIELDS]
