"""How far float64 may be off: the bound holds against forty digits, and is of some use."""

import numpy as np
import pytest
import sympy as sp

from landscapes import LANDSCAPES, formula
from landscapes.formula.rounding import Rounded

X, Y = sp.symbols("x y", real=True)
FORMULAS = [
    "(x - 0.1)**4 + x*y/3",
    "log(1 + exp(2*x - 3*y))",
    "log(exp(9*x) + exp(7*y))",
    "sqrt(1 + (x + 3*y)**2)",
    "((x - 0.123)**2 + y**2)**0.75",
    "1e8 + x**2*y - y**3/7",
    "(1e8 + x*y) - 1e8 + x**3",
    "sin(3*x)*cos(y)/(2 + x*y**2 + y**4)",
    "atan(5*x) + tanh(4*y - x) + sinh(x)*cosh(y)",
    "exp(-30*(x**2 + y**2)) + 2**(x - y)",
    "tan(x/2) + asin(x/5)*acos(y/4)",
]


def exact(text):
    """Value, gradient and Hessian as functions of exact numbers, each to forty digits."""
    f = sp.sympify(text, locals={"x": X, "y": Y})
    f = f.xreplace({number: sp.Rational(float(number)) for number in f.atoms(sp.Float)})
    gradient = [f.diff(X), f.diff(Y)]
    entries = {"value": f, "gradient": gradient, "hessian": [[d.diff(X), d.diff(Y)] for d in gradient]}

    def at(part, p):
        numbers = dict(zip((X, Y), (sp.Rational(float(c)) for c in p), strict=True))
        array = np.array(entries[part], dtype=object)
        return np.reshape([sp.N(entry.subs(numbers), 40) for entry in array.flat], array.shape)

    return at


@pytest.mark.parametrize("text", FORMULAS)
def test_no_derivative_is_farther_off_than_its_bound(text):
    landscape, truth = formula(text), exact(text)
    for p in np.random.default_rng(1).uniform(-2, 2, (12, 2)):
        for part in ("value", "gradient", "hessian"):
            off = np.abs(np.asarray(truth(part, p) - getattr(landscape, part)(p), dtype=float))
            bound = landscape.rounding(part, p)
            assert bound.shape == off.shape
            assert (off <= bound).all(), (part, p, off, bound)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_bound_of_a_known_landscape_is_a_billionth_of_its_size_at_most(name):
    landscape = LANDSCAPES[name]()
    low, high = np.array(landscape.domain).T
    p = (low + (high - low) * np.random.default_rng(2).uniform(size=(500, 2))).T
    for part in ("value", "gradient", "hessian"):
        size = np.abs(getattr(landscape, part)(p)).max()
        assert landscape.rounding(part, p).max() <= 1e-9 * size


def test_numbers_that_cancel_lose_their_digits():
    small = Rounded(1e-9, 0.0)
    assert 1e-7 < ((1 + small) - 1).error / 1e-9 < 1e-6
    assert (small * 3).error < 1e-24


def test_the_sign_of_what_may_be_zero_is_not_known():
    assert np.sign(Rounded(np.array([1e-20, 1.0]), 1e-16)).error.tolist() == [2.0, 0.0]


def test_a_function_without_a_rule_is_refused():
    with pytest.raises(TypeError, match="arccosh"):
        np.arccosh(Rounded(1.0, 0.0))
