"""From a formula's text to its tree, and from each mistake to its place and what was expected there."""

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from landscapes.formula.syntax import (
    Assignment,
    Call,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Place,
    Power,
    Product,
    Sum,
)
from words import Message, mark, message

LONGEST = 500  # characters
DEEPEST = 60  # brackets inside brackets, exponents on exponents
LARGEST = 1e100

TOKEN = re.compile(
    r"(?P<blank>[ \t\r\n]+)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|[-+*/^−·×])|(?P<bracket>[()])",
    re.ASCII,
)
TOKEN_OF_LINES = re.compile(TOKEN.pattern.replace(r"[ \t\r\n]", r"[ \t]") + r"|(?P<mark>[=,\n])", re.ASCII)
SAME = {"^": "**", "−": "-", "·": "*", "×": "*"}  # also typed, or pasted, for the operators
NO_MEANING = mark("this character has no meaning in a formula")
ADVICE = {
    "=": mark("write only what stands right of f(x, y) ="),
    ",": mark("a comma has no meaning here, functions take one argument and decimals are written 0.5"),
    "|": mark("write abs(...) for an absolute value"),
    ".": mark("a point belongs to a number, as in 0.5, and functions are written alone, as in sin(x)"),
}


class Token(NamedTuple):
    """A piece of text: its kind (number, name, operator, bracket, mark or end), what it says and where it stands."""

    kind: str
    text: str
    place: Place


def read(text: str) -> Node:
    """The tree of a formula: sums of products of powers, as in Python; ^ is read as **.

    Raises:
        FormulaError: with the place of the mistake and what was expected there.
    """
    if not isinstance(text, str):
        raise FormulaError(message("a formula is text such as x**2 + 3*y**2, not {kind}", kind=type(text).__name__), "")
    if len(text) > LONGEST:
        raise FormulaError(
            message("a formula has at most {most} characters, this one has {given}", most=LONGEST, given=len(text)),
            text,
            LONGEST,
        )
    if not text.strip():
        raise FormulaError(message("a formula is needed, for example x**2 + 3*y**2"), text)
    return _reader(text, TOKEN).formula()


def read_lines(text: str) -> tuple[Assignment, ...]:
    """The assignments of an update rule, one a line, in the grammar of formulas; functions take several arguments.

    >>> [line.name for line in read_lines("v = beta*v + g\\np = p - eta*max(v, 0)")]
    ['v', 'p']

    Raises:
        FormulaError: with the place of the mistake and what was expected there.
    """
    return _reader(text.strip("\n"), TOKEN_OF_LINES).lines()


def _reader(text: str, token: re.Pattern[str]) -> "_Reader":
    return _Reader(text, [*_tokens(text, token), Token("end", "", Place(len(text), len(text)))])


def _tokens(text: str, token: re.Pattern[str]) -> Iterator[Token]:
    start = 0
    while start < len(text):
        found = token.match(text, start)
        if found is None:
            advice = ADVICE.get(text[start], NO_MEANING)
            raise FormulaError(message(advice), text, start, start + 1)
        start = found.end()
        if found.lastgroup != "blank":
            yield Token(str(found.lastgroup), SAME.get(found.group(), found.group()), Place(*found.span()))


class _Reader:
    """Reads by recursive descent: one method for each strength of binding."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens, self.at, self.depth = text, tokens, 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def fail(self, reason: Message, place: Place) -> NoReturn:
        raise FormulaError(reason, self.text, *place)

    def formula(self) -> Node:
        tree = self.sum()
        if self.next.kind != "end":
            self.fail(message("this bracket was never opened"), self.next.place)
        return tree

    def lines(self) -> tuple[Assignment, ...]:
        found = [self.line()]
        while self.next.text == "\n":
            self.take()
            found.append(self.line())
        if self.next.kind != "end":
            self.fail(message("a line ends after its formula"), self.next.place)
        return tuple(found)

    def line(self) -> Assignment:
        name, sign = self.take(), self.next
        if name.kind != "name" or sign.text != "=":
            self.fail(message("a line is a name, = and a formula"), Place(name.place.start, sign.place.end))
        self.take()
        formula = self.sum()
        return Assignment(Place(name.place.start, self.tokens[self.at - 1].place.end), name.text, formula)

    def sum(self) -> Node:
        terms = [("+", self.product())]
        while self.next.text in ("+", "-"):
            terms.append((self.take().text, self.product()))
        return terms[0][1] if len(terms) == 1 else Sum(_over(terms), tuple(terms))

    def product(self) -> Node:
        factors = [("*", self.signed())]
        while self.next.text in ("*", "/"):
            factors.append((self.take().text, self.signed()))
        if self.next.kind in ("number", "name") or self.next.text == "(":
            left = self.tokens[self.at - 1]
            place = Place(left.place.start, self.next.place.end)
            if left.kind == self.next.kind == "name":
                self.fail(
                    message(
                        "a product needs its sign, write * between these, or brackets around the argument of a function"
                    ),
                    place,
                )
            self.fail(message("a product needs its sign, write * between these"), place)
        return factors[0][1] if len(factors) == 1 else Product(_over(factors), tuple(factors))

    def signed(self) -> Node:
        signs = []
        while self.next.text in ("+", "-"):
            signs.append(self.take())
        tree = self.power()
        minus = sum(sign.text == "-" for sign in signs) % 2 == 1
        return Negative(Place(signs[0].place.start, tree.place.end), tree) if minus else tree

    def power(self) -> Node:
        base = self.atom()
        if self.next.text != "**":
            return base
        self.deeper(self.take().place)
        exponent = self.signed()
        self.depth -= 1
        return Power(Place(base.place.start, exponent.place.end), base, exponent)

    def atom(self) -> Node:
        token = self.take()
        match token.kind:
            case "number":
                return Number(token.place, self.number(token))
            case "name" if self.next.text == "(":
                arguments, end = self.inside()
                return Call(Place(token.place.start, end), token.text, arguments)
            case "name":
                return Name(token.place, token.text)
            case "bracket" if token.text == "(":
                self.at -= 1
                inside, end = self.inside()
                if len(inside) > 1:
                    self.fail(message("these brackets need a single formula inside"), Place(token.place.start, end))
                return inside[0]
        if token.kind == "end":
            self.fail(message("a number, x, y, a function or a bracket is missing at the end"), self.tokens[-2].place)
        self.fail(message("a number, x, y, a function or a bracket is missing before this"), token.place)

    def inside(self) -> tuple[tuple[Node, ...], int]:
        """What stands between the next bracket and its partner, parted by commas, and where the partner ends."""
        opening = self.take().place
        self.deeper(opening)
        if self.next.text == ")":
            self.fail(message("these brackets need something inside"), Place(opening.start, self.next.place.end))
        found = [self.sum()]
        while self.next.text == ",":
            self.take()
            found.append(self.sum())
        if self.next.text != ")":
            self.fail(message("this bracket is never closed"), opening)
        self.depth -= 1
        return tuple(found), self.take().place.end

    def deeper(self, place: Place) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(message("brackets and exponents go at most {most} deep", most=DEEPEST), place)

    def number(self, token: Token) -> float:
        value = float(token.text)
        if value > LARGEST:
            self.fail(message("numbers go up to {most}", most=f"{LARGEST:g}"), token.place)
        return value


def _over(parts: list[tuple[str, Node]]) -> Place:
    return Place(parts[0][1].place.start, parts[-1][1].place.end)
