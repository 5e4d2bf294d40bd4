"""Programs on a tile of trajectories by NumPy, in memory that is used again and again."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.bulk.recording import PLAIN, POINT, Key, Program, Recording

LINE = 8  # numbers in a line of the cache
LOOK = 64  # steps between two calls of `check`
TRUTHS = {
    np.less,
    np.less_equal,
    np.greater,
    np.greater_equal,
    np.equal,
    np.not_equal,
    np.logical_and,
    np.logical_or,
    np.logical_not,
    np.bitwise_and,
    np.bitwise_or,
    np.invert,
    np.isfinite,
    np.isnan,
}  # functions whose results are true or false
Place = tuple[str, Any]  # "carried" and its key, "next" and its key, "slot", "literal", or "float"/"truth" and a number


def select(which: Any, there: Any, elsewhere: Any, out: Any) -> None:
    """`there` where `which` is true, `elsewhere` in other places; `out` may be `elsewhere`, but not `there`."""
    np.copyto(out, elsewhere)
    np.copyto(out, there, where=which)


WITH_OUT: dict[Any, Any] = {
    "select": select,
    np.maximum: lambda a, b, out: np.maximum(a, b, out=out),
    np.minimum: lambda a, b, out: np.minimum(a, b, out=out),
}  # what does not take the place of its result as its last argument


class Plan(NamedTuple):
    """A program with a place in memory for each of its numbers."""

    calls: tuple[tuple[Callable[..., Any], tuple[Place, ...]], ...]
    alive: tuple[Place, ...]
    changed: frozenset[Key]  # what is carried over and gets a new number
    floats: int  # pieces of memory
    truths: int


def planned(program: Program) -> Plan:
    """Places for the results, as few as can be: a place is used again once its number is of no use any more."""
    operations = program.operations
    uses = np.zeros(len(operations), dtype=np.int64)
    for operation in operations:
        if operation[0] not in PLAIN:
            for each in operation[1:]:
                uses[each] += 1
    inputs = program.inputs
    kept = {node for _, node in program.outputs} | set(program.alive)
    final: dict[int, Key] = {}
    copies = []
    changed = set()
    for key, node in program.outputs:
        name = operations[node][0]
        if name == "input" and (*operations[node][1], operations[node][2]) == key:
            continue
        changed.add(key)
        if name in PLAIN or node in final:
            copies.append((key, node))
        else:
            final[node] = key
    place: list[Place] = []
    free: dict[str, list[int]] = {"float": [], "truth": []}
    sizes = {"float": 0, "truth": 0}
    calls: list[tuple[Callable[..., Any], tuple[Place, ...]]] = []
    for node, operation in enumerate(operations):
        name = operation[0]
        if name == "input":
            place.append(("carried", (*operation[1], operation[2])))
            continue
        if name in PLAIN:
            place.append((name, operation[1]))
            continue
        sources = tuple(place[each] for each in operation[1:])
        released = []
        for each in operation[1:]:
            uses[each] -= 1
            if uses[each] == 0 and each not in kept and place[each][0] in free:
                released.append(place[each])
        if name != "select":
            for kind, number in released:
                free[kind].append(number)
        if node in final:
            key = final[node]
            old = inputs.get(key, node)
            over = key[0] != POINT and uses[old] == 0 and old not in kept and old != node
            over = over and not (name == "select" and ("carried", key) in sources[:2])
            out: Place = ("carried" if over else "next", key)
            if over:
                changed.remove(key)
        else:
            kind = "truth" if name in TRUTHS else "float"
            if not free[kind]:
                free[kind].append(sizes[kind])
                sizes[kind] += 1
            out = (kind, free[kind].pop())
        if name == "select":
            for kind, number in released:
                free[kind].append(number)
        place.append(out)
        calls.append((_with_out(name), (*sources, out)))
    calls += [(_copied, (place[node], ("next", key))) for key, node in copies]
    return Plan(
        tuple(calls),
        tuple(place[node] for node in program.alive),
        frozenset(changed),
        sizes["float"],
        sizes["truth"],
    )


def _with_out(name: Any) -> Callable[..., Any]:
    function: Callable[..., Any] = WITH_OUT.get(name, name)
    return function


def _copied(source: Any, out: Any) -> None:
    np.copyto(out, source)


def aligned(rows: int, width: int) -> Array:
    """Memory for rows that each begin with a line of the processor's cache, as its widest loads and stores want it."""
    stride = -(-width // LINE) * LINE
    memory = np.empty(rows * stride + LINE)
    first = -memory.ctypes.data // memory.itemsize % LINE
    table: Array = memory[first : first + rows * stride].reshape(rows, stride)[:, :width]
    return table


class Ends(NamedTuple):
    """Where trajectories ended."""

    places: Array  # (2, N), the last place that counts
    left: NDArray[np.int64]  # (N,), the step at which a trajectory left; -1 where it did not


class Bound(NamedTuple):
    """A plan at its places in memory."""

    calls: list[tuple[Callable[..., Any], tuple[Any, ...]]]
    alive: list[NDArray[np.bool_]]  # the conditions under which a trajectory goes on
    side: dict[Key, int]  # of each pair of places the one that has what is carried over, after it
    point: tuple[Array, Array]  # where the trajectories then are
    following: dict[int, "Bound"]  # what comes next, by its program


class Machine:
    """Runs the programs of a recording on one tile after the other.

    Args:
        fresh: what is put down at the end of a stretch of steps, and the number from which it begins anew.
    """

    def __init__(self, recording: Recording, width: int, fresh: dict[Key, float] | None = None) -> None:
        self.recording, self.width, self.fresh = recording, width, fresh or {}
        self.plans = [planned(program) for program in recording.programs]
        keys = {key for program in recording.programs for key in program.inputs} | recording.layout.keys()
        self.keys = sorted(keys, key=str)
        memory = aligned(2 * len(self.keys) + max(plan.floats for plan in self.plans), width)
        self.pairs = {key: (memory[2 * k], memory[2 * k + 1]) for k, key in enumerate(self.keys)}
        self.floats = memory[2 * len(self.keys) :]
        self.truths = np.empty((max(plan.truths for plan in self.plans), width), dtype=bool)
        self.rows = [np.empty(table.shape[1]) for table in recording.tables]
        self.side = dict.fromkeys(self.keys, 0)
        self.size = width
        self.phases: dict[tuple[int, ...], dict[int, Bound]] = {}
        self.following = self._phase(self.side)

    def load(self, numbers: dict[Key, Array], size: int) -> None:
        """Sets what a tile of `size` trajectories begins with."""
        if size != self.size:
            self.size = size
            self._forget()
        for key, values in numbers.items():
            if key in self.pairs:
                self.now(key)[...] = values

    def now(self, key: Key) -> Array:
        """The numbers that are carried over under a key, (size,); they may be written to."""
        here: Array = self.pairs[key][self.side[key]][: self.size]
        return here

    def before(self, key: Key) -> Array:
        """The same one step earlier, of what the last step has changed."""
        here: Array = self.pairs[key][1 - self.side[key]][: self.size]
        return here

    def step(self, number: int) -> Bound:
        """Makes one step."""
        which = int(self.recording.which[number])
        bound = self.following.get(which)
        if bound is None:
            bound = self.following[which] = self._bind(which)
        self.side, self.following = bound.side, bound.following
        self.rows[which][:] = self.recording.tables[which][number]
        for function, arguments in bound.calls:
            function(*arguments)
        return bound

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Goes on with these trajectories of the tile alone."""
        size = int(chosen.sum())
        for key in self.keys:
            self.now(key)[:size] = self.now(key)[chosen]
        self.size = size
        self._forget()

    def replace(self, chosen: NDArray[np.bool_], source: int) -> None:
        """Puts another trajectory of the tile in the place of these."""
        for key in self.keys:
            here = self.now(key)
            here[chosen] = here[source]

    def _forget(self) -> None:
        """Binds the programs anew, to pieces of memory of another size."""
        self.phases.clear()
        self.following = self._phase(self.side)

    def _phase(self, side: dict[Key, int]) -> dict[int, "Bound"]:
        """The steps that begin where what is carried over is on these sides, by their programs, once they are bound."""
        return self.phases.setdefault(tuple(side.values()), {})

    def _bind(self, which: int) -> "Bound":
        plan, row = self.plans[which], self.rows[which]

        def found(place: Place) -> Any:
            kind, key = place
            if kind == "carried":
                return self.now(key)
            if kind == "next":
                return self.before(key)
            if kind == "slot":
                return row[key : key + 1].reshape(())
            if kind == "literal":
                return np.array(float.fromhex(key))
            return (self.floats if kind == "float" else self.truths)[key, : self.size]

        calls = [(function, tuple(found(place) for place in places)) for function, places in plan.calls]
        side = {key: 1 - self.side[key] if key in plan.changed else self.side[key] for key in self.keys}
        x, y = (self.pairs[POINT, axis][side[POINT, axis]][: self.size] for axis in (0, 1))
        return Bound(calls, [found(place) for place in plan.alive], side, (x, y), self._phase(side))

    def advance(self, borders: list[int], check: Callable[[], object] | None) -> list[Array]:
        """Makes the steps from the first border on to each of the others; what was put down there, (fresh, size) each.

        What is carried over is then as it is after the last step, but that what is `fresh` begins anew.
        """
        found = []
        for first, last in pairwise(borders):
            for step in range(first, last):
                self.step(step)
                if check is not None and step % LOOK == 0:
                    check()
            found.append(np.array([self.now(key) for key in self.fresh]))
            for key, number in self.fresh.items():
                self.now(key)[...] = number
        return found

    def ends(
        self, numbers: dict[Key, Array], far: float, check: Callable[[], object] | None, kept: tuple[int, ...] = ()
    ) -> tuple[Ends, dict[int, dict[Key, Array]]]:
        """Runs a tile to its end, and what was carried over after `kept` steps, without what left on the way."""
        x, y = (POINT, 0), (POINT, 1)
        size = numbers[x].size
        self.load(numbers, size)
        index, found = np.arange(size), dict[int, dict[Key, Array]]()
        result = Ends(np.empty((2, size)), np.full(size, -1))
        for step in range(self.recording.which.size):
            _, alive, _, (px, py), _ = self.step(step)
            if not px.dot(px) + py.dot(py) < far * far or (alive and not all(truth.all() for truth in alive)):
                stays = (np.abs(px) <= far) & (np.abs(py) <= far)
                for truth in alive:
                    stays &= truth
                gone = ~stays & (index >= 0)
                result.places[0, index[gone]] = self.before(x)[gone]
                result.places[1, index[gone]] = self.before(y)[gone]
                result.left[index[gone]] = step + 1
                going = stays & (index >= 0)
                count = int(going.sum())
                if count == 0:
                    return result, found
                if count <= self.size // 2:
                    self.keep(going)
                    index = index[going]
                else:
                    self.replace(~going, int(going.argmax()))
                    index[~going] = -1
            if step + 1 in kept:
                found[step + 1] = {key: np.zeros(size) for key in self.keys}
                for key, row in found[step + 1].items():
                    row[index[index >= 0]] = self.now(key)[index >= 0]
            if check is not None and step % LOOK == 0:
                check()
        rest = index >= 0
        result.places[0, index[rest]] = self.now(x)[rest]
        result.places[1, index[rest]] = self.now(y)[rest]
        return result, found
