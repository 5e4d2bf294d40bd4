"""From a formula to NumPy: SymPy differentiates, simplifies powers and prints; nothing else imports it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp
from scipy.special import expit
from sympy.codegen.rewriting import create_expand_pow_optimization

from landscapes.analytic import Compiled
from landscapes.expression import COORDINATES, Expression, parse

as_products = create_expand_pow_optimization(8)  # x*x*x: NumPy's x**3 costs four times as much


def compile_formula(text: str, parameters: tuple[str, ...] | None) -> Compiled:
    """Value, gradient and Hessian as NumPy functions of (x, y, *parameters), and the formula's LaTeX.

    Raises:
        FormulaError: the text is no formula.
    """
    expression = parse(text, parameters)
    f = expression.tree
    gradient = [sp.diff(f, c) for c in COORDINATES]
    hessian = [sp.diff(gradient[i], COORDINATES[j]) for i, j in ((0, 0), (0, 1), (1, 1))]
    arguments = [*COORDINATES, *(expression.symbol(name) for name in expression.parameters)]

    def function(trees: Any) -> Callable[..., Any]:
        ready = [as_products(tree.replace(sp.DiracDelta, lambda *_: sp.Integer(0))) for tree in trees]
        return sp.lambdify(arguments, ready if len(ready) > 1 else ready[0], [{"sigmoid": expit}, "numpy"], cse=True)

    return Compiled(
        value=function([f]),
        gradient=function(gradient),
        hessian=function(hessian),
        latex=printer(text, expression),
        parameters=expression.parameters,
        smooth=not rough(f),
    )


def rough(f: sp.Expr) -> bool:
    """Whether f may have a corner, a pole or the edge of a function's range in view: unless the opposite is certain."""
    powers = [power for power in f.atoms(sp.Pow) if power.free_symbols & set(COORDINATES)]
    roots = any(not (p.exp.is_nonnegative and p.exp.is_Integer) and not p.base.is_positive for p in powers)
    logarithms = any(not logarithm.args[0].is_positive for logarithm in f.atoms(sp.log))
    return roots or logarithms or bool(f.has(sp.Abs, sp.sign, sp.tan, sp.asin, sp.acos))


def printer(text: str, expression: Expression) -> Callable[[tuple[float, ...]], str]:
    """Numbers for the parameters -> LaTeX of the formula as it was written, with those numbers in it."""

    @lru_cache(maxsize=64)
    def latex(values: tuple[float, ...]) -> str:
        from landscapes.notation import latex_of

        return latex_of(text, dict(zip(expression.parameters, values, strict=True)))

    return latex
