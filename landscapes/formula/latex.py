"""A formula as it was written, in LaTeX: SymPy would reorder the terms."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from landscapes.formula.names import GREEK
from landscapes.formula.parser import read
from landscapes.formula.substitution import DIGITS, substitute
from landscapes.formula.syntax import Call, Choice, Name, Negative, Node, Number, Power, Product, Sum

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a piece binds
TALL = {
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "asinh": r"\operatorname{arsinh}",
    "atan2": r"\operatorname{atan2}",
    "erf": r"\operatorname{erf}",
    "erfc": r"\operatorname{erfc}",
    "sigmoid": r"\sigma",
    "relu": r"\mathrm{relu}",
    "sign": r"\operatorname{sign}",
    "gradient": r"\nabla f",
    "log": r"\ln",
    "log10": r"\log_{10}",
    "log2": r"\log_{2}",
}
SPACED = (r"\sin", r"\cos", r"\tan", r"\arc", r"\ln")  # which LaTeX sets with a space in front
BARE_POWERS = (
    "exp",
    "abs",
    "sqrt",
    "cbrt",
    "norm",
    "norm1",
    "dot",
    "inverse",
)  # whose exponent cannot follow their name
INDEXED = re.compile(r"([A-Za-z]+)(?:_?(\d+)|_([A-Za-z0-9_]+))")
Piece = tuple[str, int]  # LaTeX, and how tightly it binds


def number(value: float) -> str:
    """A number in LaTeX with at most six significant digits.

    >>> number(0.5), number(1.5e-8), number(-0.0)
    ('0.5', '1.5 \\\\cdot 10^{-8}', '0')
    """
    digits, _, exponent = f"{value or 0.0:.{DIGITS}g}".partition("e")
    power = f"10^{{{int(exponent)}}}" if exponent else ""
    return {"1": power, "-1": f"-{power}"}.get(digits, rf"{digits} \cdot {power}") if power else digits


def latex_of(text: str, values: Mapping[str, float]) -> str:
    """LaTeX of a formula, with numbers in the place of its parameters: factors 1 are dropped, signs are joined.

    >>> latex_of("a*x**2 + b*y", {"a": 1, "b": -3})
    'x^{2} - 3\\\\,y'
    """
    return FormulaWriter().latex(substitute(read(text), values))


class LatexWriter(ABC):
    """Writes a tree as it stands; how a name is shown is left to those who know what it stands for."""

    def latex(self, node: Node) -> str:
        """The LaTeX of a tree."""
        return self.piece(node)[0]

    @abstractmethod
    def name(self, name: str) -> Piece:
        """A name as LaTeX."""

    def piece(self, node: Node) -> Piece:
        """The LaTeX of a piece and how tightly it binds."""
        match node:
            case Number(value=value):
                return as_number(value)
            case Name(name=name):
                return self.name(name)
            case Negative(operand=operand):
                shown = self.inside(operand, PRODUCT)
                return (shown[1:], PRODUCT) if shown.startswith("-") else (f"-{shown}", SUM)
            case Sum(terms=terms):
                return self.sum(terms)
            case Product(factors=factors):
                return self.product(factors)
            case Power(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Call(name=name, arguments=arguments):
                return self.call(name, arguments)
            case Choice():
                return self.choice(node)

    def inside(self, node: Node, least: int) -> str:
        """A piece, in brackets if it binds less tightly than it has to."""
        shown, binds = self.piece(node)
        return shown if binds >= least else rf"\left({shown}\right)"

    def sum(self, terms: Sequence[tuple[str, Node]]) -> Piece:
        """Terms with their signs: a - -3 is a + 3, and a + 0 is a."""
        parts = [(sign, term, *self.piece(term)) for sign, term in terms]
        parts = [part for part in parts if part[2] != "0"]
        if len(parts) < 2 and not any(sign == "-" for sign, *_ in parts):
            return parts[0][2:] if parts else ("0", ATOM)
        line = ""
        for sign, term, shown, binds in parts:
            if sign == "-" and binds == SUM and isinstance(term, Sum):
                shown = rf"\left({shown}\right)"
            minus = shown.startswith("-") != (sign == "-")
            line += (" - " if minus else " + ") if line else "-" * minus
            line += shown.removeprefix("-")
        return line, SUM

    def product(self, factors: Sequence[tuple[str, Node]]) -> Piece:
        """Factors from left to right; what stands before a stroke becomes the top of a fraction."""
        line, minus, bare = "1", False, ""
        for sign, factor in factors:
            while isinstance(factor, Negative):
                minus, factor = not minus, factor.operand
            shown, binds = self.piece(factor)
            if sign == "/":
                line, bare = self.fraction(line, bare, factor, shown), ""
                continue
            if binds == SUM and shown.startswith("-") and isinstance(factor, Name):
                minus, shown, binds = not minus, shown[1:], PRODUCT
            brackets = rf"\left({shown}\right)" if binds == SUM else shown
            if "0" in (line, shown):
                line, bare = "0", ""
            elif line == "1":
                line, bare = brackets, shown  # a fraction's top needs no brackets
            elif shown != "1":
                line, bare = line + _between(brackets) + brackets, ""
        return (f"-{line}", SUM) if minus else (line, PRODUCT)

    def fraction(self, top: str, bare: str, bottom: Node, shown: str) -> str:
        """What stands before a stroke over what is behind it; `bare` is the top without brackets, where it is one."""
        return rf"\frac{{{bare or top}}}{{{shown}}}"

    def power(self, base: Node, exponent: Node) -> Piece:
        """A base with its exponent, which follows the name of a function: sin²(x)."""
        if isinstance(base, Call) and isinstance(exponent, Number) and base.name not in BARE_POWERS:
            arguments = self.arguments(base.arguments)
            return rf"{named(base.name)}^{{{number(exponent.value)}}}\left({arguments}\right)", POWER
        return f"{self.inside(base, ATOM)}^{{{self.latex(exponent)}}}", POWER

    def call(self, name: str, arguments: Sequence[Node]) -> Piece:
        """A function of its arguments."""
        first = self.latex(arguments[0])
        match name:
            case "sqrt":
                return rf"\sqrt{{{first}}}", ATOM
            case "cbrt":
                return rf"\sqrt[3]{{{first}}}", ATOM
            case "abs":
                return rf"\left|{first}\right|", ATOM
            case "norm" | "norm1":
                return rf"\left|{first}\right|_{name.removeprefix('norm') or 2}", ATOM
            case "dot":
                return rf"{self.inside(arguments[0], PRODUCT)} \cdot {self.inside(arguments[1], PRODUCT)}", PRODUCT
            case "inverse":
                return f"{self.inside(arguments[0], ATOM)}^{{-1}}", POWER
            case "exp":
                return f"e^{{{first}}}", POWER
        return rf"{named(name)}\left({self.arguments(arguments)}\right)", POWER

    def choice(self, node: Choice) -> Piece:
        """The two formulas one above the other, with where the first one holds."""
        order = {"<=": r"\le", ">=": r"\ge"}.get(node.order, node.order)
        where = f"{self.latex(node.left)} {order} {self.latex(node.right)}"
        there, elsewhere = self.latex(node.where), self.latex(node.elsewhere)
        return rf"\begin{{cases}} {there} & {where} \\ {elsewhere} & \text{{else}} \end{{cases}}", SUM

    def arguments(self, arguments: Sequence[Node]) -> str:
        """What stands in the brackets of a call."""
        return r",\, ".join(map(self.latex, arguments))


def _between(factor: str) -> str:
    """What separates a factor from those before it: a function's name brings its own space, a number needs a dot."""
    return r" \cdot " if factor[0].isdigit() else " " if factor.startswith(SPACED) else r"\,"


def name_in_latex(name: str) -> str:
    """A name as it is printed: theta_0 with its letter and its index, a word upright.

    >>> name_in_latex("theta_0"), name_in_latex("x12"), name_in_latex("a"), name_in_latex("rate")
    ('\\\\theta_{0}', 'x_{12}', 'a', '\\\\mathrm{rate}')
    """
    found = INDEXED.fullmatch(name)
    stem, index = (found[1], found[2] or found[3].replace("_", r"\_")) if found else (name, "")
    letter = f"\\{stem}" if stem in GREEK or stem == "pi" else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    return f"{letter}_{{{index}}}" if index else letter


class FormulaWriter(LatexWriter):
    """Writes the formula of a landscape, in which numbers have taken the place of the parameters."""

    def name(self, name: str) -> Piece:
        """x, y and constants as they are."""
        return name_in_latex(name), ATOM

    def fraction(self, top: str, bare: str, bottom: Node, shown: str) -> str:
        """Over a whole number a sum stays in its brackets, behind 1/2 or 1/4000."""
        ahead = bool(bare) and bare != top and isinstance(bottom, Number) and bottom.value.is_integer()
        return rf"\frac{{1}}{{{shown}}}{top}" if ahead else super().fraction(top, bare, bottom, shown)


def as_number(value: float) -> Piece:
    """A number, which needs brackets where it is negative."""
    shown = number(value)
    return shown, SUM if value < 0 else PRODUCT if "^" in shown else ATOM


def named(function: str) -> str:
    """The name of a function in LaTeX."""
    return TALL.get(function, f"\\{function}")
