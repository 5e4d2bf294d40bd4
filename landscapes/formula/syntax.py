"""A formula as a tree, each part with its place in the text, and the error that points at such a place."""

from dataclasses import dataclass
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


Node = Number | Name | Call | Negative | Sum | Product | Power


@dataclass(frozen=True)
class Assignment:
    """name = formula: one line of a rule."""

    place: Place
    name: str
    formula: Node
