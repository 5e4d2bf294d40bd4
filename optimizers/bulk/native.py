"""Programs compiled for this processor, where every operation gives the same bits as NumPy's; needs llvmlite.

Each trajectory of a block stays in registers for all steps. Without llvmlite, or with other operations, `Machine` does
the same.
"""

import ctypes
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array
from optimizers.bulk.machine import TRUTHS, Ends
from optimizers.bulk.recording import POINT, Key, Program, Recording

try:
    from llvmlite import binding
except ImportError:  # there are platforms without it
    binding = None

BLOCK = 16  # trajectories that are worked on together
AT_ONCE = 4096  # steps between two calls of `check`
ARITHMETIC = {np.add: "fadd", np.subtract: "fsub", np.multiply: "fmul", np.true_divide: "fdiv"}
COMPARISONS = {
    np.less: "olt",
    np.less_equal: "ole",
    np.greater: "ogt",
    np.greater_equal: "oge",
    np.equal: "oeq",
    np.not_equal: "une",
}
LOGIC = {np.bitwise_and: "and", np.logical_and: "and", np.bitwise_or: "or", np.logical_or: "or"}
V, B = f"<{BLOCK} x double>", f"<{BLOCK} x i1>"
FUNCTION = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_int64,
    ctypes.c_int64,
    ctypes.c_void_p,
    ctypes.c_int64,
    ctypes.c_void_p,
    ctypes.c_double,
)
LEFT = ("left",)  # the steps that a trajectory made before it left, and whether it has not
ALIVE = ("alive",)


class NotNative(Exception):
    """An operation has no equal."""


class Compiled(NamedTuple):
    """A function in memory; it lives as long as its engine."""

    engine: Any
    run: Callable[..., None]


_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=64)
def _engine(text: str) -> Compiled:
    """Compiles, once for all programs that differ in numbers alone."""
    with _ONE_AT_A_TIME:
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        module = binding.parse_assembly(text)
        target = binding.Target.from_default_triple()
        features = binding.get_host_cpu_features().flatten()
        machine = target.create_target_machine(cpu=binding.get_host_cpu_name(), features=features, opt=2)
        engine = binding.create_mcjit_compiler(module, machine)  # which owns the machine from now on
        engine.finalize_object()
        return Compiled(engine, FUNCTION(engine.get_function_address("run")))


class _Writer:
    """Writes the text of one program."""

    def __init__(self, program: Program, keys: list[Key], slots: int, leaving: bool) -> None:
        self.program, self.keys, self.slots, self.leaving = program, keys, slots, leaving
        self.lines: list[str] = []
        self.literals: list[float] = []
        self.count = 0

    def new(self, text: str) -> str:
        name = f"%t{self.count}"
        self.count += 1
        self.lines.append(f"  {name} = {text}")
        return name

    def splat(self, pointer: str) -> str:
        one = self.new(f"load double, ptr {pointer}")
        first = self.new(f"insertelement {V} poison, double {one}, i64 0")
        return self.new(f"shufflevector {V} {first}, {V} poison, <{BLOCK} x i32> zeroinitializer")

    def constant(self, number: float) -> str:
        literal = np.float64(number).view(np.uint64)
        return f"splat (double 0x{int(literal):016X})"

    def text(self) -> str:
        """The whole module."""
        carried = {key: f"%c{k}" for k, key in enumerate(self.keys)}
        nodes: list[str] = []
        truths: list[bool] = []
        inside = self._operations(carried, nodes, truths)
        outputs = {key: nodes[node] for key, node in self.program.outputs}
        if any(truths[node] for _, node in self.program.outputs):
            raise NotNative("a condition is carried over")
        if self.leaving:
            self._leave(carried, outputs, [nodes[n] for n in self.program.alive], inside)
        following = {key: outputs.get(key, carried[key]) for key in self.keys}
        extra = "".join(self._lane(k, key, carried, following) for k, key in enumerate(self.keys))
        loads = "".join(
            f"  %a{k} = mul i64 %stride, {k}\n  %o{k} = add i64 %a{k}, %i\n"
            f"  %p{k} = getelementptr double, ptr %lanes, i64 %o{k}\n  %l{k} = load {V}, ptr %p{k}, align 8\n"
            for k in range(len(self.keys))
        )
        stores = "".join(f"  store {V} {following[key]}, ptr %p{k}, align 8\n" for k, key in enumerate(self.keys))
        body = "\n".join(self.lines)
        return (
            f"declare {V} @llvm.sqrt.v{BLOCK}f64({V})\ndeclare {V} @llvm.fabs.v{BLOCK}f64({V})\n"
            "define void @run(ptr %lanes, i64 %stride, i64 %size, ptr noalias %table, i64 %rows, "
            "ptr noalias %literals, double %far) {\nentry:\n  br label %block\n"
            f"block:\n  %i = phi i64 [0, %entry], [%inext, %done]\n{loads}  br label %step\n"
            f"step:\n  %t = phi i64 [0, %block], [%tnext, %step]\n{extra}"
            f"  %offset = mul i64 %t, {self.slots}\n  %row = getelementptr double, ptr %table, i64 %offset\n{body}\n"
            "  %tnext = add i64 %t, 1\n  %more = icmp slt i64 %tnext, %rows\n  br i1 %more, label %step, label %done\n"
            f"done:\n{stores}  %inext = add i64 %i, {BLOCK}\n  %again = icmp slt i64 %inext, %size\n"
            "  br i1 %again, label %block, label %out\nout:\n  ret void\n}\n"
        )

    def _lane(self, k: int, key: Key, carried: dict[Key, str], following: dict[Key, str]) -> str:
        return f"  {carried[key]} = phi {V} [%l{k}, %block], [{following[key]}, %step]\n"

    def _leave(self, carried: dict[Key, str], outputs: dict[Key, str], alive: list[str], inside: list[str]) -> None:
        """A trajectory that has left stays at the last place that counts."""
        first = self.new(f"insertelement {V} poison, double %far, i64 0")
        far = self.new(f"shufflevector {V} {first}, {V} poison, <{BLOCK} x i32> zeroinitializer")
        here = self.new(f"fcmp one {V} {carried[ALIVE]}, zeroinitializer")
        for key in ((POINT, 0), (POINT, 1)):
            size = self.new(f"call {V} @llvm.fabs.v{BLOCK}f64({V} {outputs[key]})")
            within = self.new(f"fcmp ole {V} {size}, {far}")
            here = self.new(f"and {B} {here}, {within}")
        for each in alive:
            here = self.new(f"and {B} {here}, {each}")
        for key in ((POINT, 0), (POINT, 1)):
            outputs[key] = self.new(f"select {B} {here}, {V} {outputs[key]}, {V} {carried[key]}")
        one = self.constant(1.0)
        outputs[ALIVE] = self.new(f"select {B} {here}, {V} {one}, {V} zeroinitializer")
        outputs[LEFT] = self.new(f"fadd {V} {carried[LEFT]}, {outputs[ALIVE]}")

    def _operations(self, carried: dict[Key, str], nodes: list[str], truths: list[bool]) -> list[str]:
        for operation in self.program.operations:
            name, operands = operation[0], operation[1:]
            if name == "input":
                nodes.append(carried[(*operands[0], operands[1])])
                truths.append(False)
            elif name == "slot":
                nodes.append(self.splat(self.new(f"getelementptr double, ptr %row, i64 {operands[0]}")))
                truths.append(False)
            elif name == "literal":
                self.literals.append(float.fromhex(operands[0]))
                place = len(self.literals) - 1
                nodes.append(self.splat(self.new(f"getelementptr double, ptr %literals, i64 {place}")))
                truths.append(False)
            else:
                kinds = [truths[each] for each in operands]
                nodes.append(self._function(name, [nodes[each] for each in operands], kinds))
                truths.append(name in TRUTHS or (name == "select" and kinds[1]))
        return nodes

    def _function(self, name: Any, a: list[str], truth: list[bool]) -> str:
        wanted = (
            [True, False, False]
            if name == "select"
            else [name in LOGIC or name in (np.invert, np.logical_not)] * len(a)
        )
        if truth != wanted:
            raise NotNative("conditions are calculated with")
        if name in ARITHMETIC:
            return self.new(f"{ARITHMETIC[name]} {V} {a[0]}, {a[1]}")
        if name in COMPARISONS:
            return self.new(f"fcmp {COMPARISONS[name]} {V} {a[0]}, {a[1]}")
        if name in LOGIC:
            return self.new(f"{LOGIC[name]} {B} {a[0]}, {a[1]}")
        if name in (np.invert, np.logical_not):
            return self.new(f"xor {B} {a[0]}, splat (i1 true)")
        if name == "select":
            return self.new(f"select {B} {a[0]}, {V} {a[1]}, {V} {a[2]}")
        if name is np.sqrt:
            return self.new(f"call {V} @llvm.sqrt.v{BLOCK}f64({V} {a[0]})")
        if name is np.absolute:
            return self.new(f"call {V} @llvm.fabs.v{BLOCK}f64({V} {a[0]})")
        if name is np.negative:
            return self.new(f"fneg {V} {a[0]}")
        if name in (np.maximum, np.minimum):
            beats = self.new(f"fcmp {'ogt' if name is np.maximum else 'olt'} {V} {a[0]}, {a[1]}")
            lost = self.new(f"fcmp uno {V} {a[0]}, {a[0]}")
            first = self.new(f"or {B} {beats}, {lost}")
            return self.new(f"select {B} {first}, {V} {a[0]}, {V} {a[1]}")
        if name is np.sign:
            zero = self.new(f"fcmp oeq {V} {a[0]}, zeroinitializer")
            above = self.new(f"fcmp ogt {V} {a[0]}, zeroinitializer")
            below = self.new(f"fcmp olt {V} {a[0]}, zeroinitializer")
            result = self.new(f"select {B} {zero}, {V} zeroinitializer, {V} {a[0]}")
            result = self.new(f"select {B} {above}, {V} {self.constant(1.0)}, {V} {result}")
            return self.new(f"select {B} {below}, {V} {self.constant(-1.0)}, {V} {result}")
        raise NotNative(getattr(name, "__name__", str(name)))


class _Part(NamedTuple):
    code: Compiled
    literals: Array


class Native:
    """Runs the programs of a recording on one tile after the other; has the face of `Machine`."""

    def __init__(self, recording: Recording, width: int) -> None:
        if binding is None:
            raise NotNative("llvmlite is not installed")
        self.recording = recording
        keys = {key for program in recording.programs for key in program.inputs} | recording.layout.keys()
        self.keys = sorted(keys, key=str)
        self.rows = {key: row for row, key in enumerate([*self.keys, LEFT, ALIVE])}
        self.width = -(-width // BLOCK) * BLOCK
        self.lanes = np.zeros((len(self.rows), self.width))
        self.size = width
        self.tables = [np.ascontiguousarray(table) for table in recording.tables]
        self.going = [self._part(number, False) for number in range(len(recording.programs))]
        self.leaving: list[_Part] = []

    def _part(self, number: int, leaving: bool) -> _Part:
        program, table = self.recording.programs[number], self.tables[number]
        writer = _Writer(program, list(self.rows) if leaving else self.keys, table.shape[1], leaving)
        code = _engine(writer.text())
        return _Part(code, np.array([*writer.literals, 0.0]))

    def load(self, numbers: dict[Key, Array], size: int) -> None:
        """Sets what a tile of `size` trajectories begins with."""
        self.size = size
        for key, values in numbers.items():
            if key in self.rows:
                self.now(key)[...] = values

    def now(self, key: Key) -> Array:
        """The numbers that are carried over under a key, (size,); they may be written to."""
        here: Array = self.lanes[self.rows[key], : self.size]
        return here

    def advance(self, first: int, last: int, check: Callable[[], object] | None) -> None:
        """Makes the steps from number `first` to before `last`."""
        self._run(self.going, first, last, 0.0, check)

    def _run(self, parts: list[_Part], first: int, last: int, far: float, check: Callable[[], object] | None) -> None:
        which = self.recording.which
        while first < last:
            number = int(which[first])
            other = np.flatnonzero(which[first:last] != number)
            until = min(last if other.size == 0 else first + int(other[0]), first + AT_ONCE)
            part, table = parts[number], self.tables[number]
            part.code.run(
                self.lanes.ctypes.data,
                self.width,
                self.size,
                table.ctypes.data + table.strides[0] * first,
                until - first,
                part.literals.ctypes.data,
                far,
            )
            first = until
            if check is not None:
                check()

    def ends(self, numbers: dict[Key, Array], far: float, check: Callable[[], object] | None) -> Ends:
        """Runs a tile to its end; a trajectory that leaves stays at its last place."""
        if not self.leaving:
            self.leaving = [self._part(number, True) for number in range(len(self.recording.programs))]
        size = numbers[(POINT, 0)].size
        self.load(numbers, size)
        self.now(LEFT)[...], self.now(ALIVE)[...] = 0.0, 1.0
        self._run(self.leaving, 0, self.recording.which.size, far, check)
        places = np.array([self.now((POINT, 0)), self.now((POINT, 1))])
        left = np.where(self.now(ALIVE) != 0, -1, self.now(LEFT).astype(np.int64) + 1)
        return Ends(places, left)
