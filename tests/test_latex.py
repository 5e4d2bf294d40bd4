"""The LaTeX of a landscape says the same as its formula: an independent reader evaluates it."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscapes import LANDSCAPES, chain, formula, free_names, huber, knobs, name_in_latex, two_layer

TOKEN = re.compile(r"\\left|\\right|\\[a-zA-Z]+|\\[,]|\d+\.?\d*|[a-zA-Z]_\{\d+\}|[a-zA-Z]|[-+^{}()|]")
CALLS = {
    r"\sin": math.sin,
    r"\cos": math.cos,
    r"\tan": math.tan,
    r"\tanh": math.tanh,
    r"\ln": math.log,
    r"\sigma": lambda u: 1 / (1 + math.exp(-u)),
    r"\arctan": math.atan,
}


class Reader:
    """Evaluates LaTeX: sums of products, where what stands side by side is multiplied."""

    def __init__(self, text, x, y, axes=("x", "y")):
        self.tokens = [token for token in TOKEN.findall(text) if token not in (r"\,", r"\cdot")]
        assert re.sub(r"\s", "", TOKEN.sub("", text)) == "", "LaTeX that the reader does not know"
        self.names = {axes[0]: x, axes[1]: y, "e": math.e, r"\pi": math.pi}

    def next(self):
        return self.tokens[0] if self.tokens else ""

    def take(self, *expected):
        for token in expected:
            assert self.next() == token
            self.tokens.pop(0)

    def sum(self):
        total, sign = 0.0, 1.0
        if self.next() == "-":
            self.take("-")
            sign = -1.0
        while True:
            total += sign * self.product()
            if self.next() not in ("+", "-"):
                return total
            sign = 1.0 if self.tokens.pop(0) == "+" else -1.0

    def product(self):
        result = self.power()
        while self.next() not in ("", "+", "-", "}", r"\right", ")", "|"):
            result *= self.power()
        return result

    def power(self):
        base = self.atom()
        if self.next() == "^":
            self.take("^")
            return base ** self.group()
        return base

    def group(self):
        self.take("{")
        result = self.sum()
        self.take("}")
        return result

    def brackets(self, opening="(", closing=")"):
        self.take(r"\left", opening)
        result = self.sum()
        self.take(r"\right", closing)
        return result

    def atom(self):
        token = self.next()
        if token == r"\left":
            return abs(self.brackets("|", "|")) if self.tokens[1] == "|" else self.brackets()
        self.take(token)
        if token in CALLS:
            exponent = 1.0
            if self.next() == "^":
                self.take("^")
                exponent = self.group()
            return CALLS[token](self.brackets()) ** exponent
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return math.sqrt(self.group())
        return self.names[token] if token in self.names else float(token)


def read(latex, x, y, axes=("x", "y")):
    reader = Reader(latex, x, y, axes)
    result = reader.sum()
    assert reader.tokens == []
    return result


POINTS = [(0.3, 0.7), (-1.1, 0.4), (1.3, -0.6)]


def turned(key):
    """A landscape with every knob at its ends, at its default, and at 0, 1 and 45 where these are within."""
    stops = {
        name: sorted({n for n in (knob.low, 0.0, 1.0, 45.0, knob.default, knob.high) if knob.low <= n <= knob.high})
        for name, knob in knobs(LANDSCAPES[key]).items()
    }
    return [LANDSCAPES[key](**dict(zip(stops, numbers, strict=True))) for numbers in itertools.product(*stops.values())]


@pytest.mark.parametrize("key", LANDSCAPES)
def test_the_latex_of_a_landscape_has_its_values_wherever_its_knobs_stand(key):
    for landscape in turned(key):
        axes = tuple(map(name_in_latex, landscape.axes))
        for x, y in POINTS:
            value = landscape.value(np.array([x, y]))
            assert read(landscape.latex, x, y, axes) == pytest.approx(value, rel=1e-11, abs=1e-11), landscape.latex


# A factor 0 or 1, a term 0, a fraction of 0, a sum of numbers, two signs, a rounded π, digits that say nothing.
CLUMSY = re.compile(
    r"(?<![\d.])[01]\\,|\\cdot [01](?![\d.])|(?<![\d.])0 [-+]|[-+] 0(?![\d.])|\\frac\{0\}|(?<!_)\{1\}\^|\^\{[01]\}"
    r"|\d [-+] \d+(\.\d+)?(?! *(\\,|\\left|\\cdot|\\frac|\d|e\^|\.))|[-+] ?[-+]"
    r"|6\.28|3\.14|1\.57|\.000|\\frac\{\d+\\,\\pi\}\{180\}"
)


@pytest.mark.parametrize("key", LANDSCAPES)
def test_no_landscape_is_written_clumsily_wherever_its_knobs_stand(key):
    for landscape in turned(key):
        assert CLUMSY.search(landscape.latex) is None, landscape.latex


@pytest.mark.parametrize(
    "clumsy",
    [r"0\,x", r"1\,x", r"x + 0", r"0 + x", r"2 \cdot 1^{2}", r"\frac{0}{180}", "x + 0.5 - 5", "x - -3", r"6.28319\,x"],
)
def test_what_is_clumsy_is_found(clumsy):
    assert CLUMSY.search(clumsy)


AT_THE_BOARD = {
    ("elongated_valley", ("condition", 100.0), ("angle", 0.0)): r"\frac{1}{2}\left(x^{2} + 100\,y^{2}\right)",
    ("elongated_valley", ("condition", 1.0), ("angle", 0.0)): r"\frac{1}{2}\left(x^{2} + y^{2}\right)",
    ("elongated_valley", ("condition", 100.0), ("angle", 90.0)): r"\frac{1}{2}\left(y^{2} + 100\,x^{2}\right)",
    ("elongated_valley", ("condition", 100.0), ("angle", 30.0)): (
        r"\frac{1}{2}\left(\left(x \cos\left(\frac{\pi}{6}\right) + y \sin\left(\frac{\pi}{6}\right)\right)^{2}"
        r" + 100\,\left(y \cos\left(\frac{\pi}{6}\right) - x \sin\left(\frac{\pi}{6}\right)\right)^{2}\right)"
    ),
    ("quadratic_bowl", ("kappa", 10.0)): r"\frac{1}{2}\left(x^{2} + 10\,y^{2}\right)",
    ("parabola", ("a", 1.0)): r"\frac{x^{2}}{2}",
    ("parabola", ("a", 100.0)): r"50\,x^{2}",
    ("rastrigin", ("A", 10.0)): (r"20 + x^{2} - 10 \cos\left(2\,\pi\,x\right) + y^{2} - 10 \cos\left(2\,\pi\,y\right)"),
    ("two_weight_network_l2", ("decay", 1.0)): r"\left(1 - w_{1}\,w_{2}\right)^{2} + w_{1}^{2} + w_{2}^{2}",
    ("flat_and_sharp", ("shift", 0.5), ("width", 1.0)): (
        r"-e^{-\frac{1}{2}\left(\left(x - 0.5\right)^{2} + y^{2}\right)}"
        r" - e^{-\frac{1}{2}\left(\left(x - 5.5\right)^{2} + y^{2}\right)}"
    ),
}


@pytest.mark.parametrize(("turned", "latex"), AT_THE_BOARD.items())
def test_a_landscape_is_written_as_at_the_board(turned, latex):
    key, *numbers = turned
    assert LANDSCAPES[key](**dict(numbers)).latex == latex


NUMBERS = st.sampled_from(
    [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 3.0, 4.0, 0.1, -0.3, 45.0, 90.0, 180.0, 37.5, 1e-7, 123456.0]
)
PIECES = [
    *(
        "a*x",
        "a*x**2/2",
        "x - a - b",
        "(x + a)**2",
        "(a*x)**3",
        "a*(x + y)",
        "x - a*(x + b*y)",
        "x/(2 + abs(a))",
        "a/3",
    ),
    *(
        "cos(a*pi/180)*x",
        "sin(pi*a)*y",
        "exp(-abs(a)*x)",
        "b**2*x",
        "2*a*b",
        "-a*(x + 1)/2",
        "sqrt(abs(a))*y",
        "(1 + a)*x",
    ),
    *("x*0.1*a", "a*b*x/4", "x**2/a/b", "abs(a)**b*y", "-(a + x)", "tanh(a*x + b)"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from("+-"), NUMBERS, NUMBERS)
def test_numbers_in_the_place_of_knobs_never_change_the_value(pieces, sign, a, b):
    text = f" {sign} ".join(pieces)
    landscape = formula(text, parameters={name: {"a": a, "b": b}[name] for name in free_names(text)})
    for x, y in POINTS:
        value = float(landscape.value(np.array([x, y])))
        if math.isfinite(value):
            assert read(landscape.latex, x, y) == pytest.approx(value, rel=2e-5, abs=2e-5 * max(1.0, abs(a), abs(b)))


@pytest.mark.parametrize(
    ("text", "parameters", "latex"),
    [
        ("a*x**2 + b*y**2", {"a": 1, "b": 2}, r"x^{2} + 2\,y^{2}"),
        ("a*x**2 + b*y**2", {"a": -1, "b": -2.5}, r"-x^{2} - 2.5\,y^{2}"),
        ("x - a", {"a": -3}, "x + 3"),
        ("(x - a)**2 + y", {"a": 0}, "x^{2} + y"),
        ("(x + a)**2", {"a": -1}, r"\left(x - 1\right)^{2}"),
        ("x - (y - a)", {"a": 2}, r"x - \left(y - 2\right)"),
        ("x**a", {"a": -2}, "x^{-2}"),
        ("a**x", {"a": 2}, "2^{x}"),
        ("-(x + 1)/2", {}, r"-\frac{1}{2}\left(x + 1\right)"),
        ("(x + y)/0.18", {}, r"\frac{x + y}{0.18}"),
        ("x/y/2", {}, r"\frac{\frac{x}{y}}{2}"),
        ("2*3*x", {}, r"2 \cdot 3\,x"),
        ("1e-7*x", {}, r"10^{-7}\,x"),
        ("a*x + y", {"a": 0}, "y"),
        ("a*x**2/7", {"a": 3}, r"\frac{3\,x^{2}}{7}"),
        ("x/a", {"a": -1}, "-x"),
        ("x - a*(x + y)", {"a": -1}, "x + x + y"),
        ("cos(pi*a/180)*x", {"a": 37.5}, r"\cos\left(\frac{5\,\pi}{24}\right)\,x"),
        ("sin(2*pi*a)", {"a": 0.1234567}, r"\sin\left(0.246913\,\pi\right)"),
        ("sin(a)", {"a": 1e-13}, r"\sin\left(10^{-13}\right)"),
        ("x + a/3", {"a": 1}, r"x + \frac{1}{3}"),
        ("exp(-a*x)", {"a": 0}, "1"),
        ("x**a", {"a": 1}, "x"),
        ("(a*x)**2", {"a": -1}, "x^{2}"),
        ("x + a - 0.3", {"a": 0.1 + 0.2}, "x"),
        ("1/a + x", {"a": 0}, r"\frac{1}{0} + x"),
        ("x*(2*a**4)", {"a": 1e100}, r"x \cdot 2\,\left(10^{100}\right)^{4}"),
        ("x/(a*b)", {"a": 1e-200, "b": 1e-200}, r"\frac{x}{10^{-200} \cdot 10^{-200}}"),
        ("log(a) + x", {"a": 0}, r"\ln\left(0\right) + x"),
        ("sin(x)**2*abs(y)", {}, r"\sin^{2}\left(x\right)\,\left|y\right|"),
        ("sqrt(x)*exp(-y)", {}, r"\sqrt{x}\,e^{-y}"),
        ("-x*-y", {}, r"x\,y"),
        ("(-x)**2", {}, r"\left(-x\right)^{2}"),
        ("(x**2)**3", {}, r"\left(x^{2}\right)^{3}"),
        ("ln(x) + relu(y)", {}, r"\ln\left(x\right) + \mathrm{relu}\left(y\right)"),
    ],
)
def test_latex_is_written_as_one_writes_by_hand(text, parameters, latex):
    assert formula(text, parameters=parameters).latex == latex


def test_a_knobs_number_stands_in_the_latex():
    assert "50" in LANDSCAPES["rosenbrock"](b=50).latex


X, Y = np.array([0.5, 1.0]), np.array([1.0, 0.0])


@pytest.mark.parametrize(
    ("activation", "depth", "latex"),
    [
        ("sigmoid", 1, r"\left(\sigma(w x_i + b) - y_i\right)^2"),
        ("linear", 1, r"\left(w x_i + b - y_i\right)^2"),
        ("sigmoid", 2, r"(h_{2} - y_i)^2, \quad h_0 = x_i, \; h_k = \sigma(w h_{k-1} + b), \; k = 1, 2"),
        (
            "relu",
            10,
            r"(h_{10} - y_i)^2, \quad h_0 = x_i, \; h_k = \mathrm{ReLU}(w h_{k-1} + b), \; k = 1, \dots, 10",
        ),
    ],
)
def test_a_chain_is_layer_on_layer_and_not_one_layer_times_their_number(activation, depth, latex):
    assert chain(X, Y, activation, depth).full.latex == rf"\frac{{1}}{{n}} \sum_i {latex}"


def test_a_network_without_activation_is_a_product_of_its_weights():
    assert two_layer(X, Y, "linear").full.latex == r"\frac{1}{n} \sum_i \left(w_2\, w_1 x_i - y_i\right)^2"


@pytest.mark.parametrize(
    ("delta", "beyond"), [(1.0, "|z - t| - 0.5"), (2.0, r"2\, (|z - t| - 1)"), (100.0, r"100\, (|z - t| - 50)")]
)
def test_the_huber_loss_has_no_factor_one(delta, beyond):
    assert rf"\\ {beyond} & |z - t| > {delta:g}" in huber(delta).latex


@pytest.mark.parametrize("key", [key for key in LANDSCAPES if knobs(LANDSCAPES[key])])
@pytest.mark.parametrize("size", [5e-324, 1e-200, 1e-7, 1e7, 1e200, 1.7e308])
def test_numbers_of_any_size_can_be_written(key, size):
    numbers = {name: size for name, knob in knobs(LANDSCAPES[key]).items() if knob.refusal(size) is None}
    latex = LANDSCAPES[key](**numbers).latex
    assert "nan" not in latex
    assert "inf" not in latex
