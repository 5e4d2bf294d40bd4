"""Identities that make a formula computable: what overflows, cancels or is 0/0 as written, in a form that does not.

Each holds wherever the formula is defined, and keeps it undefined elsewhere.
"""

import math
from collections.abc import Callable, Mapping

import sympy as sp

from landscapes.formula.functions import cbrt, modulus
from landscapes.formula.stable import (
    erf,
    erfc,
    exp_beyond_line,
    expm1,
    log1p,
    log_cosh,
    logaddexp,
    norm,
    one_over_cosh,
    root_squared,
    sigmoid,
    softplus,
    tanh,
)

MOST_TERMS = 4  # of a sum of exponentials, or of squares

Term = tuple[float, sp.Expr]  # c and u of c·exp(u)


def power_of(base: sp.Expr, exponent: sp.Expr) -> sp.Expr | None:
    """A power that is better not computed from its base; None where it may be."""
    if isinstance(base, sp.Pow) and base.exp.is_Number and not base.exp.is_Integer:
        return _power_of_root(base.base, base.exp, exponent)
    if isinstance(base, sp.Pow) and base.exp.is_Integer and exponent.is_Integer:
        return power_of(base.base, base.exp * exponent)
    if isinstance(base, modulus | norm) and exponent.is_Integer and exponent % 2 == 0:
        return sp.Add(*(part**2 for part in base.args)) ** (exponent / 2)
    if isinstance(base, cbrt) and exponent.is_Integer and exponent % 3 == 0:
        return base.args[0] ** (exponent / 3)
    if isinstance(base, sp.cosh) and exponent.is_Integer and exponent < 0:
        return one_over_cosh(base.args[0]) ** -exponent
    if exponent.is_Integer and exponent < 0:
        inverse = reciprocal(base)
        return None if inverse is None else inverse**-exponent
    if not exponent.is_Integer:
        roots = square_roots(base)
        return None if roots is None else _norm(roots) ** (2 * exponent)
    return None


def _power_of_root(u: sp.Expr, root: sp.Expr, exponent: sp.Expr) -> sp.Expr | None:
    """(uʳ)ⁿ = uʳⁿ; where that is defined for negative u too, u is kept from there."""
    whole = sp.nsimplify(root * exponent, rational=True) if (root * exponent).is_Float else root * exponent
    if not whole.is_Integer or u.is_nonnegative:
        return power_of(u, whole) or u**whole
    return root_squared(u) ** whole


def square_roots(tree: sp.Expr) -> tuple[float, list[sp.Expr]] | None:
    """A factor c² > 0 and the u, v, ... of c²(u² + v² + ...); None where a tree is no sum of squares."""
    terms = sp.Add.make_args(tree)
    if not 2 <= len(terms) <= MOST_TERMS:
        return None
    found = []
    for term in terms:
        factor, rest = term.as_coeff_Mul()
        bases = [each.as_base_exp() for each in sp.Mul.make_args(rest)] if rest != 1 else []
        if not factor > 0 or not all(n.is_Integer and n > 0 and n % 2 == 0 for _, n in bases):
            return None
        found.append((factor, sp.Mul(*(base ** (n / 2) for base, n in bases))))
    common = found[0][0] if len({factor for factor, _ in found}) == 1 else sp.Integer(1)
    if all(root == 1 for _, root in found):
        return None
    roots = [root if factor == common else root_of(factor / common) * root for factor, root in found]
    return float(common), roots


def _norm(roots: tuple[float, list[sp.Expr]]) -> sp.Expr:
    common, parts = roots
    return root_of(sp.Float(common) if common != int(common) else sp.Integer(int(common))) * norm(*sp.ordered(parts))


def root_of(number: sp.Expr) -> sp.Expr:
    """The square root of a positive number, exact where it is rational."""
    root = sp.sqrt(number)
    return root if root.is_Rational else sp.Float(math.sqrt(float(number)))


def exponentials(tree: sp.Expr) -> list[Term] | None:
    """The terms c·exp(u) of a sum of them, all c > 0 and the constant with u = 0; None where it is no such sum."""
    terms = signed_exponentials(tree)
    return terms if terms is not None and all(factor > 0 for factor, _ in terms) else None


def signed_exponentials(tree: sp.Expr) -> list[Term] | None:
    """The same with c of any sign."""
    parts = sp.Add.make_args(tree)
    if not 2 <= len(parts) <= MOST_TERMS:
        return None
    found = []
    for part in parts:
        factor, rest = part.as_coeff_Mul()
        if rest != 1 and not isinstance(rest, sp.exp):
            return None
        found.append((float(factor), sp.Integer(0) if rest == 1 else rest.args[0]))
    return found


def logarithm_of(tree: sp.Expr) -> sp.Expr | None:
    """The logarithm of a tree where it is better not computed from it; None where it may be."""
    factor, rest = tree.as_coeff_Mul()
    if factor != 1 and factor > 0 and not isinstance(rest, sp.Add):
        inner = logarithm_of(rest)
        return None if inner is None else inner + sp.Float(math.log(float(factor)))
    base, n = tree.as_base_exp()
    if isinstance(base, sp.cosh | sigmoid | one_over_cosh) and n.is_Number:
        (u,) = base.args
        return n * (
            -softplus(-u) if isinstance(base, sigmoid) else log_cosh(u) if isinstance(base, sp.cosh) else -log_cosh(u)
        )
    terms = exponentials(tree)
    if terms is not None:
        return _logarithm_of_sum(terms)
    if isinstance(tree, sp.Add) and tree.as_coeff_Add()[0] == 1:
        return log1p(tree - 1)
    return None


def _logarithm_of_sum(terms: list[Term]) -> sp.Expr:
    """log(c·exp(u) + d·exp(v) + ...), of two at a time; a constant is the last."""
    ordered = sorted(terms, key=lambda term: term[1] == 0)
    (_, first), (_, second) = ordered[0], ordered[1]
    if len(terms) == 2 and first == -second and terms[0][0] == terms[1][0]:
        return log_cosh(first) + sp.Float(math.log(2 * terms[0][0]))
    exponents = [u + logarithm(c) for c, u in ordered]
    result = exponents[0]
    for u in exponents[1:]:
        result = softplus(result - u) + u if u.is_Number else logaddexp(result, u)
    return result


def logarithm(number: float) -> sp.Expr:
    """Of a positive number; of 1 it is a whole 0."""
    return sp.Integer(0) if number == 1 else sp.Float(math.log(number))


def reciprocal(tree: sp.Expr) -> sp.Expr | None:
    """1/(c·exp(u) + d) = σ(-u + log(d/c))/d, and exp(-log(...)) of other sums of exponentials; None of other trees."""
    terms = exponentials(tree)
    if terms is None:
        return None
    (c, u), (d, v) = sorted(terms, key=lambda term: term[1] == 0)[:2]
    if len(terms) == 2 and v == 0:
        return sigmoid(-u + logarithm(d / c)) / number(d)
    return sp.exp(-_logarithm_of_sum(terms))


def number(value: float) -> sp.Expr:
    """A number as SymPy's, whole where it is."""
    return sp.Integer(int(value)) if value.is_integer() and abs(value) < 2**53 else sp.Float(value)


def quotient_of(above: sp.Expr, below: sp.Expr) -> sp.Expr | None:
    """(p·exp(u) + q·exp(v))/(r·exp(u) + s·exp(v)) by σ, or by tanh where q/s = -p/r; other shares by `shares_of`.

    None of other quotients.
    """
    over = signed_exponentials(above.replace(expm1, lambda u: sp.exp(u) - 1))
    under = exponentials(below)
    if over is None or under is None or len(under) != 2 or {u for _, u in over} != {u for _, u in under}:
        return shares_of(above, below)
    (r, u), (s, v) = under
    p, q = (sum(c for c, w in over if w == exponent) for exponent in (u, v))
    apart = u - v + logarithm(r / s)
    if p / r == -q / s:
        return number(p / r) * tanh(apart / 2)
    return number(p / r) * sigmoid(apart) + number(q / s) * sigmoid(-apart)


def shares_of(above: sp.Expr, below: sp.Expr) -> sp.Expr | None:
    """(a·exp(s) + b·exp(t) + ...)/(c·exp(u) + d·exp(v) + ...)ⁿ as a·exp(s - n log(...)) + ...; None of other quotients.

    So exp(x)/(exp(x) + exp(y)) is σ(x - y), and no exponential in it overflows.
    """
    base, n = below.as_base_exp()
    terms, over = exponentials(base), sp.Add.make_args(above)
    if terms is None or not (n.is_Integer and 0 < n <= MOST_TERMS) or len(over) > MOST_TERMS or not above.has(sp.exp):
        return None
    shares = []
    for term in over:
        exponents = [factor.args[0] for factor in sp.Mul.make_args(term) if isinstance(factor, sp.exp)]
        rest = sp.Mul(*(factor for factor in sp.Mul.make_args(term) if not isinstance(factor, sp.exp)))
        shares.append(rest * _share(sp.Add(*exponents), terms, int(n)))
    return sp.Add(*shares)


def _share(exponent: sp.Expr, terms: list[Term], n: int) -> sp.Expr:
    """exp(s)/(c·exp(u) + d·exp(v) + ...)ⁿ: of two terms by powers of their σ, where s is made of u and v."""
    if len(terms) == 2:
        (c, u), (d, v) = terms
        apart = u - v + logarithm(c / d)
        for first in range(n + 1):
            left = exponent - first * u - (n - first) * v
            if left.is_Number:
                scale = sp.exp(left) / (number(c) ** first * number(d) ** (n - first))
                return scale * sigmoid(apart) ** first * sigmoid(-apart) ** (n - first)
    return sp.exp(exponent - n * _logarithm_of_sum(terms))


def product_of(tree: sp.Expr) -> sp.Expr:
    """A product in which sinh/cosh is tanh, and exp(-u) σ(u) is σ(-u)."""
    factors = dict(each.as_base_exp() for each in sp.Mul.make_args(tree))
    for base, n in list(factors.items()):
        if isinstance(base, sp.sinh) and n.is_Integer and n > 0:
            other = one_over_cosh(*base.args)
            m = factors.get(other, sp.Integer(0))
            if m.is_Integer and m > 0:
                both = min(n, m)
                tree = tree * tanh(*base.args) ** both / (base * other) ** both
    exponent = factors.get(sp.E)
    if exponent is None:
        exponent = next((each.args[0] for each in sp.Mul.make_args(tree) if isinstance(each, sp.exp)), None)
    for base, n in factors.items():
        if exponent is not None and isinstance(base, sigmoid) and n.is_Integer and n > 0:
            left = exponent + base.args[0]
            if left.is_Number:
                return tree * sigmoid(-base.args[0]) * sp.exp(left) / (base * sp.exp(exponent))
    return tree


def sum_of(tree: sp.Expr) -> sp.Expr:
    """A sum in which 1 - tanh² is 1/cosh², 1 - σ(u) is σ(-u), 2σ(u) - 1 is tanh(u/2), 1 - erf(u) is erfc(u).

    1 - cos(u) is 2 sin²(u/2), 1 + cos(u) is 2 cos²(u/2), and exp(u) - 1 and exp(u) - 1 - u keep their digits.
    """
    constant, rest = tree.as_coeff_Add()
    if constant == 0 or isinstance(tree, sp.Number):
        return tree
    for term in sp.Add.make_args(rest):
        factor, function = term.as_coeff_Mul()
        base, n = function.as_base_exp()
        better = None
        if isinstance(base, tanh) and n == 2 and factor == -constant:
            better = constant * one_over_cosh(*base.args) ** 2
        elif isinstance(function, sigmoid) and factor in (-constant, -2 * constant):
            (u,) = function.args
            better = constant * sigmoid(-u) if factor == -constant else -constant * tanh(u / 2)
        elif isinstance(function, erf) and factor in (constant, -constant):
            better = constant * erfc(-factor / constant * function.args[0])
        elif isinstance(function, sp.cos) and factor in (constant, -constant):
            half = (sp.sin if factor == -constant else sp.cos)(function.args[0] / 2)
            better = 2 * constant * half**2
        elif isinstance(function, sp.exp) and factor == -constant:
            (u,) = function.args
            left = rest - term + factor * u
            if len(sp.Add.make_args(left)) < len(sp.Add.make_args(rest - term)) or left == 0:
                return factor * exp_beyond_line(u) + left
            better = factor * expm1(u)
        if better is not None:
            return better + (rest - term)
    return tree


BETTER: Mapping[str, Callable[[sp.Expr], sp.Expr | None]] = {  # functions of what they are better not computed from
    "log": logarithm_of,
    "ln": logarithm_of,
    "sqrt": lambda u: power_of(u, sp.Rational(1, 2)),
    "abs": lambda u: u if u.is_nonnegative else None,
}
