"""From the lines of a typed rule to what they mean: which names are remembered, which are knobs, and every shape."""

import keyword
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from landscapes.formula import (
    Assignment,
    Call,
    Choice,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    read_lines,
)
from words import Message, message

LONGEST, MOST_LINES, MOST_PARTS, MOST_NAMES, LONGEST_NAME = 1000, 30, 300, 12, 24
MOST_COSTLY = 8  # gradients, values, Hessians and inverses in one update
NUMBER, VECTOR, MATRIX = 0, 1, 2
GIVEN = {"p": VECTOR, "g": VECTOR, "t": NUMBER, "hessian": MATRIX, "identity": MATRIX}
EACH = {"sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tanh"}  # of each coordinate
ARGUMENTS = {"max": 2, "min": 2, "dot": 2}
FUNCTIONS = {*EACH, *ARGUMENTS, "norm", "norm1", "inverse", "gradient", "value"}
COSTLY = {"gradient", "value", "inverse"}
RATES = ("learning_rate", "lr", "eta", "step_size", "alpha")  # names of the learning rate, the first that is there
BEFORE = "_before"


@dataclass(frozen=True)
class Program:
    """A typed rule that was understood; its learning rate is called `learning_rate`."""

    text: str
    lines: tuple[Assignment, ...]
    memory: Mapping[str, int]  # what is remembered from update to update, with its rank; starts at 0
    knobs: tuple[str, ...]  # the names that are nowhere set, in the order of their first use
    numbers: Mapping[str, float]  # those that a line of their own sets to a number
    shares: frozenset[str]  # those that are taken from 1 somewhere: a memory, in [0, 1)


def parts(node: Node) -> Iterator[Node]:
    """A tree with all that is in it."""
    yield node
    match node:
        case Negative(operand=operand):
            yield from parts(operand)
        case Sum(terms=pairs) | Product(factors=pairs):
            for _, part in pairs:
                yield from parts(part)
        case Power(base=base, exponent=exponent):
            yield from parts(base)
            yield from parts(exponent)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from parts(argument)


def understood(text: str) -> Program:
    """The program of a typed rule.

    Raises:
        FormulaError: what is wrong, what would be right, and where.
    """
    if not isinstance(text, str):
        raise FormulaError(message("a rule is text such as p = p - lr*g, not {kind}", kind=type(text).__name__), "")
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        reason = message("a rule has at most {most} characters, this one has {given}", most=LONGEST, given=len(text))
        raise FormulaError(reason, text, LONGEST)
    if not text:
        raise FormulaError(message("a rule is needed, for example p = p - lr*g"), text)
    lines = read_lines(text)
    _bounded(text, lines)
    numbers, lines = _settings(lines)
    assigned = {line.name for line in lines}
    if "p" not in assigned:
        raise FormulaError(message("a rule needs a line that sets p, for example p = p - lr*g"), text, len(text))
    memory, knobs = _names(text, lines, assigned)
    if set(numbers) - set(knobs):
        unused = min(set(numbers) - set(knobs))
        raise FormulaError(message("{name} is set to a number and never used", name=unused), text)
    ranks = _ranks(text, lines, memory, knobs)
    shares = frozenset(
        part.name
        for line in lines
        for node in parts(line.formula)
        if isinstance(node, Sum) and isinstance(node.terms[0][1], Number) and node.terms[0][1].value == 1
        for sign, part in node.terms[1:]
        if sign == "-" and isinstance(part, Name)
    )
    rate = next((name for name in RATES if name in knobs and name not in shares), None)
    if rate not in (None, "learning_rate"):
        text, lines, knobs = _renamed(text, rate, lines, knobs)
        numbers = {"learning_rate" if name == rate else name: number for name, number in numbers.items()}
    kept = "\n".join(text[line.place.start :].partition("\n")[0] for line in lines)
    again = read_lines(kept)  # whose places are those of the lines that are kept
    return Program(kept, again, ranks, knobs, numbers, shares)


def _fail(reason: Message, text: str, node: Node | Assignment) -> NoReturn:
    raise FormulaError(reason, text, *node.place)


def _bounded(text: str, lines: tuple[Assignment, ...]) -> None:
    """Refuses rules that are too long or call what there is not."""
    if len(lines) > MOST_LINES:
        _fail(message("a rule has at most {most} lines", most=MOST_LINES), text, lines[MOST_LINES])
    count = costly = 0
    for line in lines:
        if line.name in {*GIVEN, *FUNCTIONS} - {"p", "g"}:
            _fail(message("{name} has a meaning of its own and cannot be set", name=line.name), text, line)
        for node in parts(line.formula):
            count += 1
            costly += (isinstance(node, Call) and node.name in COSTLY) or node == Name(node.place, "hessian")
            if count > MOST_PARTS:
                _fail(message("a rule has at most {most} operations, names and numbers", most=MOST_PARTS), text, node)
            if costly > MOST_COSTLY:
                _fail(
                    message(
                        "a rule asks at most {most} times for gradient, value, hessian or inverse", most=MOST_COSTLY
                    ),
                    text,
                    node,
                )
            if isinstance(node, Choice):
                _fail(message("a rule has no cases, write max or min"), text, node)
            if isinstance(node, Call):
                _called(text, node)
        for name, place in _used(line):
            if keyword.iskeyword(name) or name.startswith("_") or len(name) > LONGEST_NAME:
                raise FormulaError(
                    message(
                        "a name has at most {most} letters, begins with one, and is no word of Python",
                        most=LONGEST_NAME,
                    ),
                    text,
                    *place,
                )


def _used(line: Assignment) -> list[tuple[str, tuple[int, int]]]:
    own = (line.name, (line.place.start, line.place.start + len(line.name)))
    return [own, *((node.name, node.place) for node in parts(line.formula) if isinstance(node, Name))]


def _called(text: str, node: Call) -> None:
    if node.name not in FUNCTIONS:
        _fail(
            message(
                "{name} is no function of a rule, those are: {names}",
                name=node.name,
                names=", ".join(sorted(FUNCTIONS)),
            ),
            text,
            node,
        )
    count = ARGUMENTS.get(node.name, 1)
    if len(node.arguments) != count:
        _fail(
            message("{name} takes {count} arguments, separated by commas", name=node.name, count=count)
            if count > 1
            else message("{name} takes one argument", name=node.name),
            text,
            node,
        )


def _settings(lines: tuple[Assignment, ...]) -> tuple[dict[str, float], tuple[Assignment, ...]]:
    """The lines that only give a name its number, once and for all, and the others."""
    names = [line.name for line in lines]
    numbers, others = {}, []
    for line in lines:
        inner = line.formula.operand if isinstance(line.formula, Negative) else line.formula
        if isinstance(inner, Number) and names.count(line.name) == 1 and line.name not in GIVEN:
            numbers[line.name] = inner.value if inner is line.formula else -inner.value
        else:
            others.append(line)
    return numbers, tuple(others)


def _names(text: str, lines: tuple[Assignment, ...], assigned: set[str]) -> tuple[list[str], tuple[str, ...]]:
    """What is remembered, because it is read before it is set, and the names that no line sets."""
    memory: dict[str, None] = {}
    knobs: dict[str, None] = {}
    done: set[str] = set()
    for line in lines:
        for node in parts(line.formula):
            if not isinstance(node, Name) or node.name in GIVEN:
                continue
            stem = node.name.removesuffix(BEFORE)
            if node.name not in assigned and stem != node.name:
                if stem not in {*assigned, "g"}:
                    _fail(
                        message("{name} is what {stem} was before, and no line sets {stem}", name=node.name, stem=stem),
                        text,
                        node,
                    )
                memory[stem] = None
            elif node.name not in assigned:
                knobs[node.name] = None
            elif node.name not in done:
                memory[node.name] = None
        done.add(line.name)
    for names in (memory, knobs):
        if len(names) > MOST_NAMES:
            raise FormulaError(
                message("a rule remembers at most {most} names and has at most as many knobs", most=MOST_NAMES), text
            )
    return list(memory), tuple(knobs)


def _renamed(
    text: str, rate: str | None, lines: tuple[Assignment, ...], knobs: tuple[str, ...]
) -> tuple[str, tuple[Assignment, ...], tuple[str, ...]]:
    """The same with the learning rate under its full name."""
    places = [node.place for line in lines for node in parts(line.formula) if node == Name(node.place, str(rate))]
    kept, at = "", 0
    for start, end in sorted(places):
        beside = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()  # as in 2α, a product
        kept, at = kept + text[at:start] + (" learning_rate " if beside else "learning_rate"), end
    whole = kept + text[at:]
    again = [line for line in read_lines(whole) if line.name != rate]
    names = {line.name for line in lines}
    return (
        whole,
        tuple(line for line in again if line.name in names),
        tuple("learning_rate" if name == rate else name for name in knobs),
    )


def _ranks(text: str, lines: tuple[Assignment, ...], memory: list[str], knobs: tuple[str, ...]) -> dict[str, int]:
    """The rank of what is remembered: found by following the lines until nothing changes."""
    known: dict[str, int | None] = dict.fromkeys(memory)
    if "g" in known:
        known["g"] = VECTOR
    for _ in range(4 * len(memory) + 4):  # each name may rise twice, and be found to be a number once
        before = dict(known)
        ranks: dict[str, int | None] = {**dict.fromkeys(knobs, NUMBER), **GIVEN}
        ranks |= {name: rank for name, rank in known.items() if name not in ("g", "p")}
        ranks |= {name + BEFORE: rank for name, rank in known.items()} | {"p" + BEFORE: VECTOR}
        for line in lines:
            rank = rank_of(text, line.formula, ranks)
            if line.name in ("p", "g"):
                if rank == MATRIX:
                    _fail(message("{name} is a vector, and this is a matrix", name=line.name), text, line)
                rank = VECTOR
            ranks[line.name] = rank
            if line.name in known:
                known[line.name] = _joined(text, line, known[line.name], rank)
        if known == before and None not in known.values():
            break
        if known == before:  # nothing more is found out, so what is left are numbers
            known |= {name: NUMBER if rank is None else rank for name, rank in known.items()}
    return {name: rank or NUMBER for name, rank in known.items()}


def _joined(text: str, node: Node | Assignment, a: int | None, b: int | None) -> int | None:
    """The rank of a sum."""
    if None in (a, b):
        return b if a is None else a
    if a != b and MATRIX in (a, b):
        _fail(message("a matrix is added to a matrix only, write a number as a multiple of identity"), text, node)
    return max(a or 0, b or 0)


def rank_of(text: str, node: Node, ranks: Mapping[str, int | None]) -> int | None:
    """The rank of what a formula comes to; None where it is not known yet.

    Raises:
        FormulaError: shapes that do not go together.
    """
    match node:
        case Number():
            return NUMBER
        case Name(name=name):
            return ranks[name]
        case Negative(operand=operand):
            return rank_of(text, operand, ranks)
        case Sum(terms=terms):
            rank = rank_of(text, terms[0][1], ranks)
            for _, term in terms[1:]:
                rank = _joined(text, term, rank, rank_of(text, term, ranks))
            return rank
        case Product(factors=factors):
            rank = rank_of(text, factors[0][1], ranks)
            for sign, factor in factors[1:]:
                other = rank_of(text, factor, ranks)
                if other == MATRIX and (sign == "/" or rank in (VECTOR, MATRIX)):
                    _fail(
                        message("a matrix stands before a vector or beside a number, and divides nothing"), text, factor
                    )
                if rank == MATRIX and sign == "/" and other == VECTOR:
                    _fail(message("a matrix is divided by a number only"), text, factor)
                rank = VECTOR if (rank, other) == (MATRIX, VECTOR) else _highest(rank, other)
            return rank
        case Power(base=base, exponent=exponent):
            both = rank_of(text, base, ranks), rank_of(text, exponent, ranks)
            if MATRIX in both:
                _fail(message("a matrix has no power here, write inverse(...) for its inverse"), text, node)
            return _highest(*both)
        case Call(name=name, arguments=arguments):
            given = [rank_of(text, argument, ranks) for argument in arguments]
            if name == "inverse":
                if given[0] not in (MATRIX, None):
                    _fail(message("inverse takes a matrix, such as hessian"), text, node)
                return MATRIX
            if MATRIX in given and name != "abs":
                _fail(message("{name} takes numbers and vectors, not a matrix", name=name), text, node)
            if name in ("gradient", "value", "norm", "norm1", "dot"):
                if NUMBER in given:
                    _fail(message("{name} takes vectors, such as p and g", name=name), text, node)
                return VECTOR if name == "gradient" else NUMBER
            return _join(given) if name in ("max", "min") else _highest(*given)
        case Choice():
            _fail(message("a rule has no cases, write max or min"), text, node)


def _highest(*ranks: int | None) -> int | None:
    """The rank of a product; not known before all its factors' are."""
    return None if None in ranks else _join(ranks)


def _join(ranks: Iterable[int | None]) -> int | None:
    """The highest rank that is known."""
    return max((rank for rank in ranks if rank is not None), default=None)
