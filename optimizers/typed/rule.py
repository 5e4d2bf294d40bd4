"""A typed rule as a rule like any other: engine, verdict and Step by step take it as they take Adam."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any

import numpy as np

from landscapes import Array, Landscape
from landscapes.formula import Call, FormulaError, Name, Node, Power, Product, Sum, read_lines
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.typed.code import in_numpy, in_torch
from optimizers.typed.evaluate import calculation, known
from optimizers.typed.knobs import DECAYS, SMALL, guessed
from optimizers.typed.layout import asks_gradient, own_ranks, ranks_of, shapes_of
from optimizers.typed.naming import titled
from optimizers.typed.program import BEFORE, GIVEN, MATRIX, VECTOR, Program, parts, rank_of, understood
from optimizers.typed.state import Fields, state_class
from optimizers.typed.symbols import symbols
from words import mark


@lru_cache(maxsize=64)
def typed_rule(text: str) -> Rule:
    """The update rule that plain lines describe, for instance heavy-ball momentum:

    >>> heavy = typed_rule("v = b*v + g\\np = p - lr*v")
    >>> heavy.memory, list(inspect.signature(heavy.factory).parameters)
    (('v',), ['b', 'learning_rate'])

    `p` is the point, `g` the gradient there, `t` the number of the update from 1, `hessian` and `identity` matrices,
    `gradient(q)` and `value(q)` those at another point. A name that is read before its line sets it is remembered, and
    starts at 0; `v_before` is what v was before the update, and `p_before` begins at the start. A name that no line
    sets is a knob, and `b = 0.9` alone gives a knob its number. Products and quotients are taken for each coordinate,
    0/0 is 0, a matrix times a vector is a vector. The learning rate is `learning_rate`, `lr`, `eta`, `step_size` or
    `alpha`, the first that is there. A first line that begins with # is the name of the rule.

    Args:
        text: at most 1000 characters, 30 lines, 300 operations, names and numbers, 12 names that are remembered.

    Raises:
        FormulaError: what is wrong, what would be right, and where.
    """
    program = understood(titled(text).body)
    title = titled(text).title
    return Rule(
        factory=_factory(program, title),
        name=title or mark("Your rule"),
        use=mark("A rule of your own, raced beside those that are known."),
        fails=mark("Nothing is known of it beforehand: the race shows it."),
        lines=Lines(program.text, effective_rate(program)),
        memory=tuple(program.memory),
        momentum=momentum_of(program),
        torch=lambda numbers: _torch_call(program, numbers),
        program=lambda library: in_numpy(program) if library == "numpy" else in_torch(program),
        symbols=symbols(_named(program)),
    )


def _torch_call(program: Program, numbers: Mapping[str, Any]) -> str | None:
    """How the optimizer that `in_torch` writes is made; None where there is none."""
    written = in_torch(program)
    if written is None:
        return None
    return f"YourRule([p]{''.join(f', {written.names[name]}={number!r}' for name, number in numbers.items())})"


def heavy(text: str) -> bool:
    """Whether an update of a typed rule takes as long as that of a rule that searches for its step.

    Raises:
        FormulaError: as `typed_rule`.
    """
    return understood(titled(text).body).heavy


def _factory(program: Program, title: str) -> Callable[..., Optimizer]:
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

    your_rule.__doc__ = f"{title or 'Lines that someone typed'}.\n\nSource: its own lines."
    your_rule.__signature__ = signature  # type: ignore[attr-defined]  # mypy knows it of no function
    return rule(your_rule)


def _optimizer(program: Program, numbers: Mapping[str, Any]) -> Optimizer:
    rate = as_schedule(numbers["learning_rate"]) if "learning_rate" in numbers else None
    plain = {name: as_numbers(number) for name, number in numbers.items() if name != "learning_rate"}
    state = state_class(("t", *program.memory))
    names = {node.name for line in program.lines for node in parts(line.formula) if isinstance(node, Name)}
    asks_hessian, needs_gradient = "hessian" in names, asks_gradient(program)
    ranks, own = ranks_of(program), own_ranks(program)
    steps = [(line.name, calculation(line.formula, ranks[line.place])) for line in program.lines]

    def init(p: Array) -> Fields:
        shapes = shapes_of(p)
        return state(0, *(p if name == "p" else np.zeros(shapes[rank]) for name, rank in program.memory.items()))

    def update(p: Array, before: Any, landscape: Landscape) -> tuple[Array, Fields]:
        shapes = shapes_of(p)
        identity = np.eye(len(p)).reshape(len(p), len(p), *[1] * (p.ndim - 1))
        values: dict[str, Any] = {"p": p, "t": np.float64(before.t + 1), "identity": identity, **plain}
        values["p" + BEFORE] = p
        for name in program.memory:
            values[name + BEFORE] = getattr(before, name)
            if name not in GIVEN:
                values[name] = getattr(before, name)
        if rate is not None:
            values["learning_rate"] = as_numbers(rate(before.t))
        if needs_gradient:
            values["g"] = landscape.gradient(p)
        if asks_hessian:
            values["hessian"] = landscape.hessian(p)
        with np.errstate(all="ignore"):
            for name, calculate in steps:
                value = calculate(values, landscape)
                shape = shapes[own[name]] if name in own else np.shape(value)
                values[name] = value if shape == np.shape(value) else np.broadcast_to(value, shape).copy()
        kept = (values[name] if name != "p" else p for name in program.memory)
        return values["p"], state(before.t + 1, *(np.asarray(each) if known(each) else each for each in kept))

    return Optimizer(init, update, rate=rate)


def as_numbers(value: Any) -> Any:
    """A number of the library's, or an array of them."""
    return np.asarray(value, dtype=float)[()] if known(value) else value


def momentum_of(program: Program) -> str | None:
    """The first remembered vector that gathers gradients, as v = b*v + g does; None where none does.

    Its line has the gradient and its old value, each at most with factors beside it: no power and no function of them.
    Elsewhere it enters by itself and not by a power alone, as where it only centres a variance.
    """
    for line in program.lines:
        own = list(parts(line.formula))
        bent = any(isinstance(node, Power | Call) for node in own)
        if program.memory.get(line.name) != VECTOR or bent or _count(own, line.name) != 1 or _count(own, "g") != 1:
            continue
        others = [node for other in program.lines if other is not line for node in parts(other.formula)]
        powers = [inner for node in others if isinstance(node, Power) for inner in parts(node)]
        if _count(others, line.name) > _count(powers, line.name):
            return line.name
    return None


def _count(nodes: Iterable[Node], name: str) -> int:
    return sum(isinstance(node, Name) and node.name == name for node in nodes)


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
    """The names that need a symbol: what the lines set, and the knobs that have none by convention."""
    return {line.name for line in program.lines} | {name for name in program.knobs if name not in {*SMALL, *DECAYS}}
