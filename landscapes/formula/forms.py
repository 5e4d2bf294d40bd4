"""Forms with brackets of their own: where(...), Piecewise(...) and sums that are written out."""

from dataclasses import replace
from typing import TYPE_CHECKING

from landscapes.formula.sums import MOST_NODES, MOST_TERMS, size, written_out
from landscapes.formula.syntax import Choice, Negative, Node, Number, Place, Product, Sum, changed
from landscapes.formula.tokens import Token
from words import mark, message

if TYPE_CHECKING:
    from landscapes.formula.reader import Reader

END_OF_CASES = r"\end{cases}"
ELSEWHERE = ("True", "otherwise", "else", "elsewhere")
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
        pairs.append((formula, condition(reader)))
        reader.closed(opening)
        if reader.next.text != ",":
            break
        reader.take()
    return chosen(reader, pairs, Place(token.place.start, reader.closed(outer)), "(0, True)")


def cases(reader: "Reader", token: Token) -> Node:
    r"""\begin{cases} a & x > 0 \\ b & \text{otherwise} \end{cases}."""
    reader.deeper(token.place)
    pairs = []
    while reader.next.text != END_OF_CASES:
        formula = reader.sum()
        for sign in (",", "&"):
            if reader.next.text == sign:
                reader.take()
        if reader.next.text in ("if", "for"):
            reader.take()
        pairs.append((formula, condition(reader)))
        if reader.next.text == ",":
            reader.take()
        if reader.next.text == r"\\":
            reader.take()
        elif reader.next.text != END_OF_CASES:
            reader.fail(
                message(
                    "cases are lines of a formula, & and where it holds, with {end} at their end", end=END_OF_CASES
                ),
                token.place,
            )
    reader.depth -= 1
    return chosen(reader, pairs, Place(token.place.start, reader.take().place.end), r"0 & \text{else}")


Condition = tuple[Node, str, Node] | Token  # a comparison, or a word for everywhere else


def condition(reader: "Reader") -> Condition:
    """Left > right, or True."""
    return reader.take() if reader.next.text in ELSEWHERE else comparison(reader)


def chosen(reader: "Reader", pairs: list[tuple[Node, Condition]], place: Place, example: str) -> Node:
    """The formula of the first condition that holds; the last one holds everywhere else."""
    if not pairs or not (isinstance(pairs[-1][1], Token) or opposite(pairs)):
        reader.fail(message("the last pair holds everywhere else, write {example}", example=example), place)
    result = pairs[-1][0]
    for formula, holds in reversed(pairs[:-1]):
        if isinstance(holds, Token):
            reader.fail(message("only the last pair may be True"), holds.place)
        result = Choice(place, *holds, formula, result)
    return result


def opposite(pairs: list[tuple[Node, Condition]]) -> bool:
    """Whether there are two conditions of which exactly one holds at every place: x > 0 and x <= 0."""
    if len(pairs) != 2:
        return False
    one, other = (holds for _, holds in pairs)
    if isinstance(one, Token) or isinstance(other, Token) or {one[1], other[1]} not in ({">", "<="}, {"<", ">="}):
        return False
    return [placed_nowhere(side) for side in one[::2]] == [placed_nowhere(side) for side in other[::2]]


def placed_nowhere(node: Node) -> Node:
    """The node, and all in it, at one place: so formulas are the same wherever they stand."""
    return changed(replace(node, place=Place(0, 0)), placed_nowhere)


def series(reader: "Reader", token: Token) -> Node:
    r"""sum(x**i, i=1..3), sum(i=1..3, x**i), sum(x**i for i in range(1, 4)) or \sum_{i=1}^{3} x^i, written out."""
    if reader.next.text == "_":
        reader.take()
        body, index, ends, end = in_latex(reader, token)
        reader.indices.add(index)
    else:
        opening = reader.opened()
        if reader.next.kind == "name" and reader.tokens[reader.at + 1].text == "=":
            index, ends = interval(reader, token)
            comma(reader, token)
            body = reader.sum()
        else:
            body = reader.sum()
            index, ends = in_python(reader, token) if reader.next.text == "for" else after_comma(reader, token)
        end = reader.closed(opening)
    (first, last), place = ends, Place(token.place.start, end)
    if not 0 <= last - first < MOST_TERMS:
        reader.fail(message("a sum that is written out has 1 to {most} terms", most=MOST_TERMS), place)
    if size(body) * (last - first + 1) > MOST_NODES:
        reader.fail(message("this sum is too long to be written out"), place)
    return written_out(Sum if token.text == "sum" else Product, body, index, first, last, place)


def in_latex(reader: "Reader", token: Token) -> tuple[Node, str, tuple[int, int], int]:
    """Body, index, ends, and where the text of a sum with limits below and above ends."""
    opening = reader.opened()
    index, first = beginning(reader)
    if reader.next.text == "..":
        reader.take()
        last = bound(reader)
        reader.closed(opening)
    else:
        reader.closed(opening)
        if reader.next.text != "**":
            reader.fail(message(RANGE), token.place)
        reader.take()
        last = bound(reader)
    body = reader.product()
    return body, index, (first, last), body.place.end


def in_python(reader: "Reader", token: Token) -> tuple[str, tuple[int, int]]:
    """For i in range(1, 4): the last number is not reached."""
    reader.take()
    index, of, numbers = reader.take(), reader.take(), reader.take()
    if (index.kind, of.text, numbers.text) != ("name", "in", "range"):
        reader.fail(message(RANGE), token.place)
    opening = reader.opened()
    ends = [bound(reader)]
    if reader.next.text == ",":
        reader.take()
        ends.append(bound(reader))
    reader.closed(opening)
    first, stop = ends if len(ends) == 2 else (0, *ends)
    return index.text, (first, stop - 1)


def after_comma(reader: "Reader", token: Token) -> tuple[str, tuple[int, int]]:
    """What follows a sum's formula: , i=1..3."""
    comma(reader, token)
    return interval(reader, token)


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


FORMS = {"where": where, "Piecewise": piecewise, "sum": series, "prod": series}
