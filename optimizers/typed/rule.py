"""A typed rule as a rule like any other: engine, verdict and Step by step take it as they take Adam."""

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any

import numpy as np

from landscapes import Array, Landscape
from landscapes.formula import FormulaError, Name, Node, Product, Sum, read_lines
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.typed.evaluate import calculated
from optimizers.typed.knobs import guessed
from optimizers.typed.program import BEFORE, GIVEN, MATRIX, NUMBER, VECTOR, Program, parts, rank_of, understood
from optimizers.typed.state import Fields, state_class
from words import mark

KNOWN_LETTERS = {"learning_rate", "p", "g", "t", "hessian", "identity"}


@lru_cache(maxsize=64)
def typed_rule(text: str) -> Rule:
    """The update rule that plain lines describe, for instance heavy-ball momentum:

    >>> heavy = typed_rule("v = b*v + g\\np = p - lr*v")
    >>> heavy.memory, list(inspect.signature(heavy.factory).parameters)
    (('v',), ['b', 'learning_rate'])

    `p` is the point, `g` the gradient there, `t` the number of the update from 1, `hessian` and `identity` matrices,
    `gradient(q)` and `value(q)` those at another point. A name that is read before its line sets it is remembered, and
    starts at 0; `v_before` is what v was before the update. A name that no line sets is a knob, and `b = 0.9` alone
    gives a knob its number. Products and quotients are taken for each coordinate, 0/0 is 0, a matrix times a vector is
    a vector. The learning rate is `learning_rate`, `lr`, `eta`, `step_size` or `alpha`, the first that is there.

    Args:
        text: at most 1000 characters, 30 lines, 300 operations, names and numbers, 12 names that are remembered.

    Raises:
        FormulaError: what is wrong, what would be right, and where.
    """
    program = understood(text)
    return Rule(
        factory=_factory(program),
        name=mark("Your rule"),
        use=mark("A rule of your own, raced beside those that are known."),
        fails=mark("Nothing is known of it beforehand: the race shows it."),
        lines=Lines(program.text, effective_rate(program)),
        memory=tuple(program.memory),
        momentum="m" if program.memory.get("m") == VECTOR else None,
        torch=None,
        symbols={name: _upright(name) for name in _named(program) if len(name.rstrip("0123456789")) > 1},
    )


def _factory(program: Program) -> Callable[..., Optimizer]:
    marks = {name: guessed(name, program) for name in program.knobs}
    signature = inspect.Signature(
        [
            inspect.Parameter(
                name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=knob.default,
                annotation=LearningRate if name == "learning_rate" else Annotated[Rate, knob],
            )
            for name, knob in marks.items()
        ],
        return_annotation=Optimizer,
    )

    def your_rule(*args: Any, **kwargs: Any) -> Optimizer:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return _optimizer(program, given.arguments)

    your_rule.__doc__ = "Lines that someone typed.\n\nSource: its own lines."
    your_rule.__signature__ = signature  # type: ignore[attr-defined]  # mypy knows it of no function
    return rule(your_rule)


def _optimizer(program: Program, numbers: Mapping[str, Any]) -> Optimizer:
    rate = as_schedule(numbers["learning_rate"]) if "learning_rate" in numbers else None
    plain = {
        name: np.float64(number) if np.ndim(number) == 0 else np.asarray(number, dtype=float)
        for name, number in numbers.items()
        if name != "learning_rate"
    }
    state = state_class(("t", *program.memory))
    names = {node.name for line in program.lines for node in parts(line.formula) if isinstance(node, Name)}
    asks_hessian = "hessian" in names
    ranks, own = ranks_of(program), {**program.memory, "p": VECTOR, "g": VECTOR}

    def init(p: Array) -> Fields:
        shapes = shapes_of(p)
        return state(0, *(np.zeros(shapes[rank]) for rank in program.memory.values()))

    def update(p: Array, before: Any, landscape: Landscape) -> tuple[Array, Fields]:
        identity = np.eye(len(p)).reshape(len(p), len(p), *[1] * (p.ndim - 1))
        values: dict[str, Any] = {"p": p, "t": np.float64(before.t + 1), "identity": identity, **plain}
        values["p" + BEFORE] = p
        for name in program.memory:
            values[name + BEFORE] = getattr(before, name)
            if name not in GIVEN:
                values[name] = getattr(before, name)
        if rate is not None:
            values["learning_rate"] = np.asarray(rate(before.t), dtype=float)[()]
        if asks_gradient(program):
            values["g"] = landscape.gradient(p)
        if asks_hessian:
            values["hessian"] = landscape.hessian(p)
        with np.errstate(all="ignore"):
            for line in program.lines:
                value = calculated(line.formula, values, ranks[line.place], landscape)
                shape = shapes_of(p)[own[line.name]] if line.name in own else np.shape(value)
                values[line.name] = value if shape == np.shape(value) else np.broadcast_to(value, shape).copy()
        kept = (np.asarray(values[name] if name != "p" else p) for name in program.memory)
        return values["p"], state(before.t + 1, *kept)

    return Optimizer(init, update, rate=rate)


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


def effective_rate(program: Program) -> str:
    """What the direction in the last line to p is multiplied by: the rest of p - rate·direction/..., or 1."""
    line = [line for line in program.lines if line.name == "p"][-1]
    ranks = ranks_of(program)[line.place]

    def written(node: Node) -> str:
        return program.text[slice(*node.place)]

    match line.formula:
        case Sum(terms=((_, Name(name="p")), ("-", Product(factors=factors)))):
            above = [factor for sign, factor in factors if sign == "*"]
            direction = [factor for factor in above if rank_of("", factor, ranks) == VECTOR]
            if len(direction) == 1 and not any(rank_of("", factor, ranks) == MATRIX for _, factor in factors):
                rest = [factor for factor in above if factor is not direction[0]]
                below = [factor for sign, factor in factors if sign == "/"]
                top = "*".join(f"({written(factor)})" for factor in rest) or "1"
                rate = top + "".join(f"/({written(factor)})" for factor in below)
                return rate if readable(rate) else "1"
    return "1"


def readable(text: str) -> bool:
    """Whether a piece cut out of a rule is a formula by itself: a place leaves the outermost brackets out."""
    try:
        read_lines(f"rate = {text}")
    except FormulaError:
        return False
    return True


def _named(program: Program) -> set[str]:
    names = {line.name for line in program.lines} | set(program.knobs)
    return names - KNOWN_LETTERS


def _upright(name: str) -> str:
    """A name of several letters in LaTeX."""
    return rf"\mathrm{{{name.replace('_', chr(92) + '_')}}}"
