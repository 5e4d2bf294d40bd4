"""What a formula is made of."""

from typing import NamedTuple, TypeAlias


class Number(NamedTuple):
    """A number as it is written."""

    text: str


class Name(NamedTuple):
    """A letter with all that belongs to it: accent, subscript, prime."""

    letter: str


class Sum(NamedTuple):
    """Terms with their signs."""

    terms: "tuple[tuple[str, Node], ...]"


class Product(NamedTuple):
    """Factors side by side; `scalar` where a dot between two vectors asks for one number."""

    factors: "tuple[Node, ...]"
    scalar: bool = False


class Fraction(NamedTuple):
    """One over the other."""

    top: "Node"
    bottom: "Node"


class Power(NamedTuple):
    """Base and exponent; of a matrix only the power -1 is known."""

    base: "Node"
    exponent: "Node"


class Call(NamedTuple):
    """A function and its arguments: sqrt, sign, max, min, abs, a norm |a|₁ or |a|₂, or the gradient at a place."""

    function: str
    arguments: "tuple[Node, ...]"


Node: TypeAlias = Number | Name | Sum | Product | Fraction | Power | Call
