"""Reads tokens as a tree, and says of each mistake what was expected at its place."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NoReturn

from landscapes.formula.forms import FORMS, cases, comparison
from landscapes.formula.names import (
    BARE,
    CALLED,
    CONSTANTS,
    FRACTIONS,
    GREEK_NAME,
    OF_VECTORS,
    TAKEN,
    TRANSPOSED,
    no_greek_function,
)
from landscapes.formula.shorthand import BASES, LETTERS, SHORTHAND
from landscapes.formula.sums import MOST_NODES, size
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
    changed,
    parts,
)
from landscapes.formula.together import apart
from landscapes.formula.tokens import NORM, PARTNERS, POINT, Token, tokens
from words import Message, mark, message

DEEPEST = 60  # brackets inside brackets, exponents on exponents
LARGEST = 1e100

NO_FUNCTION = re.compile(rf"[xyz]|{'|'.join(CONSTANTS)}|[A-Za-z]_?\d+|{GREEK_NAME.pattern}", re.ASCII)
WORDS = ("if", "else", "for", "in")  # of Python
INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}
OF_A_LIST = {"max": "max", "min": "min", "logsumexp": "logsumexp", "norm": "hypot"}  # as their names mean here
COMPONENT = re.compile(r"[xwuvpX]|theta")  # what MATLAB's x(1) is a part of
WORD = re.compile(r"[A-Za-z]{4,}", re.ASCII)  # in front of which or behind which a product needs its sign
WORDS_OR_FUNCTIONS = ("gamma", "zeta", "beta")  # Greek letters, or functions of these names
SIGN_NEEDED = mark("a product needs its sign, write * between these")
EQUATION = mark("an equation is no formula, write what is to be made small, for example the square of a difference")
COMMA = mark("a comma has no meaning here, functions take one argument and decimals are written 0.5")


class Reader:
    """Reads by recursive descent: one method for each strength of binding."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Reads text[start:end]."""
        self.text, self.tokens, self.at = text, tokens(text, start, end), 0
        self.depth, self.strokes = 0, 0  # |x|: how many are open
        self.length = "abs"  # what ‖x‖ is: of a number its size
        self.indices: set[str] = set()  # over which sums run

    @property
    def next(self) -> Token:
        """The next token; behind the last one there is only the end."""
        return self.tokens[min(self.at, len(self.tokens) - 1)]

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
        while self.next.text in ("*", "/") or self.starts_a_factor():
            if self.next.text in ("*", "/"):
                sign, below = self.take().text, self.next.place.start
                factors.append((sign, self.signed()))
                continue
            place = Place(factors[-1][1].place.start, self.next.place.end)
            if self.next.kind in ("number", "fraction"):
                self.fail(message(SIGN_NEEDED), place)
            if factors[-1][0] == "/":
                self.ask(first, below)
            factors.append(("*", self.power()))
            if self.length == "abs":
                self.check_words(factors[-2][1], factors[-1][1], place)
        return factors[0][1] if len(factors) == 1 else Product(_over(factors), tuple(factors))

    def check_words(self, left: Node, right: Node, place: Place) -> None:
        """Refuses a word as a factor without a sign: plot x^2, x squared."""
        for node in (left, right):
            known = isinstance(node, Name) and (node.name in TAKEN or GREEK_NAME.fullmatch(node.name))
            if isinstance(node, Name) and WORD.fullmatch(node.name) and not known:
                self.fail(message(SIGN_NEEDED), place)

    def ask(self, first: int, below: int) -> NoReturn:
        """Refuses 1/2x with both of its readings; the product begins at `first`, and what is divided by at `below`."""
        stop, following = self.tokens[self.at - 1].place.end, self.next
        top = self.text[first:below].rstrip().removesuffix("/").rstrip()
        end, depth = following.place.end, 0
        for token in self.tokens[self.at : -1]:  # up to the partner of a bracket
            depth += (token.text in PARTNERS and token.text != "|") - (token.text in ")]}")
            end = token.place.end
            if depth == 0:
                break
        self.fail(
            message(
                "this can be read in two ways, as ({quotient})*{next} or as {top}/({bottom}*{next}). Write brackets",
                quotient=self.text[first:stop],
                next=self.text[following.place.start : end],
                top=top,
                bottom=self.text[below:stop],
            ),
            Place(first, end),
        )

    def starts_a_factor(self) -> bool:
        """Whether what follows is a factor without a sign in front of it."""
        opens = self.next.text in ("(", "[", "{") or (self.next.text == "|" and not self.strokes)
        if self.next.text in WORDS or self.next.text == r"\end{cases}":
            return False
        return self.next.kind in ("number", "fraction", "name", "root", "command") or opens

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
        return self.raised(self.with_methods(self.atom()))

    def with_methods(self, base: Node) -> Node:
        """The base, with the functions that are written behind it: x.pow(2) is pow(x, 2)."""
        while self.next.kind == "method":
            method = self.take()
            opening = self.opened()
            others = () if self.next.text == ")" else self.listed()
            if others and method.text in BARE:
                self.fail(message(POINT), Place(method.place.start, method.place.start + 1))
            base = self.called(Place(base.place.start, self.closed(opening)), method.text, (base, *others))
        return base

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
                return self.mixed(token)
            case "fraction":
                return _quotient(token.place, *FRACTIONS[token.text])
            case "name" if token.text not in WORDS:
                return self.named(token)
            case "name" if token.text == "if" and self.next.text in ("(", "["):  # as spreadsheets have it
                return FORMS["where"](self, token)
            case "root":
                return self.root(token)
            case "command" if token.text == r"\begin{cases}":
                return cases(self, token)
            case "command" if token.text != r"\end{cases}":
                return self.fraction(token)
            case "bracket" if token.text in ("(", "[", "{"):
                self.at -= 1
                inside, end = self.inside()
                if len(inside) > 1:
                    self.fail(message("these brackets need a single formula inside"), Place(token.place.start, end))
                return inside[0]
            case "bracket" if token.text == "|":
                return self.absolute(token)
        self.at -= 1
        self.missing_here(token.place)

    def mixed(self, token: Token) -> Node:
        """A number, with the fraction that follows a whole one at once: 1½ is 3/2."""
        value = self.number(token)
        if self.next.kind != "fraction" or self.next.place.start != token.place.end or not token.text.isdigit():
            return Number(token.place, value)
        fraction = self.take()
        top, bottom = FRACTIONS[fraction.text]
        return _quotient(Place(token.place.start, fraction.place.end), value * bottom + top, bottom)

    def named(self, token: Token) -> Node:
        """A name, a function of what is in the brackets behind it, or of the name or number behind it."""
        function, name = token.text in BARE, token.text
        adjacent = self.next.text == "(" and self.next.place.start == token.place.end
        written = self.text[slice(*token.place)]
        if adjacent and written in WORDS_OR_FUNCTIONS:
            self.fail(no_greek_function(name), token.place)
        if written in ("σ", r"\sigma", "sigma") and self.next.text == "(":
            self.fail(
                message("this can be read in two ways, as sigmoid(x) or as {name}*(x)", name=name),
                Place(token.place.start, self.next.place.end),
            )
        if adjacent and COMPONENT.fullmatch(name) and self.number_alone():
            place = Place(token.place.start, self.tokens[self.at + 2].place.end)
            self.at += 3
            return Name(place, name + self.tokens[self.at - 2].text)
        of_vectors = name in ("sum", "prod") and self.length == "norm"  # in a rule, as in sum(g**2)
        if name in FORMS and (
            self.next.text == "_"
            or (name == "where" and self.next.text == "[")
            or (self.next.text == "(" and not of_vectors)
        ):
            return FORMS[name](self, token)
        if self.next.text in ("(", "{") and (function or not NO_FUNCTION.fullmatch(name)):
            if name in OF_A_LIST and self.lists():
                opening = self.opened()
                arguments, _ = self.inside()
                name, end = OF_A_LIST[name], self.closed(opening)
            else:
                arguments, end = self.inside()
            return self.called(Place(token.place.start, end), name, arguments)
        if name in CALLED and self.next.text == "[":
            degree, end = self.inside()
            if name != "sqrt" or (self.next.text not in ("(", "{") and not written.startswith("\\")):
                return self.called(Place(token.place.start, end), name, degree)
            base, end = self.inside()
            if degree[0] == Number(degree[0].place, 3.0):
                return Call(Place(token.place.start, end), "cbrt", base)
            share = Product(token.place, (("*", Number(token.place, 1.0)), ("/", degree[0])))
            return Power(Place(token.place.start, end), base[0], share)
        if function and (self.next.text == "**" or self.next.kind == "power"):  # sin²(x)
            exponent = self.exponent()
            if isinstance(exponent, Negative) and name in INVERSES:
                self.fail(
                    message(
                        "this can be read in two ways, as {inverse}(x) or as 1/{name}(x)",
                        inverse=INVERSES[name],
                        name=name,
                    ),
                    Place(token.place.start, self.next.place.start),
                )
            if not isinstance(exponent, Number):
                self.unclear(name, Place(token.place.start, self.next.place.end))
            call = self.bare(token)
            return Power(call.place, call, exponent)
        follows = self.next.kind in ("name", "number") or (self.next.text == "|" and not self.strokes)
        return self.bare(token) if function and follows else Name(token.place, name)

    def number_alone(self) -> bool:
        """Whether the brackets that are next hold a whole number and nothing else: (1)."""
        opening, number, closing = (self.tokens[min(self.at + k, len(self.tokens) - 1)] for k in range(3))
        return (opening.text, closing.text) == ("(", ")") and number.text.isdigit()

    def lists(self) -> bool:
        """Whether the brackets that are next hold a list and nothing else: ([x, y])."""
        depth = 0
        for at in range(self.at + 1, len(self.tokens) - 1):
            depth += (self.tokens[at].text in "([{") - (self.tokens[at].text in ")]}")
            if depth == 0:
                return self.tokens[self.at + 1].text == "[" and self.tokens[at + 1].text == ")"
        return False

    def bare(self, token: Token) -> Node:
        """A function with its argument, which needs no brackets where it is one name or one number: sin x, cos 2πx."""
        if self.next.text in ("(", "{"):
            arguments, end = self.inside()
            return self.called(Place(token.place.start, end), token.text, arguments)
        factors = [self.operand(token)]
        while token.text in INVERSES and is_constant(factors[-1]) and self.names_a_number():
            factors.append(self.operand(token))
        place = Place(factors[0].place.start, factors[-1].place.end)
        argument = Product(place, tuple(("*", factor) for factor in factors)) if factors[1:] else factors[0]
        unclear = self.next.kind in ("power", "number") or self.next.text in ("**", "(", "[", "{")
        unclear |= self.next.text == "*" and is_constant(argument)
        if unclear or self.names_a_number():
            place = Place(token.place.start, self.next.place.end)
            self.unclear(token.text, place)
        return self.called(Place(token.place.start, argument.place.end), token.text, (argument,))

    def names_a_number(self) -> bool:
        """Whether the next token is a name and neither a function nor a word."""
        return self.next.kind == "name" and self.next.text not in BARE.union(WORDS)

    def root(self, token: Token) -> Node:
        """√ or ∛ of the name, number or bracket behind it."""
        argument = self.operand(token)
        if isinstance(argument, Name | Number) and (
            self.next.kind in ("name", "power") or self.next.text in ("**", "(")
        ):
            self.unclear(token.text, Place(token.place.start, self.next.place.end))
        function = "sqrt" if token.text == "√" else "cbrt"
        return Call(Place(token.place.start, argument.place.end), function, (argument,))

    def fraction(self, token: Token) -> Node:
        r"""\frac{a}{b}, or \frac12."""
        if self.next.kind == "number" and len(self.next.text) == 2 and self.next.text.isdigit():
            digits = self.take()
            pair = [Number(digits.place, float(digit)) for digit in digits.text]
            return Product(Place(token.place.start, digits.place.end), (("*", pair[0]), ("/", pair[1])))
        top, bottom = self.operand(token), self.operand(token)
        return Product(Place(token.place.start, bottom.place.end), (("*", top), ("/", bottom)))

    def operand(self, token: Token) -> Node:
        """The atom that belongs to the function, the root or the fraction in front of it."""
        self.deeper(token.place)
        found = self.atom()
        self.depth -= 1
        return found

    def absolute(self, token: Token) -> Node:
        """|u|, or ‖u‖."""
        self.deeper(token.place)
        self.strokes += 1
        inside = self.sum()
        if self.next.text != "|":
            self.fail(message("this stroke has no second one, |x| needs two"), token.place)
        self.strokes -= 1
        self.depth -= 1
        place = Place(token.place.start, self.take().place.end)
        if self.next.text.startswith("_"):
            self.fail(message(OF_VECTORS), Place(place.start, self.next.place.end))
        if self.text[slice(*token.place)] in NORM:
            return Call(place, self.length, (inside,))
        if self.length == "norm" and isinstance(inside, Call) and inside.place == Place(place.start + 1, place.end - 1):
            return Call(place, "norm", inside.arguments)  # ||u||
        return Call(place, "abs", (inside,))

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

    def called(self, place: Place, name: str, arguments: tuple[Node, ...]) -> Node:
        """A call, written out where its name is a shorthand."""
        base = arguments[1] if (name, len(arguments)) == ("log", 2) else None
        if isinstance(base, Number) and base.value in BASES:
            return Call(place, BASES[base.value], arguments[:1])
        if isinstance(base, Name) and base.name == "e":
            return Call(place, "log", arguments[:1])
        text = SHORTHAND.get((name, len(arguments)))
        if text is None:
            return Call(place, name, arguments)
        result = _filled(_template(text), dict(zip(LETTERS, arguments, strict=False)), place)
        if size(result) > MOST_NODES:
            self.fail(message("this is too long to be written out"), place)
        return result

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


def is_constant(node: Node) -> bool:
    """Whether a factor is a number or π, behind which the angle goes on: 2πx."""
    return isinstance(node, Number) or (isinstance(node, Name) and node.name == "pi")


def _quotient(place: Place, top: float, bottom: float) -> Node:
    return Product(place, (("*", Number(place, top)), ("/", Number(place, bottom))))


@lru_cache(maxsize=len(SHORTHAND))
def _template(text: str) -> Node:
    return Reader(text, 0, len(text)).formula()


def _filled(node: Node, arguments: dict[str, Node], place: Place) -> Node:
    """A template with the arguments in the place of its letters, all else at the place of the call."""
    if isinstance(node, Name) and node.name in arguments:
        return arguments[node.name]
    return changed(replace(node, place=place), lambda part: _filled(part, arguments, place))


def _over(parts: list[tuple[str, Node]]) -> Place:
    return Place(parts[0][1].place.start, parts[-1][1].place.end)
