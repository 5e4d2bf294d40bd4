"""Programs written out for LLVM, many trajectories in one register; every operation gives the same bits as NumPy's."""

from typing import Any

import numpy as np

from optimizers.bulk.machine import TRUTHS
from optimizers.bulk.recording import POINT, Key, Program

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
LEFT = ("left",)  # the steps that a trajectory made before it left, and whether it has not
ALIVE = ("alive",)
X, Y = (POINT, 0), (POINT, 1)
TWO = ("literal", (2.0).hex())
SUMS, PRODUCTS = (np.add, np.subtract), (np.multiply, np.true_divide, np.sqrt)
TOGETHER = 64  # steps after which is looked whether a trajectory has left on the way

GOING = """
define void @run(ptr noalias %lanes, i64 %stride, i64 %size, ptr noalias %table, ptr noalias %literals,
                 ptr noalias %bounds, i64 %stretches, i64 %whole, ptr noalias %out, i64 %room) {
entry:
  @ALLOCATE
  br label %block
block:
  %i = phi i64 [0, %entry], [%inext, %done]
  @LOAD
  br label %stretch
stretch:
  %s = phi i64 [0, %block], [%snext, %kept]
  %bound = getelementptr i64, ptr %bounds, i64 %s
  %bound1 = getelementptr i64, ptr %bound, i64 1
  %first = load i64, ptr %bound
  %last = load i64, ptr %bound1
  br label %step
step:
  %t = phi i64 [%first, %stretch], [%tnext, %step]
  @STEP
  %tnext = add i64 %t, 1
  %more = icmp slt i64 %tnext, %last
  br i1 %more, label %step, label %made
made:
  %anew = icmp slt i64 %s, %whole
  br i1 %anew, label %renew, label %kept
renew:
  @RENEW
  br label %kept
kept:
  %snext = add i64 %s, 1
  %further = icmp slt i64 %snext, %stretches
  br i1 %further, label %stretch, label %done
done:
  @STORE
  %inext = add i64 %i, @BLOCK
  %again = icmp slt i64 %inext, %size
  br i1 %again, label %block, label %finish
finish:
  ret void
}
"""

# Steps are made without a look at each trajectory, as long as none of the block leaves: then the squares of all its
# coordinates on the way add up to less than that of the bound. Otherwise they are made again with one.
LEAVING = """
define i64 @run(@LINKED) {
entry:
  @ALLOCATE
  %square = fmul double %far, %far
  br label %block
block:
  %i = phi i64 [0, %entry], [%inext, %done]
  @LOAD
  @BEGUN
  br label %head
head:
  %from = phi i64 [%first, %block], [%to, %quick], [%to, %slow]
  %then = add i64 %from, @TOGETHER
  %early = icmp slt i64 %then, %last
  %to = select i1 %early, i64 %then, i64 %last
  @WHICH
  %more = icmp slt i64 %from, %last
  %on = and i1 %more, %some
  br i1 %on, label %which, label %done
which:
  @SAVE
  br i1 %every, label %fast, label %safe
fast:
  %t = phi i64 [%from, %which], [%tnext, %fast]
  @FAST
  %tnext = add i64 %t, 1
  %fmore = icmp slt i64 %tnext, %to
  br i1 %fmore, label %fast, label %tell
tell:
  @TELL
  br i1 %good, label %quick, label %back
quick:
  %made = sub i64 %to, %from
  %steps = sitofp i64 %made to double
  @COUNT
  br label %head
back:
  @RESTORE
  br label %safe
safe:
  %u = phi i64 [%from, %which], [%from, %back], [%unext, %safe]
  @SAFE
  %unext = add i64 %u, 1
  %smore = icmp slt i64 %unext, %to
  br i1 %smore, label %safe, label %slow
slow:
  br label %head
done:
  @STORE
  %inext = add i64 %i, @BLOCK
  %again = icmp slt i64 %inext, %size
  br i1 %again, label %block, label %finish
finish:
  ret i64 1
}
"""
# What a function has to have to be one of those that blocks of trajectories go through one after the other.
LINKED = (
    "ptr noalias %lanes, i64 %stride, i64 %size, ptr noalias %table, ptr noalias %literals, "
    "i64 %first, i64 %last, double %far, ptr noalias %path, ptr noalias %out, i64 %room"
)


class NotNative(Exception):
    """An operation has no equal."""


class Writer:
    """Writes one program; `block` trajectories are worked on together and stay in registers."""

    def __init__(self, program: Program, keys: list[Key], slots: int, block: int) -> None:
        self.program, self.keys, self.slots, self.block = program, keys, slots, block
        self.vector, self.truth = f"<{block} x double>", f"<{block} x i1>"
        self.lines: list[str] = []
        self.literals: list[float] = []
        self.count = 0

    def going(self, fresh: dict[Key, float]) -> str:
        """Stretches of steps, at the end of which what is `fresh` is put down and begins anew from a number."""
        parts = self._parts()
        for number, (key, begin) in enumerate(fresh.items()):
            row = self._new(f"mul i64 %s, {len(fresh)}")
            self._write(self._read(self._slot(key)), self._row("%out", self._new(f"add i64 {row}, {number}"), "%room"))
            self._write(self._constant(begin), self._slot(key))
        parts["RENEW"] = self._taken()
        after, _ = self._step("%t")
        self._put(after)
        parts["STEP"] = self._taken()
        return self._filled(GOING, parts)

    def leaving(self, with_path: bool = False) -> str:
        """Steps in which a trajectory that leaves stays at the last place that counts.

        Args:
            with_path: put down the place before each step and after it; there is room for those of one block.
        """
        parts, alive = self._parts(), self._slot(ALIVE)
        if with_path:
            self._put_down("%first")
        parts["BEGUN"] = self._taken()
        v, b, n = self.vector, self.truth, self.block
        here = self._new(f"fcmp one {v} {self._read(alive)}, zeroinitializer")
        self._line(f"%some = call i1 @llvm.vector.reduce.or.v{n}i1({b} {here})")
        self._line(f"%every = call i1 @llvm.vector.reduce.and.v{n}i1({b} {here})")
        parts["WHICH"] = self._taken()
        for k in range(len(self.keys)):
            self._write(self._read(f"%k{k}"), f"%saved{k}")
        self._write("zeroinitializer", "%sum")
        self._line(f"store {b} splat (i1 true), ptr %all")
        parts["SAVE"] = self._taken()
        after, conditions = self._step("%t")
        for p in (after[X], after[Y]):
            total = self._read("%sum")
            self._write(self._new(f"call {v} @llvm.fmuladd.v{n}f64({v} {p}, {v} {p}, {v} {total})"), "%sum")
        for each in conditions:
            every = self._new(f"load {b}, ptr %all")
            self._line(f"store {b} {self._new(f'and {b} {every}, {each}')}, ptr %all")
        self._put(after)
        if with_path:
            self._put_down(self._new("add i64 %t, 1"))
        parts["FAST"] = self._taken()
        within = self._new(f"fcmp olt {v} {self._read('%sum')}, {self._every('%square')}")
        within = self._new(f"and {b} {within}, {self._new(f'load {b}, ptr %all')}")
        self._line(f"%good = call i1 @llvm.vector.reduce.and.v{n}i1({b} {within})")
        parts["TELL"] = self._taken()
        self._put({LEFT: self._new(f"fadd {v} {self._read(self._slot(LEFT))}, {self._every('%steps')}")})
        parts["COUNT"] = self._taken()
        for k in range(len(self.keys)):
            self._write(self._read(f"%saved{k}"), f"%k{k}")
        parts["RESTORE"] = self._taken()
        self._safe()
        if with_path:
            self._put_down(self._new("add i64 %u, 1"))
        parts["SAFE"] = self._taken()
        return self._filled(LEAVING, parts)

    def _safe(self) -> None:
        v, b, n = self.vector, self.truth, self.block
        before = {key: self._read(self._slot(key)) for key in (X, Y, ALIVE, LEFT)}
        after, conditions = self._step("%u")
        far = self._every("%far")
        here = self._new(f"fcmp one {v} {before[ALIVE]}, zeroinitializer")
        for key in (X, Y):
            size = self._new(f"call {v} @llvm.fabs.v{n}f64({v} {after[key]})")
            here = self._new(f"and {b} {here}, {self._new(f'fcmp ole {v} {size}, {far}')}")
        for each in conditions:
            here = self._new(f"and {b} {here}, {each}")
        for key in (X, Y):
            after[key] = self._choice(here, after[key], before[key])
        after[ALIVE] = self._choice(here, self._constant(1.0), "zeroinitializer")
        after[LEFT] = self._new(f"fadd {v} {before[LEFT]}, {after[ALIVE]}")
        self._put(after)

    def _put_down(self, step: str) -> None:
        """Writes the places after so many steps into the path: x of the whole block, then y."""
        row = self._new(f"getelementptr double, ptr %path, i64 {self._new(f'mul i64 {step}, {2 * self.block}')}")
        self._write(self._read(self._slot(X)), row)
        self._write(self._read(self._slot(Y)), self._new(f"getelementptr double, ptr {row}, i64 {self.block}"))

    def _parts(self) -> dict[str, str]:
        """What both kinds of functions have."""
        rows = range(len(self.keys))
        names = [*(f"%k{k}" for k in rows), *(f"%saved{k}" for k in rows), "%sum"]
        for name in names:
            self._line(f"{name} = alloca {self.vector}")
        self._line(f"%all = alloca {self.truth}")
        parts = {"ALLOCATE": self._taken()}
        for k in rows:
            self._write(self._read(self._row("%lanes", str(k))), f"%k{k}")
        parts["LOAD"] = self._taken()
        for k in rows:
            self._write(self._read(f"%k{k}"), self._row("%lanes", str(k)))
        parts["STORE"] = self._taken()
        return parts

    def _filled(self, text: str, parts: dict[str, str]) -> str:
        v, n = self.vector, self.block
        for name, lines in {**parts, "BLOCK": str(n), "TOGETHER": str(TOGETHER)}.items():
            text = text.replace(f"@{name}\n", f"{lines}\n")
        text = text.replace("@LINKED", LINKED)
        return (
            f"declare {v} @llvm.sqrt.v{n}f64({v})\ndeclare {v} @llvm.fabs.v{n}f64({v})\n"
            f"declare {v} @llvm.fmuladd.v{n}f64({v}, {v}, {v})\n"
            f"declare i1 @llvm.vector.reduce.or.v{n}i1({self.truth})\n"
            f"declare i1 @llvm.vector.reduce.and.v{n}i1({self.truth})\n{text}"
        )

    def _line(self, text: str) -> None:
        self.lines.append(text)

    def _taken(self) -> str:
        text = "\n  ".join(self.lines)
        self.lines = []
        return text

    def _new(self, text: str) -> str:
        name = f"%v{self.count}"
        self.count += 1
        self._line(f"{name} = {text}")
        return name

    def _read(self, pointer: str) -> str:
        return self._new(f"load {self.vector}, ptr {pointer}, align 8")

    def _write(self, value: str, pointer: str) -> None:
        self._line(f"store {self.vector} {value}, ptr {pointer}, align 8")

    def _slot(self, key: Key) -> str:
        return f"%k{self.keys.index(key)}"

    def _row(self, pointer: str, row: str, width: str = "%stride") -> str:
        """A block of one row of a table that has a place for each trajectory."""
        begin = self._new(f"mul i64 {width}, {row}")
        return self._new(f"getelementptr double, ptr {pointer}, i64 {self._new(f'add i64 {begin}, %i')}")

    def _put(self, after: dict[Key, str]) -> None:
        for key, value in after.items():
            self._write(value, self._slot(key))

    def _every(self, one: str) -> str:
        first = self._new(f"insertelement {self.vector} poison, double {one}, i64 0")
        mask = f"<{self.block} x i32> zeroinitializer"
        return self._new(f"shufflevector {self.vector} {first}, {self.vector} poison, {mask}")

    def _number(self, pointer: str, place: int) -> str:
        """One number for all trajectories."""
        here = self._new(f"getelementptr double, ptr {pointer}, i64 {place}")
        return self._every(self._new(f"load double, ptr {here}"))

    def _constant(self, number: float) -> str:
        return f"splat (double 0x{int(np.float64(number).view(np.uint64)):016X})"

    def _choice(self, which: str, there: str, elsewhere: str) -> str:
        return self._new(f"select {self.truth} {which}, {self.vector} {there}, {self.vector} {elsewhere}")

    def _numbers_of(self, time: str) -> str:
        """Where the numbers in the slots of a step are."""
        return self._new(f"getelementptr double, ptr %table, i64 {self._new(f'mul i64 {time}, {self.slots}')}")

    def _step(self, time: str) -> tuple[dict[Key, str], list[str]]:
        """One step: the numbers that it changes, and the conditions under which a trajectory goes on."""
        row = self._numbers_of(time)
        self.literals = []
        nodes: list[str] = []
        truths: list[bool] = []
        doubled = self._doubled()
        for place, operation in enumerate(self.program.operations):
            name, operands = operation[0], operation[1:]
            truth = False
            if name == "input":
                nodes.append(self._read(self._slot((*operands[0], operands[1]))))
            elif name == "slot":
                nodes.append(self._number(row, operands[0]))
            elif name == "literal":
                self.literals.append(float.fromhex(operands[0]))
                nodes.append(self._number("%literals", len(self.literals) - 1))
            else:
                if place in doubled:
                    name, operands = np.add, (doubled[place],) * 2
                kinds = [truths[each] for each in operands]
                nodes.append(self._function(name, [nodes[each] for each in operands], kinds))
                truth = name in TRUTHS or (name == "select" and kinds[1])
            truths.append(truth)
        if any(truths[node] for _, node in self.program.outputs):
            raise NotNative("a condition is carried over")
        return {key: nodes[node] for key, node in self.program.outputs}, [nodes[n] for n in self.program.alive]

    def _doubled(self) -> dict[int, int]:
        """The products by two that are made as sums, and of what; as many as let sums and products be equally many.

        A processor has units for either, and the larger number of the two is waited for.
        """
        operations = self.program.operations
        products = sum(name in PRODUCTS for name, *_ in operations) + 2  # those with which leaving is noticed
        sums = sum(name in SUMS for name, *_ in operations)
        twice = {
            place: operands[1 - factors.index(TWO)]
            for place, (name, *operands) in enumerate(operations)
            if name is np.multiply and TWO in (factors := [operations[each] for each in operands])
        }
        return dict(list(twice.items())[: max(0, (products - sums) // 2)])

    def _function(self, name: Any, a: list[str], truth: list[bool]) -> str:
        v, b = self.vector, self.truth
        logical = name in LOGIC or name in (np.invert, np.logical_not)
        if truth != ([True, False, False] if name == "select" else [logical] * len(a)):
            raise NotNative("conditions are calculated with")
        if name in ARITHMETIC:
            return self._new(f"{ARITHMETIC[name]} {v} {a[0]}, {a[1]}")
        if name in COMPARISONS:
            return self._new(f"fcmp {COMPARISONS[name]} {v} {a[0]}, {a[1]}")
        if name in LOGIC:
            return self._new(f"{LOGIC[name]} {b} {a[0]}, {a[1]}")
        if name in (np.invert, np.logical_not):
            return self._new(f"xor {b} {a[0]}, splat (i1 true)")
        if name == "select":
            return self._choice(*a)
        if name in (np.sqrt, np.absolute):
            called = "sqrt" if name is np.sqrt else "fabs"
            return self._new(f"call {v} @llvm.{called}.v{self.block}f64({v} {a[0]})")
        if name is np.negative:
            return self._new(f"fneg {v} {a[0]}")
        if name in (np.maximum, np.minimum, np.fmax, np.fmin):
            beats = self._new(f"fcmp {'ogt' if name in (np.maximum, np.fmax) else 'olt'} {v} {a[0]}, {a[1]}")
            if name in (np.maximum, np.minimum):  # nan wins
                beats = self._new(f"or {b} {beats}, {self._new(f'fcmp uno {v} {a[0]}, {a[0]}')}")
            return self._choice(beats, a[0], a[1])
        if name is np.sign:
            zero = self._new(f"fcmp oeq {v} {a[0]}, zeroinitializer")
            above = self._new(f"fcmp ogt {v} {a[0]}, zeroinitializer")
            below = self._new(f"fcmp olt {v} {a[0]}, zeroinitializer")
            result = self._choice(zero, "zeroinitializer", a[0])
            result = self._choice(above, self._constant(1.0), result)
            return self._choice(below, self._constant(-1.0), result)
        raise NotNative(getattr(name, "__name__", str(name)))
