"""Programs along paths that are at hand, and the order in which blocks of trajectories go through them, for LLVM."""

from optimizers.bulk.emit import LINKED, Writer
from optimizers.bulk.recording import POINT, Key, Program

BEFORE, TIME = "before", "time"
RESULT = "result"  # what is put down for the whole tile
COPIED = 16  # trajectories whose numbers are copied together

ALONG = """
define i64 @run(@LINKED) {
entry:
  @ALLOCATE
  %pitch = mul i64 %size, 2
  br label %block
block:
  %i = phi i64 [0, %entry], [%inext, %done]
  %any = phi i1 [false, %entry], [%still, %done]
  @LOAD
  %some = icmp slt i64 %first, %last
  br i1 %some, label %step, label %done
step:
  %t = phi i64 [%first, %block], [%tnext, %step]
  @STEP
  %tnext = add i64 %t, 1
  %more = icmp slt i64 %tnext, %last
  br i1 %more, label %step, label %done
done:
  @STORE
  %still = or i1 %any, %here
  %inext = add i64 %i, @BLOCK
  %again = icmp slt i64 %inext, %size
  br i1 %again, label %block, label %finish
finish:
  %found = zext i1 %still to i64
  ret i64 %found
}
"""

# Each block goes through all calls in order, until one says that it need not go on.
CHAIN = """
define void @run(ptr noalias %calls, i64 %count, i64 %size, i64 %width) {
entry:
  br label %block
block:
  %i = phi i64 [0, %entry], [%inext, %next]
  %where = mul i64 %i, 8
  br label %call
call:
  %c = phi i64 [0, %block], [%cnext, %call]
  %begin = mul i64 %c, @FIELDS
  @FIELD
  %there = mul i64 %shift, %i
  %here = getelementptr i8, ptr %lanes, i64 %there
  %wide = getelementptr i8, ptr %out, i64 %where
  %on = call i64 %run(ptr %here, i64 %stride, i64 %width, ptr %table, ptr %literals, i64 %first, i64 %last,
                      double %far, ptr %path, ptr %wide, i64 %room)
  %cnext = add i64 %c, 1
  %more = icmp slt i64 %cnext, %count
  %going = icmp ne i64 %on, 0
  %further = and i1 %more, %going
  br i1 %further, label %call, label %next
next:
  %inext = add i64 %i, %width
  %again = icmp slt i64 %inext, %size
  br i1 %again, label %block, label %finish
finish:
  ret void
}
"""
# Numbers for later are put beside the others as they are: `last` rows of them.
COPY = f"""
define i64 @run({LINKED}) {{
entry:
  br label %row
row:
  %k = phi i64 [0, %entry], [%knext, %rowed]
  %from = mul i64 %k, %stride
  %to = mul i64 %k, %room
  br label %part
part:
  %i = phi i64 [0, %row], [%inext, %part]
  %a = add i64 %from, %i
  %b = add i64 %to, %i
  %source = getelementptr double, ptr %lanes, i64 %a
  %goal = getelementptr double, ptr %out, i64 %b
  %numbers = load <{COPIED} x double>, ptr %source, align 8
  store <{COPIED} x double> %numbers, ptr %goal, align 8
  %inext = add i64 %i, {COPIED}
  %again = icmp slt i64 %inext, %size
  br i1 %again, label %part, label %rowed
rowed:
  %knext = add i64 %k, 1
  %more = icmp slt i64 %knext, %last
  br i1 %more, label %row, label %finish
finish:
  ret i64 1
}}
"""
FIELDS = ("run", "lanes", "shift", "stride", "table", "literals", "first", "last", "far", "path", "out", "room")
TYPES = {"run": "ptr", "lanes": "ptr", "table": "ptr", "literals": "ptr", "path": "ptr", "out": "ptr", "far": "double"}


def chain() -> str:
    """A function that takes blocks through a list of calls, each of which has these fields of eight bytes."""
    lines = []
    for number, name in enumerate(FIELDS):
        lines += [f"%n{name} = add i64 %begin, {8 * number}", f"%p{name} = getelementptr i8, ptr %calls, i64 %n{name}"]
        lines.append(f"%{name} = load {TYPES.get(name, 'i64')}, ptr %p{name}")
    return CHAIN.replace("@FIELDS", str(8 * len(FIELDS))).replace("@FIELD\n", "\n  ".join(lines) + "\n")


class Along(Writer):
    """Writes a program that is applied to the places of a path one after the other.

    Args:
        rows: where the numbers stand that a program takes and gives; what is called a result stands in another table.
        fresh: what it begins with where that is a number.
    """

    def __init__(self, program: Program, rows: dict[Key, int], fresh: dict[Key, float], block: int) -> None:
        self.changed = [key for key, node in program.outputs if program.inputs.get(key) != node]
        super().__init__(program, list(dict.fromkeys([*program.inputs, *self.changed])), 0, block)
        self.rows, self.fresh = rows, fresh

    def text(self) -> str:
        """The function; tells whether for any trajectory the conditions of the program hold, or there are none."""
        v, n = self.vector, self.block
        parts = {}
        for k in range(len(self.keys)):
            self._line(f"%k{k} = alloca {v}")
        self._line("%going = alloca i1")
        parts["ALLOCATE"] = self._taken()
        for key in self.keys:
            if key in self.fresh:
                self._write(self._constant(self.fresh[key]), self._slot(key))
            elif key in self.program.inputs and key[0] not in (POINT, BEFORE, TIME):
                self._write(self._read(self._row("%lanes", str(self.rows[key]))), self._slot(key))
        self._line(f"store i1 {'false' if self.program.alive else 'true'}, ptr %going")
        parts["LOAD"] = self._taken()
        for key in self.program.inputs:
            if key[0] in (POINT, BEFORE):
                self._write(self._read(self._place(key)), self._slot(key))
            elif key[0] == TIME:
                self._write(self._every(self._new("sitofp i64 %t to double")), self._slot(key))
        after, conditions = self._step("%t")
        for each in conditions:
            some = self._new(f"call i1 @llvm.vector.reduce.or.v{n}i1({self.truth} {each})")
            self._line(f"store i1 {some}, ptr %going")
        self._put({key: after[key] for key in self.changed})
        parts["STEP"] = self._taken()
        for key in self.changed:
            table, width = ("%out", "%room") if key[0] == RESULT else ("%lanes", "%stride")
            self._write(self._read(self._slot(key)), self._row(table, str(self.rows[key]), width))
        self._line("%here = load i1, ptr %going")
        parts["STORE"] = self._taken()
        return self._filled(ALONG, parts)

    def _place(self, key: Key) -> str:
        """Where one coordinate stands in the path, of this position or of the one before."""
        row = self._new(f"sub i64 %t, {1 if key[0] == BEFORE else 0}")
        begin = self._new(f"mul i64 {row}, %pitch")
        if key[1]:
            begin = self._new(f"add i64 {begin}, %size")
        return self._new(f"getelementptr double, ptr %path, i64 {self._new(f'add i64 {begin}, %i')}")

    def _numbers_of(self, time: str) -> str:
        return "%table"
