"""A formula as it was written, in LaTeX: SymPy would reorder the terms."""

from collections.abc import Mapping

from landscapes.grammar import read
from landscapes.tree import Call, Name, Negative, Node, Number, Power, Product, Sum

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a piece binds
TALL = {
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "sigmoid": r"\sigma",
    "relu": r"\mathrm{relu}",
    "log": r"\ln",
}


def number(value: float) -> str:
    """A number in LaTeX with at most six significant digits.

    >>> number(0.5), number(1.5e-8)
    ('0.5', '1.5 \\\\cdot 10^{-8}')
    """
    digits, _, exponent = f"{value:.6g}".partition("e")
    power = f"10^{{{int(exponent)}}}" if exponent else ""
    return {"1": power, "-1": f"-{power}"}.get(digits, rf"{digits} \cdot {power}") if power else digits


def latex_of(text: str, values: Mapping[str, float]) -> str:
    """LaTeX of a formula, with numbers in the place of its parameters: factors 1 are dropped, signs are joined.

    >>> latex_of("a*x**2 + b*y", {"a": 1, "b": -3})
    'x^{2} - 3\\\\,y'
    """
    return _write(read(text), values)[0]


def _write(node: Node, values: Mapping[str, float]) -> tuple[str, int]:
    """The LaTeX of a piece and how tightly it binds."""

    def inside(child: Node, least: int) -> str:
        shown, binds = _write(child, values)
        return shown if binds >= least else rf"\left({shown}\right)"

    match node:
        case Number(value=value):
            return _number(value)
        case Name(name=name):
            return _number(values[name]) if name in values else (r"\pi" if name == "pi" else name, ATOM)
        case Negative(operand=operand):
            shown = inside(operand, PRODUCT)
            return (shown[1:], PRODUCT) if shown.startswith("-") else (f"-{shown}", SUM)
        case Sum(terms=terms):
            return _sum(terms, values)
        case Product(factors=factors):
            return _product(factors, values)
        case Power(base=Call(name=name, argument=argument), exponent=Number(value=n)) if name not in (
            "exp",
            "abs",
            "sqrt",
        ):
            return rf"{TALL.get(name, chr(92) + name)}^{{{number(n)}}}\left({_write(argument, values)[0]}\right)", POWER
        case Power(base=base, exponent=exponent):
            return f"{inside(base, ATOM)}^{{{_write(exponent, values)[0]}}}", POWER
        case Call(name=name, argument=argument):
            return _call(name, _write(argument, values)[0])


def _number(value: float) -> tuple[str, int]:
    shown = number(value)
    return shown, SUM if value < 0 else PRODUCT if "^" in shown else ATOM


def _sum(terms: tuple[tuple[str, Node], ...], values: Mapping[str, float]) -> tuple[str, int]:
    """Terms with their signs: a - -3 is a + 3, and a + 0 is a."""
    parts = [(sign, term, *_write(term, values)) for sign, term in terms]
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


def _product(factors: tuple[tuple[str, Node], ...], values: Mapping[str, float]) -> tuple[str, int]:
    """Factors from left to right; what stands before a stroke becomes the top of a fraction."""
    line, minus, bare = "1", False, ""
    for sign, factor in factors:
        while isinstance(factor, Negative):
            minus, factor = not minus, factor.operand
        shown, binds = _write(factor, values)
        if sign == "/":
            line, bare = rf"\frac{{{bare or line}}}{{{shown}}}", ""
            continue
        if binds == SUM and shown.startswith("-") and isinstance(factor, Name):
            minus, shown, binds = not minus, shown[1:], PRODUCT
        brackets = rf"\left({shown}\right)" if binds == SUM else shown
        if "0" in (line, shown):
            line, bare = "0", ""
        elif line == "1":
            line, bare = brackets, shown  # a fraction's top needs no brackets
        elif shown != "1":
            line, bare = line + (r" \cdot " if brackets[0].isdigit() else r"\,") + brackets, ""
    return (f"-{line}", SUM) if minus else (line, PRODUCT)


def _call(name: str, shown: str) -> tuple[str, int]:
    match name:
        case "sqrt":
            return rf"\sqrt{{{shown}}}", ATOM
        case "abs":
            return rf"\left|{shown}\right|", ATOM
        case "exp":
            return f"e^{{{shown}}}", POWER
    return rf"{TALL.get(name, chr(92) + name)}\left({shown}\right)", POWER
