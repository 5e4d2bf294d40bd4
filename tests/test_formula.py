"""Formulas that people type: what is read, where mistakes are shown, and what becomes of free names."""

import numpy as np
import pytest

from landscapes import FormulaError, formula, free_knobs, free_names

MISTAKES = [  # text, the part that is shown, words of the reason
    ("", "", "a formula is needed"),
    (" \n ", " \n ", "a formula is needed"),
    ("2x", "2x", "write \\* between"),
    ("x y", "x y", "write \\* between"),
    ("3(x + 1)", "3(", "write \\* between"),
    ("(x)(y)", ")(", "write \\* between"),
    ("sin x", "sin x", "brackets around the argument"),
    ("x(y)", "x(y", "write x\\*"),
    ("x +", "+", "missing at the end"),
    ("x**", "**", "missing at the end"),
    ("*x", "*", "missing before this"),
    ("x + *y", "*", "missing before this"),
    ("x + )", ")", "missing before this"),
    ("(x + y", "(", "never closed"),
    ("sin(x", "(", "never closed"),
    ("x)", ")", "never opened"),
    ("sin()", "()", "something inside"),
    ("f(x)", "f(x", "unknown function f"),
    ("sine(x)", "sine(x", "did you mean sin?"),
    ("arctan(y)", "arctan(y", "did you mean atan?"),
    ("sqr(x)", "sqr(x", "did you mean sqrt?"),
    ("sin", "sin", "write sin\\(x\\)"),
    ("sinx", "sinx", "one name or two"),
    ("xy + 1", "xy", "one name or two"),
    ("X**2", "X", "small letters"),
    ("E*x", "E", "small letters"),
    ("a__b*x", "a__b", "single _"),
    ("sin(x, y)", ",", "functions take one argument"),
    ("1,5*x", ",", "decimals are written 0.5"),
    ("f(x, y) = x", ",", "comma"),
    ("z = x", "=", "only what stands right"),
    ("|x|", "|", "abs"),
    ("x.real", ".", "a point belongs to a number"),
    ("x**100", "100", "exponents go from -64 to 64"),
    ("(-2)**x", "-2", "positive number"),
    ("1 + 1/0", "1/0", "divides by zero"),
    ("x/(y - y)", "x/(y - y", "divides by zero"),
    ("sqrt(-4) + x", "sqrt(-4", "no finite real value"),
    ("log(0)", "log(0", "no finite real value"),
    ("x + 1e200", "1e200", "numbers go up to"),
    ("a+b+c+d+f+g+h+k+m", "m", "at most 8"),
]


@pytest.mark.parametrize(("text", "part", "words"), MISTAKES)
def test_a_mistake_is_shown_at_its_place_with_what_was_expected(text, part, words):
    with pytest.raises(FormulaError, match=words) as caught:
        formula(text)
    assert text[caught.value.start : caught.value.end].rstrip(")") == part.rstrip(")")
    assert caught.value.part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x^2 + y", 11.0),
        ("x**2 − 3·y", 3.0),
        ("-x**2", -9.0),
        ("2**-1 * x", 1.5),
        ("x**y**0", 3.0),
        ("- - x", 3.0),
        (".5*x + 1.e0", 2.5),
        ("12/2/3*x", 6.0),
        ("x - y - 1", 0.0),
        ("ln(e) + cos(pi)", 0.0),
        ("2**x + e**0", 9.0),
        ("x\n + y", 5.0),
        ("abs(-x) + relu(-y) + sqrt(x**2)", 6.0),
        ("sigmoid(0*x)", 0.5),
        ("4**(1/2) + (x/y)**0", 3.0),
        ("x", 3.0),
        ("7", 7.0),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(text, value):
    assert formula(text).value(np.array([3.0, 2.0])) == pytest.approx(value, rel=1e-15, abs=1e-15)


@pytest.mark.parametrize("text", [None, 5, ["x"], b"x", ("x",)])
def test_what_is_not_text_is_no_formula(text):
    with pytest.raises(ValueError, match="a formula is text"):
        formula(text)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"domain": 5}, "domain needs two intervals"),
        ({"domain": ((0, 1),)}, "domain needs two intervals"),
        ({"domain": "ab"}, "domain needs two intervals"),
        ({"domain": ((0, 1, 2), (0, 1))}, "x needs two ends"),
        ({"domain": ((0, 1), (1, 0))}, "y needs to run from a smaller to a larger"),
        ({"domain": ((0, 1), (1, 1 + 1e-12))}, "y needs to run from a smaller to a larger"),
        ({"domain": ((0, 1e7), (0, 1))}, "within"),
        ({"domain": ((0, np.nan), (0, 1))}, "x needs a finite number"),
        ({"domain": ((None, 1), (0, 1))}, "x needs a finite number"),
        ({"domain": (("0", 1), (0, 1))}, "x needs a finite number"),
        ({"start": 3}, "start needs two numbers"),
        ({"start": (1, 2, 3)}, "start needs two numbers"),
        ({"start": (1, np.inf)}, "start needs a finite number"),
        ({"start": ("1", 2)}, "start needs a finite number"),
        ({"parameters": {"b": 1}}, "'b' is not a free name of the formula, those are: a"),
        ({"parameters": {5: 1}}, "5 is not a free name"),
        ({"parameters": {"a": np.nan}}, "a needs a finite number"),
        ({"parameters": {"a": "1"}}, "a needs a finite number"),
        ({"parameters": {"a": 10**400}}, "a needs a finite number"),
        ({"parameters": {"a": 1j}}, "a needs a finite number"),
        ({"parameters": 5}, "parameters needs names with numbers"),
    ],
)
def test_wrong_options_are_refused_with_what_was_needed(options, words):
    with pytest.raises(ValueError, match=words):
        formula("a*x**2", **options)


def test_free_names_become_parameters_with_knobs():
    text = "b*x**2 + a*cos(pi*y)/b + e"
    assert free_names(text) == ("b", "a")
    assert formula(text, parameters={"a": 3}).parameters == {"b": 1.0, "a": 3.0}
    assert [(knob.symbol, knob.low, knob.default, knob.high) for knob in free_knobs(text).values()] == [
        ("b", -5.0, 1.0, 5.0),
        ("a", -5.0, 1.0, 5.0),
    ]


def test_free_names_cannot_shadow_what_the_compiler_uses():
    names = ["parameter_1", "piece_0", "derivative_0", "sqrt_1", "numpy", "product", "lambda", "x0"]
    landscape = formula(" + ".join(f"{name}*x" for name in names), parameters=dict(zip(names, range(8), strict=True)))
    assert landscape.value(np.array([1.0, 0.0])) == sum(range(8))


def test_a_parameter_of_zero_may_divide():
    assert np.isinf(formula("x/a + 1/a", parameters={"a": 0}).gradient(np.array([1.0, 1.0]))[0])


def test_where_a_formula_has_no_value_it_is_nan_and_no_warning():
    values = formula("sqrt(x) + log(y)").value(np.array([[-1.0, 4.0], [1.0, 1.0]]))
    np.testing.assert_array_equal(values, [np.nan, 2.0])


@pytest.mark.parametrize("text", ["sqrt(x**2 + y**2)", "abs(x) + abs(y)", "relu(x) + relu(-y)", "(x**2 + y**2)**0.5"])
def test_at_a_corner_the_gradient_is_a_finite_subgradient_and_the_formula_is_not_smooth(text):
    landscape, corner = formula(text), np.zeros(2)
    assert not landscape.smooth
    g = landscape.gradient(corner)
    around = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 6, 25)]).T
    assert (landscape.value(around) >= landscape.value(corner) + g @ around - 1e-15).all()
    assert np.isfinite(landscape.hessian(corner)).all()


@pytest.mark.parametrize("text", ["x**2", "sin(x)*exp(a*x)", "1 + x*0"])
def test_a_formula_without_y_is_a_curve(text):
    assert formula(text).curve
    assert not formula(text + " + y").curve
