"""A formula as it was written, in LaTeX: SymPy would reorder the terms."""

import ast
from collections.abc import Mapping

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a piece binds
TALL = {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sigmoid": r"\sigma", "relu": r"\mathrm{relu}"}


def number(value: float) -> str:
    """A number in LaTeX with at most six significant digits: 0.5, 100, 1.5 \\cdot 10^{-8}."""
    digits, _, exponent = f"{value:.6g}".partition("e")
    return f"{digits} \\cdot 10^{{{int(exponent)}}}" if exponent else digits


def latex_of(text: str, values: Mapping[str, float]) -> str:
    """LaTeX of a formula that `parse` has accepted, with numbers in the place of its parameters."""
    return _write(ast.parse(f"({text}\n)", mode="eval").body, values)[0]


def _write(node: ast.AST, values: Mapping[str, float]) -> tuple[str, int]:
    def inside(child: ast.AST, least: int) -> str:
        shown, binds = _write(child, values)
        return shown if binds >= least else rf"\left({shown}\right)"

    match node:
        case ast.Constant(value=int() | float() as value):
            return number(value), ATOM
        case ast.Name(id="pi"):
            return r"\pi", ATOM
        case ast.Name(id=name):
            if name in values:
                return number(values[name]), SUM if values[name] < 0 else ATOM
            return name, ATOM
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"-{inside(operand, PRODUCT)}", SUM
        case ast.UnaryOp(operand=operand):
            return _write(operand, values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return f"{inside(left, SUM)} + {inside(right, PRODUCT)}", SUM
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return f"{inside(left, SUM)} - {inside(right, PRODUCT)}", SUM
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            a, b = inside(left, PRODUCT), inside(right, POWER)
            if a == "1":
                return b, PRODUCT
            between = r" \cdot " if b[0].isdigit() or (a[-1:].isdigit() and b[:1].isdigit()) else r"\,"
            return f"{a}{between}{b}", PRODUCT
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return rf"\frac{{{_write(left, values)[0]}}}{{{_write(right, values)[0]}}}", POWER
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return f"{inside(left, ATOM)}^{{{_write(right, values)[0]}}}", POWER
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            shown = _write(argument, values)[0]
            if name == "sqrt":
                return rf"\sqrt{{{shown}}}", ATOM
            if name == "abs":
                return rf"\left|{shown}\right|", ATOM
            if name == "exp":
                return f"e^{{{shown}}}", POWER
            return rf"{TALL.get(name, chr(92) + name)}\left({shown}\right)", POWER
    raise TypeError(f"not a checked formula: {ast.dump(node)}")
