"""Reads the LaTeX of an update rule as the formula that it is: sums of products of powers."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from optimizers.terms import Call, Fraction, Name, Node, Number, Power, Product, Sum

TOKEN = re.compile(r"\\[a-zA-Z]+|\d+(?:\.\d+)?|[A-Za-z]|[-+^_{}()|',]")
SPACE = re.compile(r"\\left|\\right|\\quad|\\[,;!]|[\s&]")
ENDS = {"", "+", "-", ")", "}", ","}
ACCENTS = (r"\hat", r"\tilde")
CALLS = {r"\max": "max", r"\min": "min", r"\sign": "sign"}


class Clause(NamedTuple):
    """One line of a rule: what is set, whether it replaces an older value, and by what."""

    letter: str
    sign: Literal[r"\leftarrow", "="]
    formula: str
    tree: Node


@lru_cache(maxsize=256)
def clauses(latex: str) -> tuple[Clause, ...]:
    r"""The lines of a rule in their order.

    >>> [(c.letter, c.sign, c.formula) for c in clauses(r"v &\leftarrow \beta v + g, \quad p \leftarrow p - \eta v")]
    [('v', '\\leftarrow', '\\beta v + g'), ('p', '\\leftarrow', 'p - \\eta v')]

    Raises:
        ValueError: a line is not of the form letter ← formula or letter = formula, or the formula cannot be read.
    """
    text = latex.replace(r"\begin{aligned}", "").replace(r"\end{aligned}", "").replace(r"\operatorname{sign}", r"\sign")
    found = []
    for line in re.split(r"\\\\|,?\s*\\quad", text):
        parts = re.split(r"(\\leftarrow|=)", line.replace("&", ""))
        if len(parts) != 3:
            raise ValueError(f"a line of a rule needs one arrow or equals sign, got {line.strip()}")
        reader = _Reader(parts[2])
        tree = reader.sum()
        reader.end()
        sign: Literal[r"\leftarrow", "="] = "=" if parts[1] == "=" else r"\leftarrow"
        found.append(Clause(_Reader(parts[0]).name(), sign, parts[2].strip(" ,"), tree))
    return tuple(found)


class _Reader:
    """Sums of products of powers, from left to right; factors that stand side by side are multiplied."""

    def __init__(self, text: str) -> None:
        self.text = text.strip(" ,")
        bare = SPACE.sub(" ", self.text)
        self.tokens: list[str] = TOKEN.findall(bare)
        if TOKEN.sub("", bare).strip():
            raise ValueError(f"{TOKEN.sub('', bare).split()[0]!r} cannot be read in {self.text}")

    @property
    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, *expected: str) -> None:
        for token in expected:
            if self.next != token:
                raise ValueError(f"{token!r} is expected, not {self.next!r}, in {self.text}")
            self.pop()

    def pop(self) -> str:
        if not self.tokens:
            raise ValueError(f"{self.text} ends too early")
        return self.tokens.pop(0)

    def end(self) -> None:
        if self.tokens:
            raise ValueError(f"{self.next!r} is not expected in {self.text}")

    def sum(self) -> Node:
        terms = []
        sign = "+"
        while True:
            if self.next in ("+", "-"):
                sign = self.pop()
            terms.append((sign, self.product()))
            if self.next not in ("+", "-"):
                return terms[0][1] if terms[0][0] == "+" and len(terms) == 1 else Sum(tuple(terms))

    def product(self) -> Node:
        factors, scalar = [self.power()], False
        while self.next not in ENDS:
            if self.next == r"\cdot":
                self.take(r"\cdot")
                scalar = True
            factors.append(self.power())
        return factors[0] if len(factors) == 1 else Product(tuple(factors), scalar)

    def power(self) -> Node:
        base = self.atom()
        if self.next != "^":
            return base
        self.take("^")
        return Power(base, self.group())

    def group(self) -> Node:
        """What stands in braces, or the next token alone."""
        if self.next != "{":
            token = self.pop()
            return Number(token) if token.isdigit() else Name(token)
        self.take("{")
        inside = self.sum()
        self.take("}")
        return inside

    def arguments(self) -> tuple[Node, ...]:
        self.take("(")
        found = [self.sum()]
        while self.next == ",":
            self.take(",")
            found.append(self.sum())
        self.take(")")
        return tuple(found)

    def atom(self) -> Node:
        token = self.next
        if token in CALLS:
            self.take(token)
            return Call(CALLS[token], self.arguments())
        if token == "(":
            (inside,) = self.arguments()
            return inside
        if token in (r"\frac", r"\tfrac"):
            self.take(token)
            if self.next.isdigit() and len(self.next) == 2:  # \tfrac12
                both = self.pop()
                return Fraction(Number(both[0]), Number(both[1]))
            return Fraction(self.group(), self.group())
        if token == r"\sqrt":
            self.take(token)
            return Call("sqrt", (self.group(),))
        if token == r"\nabla":
            self.take(token, "f")
            return Call("gradient", self.arguments())
        if token == "|":
            return self.size()
        if token[:1].isdigit():
            return Number(self.pop())
        return Name(self.name())

    def size(self) -> Node:
        self.take("|")
        close = self.tokens.index("|")
        inside = _Reader(self.text)
        inside.tokens, self.tokens = self.tokens[:close], self.tokens[close + 1 :]
        tree = inside.sum()
        inside.end()
        if self.next != "_":
            return Call("abs", (tree,))
        self.take("_")
        return Call(f"norm{self.pop()}", (tree,))

    def name(self) -> str:
        letter = self.pop()
        if letter in ACCENTS:
            letter += f" {self.pop()}"
        if not letter[:1].isalpha() and not letter.startswith("\\"):
            raise ValueError(f"a letter is expected, not {letter!r}, in {self.text}")
        if self.next == "_":
            self.take("_")
            letter += "_" + self.piece()
        while self.next == "'":
            self.take("'")
            letter += "'"
        if self.tokens[:2] == ["^", "+"]:
            self.take("^", "+")
            letter += "^+"
        return letter

    def piece(self) -> str:
        """A subscript as it stands."""
        if self.next != "{":
            return self.pop()
        close = self.tokens.index("}")
        inside, self.tokens = self.tokens[: close + 1], self.tokens[close + 1 :]
        return "".join(inside)
