"""What the rules of composition prove is true, and they prove what a student would type."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscapes import LANDSCAPES, formula

PROVEN = {
    "affine": [
        "x + 2*y",
        "7",
        "sin(1)*x - y/3",
        "2*(x - y) - 3*x",
        "x*0 + y",
        "(x - 1) - (x - 2)",
        "x**2/3 - x**2/6 - x**2/6",
    ],
    "convex": [
        "x**4 + y**4",
        "x**2 - x*y + y**2",
        "0.26*(x**2 + y**2) - 0.48*x*y",
        "x**2 + 0.2*x*y + 0.01*y**2",
        "1e-9*x**2 + y**2",
        "10^10*x**2 + y**2",
        "1e8 + x**2 + y**2",
        "abs(x) + abs(y)",
        "abs(x - 0.3*y)**1.5",
        "sqrt(x**2 + y**2)",
        "sqrt(1 + (x + 3*y)**2)",
        "((x - 0.123)**2 + y**2)**0.75",
        "exp(x) + y**2",
        "exp(x**2 - y)",
        "2**(x - y)",
        "log(1 + exp(2*x - 3*y))",
        "log(exp(x) + 3*exp(y) + exp(-x - y)/2)",
        "-log(sigmoid(x - 2*y))",
        "-log(x) - log(y)",
        "-sqrt(x + y)",
        "log(cosh(x - 3*y))",
        "relu(x - y) + x**2",
        "cosh(x + y) - 1",
        "x*x*x*x + y*y",
        "(x - y)*(x - y)",
        "x**2/3 + y**2/3 - (x + y)**2/6",
        "x**-0.5",
        "max_*x**2 + y**2",
        "1/exp(x)",
        "(x**2 + y**2)**3",
        "-(3 - x**2 - y**2)",
    ],
    "concave": ["-sqrt(1 + x**2)", "-(x + y)**2", "log(x + y)", "-abs(x)", "sqrt(x)", "-exp(x) - y**4", "2*x - x*x"],
    None: [
        "x*y",
        "x**2 - 1e-6*y**2",
        "x**2 - 1e-8*y**2",
        "x**2 - 1e-30*y**2",
        "x**2*y**2",
        "x**3",
        "abs(x)**0.5",
        "abs(x**2 - 1)",
        "1/x",
        "1/(1 + exp(x))",
        "exp(-x**2)",
        "sqrt(x**4 - 1)",
        "abs(x) - y**2",
        "x**2 + 2.0000001*x*y + y**2",
        "(x**2 - 1)**2",
        "log(1 + x**2)",
        "sin(x)",
        "tanh(x)",
        "sigmoid(x)",
        "sqrt(x**2 + y**2 - 1)",
        "log(exp(x) - exp(y))",
        "exp(x)*y",
        "(x*y - 1)**2",
        "x**2/(1 + exp(x))",
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PROVEN.items() for text in texts])
def test_what_a_formula_proves(kind, text):
    assert formula(text.replace("max_", "weight")).convexity == kind


def test_parameters_decide():
    assert LANDSCAPES["parabola"]().convexity == "convex"
    assert formula("a*x**2", parameters={"a": -1}).convexity == "concave"
    assert formula("a*x**2 + y**2", parameters={"a": -1}).convexity is None
    assert LANDSCAPES["elongated_valley"](angle=33.0).convexity == "convex"


@pytest.mark.parametrize("name", ["quadratic_bowl", "quartic_bowl", "trough", "booth", "matyas"])
def test_the_convex_landscapes_are_proven_so(name):
    assert LANDSCAPES[name]().convexity == "convex"


def combined(parts):
    numbers = st.sampled_from(["0.5", "2", "3", "0.1", "1"])
    functions = ["exp", "log", "sqrt", "abs", "relu", "cosh", "sinh", "tanh", "atan", "sigmoid", "sin", "-", "1/"]
    return st.one_of(
        st.builds("({} {} {})".format, parts, st.sampled_from("+-*"), parts),
        st.builds("({}*{})".format, numbers, parts),
        st.builds("{}({})".format, st.sampled_from(functions), parts),
        st.builds("({})**{}".format, parts, st.sampled_from(["2", "3", "4", "0.5", "1.5", "-1", "-0.5", "-2"])),
        st.builds("{}**({})".format, numbers, parts),
    )


FORMULAS = st.recursive(st.sampled_from(["x", "y", "(x + 2*y)", "1", "0.3"]), combined, max_leaves=5)


@settings(max_examples=60)
@given(FORMULAS)
def test_nothing_is_called_convex_that_a_chord_refutes(text):
    try:
        landscape = formula(text)
    except ValueError:
        return  # too much, or no real number
    sides = {"affine": (1, -1), "convex": (1,), "concave": (-1,), None: ()}[landscape.convexity]
    a, b = np.random.default_rng(0).uniform(-2, 2, (2, 2, 400))
    with np.errstate(all="ignore"):
        ends, middle = (landscape.value(a), landscape.value(b)), landscape.value((a + b) / 2)
        off = sum(landscape.rounding("value", p) for p in (a, b, (a + b) / 2))
        excess = middle - (ends[0] + ends[1]) / 2
        slope = np.abs(landscape.gradient((a + b) / 2)).sum(axis=0) * 1e-15
        known = np.isfinite(ends).all(axis=0)
        for side in sides:
            assert not (known & (side * excess > 2 * off + slope)).any()
            assert np.isfinite(middle[known]).all()  # where it is defined is convex too
