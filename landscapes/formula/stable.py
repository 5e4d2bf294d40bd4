"""Functions that are kept whole, because what they are made of overflows or cancels; each with stable derivatives.

`stable_numbers` computes them.
"""

import math

import sympy as sp

BELL = sp.Float(2 / math.sqrt(math.pi))  # the height of the derivative of erf


class sigmoid(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """σ(u) = 1/(1 + exp(-u)), kept whole so that it is computed without overflow."""

    is_positive = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """σ'(u) = σ(u) σ(-u): 1 - σ(u) would lose all digits where σ is close to 1."""
        return self * sigmoid(-self.args[0])


class tanh(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """tanh(u), whose slope is 1/cosh² u: 1 - tanh² u is 0 beyond u = 19."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """1/cosh² u."""
        return one_over_cosh(self.args[0]) ** 2


class one_over_cosh(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """1/cosh(u), whose derivatives have no cosh³ in them that overflows."""

    is_positive = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """-tanh(u)/cosh(u)."""
        return -tanh(self.args[0]) * self


class erf(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """2/√π times the integral of exp(-t²) from 0 to u."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """2 exp(-u²)/√π."""
        return BELL * sp.exp(-(self.args[0] ** 2))


class erfc(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """1 - erf(u), with all its digits where erf(u) is close to 1."""

    is_positive = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """-2 exp(-u²)/√π."""
        return -BELL * sp.exp(-(self.args[0] ** 2))


class softplus(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """log(1 + exp(u)), which is u where exp(u) overflows."""

    is_positive = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """σ(u)."""
        return sigmoid(self.args[0])


class logaddexp(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """log(exp(u) + exp(v))."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """σ(u - v) by u, σ(v - u) by v."""
        u, v = self.args
        return sigmoid(u - v if argindex == 1 else v - u)


class log_cosh(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """log(cosh(u)), which is u²/2 near 0 and |u| - log 2 far out."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """tanh(u)."""
        return tanh(self.args[0])


class log1p(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """log(1 + u), with all digits of a small u."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """1/(1 + u)."""
        return 1 / (1 + self.args[0])


class expm1(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """exp(u) - 1, with all digits of a small u."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """exp(u)."""
        return sp.exp(self.args[0])


class exp_beyond_line(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """exp(u) - 1 - u, by how much exp is above its tangent at 0, with all digits of a small u."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """exp(u) - 1."""
        return expm1(self.args[0])


class norm(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """√(u² + v² + ...), whose squares are never made."""

    is_nonnegative = True

    def _eval_is_positive(self) -> bool | None:
        return True if any(part.is_nonzero for part in self.args) else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """u/√(u² + v² + ...)."""
        return share(self.args[argindex - 1], *others(self.args, argindex - 1))


class share(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """u/√(u² + v² + ...), the cosine of an angle; its derivatives are written without the difference 1 - cos²."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """By u the sum of the squares of the other shares, by v the product of both, negative; over the norm."""
        whole = norm(*sp.ordered(self.args))
        if argindex == 1:
            rest = self.args[1:]
            squares = [share(part, *others(self.args, 1 + k)) ** 2 for k, part in enumerate(rest)]
            return sp.Add(*squares) / whole
        return -self * share(self.args[argindex - 1], *others(self.args, argindex - 1)) / whole


class ratio(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """u/v, kept whole so that its square is the square of a ratio."""


def with_ratios(tree: sp.Expr) -> sp.Expr:
    """A tree with its shares as ratios to norms, of which each is computed once."""
    if not tree.has(share):
        return tree
    return tree.replace(share, lambda *parts: ratio(parts[0], norm(*sp.ordered(parts))))


class root_squared(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """(√u)²: u where √u is defined, and undefined elsewhere."""

    is_nonnegative = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """1, where √u is defined."""
        return one_where_root(self.args[0])


class one_where_root(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """1 where √u is defined, and undefined elsewhere."""

    is_positive = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0, where √u is defined."""
        return sp.Integer(0)


def others(parts: tuple[sp.Expr, ...], index: int) -> tuple[sp.Expr, ...]:
    """All but one."""
    return parts[:index] + parts[index + 1 :]
