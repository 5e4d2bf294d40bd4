"""Derivatives of formulas against an independent reckoning: random formulas evaluated on nested dual numbers."""

import math
import operator
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscapes import formula


@dataclass
class Dual:
    """value + slope·ε with ε² = 0; both may be duals themselves, which gives second derivatives."""

    value: "float | Dual"
    slope: "float | Dual"

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other):
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __neg__(self):
        return Dual(-self.value, -self.slope)

    def __truediv__(self, other):
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - quotient * other.slope) / other.value)


def lifted(function, derivative):
    """A function of numbers, of duals too: f(u + u'ε) = f(u) + f'(u) u' ε."""

    def apply(u):
        return Dual(apply(u.value), derivative(u.value) * u.slope) if isinstance(u, Dual) else function(u)

    return apply


def constant(number, like):
    return Dual(constant(number, like.value), constant(0.0, like.value)) if isinstance(like, Dual) else number


sin = lifted(math.sin, lambda u: cos(u))
cos = lifted(math.cos, lambda u: -sin(u))
exp = lifted(math.exp, lambda u: exp(u))
tanh = lifted(math.tanh, lambda u: constant(1.0, u) - tanh(u) * tanh(u))
sigmoid = lifted(lambda u: 1 / (1 + math.exp(-u)), lambda u: sigmoid(u) * sigmoid(-u))
log = lifted(math.log, lambda u: constant(1.0, u) / u)
sqrt = lifted(math.sqrt, lambda u: constant(0.5, u) / sqrt(u))
atan = lifted(math.atan, lambda u: constant(1.0, u) / (constant(1.0, u) + u * u))

CALLS = {"sin": sin, "cos": cos, "tanh": tanh, "sigmoid": sigmoid, "atan": atan}
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def constants():
    return st.integers(1, 9).map(lambda n: (f"{n / 4:g}", lambda x, y: constant(n / 4, x)))


def larger(inner):
    """Formulas made of smaller ones: pairs of text and function, bounded so that nothing overflows."""
    calls = st.tuples(st.sampled_from(sorted(CALLS)), inner).map(
        lambda made: (f"{made[0]}({made[1][0]})", lambda x, y: CALLS[made[0]](made[1][1](x, y)))
    )
    pairs = st.tuples(inner, st.sampled_from(sorted(SIGNS)), inner).map(
        lambda made: (
            f"({made[0][0]} {made[1]} {made[2][0]})",
            lambda x, y: SIGNS[made[1]](made[0][1](x, y), made[2][1](x, y)),
        )
    )
    squares = inner.map(lambda made: (f"({made[0]})**2", lambda x, y: made[1](x, y) * made[1](x, y)))
    fractions = st.tuples(inner, inner).map(
        lambda made: (
            f"{made[0][0]}/(1 + ({made[1][0]})**2)",
            lambda x, y: made[0][1](x, y) / (constant(1.0, x) + made[1][1](x, y) * made[1][1](x, y)),
        )
    )
    gentle = inner.map(lambda made: (f"exp(-({made[0]})**2)", lambda x, y: exp(-(made[1](x, y) * made[1](x, y)))))
    roots = inner.map(
        lambda made: (
            f"sqrt(1 + ({made[0]})**2)",
            lambda x, y: sqrt(constant(1.0, x) + made[1](x, y) * made[1](x, y)),
        )
    )
    powers = inner.map(
        lambda made: (
            f"(2 + sin({made[0]}))**(x + 1)",
            lambda x, y: exp((x + constant(1.0, x)) * log(constant(2.0, x) + sin(made[1](x, y)))),
        )
    )
    return calls | pairs | squares | fractions | gentle | roots | powers


FORMULAS = st.recursive(
    constants() | st.sampled_from([("x", lambda x, y: x), ("y", lambda x, y: y)]), larger, max_leaves=12
)


@settings(max_examples=60)
@given(FORMULAS, st.floats(-1, 1), st.floats(-1, 1))
def test_value_gradient_and_hessian_are_those_of_nested_dual_numbers(made, x, y):
    text, function = made
    if len(text) > 500:
        return
    landscape, p = formula(text), np.array([x, y])
    g, h = landscape.gradient(p), landscape.hessian(p)
    for i in range(2):
        for j in range(2):
            inner = [Dual(coordinate, float(k == i)) for k, coordinate in enumerate((x, y))]
            outer = [Dual(dual, Dual(float(k == j), 0.0)) for k, dual in enumerate(inner)]
            result = function(*outer)
            got = [landscape.value(p), g[i], g[j], h[i, j]]
            expected = [result.value.value, result.value.slope, result.slope.value, result.slope.slope]
            scale = max(1.0, *map(abs, expected))
            np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-10 * scale, err_msg=text)


@pytest.mark.parametrize("layers", range(1, 11))
@pytest.mark.parametrize("w", [1.0, 4.0])
def test_a_chain_of_sigmoids_has_the_product_of_its_layers_slopes(layers, w):
    text = "x"
    for _ in range(layers):
        text = f"sigmoid(w*{text})"
    out, slope = 0.5, 1.0
    for _ in range(layers):
        out = 1 / (1 + math.exp(-w * out))
        slope *= w * out * (1 - out)
    gradient = formula(text, parameters={"w": w}).gradient(np.array([0.5, 0.0]))
    np.testing.assert_allclose(gradient, [slope, 0.0], rtol=1e-12)


def test_a_sigmoids_slope_keeps_its_digits_where_it_is_almost_one():
    slope = formula("sigmoid(x)").gradient(np.array([40.0, 0.0]))[0]
    assert slope == pytest.approx(math.exp(-40), rel=1e-14)


def test_numbers_keep_all_their_digits():
    third = formula("x/3 + 0*y + 0.1*x*3").value(np.array([1.0, 0.0]))
    assert third == pytest.approx(1 / 3 + 0.1 * 3, rel=2e-16)
    assert formula("1.2345678901234567*x").value(np.array([1.0, 0.0])) == 1.2345678901234567


def test_the_derivative_of_an_ever_longer_product_is_found_term_by_term():
    factors = [f"(x + {k})" for k in range(1, 30)]
    x = 0.3
    value = math.prod(x + k for k in range(1, 30))
    logarithmic = sum(1 / (x + k) for k in range(1, 30))
    gradient = formula("*".join(factors)).gradient(np.array([x, 0.0]))
    assert gradient[0] == pytest.approx(value * logarithmic, rel=1e-12)
