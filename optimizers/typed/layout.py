"""Shapes of what a typed rule works with, as each of its lines finds them."""

from typing import Any

from landscapes import Array
from landscapes.formula import Name
from optimizers.typed.program import BEFORE, GIVEN, MATRIX, NUMBER, VECTOR, Program, parts, rank_of


def own_ranks(program: Program) -> dict[str, int]:
    """The ranks of the names that keep theirs: what is remembered, the point and the gradient."""
    return {**program.memory, "p": VECTOR, "g": VECTOR}


def shapes_of(p: Array) -> dict[int, tuple[int, ...]]:
    """The shape of a number, a vector and a matrix for each trajectory of p."""
    return {NUMBER: p.shape[1:], VECTOR: p.shape, MATRIX: (len(p), *p.shape)}


def ranks_of(program: Program) -> dict[Any, dict[str, int | None]]:
    """The ranks of all names as each line finds them, by the line's place."""
    ranks: dict[str, int | None] = {**dict.fromkeys(program.knobs, NUMBER), **GIVEN}
    ranks |= {name: rank for name, rank in program.memory.items() if name not in GIVEN}
    ranks |= {name + BEFORE: rank for name, rank in program.memory.items()} | {"p" + BEFORE: VECTOR}
    found = {}
    for line in program.lines:
        found[line.place] = dict(ranks)
        own = VECTOR if line.name in ("p", "g") else program.memory.get(line.name)
        ranks[line.name] = rank_of("", line.formula, ranks) if own is None else own
    return found


def asks_gradient(program: Program) -> bool:
    """Whether g is read before a line sets it, or remembered."""
    for line in program.lines:
        if any(isinstance(node, Name) and node.name == "g" for node in parts(line.formula)):
            return True
        if line.name == "g":
            return False
    return "g" in program.memory
