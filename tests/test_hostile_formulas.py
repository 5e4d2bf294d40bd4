"""Formulas that mean harm: refused or read with little work, never run, and the worst derived with bounded work."""

import ast
import cProfile
import inspect
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.cache import clear_cache

from landscapes import FormulaError, formula, free_names, suggested_axes
from landscapes.formula import derivatives, expression
from landscapes.formula.analytic import compiled
from landscapes.formula.expression import parse
from landscapes.landscape import AXES

CANARY = Path("canary-of-the-formula-tests")
RUN = f"open('{CANARY}','w')"


def refusal(text, act=parse):
    """The error with which a formula is refused, None if it is read."""
    try:
        act(text)
    except FormulaError as error:
        return error
    return None


HOSTILE = [
    f"__import__('os').system('touch {CANARY}')", RUN, f"exec(\"{RUN}\")", f"eval(\"{RUN}\")", f"lambda: {RUN}",
    f"[{RUN} for i in x]", f"({RUN} or x)", f"x if {RUN} else y", f"print({RUN})", f"x + {RUN}", f"x; {RUN}",
    f"x\n{RUN}", f"x # {RUN}", f"sin({RUN})", f"sin(x).__class__('{RUN}')", f"@{RUN}", f"f'{{{RUN}}}'", f"x := {RUN}",
    f"`{RUN}`", f"$({RUN})", f"%{RUN}", f"{{{RUN}}}", f"*{RUN}", f"**{RUN}", f"yield {RUN}", f"await {RUN}",
    "().__class__.__bases__[0].__subclasses__()", "x.__class__.__mro__", "x.__init__.__globals__", "globals()",
    "getattr(x, 'real')", "open", "__builtins__", "__import__", "_", "__", "os.system", "Symbol('x')", "sympify(x)",
    "parse_expr(x)", "S(x)", "Integral(x)", "N(x)", "diff(x, x)", "lambdify", "import os", "del x", "None", "True",
    "lambda", "...", "1j", "0x10", "1_000", "007", "'x'", "b'x'", "x@y", "x//y", "x%y", "x<<9999999", "x>>1", "x&y",
    "~x", "x<y", "not x", "x and y", "x==y", "x is y", "x in y", "x[0]", "{x: y}", "*x", "**x", "x,", "x:y",
    "9**9**9**9", "9**9**9**9**x", "64**64**64", "(((x**64)**64)**64)**64", "2**64**x**64", "exp(exp(exp(exp(9))))",
    "1e308*1e308", "1e99*1e99*x", "(1e99*x)**9", "factorial(999999)", "gamma(x)", "zeta(x)", "1/0", "0**-1", "0**x",
    "9" * 500, "1." + "0" * 400, "(" * 250 + "x" + ")" * 249, "(" * 500, ")" * 500, "-" * 499 + "x", "x" * 500,
    "x+" * 249 + "x", "x*" * 249 + "x", "x**" * 166 + "x", "x**" * 50 + "x", "sin(" * 99 + "x" + ")" * 99,
    "sin(" * 55 + "x" + ")" * 55, "+".join(f"a{i}" for i in range(99)), "*".join(f"(x+{i}*y)" for i in range(50)),
    "x**ln(3.5**0.5) - (asin(cosh(y**y)) - ((a/y)**-2)**-1)", "atan(sqrt(sinh(sigmoid(b)**7)) + cosh(3.5)**64*x)",
    "(x**0.5 + cosh(ln(y)**6)*((y**7)**0.5)**1.5)**1.5 - sinh(sqrt(3.5/(1 - 3.5*asin(3.5/a))))",
    "√" * 499 + "x", "sin " * 120 + "x", r"\sin" * 120 + " x", r"\frac" * 99, "|" * 499, "sum(" * 120, "where(" * 80,
    "Piecewise((" * 40, "sum(" * 6 + "x" + ", i=1..20)" * 6, "max(x, " * 70, f"f({RUN}) = x", f"lambda {RUN}: x",
    "np." * 160 + "x",
    "x\x00y", "x\u202ey", "ｘ", "х", "²", "∞", "\ud800", "x" + " " * 498 + "y", "a" * 400, "\t" * 500, "x\r\n+y",
]  # fmt: skip


# Work is counted in calls of Python functions, which are the same on every machine and whatever else runs on it.
# A million of them took 0.3 to 0.5 s where they were counted first: see benchmarks/formulas.py for the time.
MOST_TO_READ, MOST_TO_DERIVE = 150_000, 1_500_000
STEEPEST = 3.25  # times the work, and times the program, for a formula of twice the size
SIZE = 12  # of the worst formulas: as many pieces as a formula may have, or nearly


def calls(act):
    """How many Python functions are called, when SymPy and we ourselves begin with empty caches."""
    clear_cache()
    compiled.cache_clear()
    with cProfile.Profile(subcalls=False, builtins=False) as profile:
        act()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_or_read_with_little_work_and_never_run(text):
    assert calls(lambda: refusal(text)) < MOST_TO_READ
    assert not CANARY.exists()


def program_size(text):
    """How many nodes the compiled value, gradient and Hessian have together, as syntax trees."""
    code = compiled(text, None, AXES)  # as `formula` asks for it, so that it is at hand
    trees = [ast.parse(inspect.getsource(each)) for each in (code.value, code.gradient, code.hessian)]
    return sum(1 for tree in trees for _ in ast.walk(tree))


def growth(worst, size):
    """Times the calls of the formula of half the size, times its program, and how many calls these are."""
    (few, short), (many, long) = [
        (calls(lambda text=text: formula(text)), program_size(text)) for text in (worst(size // 2), worst(size))
    ]
    return many / few, long / short, many


WORST = {
    "long sum of long terms": lambda n: "+".join(f"sin({i}*x*y)" for i in range(3 * n)),
    "product of sums": lambda n: "*".join(f"(x+{i})" for i in range(4 * n)),
    "sum of Gaussians": lambda n: "+".join(f"exp(-(x-{i})**2-(y-{i})**2)" for i in range(3 * n // 2)),
    "tower of exponents": lambda n: "**".join(["x"] * n),
    "functions in functions": lambda n: "sin(" * n + "x*y" + ")" * n,
    "roots in roots": lambda n: "sqrt(" * n + "x" + "+y)" * n,
    "logarithms in logarithms": lambda n: "log(" * n + "x" + "**2+y)" * n,
    "fractions in fractions": lambda n: "x/(1+" * n + "y" + ")" * n,
    "powers in powers": lambda n: "(" * n + "x" + "+y)**2" * n,
    "a mixture": lambda n: "sqrt(exp(sin(" * (n // 3) + "x" + "*y)*x+y)**3+x**2)" * (n // 3),
}


@pytest.mark.long
@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_the_work_for_the_derivatives_of_the_worst_formulas_is_bounded_and_grows_as_they_do(worst):
    formula("x + y")  # the first formula of all also imports SymPy
    work, program, many = growth(worst, 8)  # the largest take longer to count
    assert many < MOST_TO_DERIVE
    assert max(work, program) < STEEPEST
    assert formula(worst(SIZE)).hessian(np.array([0.3, 0.7])).shape == (2, 2)


@pytest.mark.long
@pytest.mark.parametrize(("module", "bound", "size"), [(expression, "LONGEST_PIECE", 4), (derivatives, "SHORT", 6)])
def test_derivatives_without_names_for_their_pieces_are_found_out(monkeypatch, module, bound, size):
    monkeypatch.setattr(module, bound, 10**6)
    assert growth(WORST["product of sums"], size)[0] > STEEPEST


@pytest.mark.long
@settings(max_examples=400)
@given(st.text(max_size=80) | st.text("xyae0123.()+-*/^ sincoqrtlgp_", max_size=80))
def test_random_text_raises_nothing_but_a_formula_error(text):
    error = refusal(text)
    assert error is None or 0 <= error.start <= error.end <= len(text)


PIECES = [
    *(
        "x",
        "y",
        "w",
        "b",
        "x1",
        "x_2",
        "θ",
        "θ₀",
        "²",
        "⁻¹",
        "2",
        "0.5",
        "3e2",
        "1..3",
        "i=1",
        "sum(",
        "sum_{",
        "where(",
    ),
    *(
        "Piecewise(",
        "max(",
        "hypot(",
        "pow(",
        "sin",
        "sin(",
        "√",
        "|",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\\frac",
        "\\sqrt",
    ),
    *(
        "\\sin",
        "\\left",
        "\\cdot",
        "\\theta_0",
        "+",
        "-",
        "*",
        "/",
        "^",
        ",",
        "=",
        "<",
        ">=",
        "True",
        "np.",
        "f(x, y) =",
    ),
    *("f(", "lambda x:", "def f(x): return", "..", "_", "e", "pi", " ", "\n", ";", "$", "log10", "x[0]", "x_{i+1}"),
    *(
        "xy",
        "xe",
        "pix",
        "a = 1; ",
        "r = x\n",
        "x(1)",
        "‖",
        "_+",
        "^T",
        ".^",
        "Sin[",
        "\\hat{y}",
        "σ(",
        "ax",
        "}",
        "uv = ",
    ),
    *(
        "{\\displaystyle",
        "\\begin{align}",
        "&",
        "\\\\",
        "function(x) {",
        "f <- ",
        "f[x_] :=",
        "import numpy\n",
        "return ",
    ),
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_pieces_of_what_people_paste_are_read_or_refused_with_a_place_wherever_they_stand(text):
    for act in (parse, suggested_axes, free_names):
        error = refusal(text, act)
        assert error is None or 0 <= error.start <= error.end <= len(text)
