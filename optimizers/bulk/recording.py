"""A rule's own update as straight-line programs: one for all steps that do the same, and the numbers of each step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.lanes import Lanes, NotRecordable, Operation, Recorder
from optimizers.bulk.listener import Silent
from optimizers.bulk.simplify import Simplifier
from optimizers.optimizer import Optimizer

Key = tuple[Any, ...]  # where a number stands in the state, and in its array
Observe = Callable[[Any, Any, Any, Any], Any]  # p before, p after, what was seen before, number of the step -> seen
KNOB, POINT, STATE, SEEN = "knob", "point", "state", "seen"
PLAIN = ("input", "slot", "literal")  # operations that are numbers as they are
MADE_AGAIN = (3, 30, 300, 3000, 30000)  # steps that are recorded again, to see that their program is the one it seems


class Program(NamedTuple):
    """One step: operations in order, and which of them give each number that is carried over to the next step."""

    operations: tuple[Operation, ...]
    outputs: tuple[tuple[Key, int], ...]
    alive: tuple[int, ...]  # conditions that all hold while a trajectory goes on, besides that it has not left

    @property
    def inputs(self) -> dict[Key, int]:
        """What it starts from."""
        return {
            (*operation[1], operation[2]): n for n, operation in enumerate(self.operations) if operation[0] == "input"
        }


@dataclass(frozen=True)
class Recording:
    """A run of a number of steps: its programs, which of them each step is, and the numbers in its slots."""

    programs: tuple[Program, ...]
    which: NDArray[np.int64]  # (steps,)
    tables: tuple[Array, ...]  # for each program (steps, slots); zeros in the steps of another
    maker: "Maker"
    samples: tuple[tuple[Any, int], ...]  # for each program the state and number of a step that it is

    @property
    def layout(self) -> dict[Key, None]:
        """All that is carried over."""
        return dict.fromkeys(key for program in self.programs for key, _ in program.outputs)

    def observed(self, observe: Observe, seen: Any) -> "Recording":
        """The same run, of each step of which something is kept in mind besides; `seen` has the shape of that."""
        silent = rebuilt(seen, lambda _, leaf: Silent(leaf.shape[:-1], [], []))
        maker = replace(self.maker, observe=observe, seen=silent)
        programs = tuple(
            simplified(maker.step(state, number)[0], self.tables[k][self.which == k])
            for k, (state, number) in enumerate(self.samples)
        )
        time = np.arange(1.0, self.which.size + 1)[:, None]
        return replace(self, programs=programs, tables=tuple(np.hstack([table, time]) for table in self.tables))


def leaves(state: Any, key: Key = ()) -> list[tuple[Key, Any]]:
    """The numbers and arrays of a state, each with where it stands."""
    if isinstance(state, tuple):
        return [leaf for k, part in enumerate(state) for leaf in leaves(part, (*key, k))]
    return [(key, state)]


def rebuilt(state: Any, change: Callable[[Key, Any], Any], key: Key = ()) -> Any:
    """The same state with each of its numbers and arrays changed."""
    if isinstance(state, tuple):
        parts = [rebuilt(part, change, (*key, k)) for k, part in enumerate(state)]
        return type(state)(*parts) if hasattr(state, "_fields") else type(state)(parts)
    return change(key, state)


def refused(p: Array) -> Array:
    """What a rule gets that asks for a Hessian."""
    raise NotRecordable("a Hessian")


@dataclass(frozen=True)
class Maker:
    """Records single steps."""

    landscape: Landscape
    optimizer: Optimizer
    knobs: tuple[str, ...]
    observe: Observe | None = None
    seen: Any = ()

    def made(self, knob: Callable[[str], Any]) -> Optimizer:
        """The optimizer with something else in the place of the hyperparameters that each trajectory has its own of."""
        made = self.optimizer.made
        if not self.knobs or made is None:
            return self.optimizer
        return made.unchecked(**{name: knob(name) for name in self.knobs})

    def step(self, state: Any, number: int) -> tuple[Program, list[float]]:
        """The program of one step, and the numbers in its slots."""
        recorder = Recorder()
        recorder.fixed = True
        optimizer = self.made(lambda name: recorder.lanes(KNOB, name))
        recorder.fixed = False

        def symbolic(kind: str) -> Callable[[Key, Any], Any]:
            return lambda key, leaf: recorder.lanes(kind, *key, shape=leaf.shape) if isinstance(leaf, Silent) else leaf

        p = recorder.lanes(POINT, shape=(2,))
        after, left = optimizer.update(p, rebuilt(state, symbolic(STATE)), self._symbolic_landscape(recorder))  # type: ignore[arg-type]
        recorder.fixed = True
        kept = [((POINT,), after), *(((STATE, *key), leaf) for key, leaf in leaves(left))]
        if self.observe is not None:
            time = Lanes(recorder, np.array(recorder.node("slot", len(recorder.numbers))))
            recorder.numbers.append(float(number + 1))
            sight = self.observe(p, after, rebuilt(self.seen, symbolic(SEEN)), time)
            kept += [((SEEN, *key), leaf) for key, leaf in leaves(sight)]
        alive = []
        if not self.landscape.defined_everywhere and self.landscape.elementwise is not None:
            value = self.landscape.elementwise.value(*after)
            f = recorder.apply(np.equal, [value, value])
            alive.append(int(f.nodes))
        outputs = [
            ((*key, k), node)
            for key, leaf in kept
            if isinstance(leaf, Lanes)
            for k, node in enumerate(leaf.nodes.ravel().tolist())
        ]
        return trimmed(recorder, outputs, alive), recorder.numbers

    def _symbolic_landscape(self, recorder: Recorder) -> Landscape:
        formula = self.landscape.elementwise
        assert formula is not None

        def gradient(q: Any) -> Any:
            recorder.fixed, before = True, recorder.fixed
            parts = [part if isinstance(part, Lanes) else recorder.plain(part) for part in formula.gradient(*q)]
            recorder.fixed = before
            nodes = [part.nodes if isinstance(part, Lanes) else part for part in parts]
            return Lanes(recorder, np.stack(np.broadcast_arrays(*nodes)))

        def value(q: Any) -> Any:
            recorder.fixed, before = True, recorder.fixed
            f = formula.value(*q)
            recorder.fixed = before
            return f if isinstance(f, Lanes) else Lanes(recorder, np.array(recorder.plain(f)))

        return replace(self.landscape, gradient=gradient, value=value, hessian=refused)


def simplified(program: Program, numbers: Array) -> Program:
    """The same program without what it can do without; `numbers` are those in its slots, step by step."""
    ones = frozenset(np.flatnonzero((numbers == 1.0).all(axis=0)).tolist())
    simplifier, number = Simplifier(ones), list[int]()
    for name, *operands in program.operations:
        if name in PLAIN:
            number.append(simplifier.recorder.node(name, *operands))
        else:
            number.append(simplifier.node(name, *(number[each] for each in operands)))
    outputs = [(key, number[node]) for key, node in program.outputs]
    return trimmed(simplifier.recorder, outputs, [number[node] for node in program.alive])


def trimmed(recorder: Recorder, outputs: list[tuple[Key, int]], alive: list[int]) -> Program:
    """Without the operations that nothing comes of; each result is made soon before it is used.

    So that few of them are in use at a time, the more so as the two coordinates come one after the other.
    """
    number: dict[int, int] = {}
    operations: list[Operation] = []
    stack = [*alive, *(node for _, node in outputs)][::-1]
    while stack:
        node = stack[-1]
        name, *operands = recorder.operations[node]
        missing = [] if name in PLAIN else [each for each in operands if each not in number]
        if missing:
            stack.extend(missing[::-1])
            continue
        stack.pop()
        if node not in number:
            number[node] = len(operations)
            operations.append((name, *(operands if name in PLAIN else (number[each] for each in operands))))
    return Program(
        tuple(operations), tuple((key, number[node]) for key, node in outputs), tuple(number[node] for node in alive)
    )


def record(
    landscape: Landscape,
    optimizer: Optimizer,
    steps: int,
    knobs: tuple[str, ...] = (),
) -> Recording:
    """All steps of a run as programs.

    Args:
        knobs: names of the hyperparameters that are arrays of one number for each trajectory.

    Raises:
        NotRecordable: the rule decides by numbers, or the landscape has no formula.
    """
    formula = landscape.elementwise
    if steps == 0:
        raise NotRecordable("no step")
    if formula is None or formula.of != (landscape.value, landscape.gradient) or landscape.batch is not None:
        raise NotRecordable("a landscape without a formula")
    try:
        return _recorded(landscape, optimizer, steps, knobs)
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise NotRecordable("the rule asks for arrays") from error  # what is wrong with them would be so without this


def _recorded(landscape: Landscape, optimizer: Optimizer, steps: int, knobs: tuple[str, ...]) -> Recording:
    maker, heard, named = Maker(landscape, optimizer, knobs), [], []  # type: ignore[var-annotated]
    point, lane = Silent((2,), heard, named), Silent((), heard, named)
    functions: dict[str, Any] = {"gradient": lambda q: q, "value": lambda q: lane, "hessian": refused}
    quiet = replace(landscape, **functions)

    def silent(_: Key, leaf: Any) -> Any:
        return Silent(leaf.shape, heard, named) if isinstance(leaf, np.ndarray) else leaf

    rule = maker.made(lambda _: lane)
    state = rebuilt(rule.init(point), silent)  # type: ignore[arg-type]
    known: dict[Any, int] = {}
    programs: list[Program] = []
    samples: list[tuple[Any, int]] = []
    which, numbers = np.zeros(steps, dtype=np.int64), []
    for step in range(steps):
        heard.clear()
        named.clear()
        before = state
        _, state = rule.update(point, before, quiet)  # type: ignore[arg-type]
        if heard and not all(type(each) is float for each in heard):
            heard[:] = [n for each in heard for n in np.asarray(each, dtype=float).ravel().tolist()]
        row = list(heard)
        kind = tuple(named)
        number = known.get(kind)
        if number is None or step < 2 or step in MADE_AGAIN or step == steps - 1:
            program, slots = maker.step(before, step)
            if not np.array_equal(slots, row, equal_nan=True):
                raise NotRecordable("the numbers of a step are not all of its numbers")
            if program in programs:
                number = programs.index(program)
            else:
                if number is not None and step > 2:
                    raise NotRecordable("a step is not what it seems")
                number = len(programs)
                programs.append(program)
                samples.append((before, step))
            known[kind] = number
        which[step] = number
        numbers.append(row)
    tables = []
    for number in range(len(programs)):
        rows = [k for k in range(steps) if which[k] == number]
        table = np.zeros((steps, len(numbers[rows[0]])))
        table[rows] = [numbers[k] for k in rows]
        tables.append(table)
    shorter = tuple(simplified(program, tables[k][which == k]) for k, program in enumerate(programs))
    return Recording(shorter, which, tuple(tables), maker, tuple(samples))
