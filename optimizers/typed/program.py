"""From the lines of a typed rule to what they mean: which names are remembered, which are knobs, and every shape."""

import keyword
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
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
    changed,
    plain,
    read_lines,
    without_comments,
)
from words import Message, listed_later, mark, message

LONGEST, MOST_LINES, MOST_PARTS, MOST_NAMES, LONGEST_NAME = 1000, 30, 300, 12, 24
MOST_COSTLY = 8  # gradients, values, Hessians and inverses in one update
MANY_PARTS, FEW_COSTLY = 100, 2  # beyond, an update takes as long as a search: measured in benchmarks/typed_rules.py
NUMBER, VECTOR, MATRIX = 0, 1, 2
GIVEN = {"p": VECTOR, "g": VECTOR, "t": NUMBER, "hessian": MATRIX, "identity": MATRIX}
EACH = {"sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tanh"}  # of each coordinate
ARGUMENTS = {"max": 2, "min": 2, "dot": 2}
FUNCTIONS = {*EACH, *ARGUMENTS, "norm", "norm1", "inverse", "gradient", "value"}
MEANT = {  # what other languages call them
    **dict.fromkeys(("grad", "nabla", "dL", "df"), "gradient(p)"),
    **dict.fromkeys(("loss", "f", "L"), "value(p)"),
    **dict.fromkeys(("inv", "pinv"), "inverse(hessian)"),
    **dict.fromkeys(("solve", "lstsq"), "inverse(hessian)*g"),
    "hess": "hessian",
    "sum": "dot(a, b)",
    "mean": "dot(a, b)/2",
    "relu": "max(a, 0)",
}
CALLED_HERE = {  # names that no line sets, and what they stand for in other texts
    **dict.fromkeys(("grad", "gradient", "G", "dp", "dw", "dx", "dtheta"), "g"),
    **dict.fromkeys(("H", "Hess", "Hessian"), "hessian"),
    "loss": "value(p)",
}
COUNTERS = ("step", "iter", "iteration", "epoch")  # what t is called, in beta1**step
RANDOM = ("noise", "randn", "rand", "random", "normal")
NO_DICE = mark("a rule has no numbers of chance: noise belongs to the landscape, which has a switch for it")
GRADIENT = mark("the gradient at p is called g here, and that at q gradient(q)")
COSTLY = {"gradient", "value", "inverse"}
RATES = ("learning_rate", "lr", "eta", "step_size", "alpha")  # names of the learning rate, the first that is there
BEFORE = "_before"
LAMBDA = "lambda_"  # what λ is called in Python


@dataclass(frozen=True)
class Program:
    """A typed rule that was understood; its learning rate is called `learning_rate`."""

    text: str
    lines: tuple[Assignment, ...]
    memory: Mapping[str, int]  # what is remembered from update to update, with its rank; starts at 0
    knobs: tuple[str, ...]  # the names that are nowhere set, in the order of their first use
    numbers: Mapping[str, float]  # those that a line of their own sets to a number
    shares: frozenset[str]  # those that are a share of what is remembered, in [0, 1)

    @property
    def heavy(self) -> bool:
        """Whether an update takes as long as that of a rule that searches."""
        nodes = [node for line in self.lines for node in parts(line.formula)]
        return len(nodes) > MANY_PARTS or sum(map(_costly, nodes)) > FEW_COSTLY


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


ARROW = re.compile(r"^([ \t]*\\?\w+[ \t]*)(←|:=|<-|\\leftarrow\b|\\gets\b)", re.MULTILINE)
OF_TIME = re.compile(r"(\w+)_(?:[tkn]\b|(?=\{))")  # g_t, v_{t-1}: as papers write what a line here has no index for


def plain_lines(text: str) -> str:
    r"""The same without comments, one assignment a line with = as its sign; every character stays at its place.

    >>> plain_lines("v := 0.9*v + g; p ← p - lr*v  # heavy ball").split("\n")
    ['v  = 0.9*v + g', ' p = p - lr*v              ']
    """
    bare = without_comments(plain(text)).replace(";", "\n")
    return ARROW.sub(lambda found: found[1] + "=".rjust(len(found[2])), bare)


@lru_cache(maxsize=64)
def understood(text: str) -> Program:
    """The program of a typed rule.

    Raises:
        FormulaError: what is wrong, what would be right, and where.
    """
    if not isinstance(text, str):
        raise FormulaError(message("a rule is text such as p = p - lr*g, not {kind}", kind=type(text).__name__), "")
    text = plain_lines(text.replace("\r\n", "\n").strip().strip("; \t\n"))
    if len(text) > LONGEST:
        reason = message("a rule has at most {most} characters, this one has {given}", most=LONGEST, given=len(text))
        raise FormulaError(reason, text, LONGEST)
    if not text:
        raise FormulaError(message("a rule is needed, for example p = p - lr*g"), text)
    nabla = re.search(r"∇|\\nabla\b", text)
    if nabla is not None:
        raise FormulaError(message(GRADIENT), text, *nabla.span())
    lines = _without_starts(text, _read(text))
    _bounded(text, lines)
    numbers, lines = _settings(lines)
    assigned = {line.name for line in lines}
    _without_time(text, lines, assigned)
    if "p" not in assigned:
        _without_p(text, lines)
    memory, knobs = _names(text, lines, assigned)
    if set(numbers) - set(knobs):
        unused = min(set(numbers) - set(knobs))
        raise FormulaError(message("{name} is set to a number and never used", name=unused), text)
    ranks = _ranks(text, lines, memory, knobs)
    shares = frozenset(name for line in lines for name in _shares(line)) & set(knobs)
    rate = next((name for name in RATES if name in knobs and name not in shares), None)
    for old, new in ((rate, "learning_rate"), ("lambda", LAMBDA)):
        if old in knobs and old != new and old is not None:
            text, lines, knobs = _renamed(text, old, new, lines, knobs)
            numbers = {new if name == old else name: number for name, number in numbers.items()}
            shares = frozenset(new if name == old else name for name in shares)
    kept = "\n".join(text[line.place.start :].partition("\n")[0] for line in lines)
    again = _read(kept)  # whose places are those of the lines that are kept
    return Program(kept, again, ranks, knobs, numbers, shares)


def _read(text: str) -> tuple[Assignment, ...]:
    """The lines of a text, with π and powers of e for pi and e^x, where no line gives these names another meaning."""
    lines = read_lines(text)
    own = {line.name for line in lines}

    def meant(node: Node) -> Node:
        match node:
            case Name(place=place, name="pi") if "pi" not in own:
                return Number(place, math.pi)
            case Power(place=place, base=Name(name="e"), exponent=exponent) if "e" not in own:
                return Call(place, "exp", (meant(exponent),))
        return changed(node, meant)

    return tuple(replace(line, formula=meant(line.formula)) for line in lines)


def _without_starts(text: str, lines: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The lines without those ahead that only say how a loop begins: m = 0, which all memory does, t = 0, t = t + 1."""
    names = [line.name for line in lines]
    ahead = 0
    while ahead < len(lines) and isinstance(lines[ahead].formula, Number):
        ahead += 1
    kept = []
    for at, line in enumerate(lines):
        value = line.formula.value if isinstance(line.formula, Number) else None
        if at < ahead and line.name == "t" and value == 0:
            continue
        if at < ahead and line.name in names[at + 1 :] and line.name != "t":
            if value == 0:
                continue
            reason = message("{name} is set again below, and all that is remembered starts at 0", name=line.name)
            _fail(reason, text, line)
        read = {node.name for other in lines[:at] for node in parts(other.formula) if isinstance(node, Name)}
        counts = text[slice(*line.place)].replace(" ", "") in ("t=t+1", "t=1+t", "t+=1")
        if not (counts and "t" not in read):
            kept.append(line)
    return tuple(kept)


def _shares(line: Assignment) -> Iterator[str]:
    """The names that are a share of something: taken from 1, as in (1 - b)*g, or before the old, as in v = b*v + g."""
    for node in parts(line.formula):
        match node:
            case Sum(terms=((_, Number(value=1.0)), *others)):
                yield from (part.name for sign, part in others if sign == "-" and isinstance(part, Name))
            case Product(factors=(("*", Name(name=first)), ("*", Name(name=second)))) if line.name != "p":
                yield from {first, second} - {line.name} if line.name in (first, second) else ()


def _without_p(text: str, lines: tuple[Assignment, ...]) -> NoReturn:
    """Refuses a rule that moves no p, and names what it moves instead, as in w = w - lr*g."""
    for line in reversed(lines):
        match line.formula:
            case Sum(terms=((_, Name(name=line.name)), (sign, _), *_)) if sign == "-" or line is lines[-1]:
                reason = message("the point is called p here, and its gradient g: write p for {name}", name=line.name)
                raise FormulaError(reason, text, line.place.start, line.place.start + len(line.name))
    raise FormulaError(message("a rule needs a line that sets p, for example p = p - lr*g"), text, len(text))


def _without_time(text: str, lines: tuple[Assignment, ...], assigned: set[str]) -> None:
    """Refuses names with an index that no line sets: nobody who writes g_t means a number of that name; and x_{i+1}."""
    for line in lines:
        for name, place in _used(line):
            found = OF_TIME.fullmatch(name)
            if found and name not in assigned:
                _indexed(text, name, found[1], place)
    for line in lines:
        for name, place in _used(line):
            if not name.isidentifier():
                _no_name(text, place)


def _indexed(text: str, name: str, plain: str, place: tuple[int, int]) -> NoReturn:
    line = text[: place[0]].rpartition("\n")[2] + text[place[0] :].partition("\n")[0]
    right = line.partition("=")[2]
    if plain == "p" and "-1" in name.replace(" ", "") and re.search(r"\bp(?:_[tkn]|_\{[tkn]\})?(?![\w{])", right):
        plain = "p_before"  # as in p_t - p_{t-1}
    reason = message(
        "lines follow each other and have no index of time: write {plain} for {name}", plain=plain, name=name
    )
    raise FormulaError(reason, text, *place)


def _no_name(text: str, place: tuple[int, int]) -> NoReturn:
    reason = message("a name has at most {most} letters, begins with one, and is no word of Python", most=LONGEST_NAME)
    raise FormulaError(reason, text, *place)


def _fail(reason: Message, text: str, node: Node | Assignment) -> NoReturn:
    raise FormulaError(reason, text, *node.place)


def _bounded(text: str, lines: tuple[Assignment, ...]) -> None:
    """Refuses rules that are too long or call what there is not."""
    if len(lines) > MOST_LINES:
        _fail(message("a rule has at most {most} lines", most=MOST_LINES), text, lines[MOST_LINES])
    count = costly = 0
    names = {name for line in lines for name, _ in _used(line)}
    for line in lines:
        if line.name in {*GIVEN, *FUNCTIONS} - {"p", "g"}:
            _fail(message("{name} has a meaning of its own and cannot be set", name=line.name), text, line)
        for node in parts(line.formula):
            count += 1
            costly += _costly(node)
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
            if (
                (keyword.iskeyword(name) and (name != "lambda" or LAMBDA in names))
                or name.startswith("_")
                or len(name) > LONGEST_NAME
            ):
                _no_name(text, place)


def _costly(node: Node) -> bool:
    return (isinstance(node, Call) and node.name in COSTLY) or node == Name(node.place, "hessian")


def _used(line: Assignment) -> list[tuple[str, tuple[int, int]]]:
    own = (line.name, (line.place.start, line.place.start + len(line.name)))
    return [own, *((node.name, node.place) for node in parts(line.formula) if isinstance(node, Name))]


def _called(text: str, node: Call) -> None:
    written = text[node.place.start : node.place.end]
    if found := OF_TIME.match(written):
        _indexed(text, written, found[1], node.place)
    if node.name in MEANT:
        _fail(
            message("{name} is no function of a rule, write {meant}", name=node.name, meant=MEANT[node.name]),
            text,
            node,
        )
    if node.name not in FUNCTIONS:
        _fail(
            message(
                "{name} is no function of a rule, those are: {names}",
                name=node.name,
                names=listed_later(sorted(FUNCTIONS)),
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
                _check_knob(text, node, line)
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


def _check_knob(text: str, node: Name, line: Assignment) -> None:
    """Refuses names that are no numbers to be set where people write them: grad, H, noise, the step in beta1**step."""
    meant = CALLED_HERE.get(node.name)
    if node.name in COUNTERS:
        counts = any(isinstance(part, Power) and part.exponent == node for part in parts(line.formula))
        meant = "t" if counts else None
    if meant is not None:
        _fail(message("{name} is called {meant} here, write that", name=node.name, meant=meant), text, node)
    if node.name in RANDOM:
        _fail(message(NO_DICE), text, node)


def _renamed(
    text: str, old: str, new: str, lines: tuple[Assignment, ...], knobs: tuple[str, ...]
) -> tuple[str, tuple[Assignment, ...], tuple[str, ...]]:
    """The same with a knob under its name in Python."""
    places = [node.place for line in lines for node in parts(line.formula) if node == Name(node.place, old)]
    kept, at = "", 0
    for start, end in sorted(places):
        beside = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()  # as in 2α, a product
        kept, at = kept + text[at:start] + (f" {new} " if beside else new), end
    whole = kept + text[at:]
    again = [line for line in _without_starts(whole, _read(whole)) if line.name != old]
    names = {line.name for line in lines}
    return (
        whole,
        tuple(line for line in again if line.name in names),
        tuple(new if name == old else name for name in knobs),
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
