"""Programs on a tile of trajectories by NumPy, in memory that is used again and again."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from optimizers.bulk.recording import POINT, Key, Program, Recording

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
PLAIN = ("input", "slot", "literal")
Place = tuple[str, Any]  # "carried" and its key, "next" and its key, "slot", "literal", or "float"/"truth" and a number


def select(which: Any, there: Any, elsewhere: Any, out: Any) -> None:
    """`there` where `which` is true, `elsewhere` in other places; `out` may be `elsewhere`, but not `there`."""
    np.copyto(out, elsewhere)
    np.copyto(out, there, where=which)


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
        calls.append((select if name == "select" else name, (*sources, out)))
    calls += [(_copied, (place[node], ("next", key))) for key, node in copies]
    return Plan(
        tuple(calls),
        tuple(place[node] for node in program.alive),
        frozenset(changed),
        sizes["float"],
        sizes["truth"],
    )


def _copied(source: Any, out: Any) -> None:
    np.copyto(out, source)


class Ends(NamedTuple):
    """Where trajectories ended."""

    places: Array  # (2, N), the last place that counts
    left: NDArray[np.int64]  # (N,), the step at which a trajectory left; -1 where it did not


class Machine:
    """Runs the programs of a recording on one tile after the other."""

    def __init__(self, recording: Recording, width: int) -> None:
        self.recording, self.width = recording, width
        self.plans = [planned(program) for program in recording.programs]
        keys = {key for program in recording.programs for key in program.inputs} | recording.layout.keys()
        self.keys = sorted(keys, key=str)
        memory = np.empty((2 * len(self.keys) + max(plan.floats for plan in self.plans), width))
        self.pairs = {key: (memory[2 * k], memory[2 * k + 1]) for k, key in enumerate(self.keys)}
        self.floats = memory[2 * len(self.keys) :]
        self.truths = np.empty((max(plan.truths for plan in self.plans), width), dtype=bool)
        self.rows = [np.empty(table.shape[1]) for table in recording.tables]
        self.side = dict.fromkeys(self.keys, 0)
        self.size = width
        self.bound: dict[Any, Any] = {}

    def load(self, numbers: dict[Key, Array], size: int) -> None:
        """Sets what a tile of `size` trajectories begins with."""
        if size != self.size:
            self.bound.clear()
        self.size = size
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

    def step(self, number: int) -> list[NDArray[np.bool_]]:
        """Makes one step; returns the conditions under which a trajectory goes on."""
        which = int(self.recording.which[number])
        state = (which, *self.side.values())
        bound = self.bound.get(state)
        if bound is None:
            bound = self.bound[state] = self._bind(which)
        calls, alive, side = bound
        self.rows[which][:] = self.recording.tables[which][number]
        for function, arguments, out in calls:
            function(*arguments, out=out)
        self.side = side
        return alive

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Goes on with these trajectories of the tile alone."""
        size = int(chosen.sum())
        for key in self.keys:
            self.now(key)[:size] = self.now(key)[chosen]
        self.size = size
        self.bound.clear()

    def replace(self, chosen: NDArray[np.bool_], source: int) -> None:
        """Puts another trajectory of the tile in the place of these."""
        for key in self.keys:
            here = self.now(key)
            here[chosen] = here[source]

    def _bind(self, which: int) -> tuple[list[Any], list[NDArray[np.bool_]], dict[Key, int]]:
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

        calls = [
            (function, tuple(found(place) for place in places[:-1]), found(places[-1]))
            for function, places in plan.calls
        ]
        side = {key: 1 - self.side[key] if key in plan.changed else self.side[key] for key in self.keys}
        return calls, [found(place) for place in plan.alive], side

    def advance(self, first: int, last: int, check: Callable[[], object] | None) -> None:
        """Makes the steps from number `first` to before `last`."""
        for step in range(first, last):
            self.step(step)
            if check is not None and step % LOOK == 0:
                check()

    def ends(self, numbers: dict[Key, Array], far: float, check: Callable[[], object] | None) -> Ends:
        """Runs a tile to its end, without those trajectories that leave on the way."""
        x, y = (POINT, 0), (POINT, 1)
        size = numbers[x].size
        self.load(numbers, size)
        index = np.arange(size)
        result = Ends(np.empty((2, size)), np.full(size, -1))
        for step in range(self.recording.which.size):
            alive = self.step(step)
            px, py = self.now(x), self.now(y)
            within = px.max() <= far and px.min() >= -far and py.max() <= far and py.min() >= -far
            if not within or (alive and not all(truth.all() for truth in alive)):
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
                    return result
                if count <= self.size // 2:
                    self.keep(going)
                    index = index[going]
                else:
                    self.replace(~going, int(going.argmax()))
                    index[~going] = -1
            if check is not None and step % LOOK == 0:
                check()
        rest = index >= 0
        result.places[0, index[rest]] = self.now(x)[rest]
        result.places[1, index[rest]] = self.now(y)[rest]
        return result
