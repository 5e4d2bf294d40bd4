"""Forms with brackets of their own: where(...), Piecewise(...) and sums that are written out."""

from typing import TYPE_CHECKING

from landscapes.formula.sums import MOST_NODES, MOST_TERMS, size, written_out
from landscapes.formula.syntax import Choice, Negative, Node, Number, Place
from landscapes.formula.tokens import Token
from words import mark, message

if TYPE_CHECKING:
    from landscapes.formula.reader import Reader

RANGE = mark("a sum runs over whole numbers, as in sum(x**i, i=1..3)")


def where(reader: "Reader", token: Token) -> Node:
    """where(left > right, a, b)."""
    opening = reader.opened()
    left, order, right = comparison(reader)
    found = []
    for _ in range(2):
        if reader.next.text != ",":
            reader.fail(message("where takes a comparison and two formulas, as in where(x > 0, x, 0)"), token.place)
        reader.take()
        found.append(reader.sum())
    return Choice(Place(token.place.start, reader.closed(opening)), left, order, right, *found)


def comparison(reader: "Reader") -> tuple[Node, str, Node]:
    """Left > right."""
    left = reader.sum()
    if reader.next.kind != "order":
        reader.fail(message("one comparison belongs here, such as x > 0"), reader.next.place)
    return left, reader.take().text, reader.sum()


def piecewise(reader: "Reader", token: Token) -> Node:
    """Piecewise((a, x > 0), (b, True))."""
    outer, pairs = reader.opened(), []
    while True:
        opening = reader.opened()
        formula = reader.sum()
        if reader.next.text != ",":
            reader.fail(message("a pair is a formula and where it holds, as in (x, x > 0)"), opening.place)
        reader.take()
        last = reader.next.text == "True"
        pairs.append((formula, reader.take() if last else comparison(reader)))
        reader.closed(opening)
        if reader.next.text != ",":
            break
        reader.take()
    place = Place(token.place.start, reader.closed(outer))
    if not isinstance(pairs[-1][1], Token):
        reader.fail(message("the last pair holds everywhere else, write (0, True)"), place)
    result = pairs[-1][0]
    for formula, condition in reversed(pairs[:-1]):
        if isinstance(condition, Token):
            reader.fail(message("only the last pair may be True"), condition.place)
        left, order, right = condition
        result = Choice(place, left, order, right, formula, result)
    return result


def series(reader: "Reader", token: Token) -> Node:
    r"""sum(x**i, i=1..3), sum(i=1..3, x**i) or \sum_{i=1}^{3} x^i, written out."""
    if reader.next.text == "_":
        reader.take()
        body, index, ends, end = in_latex(reader, token)
    else:
        opening = reader.opened()
        if reader.next.kind == "name" and reader.tokens[reader.at + 1].text == "=":
            index, ends = interval(reader, token)
            comma(reader, token)
            body = reader.sum()
        else:
            body = reader.sum()
            comma(reader, token)
            index, ends = interval(reader, token)
        end = reader.closed(opening)
    (first, last), place = ends, Place(token.place.start, end)
    if not 0 <= last - first < MOST_TERMS:
        reader.fail(message("a sum that is written out has 1 to {most} terms", most=MOST_TERMS), place)
    if size(body) * (last - first + 1) > MOST_NODES:
        reader.fail(message("this sum is too long to be written out"), place)
    return written_out(body, index, first, last, place)


def in_latex(reader: "Reader", token: Token) -> tuple[Node, str, tuple[int, int], int]:
    """Body, index, ends, and where the text of a sum with limits below and above ends."""
    opening = reader.opened()
    index, first = beginning(reader)
    reader.closed(opening)
    if reader.next.text != "**":
        reader.fail(message(RANGE), token.place)
    reader.take()
    last = bound(reader)
    body = reader.product()
    return body, index, (first, last), body.place.end


def interval(reader: "Reader", token: Token) -> tuple[str, tuple[int, int]]:
    """i=1..3."""
    index, first = beginning(reader)
    if reader.next.text != "..":
        reader.fail(message(RANGE), token.place)
    reader.take()
    return index, (first, bound(reader))


def beginning(reader: "Reader") -> tuple[str, int]:
    """i=1."""
    name, sign = reader.take(), reader.next
    if name.kind != "name" or sign.text != "=":
        reader.fail(message(RANGE), name.place)
    reader.take()
    return name.text, bound(reader)


def bound(reader: "Reader") -> int:
    """A whole number at which a sum begins or ends."""
    node = reader.signed()
    size = node.operand if isinstance(node, Negative) else node
    if not isinstance(size, Number) or not size.value.is_integer():
        reader.fail(message("a sum runs from a whole number to a whole number"), node.place)
    return int(-size.value if isinstance(node, Negative) else size.value)


def comma(reader: "Reader", token: Token) -> None:
    """The comma between a sum's formula and what it runs over."""
    if reader.next.text != ",":
        reader.fail(message("a sum is a formula and what it runs over, as in sum(x**i, i=1..3)"), token.place)
    reader.take()


FORMS = {"where": where, "Piecewise": piecewise, "sum": series}
