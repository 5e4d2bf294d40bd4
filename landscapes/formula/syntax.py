"""A formula as a tree, each part with its place in the text, and the error that points at such a place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from words import Message, message


class FormulaError(ValueError):
    """A formula that is not one: what is wrong, what would be right, and where: `text[start:end]`."""

    def __init__(self, reason: Message, text: str, start: int = 0, end: int | None = None) -> None:
        self.reason = reason
        self.start, self.end = start, len(text) if end is None else end
        self.part = text[self.start : self.end]
        shown = self.part if len(self.part) <= 60 else self.part[:57] + "..."
        super().__init__(
            message("{reason}. At character {place}: {part}", reason=reason, place=start + 1, part=shown)
            if shown
            else message("{reason}.", reason=reason)
        )


class Place(NamedTuple):
    """Characters `start` up to `end` of the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Number:
    """A number as written, without sign; below 0 only in the place of a parameter."""

    place: Place
    value: float


@dataclass(frozen=True)
class Name:
    """x, y, a constant or a parameter."""

    place: Place
    name: str


@dataclass(frozen=True)
class Call:
    """A function and its arguments: of a landscape's formula exactly one."""

    place: Place
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Negative:
    """- operand."""

    place: Place
    operand: "Node"


@dataclass(frozen=True)
class Sum:
    """a + b - c: the terms with their signs; the first sign is always +."""

    place: Place
    terms: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True)
class Product:
    """a * b / c: the factors with * or /, from left to right; the first is always *."""

    place: Place
    factors: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True)
class Power:
    """base ** exponent."""

    place: Place
    base: "Node"
    exponent: "Node"


@dataclass(frozen=True)
class Choice:
    """One formula where left > right (or another order holds), and a second one elsewhere."""

    place: Place
    left: "Node"
    order: str  # <, <=, > or >=
    right: "Node"
    where: "Node"
    elsewhere: "Node"


Node = Number | Name | Call | Negative | Sum | Product | Power | Choice


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes right inside a node."""
    match node:
        case Number() | Name():
            return ()
        case Negative(operand=operand):
            return (operand,)
        case Call(arguments=arguments):
            return arguments
        case Sum(terms=pairs) | Product(factors=pairs):
            return tuple(part for _, part in pairs)
        case Power(base=base, exponent=exponent):
            return base, exponent
        case Choice(left=left, right=right, where=where, elsewhere=elsewhere):
            return left, right, where, elsewhere


def names(node: Node) -> tuple[str, ...]:
    """The names in a node that are not called, in the order in which they first appear in the text."""
    found: dict[str, int] = {}

    def walk(part: Node) -> None:
        if isinstance(part, Name):
            found[part.name] = min(part.place.start, found.get(part.name, part.place.start))
        for inner in parts(part):
            walk(inner)

    walk(node)
    return tuple(sorted(found, key=lambda name: found[name]))


def changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` made to each node right inside it."""
    match node:
        case Number() | Name():
            return node
        case Negative(operand=operand):
            return replace(node, operand=change(operand))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(map(change, arguments)))
        case Sum(terms=pairs):
            return replace(node, terms=tuple((sign, change(part)) for sign, part in pairs))
        case Product(factors=pairs):
            return replace(node, factors=tuple((sign, change(part)) for sign, part in pairs))
        case Power(base=base, exponent=exponent):
            return replace(node, base=change(base), exponent=change(exponent))
        case Choice(left=left, right=right, where=where, elsewhere=elsewhere):
            return replace(
                node, left=change(left), right=change(right), where=change(where), elsewhere=change(elsewhere)
            )


@dataclass(frozen=True)
class Assignment:
    """name = formula: one line of a rule."""

    place: Place
    name: str
    formula: Node
