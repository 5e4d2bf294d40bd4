"""Formulas as people write them keep their digits: in the tails, near 0, and where they are 0/0 as written."""

import math

import mpmath
import numpy as np
import pytest
import sympy as sp

from landscapes import find_critical_points, formula
from optimizers import OPTIMIZERS, descend, verdict

LINES = [
    "tanh(x)",
    "tanh(3*x - 1)",
    "tanh(x)**2",
    "1 - tanh(x)**2",
    "3 - 3*tanh(x/2)**2",
    "sigmoid(x)",
    "1 - sigmoid(x)",
    "2*sigmoid(2*x) - 1",
    "1/(1 + exp(-x))",
    "1/(1 + exp(x))**2",
    "3/(2 + 5*exp(-2*x))",
    "exp(x)/(1 + exp(x))",
    "exp(-x)/(1 + exp(-x))",
    "exp(-x)/(1 + exp(-x))**2",
    "x/(1 + exp(-x))",
    "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    "sinh(x)/cosh(x)",
    "1/cosh(x)",
    "x/cosh(x)**2",
    "log(1 + exp(x))",
    "log(1 + exp(-x))",
    "log(2 + 3*exp(x))",
    "log(exp(x) + exp(-x))",
    "log(exp(x) + exp(2*x) + 1)",
    "log(sigmoid(x))",
    "log(1 - sigmoid(x))",
    "log(1/(1 + exp(-x)))",
    "log(cosh(x))",
    "log(2*cosh(x))",
    "log(1 + x**2)",
    "sqrt(1 + x**2)",
    "sqrt(1 + x**2) - 1 + exp(x)*0",
    "1/sqrt(1 + x**2)",
    "x/sqrt(1 + x**2)",
    "(1 + x**2)**1.5",
    "x*tanh(log(1 + exp(x)))",
    "atan(x)",
    "exp(x)/(exp(x) + exp(-x))",
    "exp(2*x)/(exp(2*x) + 3*exp(x))",
    "(exp(x) - 1)/(exp(x) + 1)",
    "1 - cos(x)",
    "3*cos(2*x) - 3",
    "2 + 2*cos(x)",
    "exp(x) - 1 - x",
    "x/2 + 1/4 - exp(2*x)/4",
    "exp(-x) + x - 1",
]
PLACES = [1e-6, 0.03, 0.3, 2.0, 5.5, 18.6, 25.0, 40.0, 123.0, 300.0, 350.0, 700.0, 800.0, 1000.0]
UNDERFLOW = 1e-300


def plain(text):
    """The formula as SymPy reads it, with the functions that it lacks written out."""
    names = {"sigmoid": lambda u: 1 / (1 + sp.exp(-u)), "x": sp.Symbol("x", real=True)}
    return sp.parse_expr(text, local_dict=names)


@pytest.mark.parametrize("text", LINES)
def test_value_slope_and_bend_have_their_digits_from_minus_to_plus_a_thousand(text):
    landscape = formula(text, domain=((-1e3, 1e3), (-1, 1)))
    x = sp.Symbol("x", real=True)
    exact = sp.lambdify(x, [sp.diff(plain(text), x, order) for order in range(3)], "mpmath", cse=True)
    with mpmath.workdps(1000):
        for place in [sign * size for size in PLACES for sign in (1, -1)]:
            p = np.array([place, 0.0])
            got = [landscape.value(p), landscape.gradient(p)[0], landscape.hessian(p)[0, 0]]
            for order, (one, number) in enumerate(zip(got, exact(mpmath.mpf(place)), strict=True)):
                true = mpmath.re(number)
                if abs(true) > 1e300:
                    continue
                scale = max(abs(true), abs(landscape.rounding(PARTS[order], p).max()) / 1e-9 * (order == 0))
                assert abs(one - true) <= 1e-9 * scale + UNDERFLOW, (place, order, one, mpmath.nstr(true, 17))


PARTS = ("value", "gradient", "hessian")


@pytest.mark.parametrize("text", ["1 - cos(x)", "cos(pi + x) + 1", "exp(x) - 1 - x", "exp(-x) + x - 1"])
@pytest.mark.parametrize("x", [1e-9, -3e-7, 1e-3])
def test_the_height_over_a_minimum_keeps_its_digits(text, x):
    with mpmath.workdps(60):
        exact = sp.lambdify(sp.Symbol("x", real=True), plain(text), "mpmath")(mpmath.mpf(x))
    tolerance = 1e-13 if "pi" not in text else 1e-6  # π + x itself is rounded
    np.testing.assert_allclose(formula(text).value(np.array([x, 0.0])), float(exact), rtol=tolerance)


@pytest.mark.parametrize("size", [1e-170, 1e-3, 1.0, 1e3, 1e150])
@pytest.mark.parametrize("text", ["sqrt(x**2 + y**2)", "(x**2 + y**2)**0.5", "sqrt(3*x**2 + 3*y**2)/sqrt(3)"])
def test_a_cone_has_slope_one_and_one_bend_at_every_size(text, size):
    landscape, p = formula(text), size * np.array([3.0, 4.0])
    np.testing.assert_allclose(landscape.value(p), 5 * size, rtol=1e-14)
    np.testing.assert_allclose(landscape.gradient(p), [0.6, 0.8], rtol=1e-14)
    expected = np.array([[0.64, -0.48], [-0.48, 0.36]]) / (5 * size)
    np.testing.assert_allclose(landscape.hessian(p), expected, rtol=1e-13)


@pytest.mark.parametrize("x", [-900.0, -30.0, 0.0, 30.0, 900.0])
@pytest.mark.parametrize("y", [-900.0, 0.5, 900.0])
def test_the_logarithm_of_a_sum_of_exponentials_never_overflows(x, y):
    landscape, p = formula("log(exp(x) + exp(y) + exp(1 - x - y))"), np.array([x, y])
    with mpmath.workdps(2000):
        parts = [mpmath.e ** mpmath.mpf(u) for u in (x, y, 1 - x - y)]
        share = [part / mpmath.fsum(parts) for part in parts]
        expected = [float(share[0] - share[2]), float(share[1] - share[2])]
        np.testing.assert_allclose(landscape.value(p), float(mpmath.log(mpmath.fsum(parts))), rtol=1e-14)
    np.testing.assert_allclose(landscape.gradient(p), expected, rtol=1e-12, atol=UNDERFLOW)
    assert np.isfinite(landscape.hessian(p)).all()


SHARES = {  # of exponentials: formula, and the same in exact arithmetic from exp(x) and exp(y)
    "exp(x)/(exp(x) + exp(y))": lambda a, b, x, y: a / (a + b),
    "exp(x)/(exp(x) + exp(y) + 1)": lambda a, b, x, y: a / (a + b + 1),
    "2*exp(x)/(exp(x) + 3*exp(y))": lambda a, b, x, y: 2 * a / (a + 3 * b),
    "(x*exp(x) + y*exp(y))/(exp(x) + exp(y))": lambda a, b, x, y: (x * a + y * b) / (a + b),
    "y**2*exp(x)/(exp(x) + exp(y))": lambda a, b, x, y: y**2 * a / (a + b),
    "exp(x)/(exp(x) + exp(y))*exp(y)/(exp(x) + exp(y))": lambda a, b, x, y: a * b / (a + b) ** 2,
    "exp(x)*exp(y)/(exp(x) + exp(y))**2": lambda a, b, x, y: a * b / (a + b) ** 2,
    "1 - exp(x)/(exp(x) + exp(y))": lambda a, b, x, y: b / (a + b),
    "-log(exp(x)/(exp(x) + exp(y)))": lambda a, b, x, y: mpmath.log1p(b / a),
    "exp(-x)/(exp(-x) + exp(-y))": lambda a, b, x, y: b / (a + b),
    "2**x/(2**x + 2**y)": lambda a, b, x, y: 1 / (1 + mpmath.mpf(2) ** (y - x)),
    "(exp(x) + exp(y))/(exp(x) + exp(y) + 1)": lambda a, b, x, y: (a + b) / (a + b + 1),
}


@pytest.mark.parametrize("text", SHARES)
@pytest.mark.parametrize("point", [(800, -800), (-800, 800), (800, 790), (-800, -801), (0.3, 0.1), (900, 900)])
def test_a_share_of_exponentials_never_overflows_nor_do_its_derivatives(text, point):
    landscape, p = formula(text, domain=((-1e3, 1e3), (-1e3, 1e3))), np.array(point, dtype=float)
    with mpmath.workdps(900):

        def exact(x, y):
            return SHARES[text](mpmath.exp(x), mpmath.exp(y), x, y)

        place = tuple(map(mpmath.mpf, p))
        slopes = [mpmath.diff(exact, place, n, h=mpmath.mpf(10) ** -200) for n in ((1, 0), (0, 1))]
        np.testing.assert_allclose(landscape.value(p), float(exact(*place)), rtol=1e-12, atol=UNDERFLOW)
    np.testing.assert_allclose(landscape.gradient(p), [float(s) for s in slopes], rtol=1e-11, atol=1e-12)
    assert np.isfinite(landscape.hessian(p)).all()


BOWLS = [
    "abs(x)**2 + y**2",
    "abs(x)*abs(x) + abs(y)*abs(y)",
    "sqrt(x**2 + y**2)**2",
    "sqrt(x**2 + y**2)*sqrt(x**2 + y**2)",
    "sqrt(abs(x))**4 + y**2",
    "sqrt(sqrt(x**2 + y**2))**4",
    "(x**2 + y**2)**0.5**1*sqrt(x**2 + y**2)",
    "sqrt(x**4) + abs(y**2)",
    "abs(x**2 + y**2)",
    "2*cosh(sqrt(x**2 + y**2)) - 2",
    "2 - 2*cos(sqrt(x**2 + y**2))",
    "2*cosh(abs(x)) - 2*cos(abs(y))",
    "log(cosh(sqrt(2*x**2 + 2*y**2)))",
    "1 - exp(-sqrt(x**2 + y**2)**2)",
    "sqrt(x**2 + y**2)**3 + x**2 + y**2",
]


@pytest.mark.parametrize("text", BOWLS)
def test_a_second_derivative_that_is_0_by_0_as_written_is_its_limit(text):
    landscape, origin = formula(text), np.zeros(2)
    np.testing.assert_allclose(landscape.gradient(origin), 0.0, atol=1e-12)
    np.testing.assert_allclose(landscape.hessian(origin), 2 * np.eye(2), rtol=1e-6, atol=1e-6)
    (point,) = [each for each in find_critical_points(landscape).points if np.abs(each.position).max() < 1e-6]
    assert (point.kind, point.nature) == ("minimum", "minimum")
    np.testing.assert_allclose(point.eigenvalues, [2.0, 2.0], rtol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("text", ["abs(x)**2 + y**2", "sqrt(x**2 + y**2)**2"])
def test_the_bowl_written_with_corners_is_the_bowl_to_every_optimizer(name, text):
    optimizer = OPTIMIZERS[name]()
    told = []
    for each in (text, "x**2 + y**2"):
        landscape = formula(each, domain=((-2, 2), (-2, 2)))
        told.append(verdict(landscape, optimizer, descend(landscape, optimizer, np.array([1.2, 0.7]), 400)))
    assert told[0].kind == told[1].kind
    assert "degenerate" not in told[0].sentence
    assert "zero" not in told[0].sentence


def test_where_the_slope_is_0_by_0_it_is_its_limit_and_no_false_zero():
    landscape = formula("x + cos(sqrt(x**2 + y**2))")
    np.testing.assert_allclose(landscape.gradient(np.zeros((2, 3))), [[1.0] * 3, [0.0] * 3], atol=1e-9)


def test_at_a_tilted_cones_tip_the_slope_is_the_middle_of_those_around():
    np.testing.assert_allclose(formula("5*x + sqrt(x**2 + y**2)").gradient(np.zeros(2)), [5.0, 0.0], atol=1e-9)


def test_a_square_of_a_root_is_undefined_where_the_root_is():
    landscape = formula("sqrt(x)**2 + y**2")
    points = np.array([[-1.0, 4.0], [1.0, 1.0]])
    np.testing.assert_array_equal(landscape.value(points), [np.nan, 5.0])
    np.testing.assert_array_equal(landscape.gradient(points)[0], [np.nan, 1.0])


@pytest.mark.parametrize(("text", "same"), [("log(x)*2", "2*log(x)"), ("sqrt(2*x)*sqrt(x)", "x*2**0.5")])
def test_other_roots_and_logarithms_stay_what_they_are(text, same):
    p = np.array([3.0, 1.0])
    assert formula(text).value(p) == pytest.approx(float(formula(same).value(p)), rel=1e-15)
    assert math.isnan(formula(text).value(np.array([-1.0, 1.0])))
