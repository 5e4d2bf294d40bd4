"""The LaTeX of a landscape says the same as its formula: an independent reader evaluates it."""

import math
import re

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula

TOKEN = re.compile(r"\\left|\\right|\\[a-zA-Z]+|\\[,]|\d+\.?\d*|[a-zA-Z]|[-+^{}()|]")
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

    def __init__(self, text, x, y):
        self.tokens = [token for token in TOKEN.findall(text) if token not in (r"\,", r"\cdot")]
        assert re.sub(r"\s", "", TOKEN.sub("", text)) == "", "LaTeX that the reader does not know"
        self.names = {"x": x, "y": y, "e": math.e, r"\pi": math.pi}

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


def read(latex, x, y):
    reader = Reader(latex, x, y)
    result = reader.sum()
    assert reader.tokens == []
    return result


POINTS = [(0.3, 0.7), (-1.1, 0.4), (1.3, -0.6)]


@pytest.mark.parametrize("key", LANDSCAPES)
def test_the_latex_of_a_landscape_has_its_values(key):
    landscape = LANDSCAPES[key]()
    for x, y in POINTS:
        assert read(landscape.latex, x, y) == pytest.approx(landscape.value(np.array([x, y])), rel=1e-12, abs=1e-12)


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
        ("-(x + 1)/2", {}, r"-\frac{x + 1}{2}"),
        ("x/y/2", {}, r"\frac{\frac{x}{y}}{2}"),
        ("2*3*x", {}, r"2 \cdot 3\,x"),
        ("1e-7*x", {}, r"10^{-7}\,x"),
        ("a*x + y", {"a": 0}, "y"),
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
