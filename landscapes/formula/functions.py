"""The functions that a formula may call, for SymPy trees and for numbers; SymPy prints the lower-case class names."""

import math
from collections.abc import Callable
from typing import NamedTuple

import sympy as sp

from landscapes.formula.special import expit
from landscapes.formula.stable import erf, erfc, norm, share, sigmoid, tanh


class Function(NamedTuple):
    """A function of one argument."""

    tree: Callable[[sp.Expr], sp.Expr]
    number: Callable[[float], float]
    everywhere: bool = True  # real and finite for every real argument


class sign(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """-1, 0 or 1; its derivative is 0, at 0 too."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0: the jump at 0 has no derivative, and a landscape that has it is not smooth."""
        return sp.Integer(0)


class modulus(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """|u|, whose derivative at 0 is 0, the middle of its subgradients."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """±1, and 0 at 0."""
        return side(self.args[0])


class side(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The slope of |u|: its square is 1, at 0 too, so that g(|u|) has the second derivative there that it tends to."""

    is_real = True

    def _eval_power(self, exponent: sp.Expr) -> sp.Expr | None:
        if not exponent.is_Integer or exponent < 0:
            return None
        return sp.Integer(1) if exponent % 2 == 0 else self

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0: see `sign`."""
        return sp.Integer(0)


class step(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """0 up to 0, 1 beyond: the derivative that deep learning libraries give to relu."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0: see `sign`."""
        return sp.Integer(0)


class relu(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """max(u, 0)."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0 up to 0, 1 beyond."""
        return step(self.args[0])


class larger(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """max(u, v)."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """1 by the larger one, 0 by the other; where they are equal, v is taken for the larger one."""
        first = step(self.args[0] - self.args[1])
        return first if argindex == 1 else 1 - first


class cbrt(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The real number whose cube is u, below 0 for u below 0; its slope at 0 is infinite."""

    is_real = True

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[0].is_positive else None

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[0].is_nonnegative else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """1/(3 ∛u²)."""
        return 1 / (3 * self**2)


class atan2(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The angle from -π to π of the point (v, u), u the first argument; it jumps where u passes 0 below v = 0."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """v/(u² + v²) by u, -u/(u² + v²) by v, with no square that overflows."""
        u, v = self.args
        whole = norm(*sp.ordered(self.args))
        return share(v, u) / whole if argindex == 1 else -share(u, v) / whole


class choose(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """u where the first argument is above 0, v elsewhere: see `Derivatives` for what becomes of u and v."""

    @classmethod
    def eval(cls, _: sp.Expr, there: sp.Expr, elsewhere: sp.Expr) -> sp.Expr | None:
        """The same formula on both sides needs no border."""
        return there if there == elsewhere else None


ROUGH = (
    modulus,
    sign,
    relu,
    step,
    larger,
    choose,
    cbrt,
    atan2,
    sp.tan,
    sp.asin,
    sp.acos,
)  # a corner, a jump, a pole or an edge

FUNCTIONS = {
    "sin": Function(sp.sin, math.sin),
    "cos": Function(sp.cos, math.cos),
    "tan": Function(sp.tan, math.tan, everywhere=False),
    "asin": Function(sp.asin, math.asin, everywhere=False),
    "acos": Function(sp.acos, math.acos, everywhere=False),
    "atan": Function(sp.atan, math.atan),
    "asinh": Function(sp.asinh, math.asinh),
    "sinh": Function(sp.sinh, math.sinh),
    "cosh": Function(sp.cosh, math.cosh),
    "tanh": Function(tanh, math.tanh),
    "exp": Function(sp.exp, math.exp),
    "log": Function(sp.log, math.log, everywhere=False),
    "ln": Function(sp.log, math.log, everywhere=False),
    "log10": Function(lambda u: sp.log(u) / sp.Float(math.log(10)), math.log10, everywhere=False),
    "log2": Function(lambda u: sp.log(u) / sp.Float(math.log(2)), math.log2, everywhere=False),
    "sqrt": Function(sp.sqrt, math.sqrt, everywhere=False),
    "cbrt": Function(cbrt, lambda u: math.copysign(abs(u) ** (1 / 3), u)),
    "erf": Function(erf, math.erf),
    "erfc": Function(erfc, math.erfc),
    "abs": Function(modulus, abs),
    "sign": Function(sign, lambda u: float((u > 0) - (u < 0))),
    "sigmoid": Function(sigmoid, lambda u: float(expit(u))),
    "relu": Function(relu, lambda u: max(u, 0.0)),
}
OF_TWO = {"atan2": (atan2, math.atan2)}  # a tree and a number of two
LARGER = {"max": 1, "min": -1}  # the sign under which the larger of the arguments is wanted
