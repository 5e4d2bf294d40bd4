"""Landscapes on which a sentence about curvature is easily wrong, beside all that the app knows."""

from functools import cache

import numpy as np

from landscapes import LANDSCAPES, find_critical_points, formula

FORMULAS = [
    "7",
    "x",
    "x + 2*y",
    "x**4 + y**4",
    "x**4 + y**2",
    "-(x - 0.1)**4 + (y - 0.4)**2",
    "x**2 - y**4",
    "x**2 - 1e-6*y**2",
    "x**2 - 1e-8*y**2",
    "1e-9*x**2 + y**2",
    "10^10*x**2 + y**2",
    "1e8 + x**2 + y**2",
    "1e8 + x**2 - y**2",
    "x*y",
    "x**2*y**2",
    "(x**2 + y**2 - 1)**2",
    "cos(x) + cos(y)",
    "sin(3*x)*cos(2*y)",
    "exp(x) + y**2",
    "-sqrt(1 + x**2)",
    "sqrt(1 + (x + 3*y)**2)",
    "log(1 + exp(2*x - 3*y))",
    "log(exp(9*x) + exp(7*y))",
    "x**4 + y**4 + x**2*y**2",
    "x**3",
    "x**3 - 3e-9*x + y**2",
    "tanh(50*x)",
    "exp(-100*(x**2 + y**2))",
    "abs(x) + abs(y)",
    "abs(x) - y**2",
    "abs(abs(x) - 1) + y**2",
    "x**2 - abs(y)**1.5",
    "((x - 0.123)**2 + y**2)**0.75",
    "sqrt(x**2 + y**2)",
    "x*abs(x) - y**2",
    "relu(x - y)",
    "log(x)",
    "log(x*y)",
    "1/x",
    "1/(x**2 + y**2)",
    "x**2 + 1e-3*sin(200*x) + y**2",
]


FAR_AWAY = "a view far away"
NAMES = [*LANDSCAPES, *FORMULAS, FAR_AWAY]


@cache
def odd(name):
    """The landscape of this name, made when it is first asked for."""
    if name == FAR_AWAY:
        return formula("(x - 1000)**2 - (y - 1000)**2", domain=((999.0, 1001.0), (999.0, 1001.5)))
    return LANDSCAPES[name]() if name in LANDSCAPES else formula(name)


@cache
def searched(name):
    """What is found on it, for all files that ask."""
    return find_critical_points(odd(name))


def rise(landscape, point, offset):
    """f(point + offset) - f(point) for offsets (2, N), by integrating the gradient: a large loss hides nothing."""
    knots, weights = np.polynomial.legendre.leggauss(8)
    on_the_way = point[:, None, None] + offset[:, :, None] * (knots + 1) / 2
    return (landscape.gradient(on_the_way) * offset[:, :, None]).sum(axis=0) @ weights / 2
