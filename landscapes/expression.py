"""The security boundary: a formula typed by anyone becomes SymPy objects through a whitelist, and nothing else does."""

import ast
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

LONGEST = 500  # characters
DEEPEST = 60  # nested brackets
MOST_NODES = 300
HIGHEST_POWER = 64  # of one exponent
HIGHEST_DEGREE = 512  # of exponents on top of each other
DEEPEST_CALLS = 6  # functions inside functions: the second derivative grows with the square of this
LARGEST = 1e100
MOST_PARAMETERS = 8
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")

x, y = COORDINATES = sp.symbols("x y", real=True)
CONSTANTS = {"pi": sp.pi, "e": sp.E}


class sigmoid(sp.Function):  # noqa: N801 - SymPy prints the class's name
    """1/(1 + exp(-u)), kept whole so that it is computed without overflow."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """σ' = σ (1 - σ)."""
        return self * (1 - self)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\sigma{power}\left({printer._print(self.args[0])}\right)"


def _relu(u: sp.Expr) -> sp.Expr:
    return (u + sp.Abs(u)) / 2


FUNCTIONS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "asin": sp.asin,
    "acos": sp.acos,
    "atan": sp.atan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "exp": sp.exp,
    "log": sp.log,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
    "sigmoid": sigmoid,
    "relu": _relu,
}


class FormulaError(ValueError):
    """A formula that is not one: what is wrong, what would be right, and where."""

    def __init__(self, message: str, text: str, start: int = 0, end: int | None = None) -> None:
        """`text[start:end]` is the offending part."""
        self.start, self.end = start, len(text) if end is None else end
        self.part = text[self.start : self.end]
        self.reason = message
        shown = self.part if len(self.part) <= 60 else self.part[:57] + "..."
        place = f" At character {self.start + 1}: {shown}" if self.part else ""
        super().__init__(f"{message}.{place}")


@dataclass(frozen=True)
class Expression:
    """A checked formula: its SymPy tree, and the names in it that are neither coordinates nor constants."""

    tree: sp.Expr
    parameters: tuple[str, ...]  # in the order in which they first appear

    def symbol(self, name: str) -> sp.Symbol:
        """The symbol that stands for a parameter: numbered, so that no name can shadow anything."""
        return sp.Symbol(f"parameter_{self.parameters.index(name)}", real=True)


@dataclass(frozen=True)
class _Part:
    """A checked piece: a plain number, or a SymPy tree with its degree and the depth of its function calls."""

    value: float | sp.Expr
    degree: int = 0
    calls: int = 0

    @property
    def number(self) -> bool:
        return isinstance(self.value, float)

    @property
    def tree(self) -> sp.Expr:
        if not isinstance(self.value, float):
            return self.value
        whole = self.value.is_integer() and abs(self.value) < 2**53
        return sp.Integer(int(self.value)) if whole else sp.Float(self.value)


def parse(text: str, parameters: Sequence[str] | None = None) -> Expression:
    """Reads a formula in x and y: + - * / **, brackets, numbers, pi, e and functions of one argument.

    Args:
        text: at most 500 characters.
        parameters: the other names that may appear; None lets every other name become a parameter.

    Raises:
        FormulaError: with the place of the offending part and what was expected there.
    """
    return _Reader(text, parameters).read()


class _Reader:
    def __init__(self, text: str, parameters: Sequence[str] | None) -> None:
        self.text = text
        self.open = parameters is None
        self.names = list(parameters or ())

    def read(self) -> Expression:
        self.check_text()
        # Blanks at the front would be indentation; brackets let a formula run over several lines.
        try:
            body = ast.parse(f"({self.text}\n)", mode="eval").body
        except SyntaxError as error:
            raise self.explain(error) from None
        except (ValueError, MemoryError, RecursionError, OverflowError):
            raise FormulaError("this cannot be read as a formula", self.text) from None
        if sum(1 for _ in ast.walk(body)) > MOST_NODES:
            raise FormulaError(f"the formula has too many parts, at most {MOST_NODES} are allowed", self.text)
        tree = self.build(body).tree
        if tree.has(sp.zoo, sp.nan, sp.oo, -sp.oo, sp.I):
            raise FormulaError("the formula has no finite real value anywhere, it divides by zero", self.text)
        return Expression(tree, tuple(self.names))

    def check_text(self) -> None:
        text = self.text
        if not text.strip():
            raise FormulaError("a formula is needed, for example x**2 + 3*y**2", text)
        if len(text) > LONGEST:
            raise FormulaError(f"the formula has {len(text)} characters, at most {LONGEST} are allowed", text, LONGEST)
        advice = {"^": "write ** for a power", "=": "write only the right-hand side of f(x, y) = ..."}
        depth, opened = 0, []
        for place, letter in enumerate(text):
            if letter in advice:
                raise FormulaError(advice[letter], text, place, place + 1)
            if (
                not (letter.isascii() and (letter.isprintable() or letter in "\t\n"))
                or letter in "#\\;:@!%&|~<>?$`'\"{}[]"
            ):
                raise FormulaError("this character has no meaning in a formula", text, place, place + 1)
            if letter == "(":
                depth += 1
                opened.append(place)
                if depth > DEEPEST:
                    raise FormulaError(f"brackets go deeper than {DEEPEST}", text, place, place + 1)
            if letter == ")":
                if not opened:
                    raise FormulaError("this bracket was never opened", text, place, place + 1)
                depth -= 1
                opened.pop()
        if opened:
            raise FormulaError("this bracket is never closed", text, opened[-1], opened[-1] + 1)

    def explain(self, error: SyntaxError) -> FormulaError:
        """Python's complaint in the terms of a formula, at the place where reading stopped."""
        lines = self.text.split("\n")
        row = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
        place = sum(len(line) + 1 for line in lines[:row]) + (error.offset or 1) - 1 - (row == 0)
        place = min(max(place, 0), len(self.text))
        implied = next(self.implied_products(), None)
        if implied is not None:
            return FormulaError("a product needs its sign, write a*b", self.text, *implied)
        rest = self.text[place:].strip()
        if not rest or rest[0] == ")":
            return FormulaError("something is missing here, a number, x or y", self.text, max(place - 1, 0))
        return FormulaError("a number, x, y or an operator was expected here", self.text, place, place + 1)

    def implied_products(self) -> Iterator[tuple[int, int]]:
        """Places such as 2x, 3(x + 1), x y and )( where only a product can be meant."""
        pattern = (
            r"(?<![A-Za-z_0-9.])\d+\.?\d*\s*(?![eE][+-]?\d)[A-Za-z(]|\)\s*[A-Za-z0-9(]|[A-Za-z0-9_]+\s+[A-Za-z0-9_(]"
        )
        for found in re.finditer(pattern, self.text):
            yield found.span()

    def fail(self, node: ast.AST, message: str) -> FormulaError:
        lines = self.text.split("\n")

        def place(row: int, column: int) -> int:
            return sum(len(line) + 1 for line in lines[: row - 1]) + column - (row == 1)

        start = place(getattr(node, "lineno", 1), getattr(node, "col_offset", 1))
        end = place(getattr(node, "end_lineno", 1) or 1, getattr(node, "end_col_offset", 1) or 1)
        return FormulaError(message, self.text, start, end)

    def build(self, node: ast.AST) -> _Part:
        match node:
            case ast.Constant(value=bool() | str() | bytes() | complex() | None):
                raise self.fail(node, "only real numbers are allowed")
            case ast.Constant(value=int() | float() as number):
                if not abs(number) <= LARGEST:
                    raise self.fail(node, f"numbers go up to {LARGEST:g}")
                return _Part(float(number))
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                part = self.build(operand)
                return _Part(-part.value, part.degree, part.calls)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.build(operand)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self.power(node, self.build(left), self.build(right))
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as operator, right=right):
                return self.combine(node, operator, self.build(left), self.build(right))
            case ast.Call():
                return self.call(node)
        raise self.fail(node, "only + - * / ** and functions of one argument are allowed")

    def name(self, node: ast.AST, name: str) -> _Part:
        if name in ("x", "y"):
            return _Part(x if name == "x" else y, 1)
        if name in CONSTANTS:
            return _Part(CONSTANTS[name])
        if name in FUNCTIONS:
            raise self.fail(node, f"{name} needs an argument, write {name}(x)")
        if name not in self.names:
            if not self.open:
                raise self.fail(
                    node, f"unknown name, known are x, y, pi, e{', ' * bool(self.names)}{', '.join(self.names)}"
                )
            if not NAME.fullmatch(name) or "__" in name:
                raise self.fail(node, "a name starts with a letter and has at most 20 letters, digits and single _")
            if len(self.names) == MOST_PARAMETERS:
                raise self.fail(node, f"one free name too many, at most {MOST_PARAMETERS} become knobs")
            self.names.append(name)
        return _Part(sp.Symbol(f"parameter_{self.names.index(name)}", real=True), 1)

    def combine(self, node: ast.AST, operator: ast.operator, left: _Part, right: _Part) -> _Part:
        operation: Callable[[Any, Any], Any] = {
            ast.Add: lambda a, b: a + b,
            ast.Sub: lambda a, b: a - b,
            ast.Mult: lambda a, b: a * b,
            ast.Div: lambda a, b: a / b,
        }[type(operator)]
        if isinstance(operator, ast.Div) and right.value == 0:
            raise self.fail(node, "this divides by zero")
        calls = max(left.calls, right.calls)
        if left.number and right.number:
            return _Part(self.finite(node, lambda: operation(left.value, right.value)))
        product = isinstance(operator, ast.Mult | ast.Div)
        degree = left.degree + right.degree if product else max(left.degree, right.degree)
        return self.bounded(node, _Part(operation(left.tree, right.tree), degree, calls))

    def power(self, node: ast.AST, base: _Part, exponent: _Part) -> _Part:
        if not exponent.number:
            logarithm = self.bounded(node, _Part(sp.log(base.tree), 1, base.calls + 1))
            calls = max(logarithm.calls, exponent.calls) + 1
            return self.bounded(node, _Part(sp.exp(exponent.tree * logarithm.tree), 1, calls))
        n = exponent.value
        if abs(n) > HIGHEST_POWER:
            raise self.fail(node, f"exponents go from -{HIGHEST_POWER} to {HIGHEST_POWER}")
        if base.number:
            return _Part(self.finite(node, lambda: base.value**n))
        degree = math.ceil(max(base.degree, 1) * max(abs(n), 1))
        return self.bounded(node, _Part(base.tree**exponent.tree, degree, base.calls), lambda p: p.degree)

    def call(self, node: ast.Call) -> _Part:
        known = ", ".join(FUNCTIONS)
        if not isinstance(node.func, ast.Name):
            raise self.fail(
                node,
                "only named functions can be called"
                if not isinstance(node.func, ast.Constant)
                else "a product needs its sign, write a*b",
            )
        name = node.func.id
        if name not in FUNCTIONS:
            hint = f"unknown function, known are {known}"
            raise self.fail(
                node,
                f"{hint}; a product needs its sign, write {name}*(...)"
                if name in {"x", "y", *CONSTANTS, *self.names}
                else hint,
            )
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            raise self.fail(node, f"{name} takes one argument")
        argument = self.build(node.args[0])
        function = FUNCTIONS[name]
        if argument.number:
            return _Part(self.finite(node, lambda: float(function(sp.Float(argument.value)))))
        return self.bounded(node, _Part(function(argument.tree), 1, argument.calls + 1))

    def bounded(self, node: ast.AST, part: _Part, *_: Any) -> _Part:
        if part.degree > HIGHEST_DEGREE:
            raise self.fail(node, f"powers on top of powers multiply, at most to {HIGHEST_DEGREE}")
        if part.calls > DEEPEST_CALLS:
            raise self.fail(node, f"functions inside functions go at most {DEEPEST_CALLS} deep")
        return part

    def finite(self, node: ast.AST, compute: Callable[[], Any]) -> float:
        try:
            number = compute()
        except (OverflowError, ZeroDivisionError, TypeError, ValueError):
            number = math.nan
        if isinstance(number, complex) or not abs(number) <= LARGEST:
            raise self.fail(node, "this has no finite real value")
        return float(number)
