"""Functions with a symbol in the place of a name: roots, fractions, and strokes as in |x| and ‖x‖."""

from typing import TYPE_CHECKING

from landscapes.formula.names import FRACTIONS, OF_VECTORS
from landscapes.formula.syntax import Call, Name, Node, Number, Place, Product
from landscapes.formula.tokens import NORM, Token
from words import message

if TYPE_CHECKING:
    from landscapes.formula.reader import Reader


def root(reader: "Reader", token: Token) -> Node:
    """√ or ∛ of the name, number or bracket behind it."""
    argument = reader.operand(token)
    if isinstance(argument, Name | Number) and (
        reader.next.kind in ("name", "power") or reader.next.text in ("**", "(")
    ):
        reader.unclear(token.text, Place(token.place.start, reader.next.place.end))
    function = "sqrt" if token.text == "√" else "cbrt"
    return Call(Place(token.place.start, argument.place.end), function, (argument,))


def fraction(reader: "Reader", token: Token) -> Node:
    r"""\frac{a}{b}, or \frac12."""
    if reader.next.kind == "number" and len(reader.next.text) == 2 and reader.next.text.isdigit():
        digits = reader.take()
        pair = [Number(digits.place, float(digit)) for digit in digits.text]
        return quotient(Place(token.place.start, digits.place.end), *pair)
    top, bottom = reader.operand(token), reader.operand(token)
    return quotient(Place(token.place.start, bottom.place.end), top, bottom)


def fraction_character(token: Token) -> Node:
    """½."""
    top, bottom = FRACTIONS[token.text]
    return quotient(token.place, Number(token.place, top), Number(token.place, bottom))


def mixed_number(reader: "Reader", token: Token) -> Node:
    """A number, with the fraction that follows a whole one at once: 1½ is 3/2."""
    value = reader.number(token)
    if reader.next.kind != "fraction" or reader.next.place.start != token.place.end or not token.text.isdigit():
        return Number(token.place, value)
    behind = reader.take()
    place = Place(token.place.start, behind.place.end)
    top, bottom = FRACTIONS[behind.text]
    return quotient(place, Number(place, value * bottom + top), Number(place, bottom))


def quotient(place: Place, top: Node, bottom: Node) -> Node:
    """Top / bottom."""
    return Product(place, (("*", top), ("/", bottom)))


def strokes(reader: "Reader", token: Token) -> Node:
    """|u|, or ‖u‖."""
    reader.deeper(token.place)
    reader.strokes += 1
    inside = reader.sum()
    if reader.next.text != "|":
        reader.fail(message("this stroke has no second one, |x| needs two"), token.place)
    reader.strokes -= 1
    reader.depth -= 1
    place = Place(token.place.start, reader.take().place.end)
    if reader.next.text.startswith("_"):
        reader.fail(message(OF_VECTORS), Place(place.start, reader.next.place.end))
    if reader.text[slice(*token.place)] in NORM:
        return Call(place, reader.length, (inside,))
    if reader.length == "norm" and isinstance(inside, Call) and inside.place == Place(place.start + 1, place.end - 1):
        return Call(place, "norm", inside.arguments)  # ||u||
    return Call(place, "abs", (inside,))
