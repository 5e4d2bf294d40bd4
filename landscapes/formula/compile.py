"""From a formula to NumPy: SymPy differentiates, shared parts are computed once, and every number keeps its digits."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.precedence import PRECEDENCE

from landscapes.formula import stable, stable_numbers
from landscapes.formula.compiled import Compiled
from landscapes.formula.convex_rules import convexity_of
from landscapes.formula.derivatives import Derivatives
from landscapes.formula.expression import COORDINATES, Expression, parse
from landscapes.formula.functions import ROUGH
from landscapes.formula.latex import latex_of
from landscapes.formula.parser import read
from landscapes.formula.rounding import chosen
from landscapes.formula.special import erf, erfc, expit
from landscapes.landscape import Convexity

MOST_FACTORS = 8  # x*x*x up to here: NumPy's x**3 costs four times as much


def product(base: Any, count: int) -> Any:
    """Multiplies `count` factors, in the order in which x*x*x does."""
    result = base
    for _ in range(count - 1):
        result = result * base
    return result


NUMPY = {
    "sigmoid": expit,
    "erf": erf,
    "erfc": erfc,
    "sign": np.sign,
    "modulus": np.abs,
    "relu": lambda u: np.maximum(u, 0.0),
    "step": lambda u: np.heaviside(u, 0.0),
    "larger": np.maximum,
    "choose": chosen,
    "product": product,
    "power": np.power,
    "side": np.sign,
    **stable_numbers.FUNCTIONS,
}


class Printer(NumPyPrinter):  # type: ignore[misc]  # SymPy has no types
    """SymPy's printer shortens numbers to 15 digits, and `**` rounds otherwise for one number than for an array."""

    def _print_Float(self, number: sp.Float) -> str:
        return repr(float(number))

    def _print_Integer(self, number: sp.Integer) -> str:
        return str(number) if abs(number) < 2**53 else repr(float(number))

    def _print_Pow(self, power: sp.Pow, rational: bool = False, sqrt: str = "sqrt") -> str:
        base, exponent = power.as_base_exp()
        if exponent.is_negative:
            return f"(1/{self.parenthesize(power.base**-power.exp, PRECEDENCE['Pow'])})"
        if exponent == sp.Rational(1, 2):
            return f"sqrt({self._print(base)})"
        if exponent.is_Integer and exponent <= MOST_FACTORS:
            return (
                "({})".format("*".join([self._print(base)] * int(exponent)))
                if base.is_Symbol
                else (f"product({self._print(base)}, {exponent})")
            )
        return f"power({self._print(base)}, {self._print(sp.Float(exponent))})"


def compile_formula(text: str, parameters: tuple[str, ...] | None, axes: tuple[str, str]) -> Compiled:
    """Value, gradient and Hessian as NumPy functions of (x, y, *parameters), and the formula's LaTeX.

    Raises:
        FormulaError: the text is no formula.
    """
    expression = parse(text, parameters, axes)
    f = expression.tree
    derivatives = Derivatives(expression.definitions)
    gradient = [derivatives.of(f, c) for c in COORDINATES]
    hessian = [derivatives.of(gradient[i], COORDINATES[j]) for i, j in ((0, 0), (0, 1), (1, 1))]
    arguments = [*COORDINATES, *expression.symbols()]
    printer = Printer({"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": True})

    def function(results: list[sp.Expr]) -> Callable[..., Any]:
        assignments, trees = derivatives.program(results)
        shown = trees if len(trees) > 1 else trees[0]
        made: Callable[..., Any] = sp.lambdify(
            arguments, shown, [NUMPY, vars(np)], printer=printer, cse=lambda trees: (assignments, trees)
        )
        return made

    trees = [f, *expression.definitions.values()]
    return Compiled(
        value=function([f]),
        gradient=function(gradient),
        hessian=function(hessian),
        latex=writer(text, expression),
        convexity=prover(text, expression, axes),
        parameters=expression.parameters,
        smooth=not any(rough(tree, set(arguments[2:])) for tree in trees),
        defined_everywhere=not any(partial(tree, set(arguments[2:])) for tree in trees),
        curve=not any(COORDINATES[1] in tree.free_symbols for tree in trees),
    )


def rough(f: sp.Expr, parameters: set[sp.Symbol]) -> bool:
    """Whether f may have a corner, a pole or the edge of a function's range in view: unless the opposite is certain."""
    powers = [power for power in f.atoms(sp.Pow) if power.free_symbols - parameters]
    roots = any(not (p.exp.is_nonnegative and p.exp.is_Integer) and not p.base.is_positive for p in powers)
    logarithms = any(not logarithm.args[0].is_positive for logarithm in f.atoms(sp.log))
    logarithms |= any(not (1 + logarithm.args[0]).is_positive for logarithm in f.atoms(stable.log1p))
    tips = any(not cone.is_positive for cone in f.atoms(stable.norm))
    return roots or logarithms or tips or bool(f.has(*ROUGH, stable.root_squared))


def partial(f: sp.Expr, parameters: set[sp.Symbol]) -> bool:
    """Whether f may have no value somewhere, as roots and logarithms of what may be negative, and 0/0, have none."""
    powers = [power for power in f.atoms(sp.Pow) if power.free_symbols - parameters]
    fractions = any(p.exp.is_negative and not p.base.is_positive for p in powers)
    roots = any(not p.exp.is_Integer and not p.base.is_nonnegative for p in powers)
    logarithms = any(not logarithm.args[0].is_nonnegative for logarithm in f.atoms(sp.log))
    logarithms |= any(not (1 + logarithm.args[0]).is_nonnegative for logarithm in f.atoms(stable.log1p))
    return fractions or roots or logarithms or bool(f.has(sp.asin, sp.acos, stable.root_squared))


def writer(text: str, expression: Expression) -> Callable[[tuple[float, ...]], str]:
    """Numbers for the parameters -> LaTeX of the formula as it was written, with those numbers in it."""

    @lru_cache(maxsize=64)
    def latex(values: tuple[float, ...]) -> str:
        return latex_of(text, dict(zip(expression.parameters, values, strict=True)))

    return latex


def prover(text: str, expression: Expression, axes: tuple[str, str]) -> Callable[[tuple[float, ...]], Convexity | None]:
    """Numbers for the parameters -> what the formula proves about convexity."""
    tree = read(text)

    @lru_cache(maxsize=64)
    def convexity(values: tuple[float, ...]) -> Convexity | None:
        return convexity_of(tree, dict(zip(expression.parameters, values, strict=True)), axes)

    return convexity
