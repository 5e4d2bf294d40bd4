"""Reads tokens as a tree, and says of each mistake what was expected at its place."""

from functools import lru_cache
from typing import NoReturn

from landscapes.formula.calls import named, with_methods
from landscapes.formula.forms import FORMS, cases, comparison
from landscapes.formula.names import TRANSPOSED, WORDS
from landscapes.formula.shorthand import SHORTHAND
from landscapes.formula.symbols import fraction, fraction_character, mixed_number, root, strokes
from landscapes.formula.syntax import (
    Assignment,
    Call,
    Choice,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Place,
    Power,
    Product,
    Sum,
    parts,
)
from landscapes.formula.together import SIGN_NEEDED, apart, ask_for_brackets, check_words, starts_a_factor
from landscapes.formula.tokens import PARTNERS, Token, tokens
from words import Message, mark, message

DEEPEST = 60  # brackets inside brackets, exponents on exponents
LARGEST = 1e100

EQUATION = mark("an equation is no formula, write what is to be made small, for example the square of a difference")
COMMA = mark("a comma has no meaning here, functions take one argument and decimals are written 0.5")


class Reader:
    """Reads by recursive descent: one method for each strength of binding.

    What names, symbols and forms with brackets of their own stand for is said by functions that are given the reader.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        """Reads text[start:end]."""
        self.text, self.tokens, self.at = text, tokens(text, start, end), 0
        self.depth, self.strokes = 0, 0  # |x|: how many are open
        self.length = "abs"  # what ‖x‖ is: of a number its size
        self.indices: set[str] = set()  # over which sums run

    @property
    def next(self) -> Token:
        """The next token; behind the last one there is only the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else self.tokens[-1]

    def take(self) -> Token:
        """The next token, which is read with that."""
        token = self.next
        self.at += 1
        return token

    def fail(self, reason: Message, place: Place) -> NoReturn:
        """Refuses the formula."""
        raise FormulaError(reason, self.text, *place)

    def unclear(self, name: str, place: Place) -> NoReturn:
        """Refuses a function whose argument is not clear."""
        self.fail(
            message("what belongs to {name}? Write brackets around its argument, as in {name}(x)", name=name), place
        )

    def missing_here(self, place: Place) -> NoReturn:
        """Refuses a formula in which something is missing."""
        if self.next.kind == "end":
            before = self.tokens[-2].place if len(self.tokens) > 1 else place
            self.fail(message("a number, x, y, a function or a bracket is missing at the end"), before)
        self.fail(message("a number, x, y, a function or a bracket is missing before this"), place)

    def formula(self) -> Node:
        """The whole text as one formula."""
        self.tokens = list(apart(self.text, self.tokens))
        tree = self.expression()
        match self.next:
            case Token(kind="end"):
                self.check_indices(tree)
                return tree
            case Token(text="="):
                self.fail(message(EQUATION), self.next.place)
            case Token(text=","):
                self.fail(message(COMMA), self.next.place)
            case Token(kind="order"):
                self.fail(message("a comparison belongs into where(x > 0, x, 0)"), self.next.place)
            case Token(kind="mark"):
                self.fail(message("two points belong into sum(x**i, i=1..3)"), self.next.place)
            case Token(text=word) if word in WORDS:
                self.fail(message("{name} has no meaning here", name=word), self.next.place)
            case Token(kind="power") | Token(text="**"):
                self.fail(message("an exponent of an exponent needs brackets"), self.next.place)
        self.fail(message("this bracket was never opened"), self.next.place)

    def formulas(self) -> tuple[Node, ...]:
        """The whole text as formulas, parted by commas."""
        self.tokens = list(apart(self.text, self.tokens))
        found = self.listed()
        if self.next.kind != "end":
            self.fail(message("a line ends after its formula"), self.next.place)
        return found

    def check_indices(self, tree: Node) -> None:
        """Refuses a formula in which the index of a sum stands outside of it: what is summed ends too early."""
        pending = [tree] if self.indices else []
        while pending:
            node = pending.pop()
            pending += parts(node)
            if isinstance(node, Name) and (node.name in self.indices or node.name.rpartition("_")[2] in self.indices):
                reason = message(
                    "{name} belongs to the sum in front of it: write brackets around all that is summed", name=node.name
                )
                self.fail(reason, node.place)

    def line(self) -> Assignment:
        """The whole text as name = formula, or name -= formula and its kin."""
        self.length = "norm"
        name = self.take()
        change = self.take() if self.next.text in ("+", "-", "*", "/") else None
        if name.kind != "name" or self.next.text != "=":
            self.fail(message("a line is a name, = and a formula"), Place(name.place.start, self.next.place.end))
        self.take()
        formula = self.expression()
        if change is not None:
            old, kind = Name(name.place, name.text), Sum if change.text in ("+", "-") else Product
            first = "+" if kind is Sum else "*"
            formula = kind(Place(name.place.start, formula.place.end), ((first, old), (change.text, formula)))
        if self.next.kind != "end":
            self.fail(message("a line ends after its formula"), self.next.place)
        return Assignment(Place(name.place.start, formula.place.end), name.text, formula)

    def expression(self) -> Node:
        """A sum, or one sum where a comparison holds and something else where it does not: x if x > 0 else 0."""
        tree = self.sum()
        if self.next.text != "if":
            return tree
        self.deeper(self.take().place)
        left, order, right = comparison(self)
        if self.next.text != "else":
            self.fail(message("else and a second formula are missing, as in x if x > 0 else 0"), self.next.place)
        self.take()
        elsewhere = self.expression()
        self.depth -= 1
        return Choice(Place(tree.place.start, elsewhere.place.end), left, order, right, tree, elsewhere)

    def sum(self) -> Node:
        """Terms."""
        terms = [("+", self.product())]
        while self.next.text in ("+", "-"):
            terms.append((self.take().text, self.product()))
        return terms[0][1] if len(terms) == 1 else Sum(_over(terms), tuple(terms))

    def product(self) -> Node:
        """Factors."""
        first = below = self.next.place.start  # where the product begins, and what is divided by
        factors = [("*", self.signed())]
        while self.next.text in ("*", "/") or starts_a_factor(self):
            if self.next.text in ("*", "/"):
                sign, below = self.take().text, self.next.place.start
                factors.append((sign, self.signed()))
                continue
            place = Place(factors[-1][1].place.start, self.next.place.end)
            if self.next.kind in ("number", "fraction"):
                self.fail(message(SIGN_NEEDED), place)
            if factors[-1][0] == "/":
                ask_for_brackets(self, first, below)
            factors.append(("*", self.power()))
            if self.length == "abs":
                check_words(self, factors[-2][1], factors[-1][1], place)
        return factors[0][1] if len(factors) == 1 else Product(_over(factors), tuple(factors))

    def signed(self) -> Node:
        """A power with signs in front."""
        signs = []
        while self.next.text in ("+", "-"):
            signs.append(self.take())
        tree = self.power()
        minus = sum(sign.text == "-" for sign in signs) % 2 == 1
        return Negative(Place(signs[0].place.start, tree.place.end), tree) if minus else tree

    def power(self) -> Node:
        """A base with its exponent, if it has one."""
        return self.raised(with_methods(self, self.atom()))

    def raised(self, base: Node) -> Node:
        """The base, with the exponent that follows it; (u)_+ is max(u, 0)."""
        sign = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if self.next.text == "_+" or (
            self.next.text == "_" and sign.text == "+" and sign.place.start == self.next.place.end
        ):
            self.at += 1 if self.next.text == "_+" else 2
            base = Call(Place(base.place.start, self.tokens[self.at - 1].place.end), "relu", (base,))
        exponent = self.exponent()
        if isinstance(exponent, Name) and exponent.name == "T" and not isinstance(base, Number):
            self.fail(message(TRANSPOSED), Place(base.place.start, exponent.place.end))
        if isinstance(exponent, Number) and self.text[slice(*exponent.place)] == "1" and self.next.text == "/":
            self.fail(message("this can be read in two ways, write brackets as in x^(1/2)"), exponent.place)
        return base if exponent is None else Power(Place(base.place.start, exponent.place.end), base, exponent)

    def exponent(self) -> Node | None:
        """What ** or ², if they are next, raise to."""
        if self.next.kind == "power":
            token = self.take()
            number = Number(token.place, self.number(Token("number", token.text.lstrip("-"), token.place)))
            return Negative(token.place, number) if token.text.startswith("-") else number
        if self.next.text != "**":
            return None
        self.deeper(self.take().place)
        exponent = self.signed()
        self.depth -= 1
        return exponent

    def atom(self) -> Node:
        """What no operator parts."""
        token = self.take()
        match token.kind:
            case "number":
                return mixed_number(self, token)
            case "fraction":
                return fraction_character(token)
            case "name" if token.text not in WORDS:
                return named(self, token)
            case "name" if token.text == "if" and self.next.text in ("(", "["):  # as spreadsheets have it
                return FORMS["where"](self, token)
            case "root":
                return root(self, token)
            case "command" if token.text == r"\begin{cases}":
                return cases(self, token)
            case "command" if token.text != r"\end{cases}":
                return fraction(self, token)
            case "bracket" if token.text in ("(", "[", "{"):
                self.at -= 1
                inside, end = self.inside()
                if len(inside) > 1:
                    self.fail(message("these brackets need a single formula inside"), Place(token.place.start, end))
                return inside[0]
            case "bracket" if token.text == "|":
                return strokes(self, token)
        self.at -= 1
        self.missing_here(token.place)

    def operand(self, token: Token) -> Node:
        """The atom that belongs to the function, the root or the fraction in front of it."""
        self.deeper(token.place)
        found = self.atom()
        self.depth -= 1
        return found

    def inside(self) -> tuple[tuple[Node, ...], int]:
        """What is between the next bracket and its partner, parted by commas, and where the partner ends."""
        opening = self.opened()
        if self.next.text == PARTNERS[opening.text]:
            place = Place(opening.place.start, self.next.place.end)
            self.fail(message("these brackets need something inside"), place)
        found = self.listed()
        return found, self.closed(opening)

    def listed(self) -> tuple[Node, ...]:
        """Formulas, parted by commas."""
        found = [self.expression()]
        while self.next.text == ",":
            self.take()
            found.append(self.expression())
        return tuple(found)

    def opened(self) -> Token:
        """The opening bracket that has to be next."""
        opening = self.take()
        if opening.text not in ("(", "[", "{"):
            self.at -= 1
            self.fail(message("a bracket is missing before this"), opening.place)
        self.deeper(opening.place)
        self.strokes, opening = 0, opening._replace(kind=str(self.strokes))  # inside, | opens anew
        return opening

    def closed(self, opening: Token) -> int:
        """Where the bracket that closes `opening` ends."""
        if self.next.text != PARTNERS[opening.text]:
            if self.next.kind == "order":
                self.fail(message("a comparison belongs into where(x > 0, x, 0)"), self.next.place)
            self.fail(message("this bracket is never closed"), opening.place)
        self.depth, self.strokes = self.depth - 1, int(opening.kind)
        return self.take().place.end

    @staticmethod
    @lru_cache(maxsize=len(SHORTHAND))
    def template(text: str) -> Node:
        """What a shorthand is written out as, with letters for its arguments: log(1 + exp(u)) for softplus."""
        return Reader(text, 0, len(text)).formula()

    def deeper(self, place: Place) -> None:
        """Goes one bracket or exponent deeper."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(message("brackets and exponents go at most {most} deep", most=DEEPEST), place)

    def number(self, token: Token) -> float:
        """The value of a number."""
        value = float(token.text)
        if value > LARGEST:
            self.fail(message("numbers go up to {most}", most=f"{LARGEST:g}"), token.place)
        return value


def _over(parts: list[tuple[str, Node]]) -> Place:
    return Place(parts[0][1].place.start, parts[-1][1].place.end)
