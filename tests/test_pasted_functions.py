"""Functions as code and books have them: each means what it means there, with its derivatives, tails and exports."""

import math
import runpy

import mpmath
import numpy as np
import pytest

from landscapes import FormulaError, formula, suggested_axes
from landscapes.formula.names import REFUSED
from landscapes.formula.shorthand import SHORTHAND

PLACES = np.array([[3.0, 0.7, -1.9, 1.2, -0.4], [2.0, 0.4, 5.1, -0.8, -2.3]])
SAME = [  # what is pasted, the same in plain signs
    ("softplus(x)", "log(1 + exp(x))"),
    ("torch.nn.functional.softplus(x) + y**2", "log(1 + exp(x)) + y**2"),
    ("F.softplus(x, 3)", "log(1 + exp(3*x))/3"),
    ("½x² + ¼y² − ¾xˑy".replace("ˑ", "*"), "0.5*x**2 + 0.25*y**2 - 0.75*x*y"),
    ("1½x + ⅓(x + y)", "3*x/2 + (x + y)/3"),
    ("½", "0.5"),
    ("4**½*x", "2*x"),
    ("log(x**2, 2) + log(y**2, 10)", "log2(x**2) + log10(y**2)"),
    ("log(x**2 + 1, 3)", "log(x**2 + 1)/log(3)"),
    ("math.log(y**2, math.e)", "log(y**2)"),
    (r"\log_2(x^2) + \log_{10}(y^2)", "log2(x**2) + log10(y**2)"),
    ("x**2 + y**2  # the bowl", "x**2 + y**2"),
    ("x**2  # first\n+ 3*y  # second, with = and (", "x**2 + 3*y"),
    ("# Bowl\ndef f(x, y):\n    \"\"\"The bowl.\"\"\"\n    # here\n    return x**2 + 3*y**2  # yes\n", "x**2 + 3*y**2"),
    ("x**2 + \\\n    y", "x**2 + y"),
    ("scipy.special.expit(x) + logistic(y)", "sigmoid(x) + sigmoid(y)"),
    ("np.log1p(x**2) + np.expm1(y)", "log(1 + x**2) + exp(y) - 1"),
    ("np.logaddexp(x, y)", "log(exp(x) + exp(y))"),
    ("logsumexp([x, y, 0])", "log(exp(x) + exp(y) + 1)"),
    ("np.linalg.norm([x, 2*y])", "sqrt(x**2 + (2*y)**2)"),
    ("np.max([x, y]) + max([x + 1]*2, y)", "max(x, y) + max(2*(x + 1), y)"),
    ("sec(x) + csc(y) + cot(x)", "1/cos(x) + 1/sin(y) + cos(x)/sin(x)"),
    ("sech x + csch(y) + coth(y)", "1/cosh(x) + 1/sinh(y) + cosh(y)/sinh(y)"),
    ("np.exp2(x) + reciprocal(y)", "2**x + 1/y"),
    ("silu(x) + swish(y)", "x*sigmoid(x) + y*sigmoid(y)"),
    ("mish(x)", "x*tanh(log(1 + exp(x)))"),
    ("elu(x) + leaky_relu(y) + relu6(4*x)", "where(x > 0, x, exp(x) - 1) + max(y, 0.01*y) + min(relu(4*x), 6)"),
    ("np.clip(x, -1, 1) + torch.clamp(y, 0, 2)", "min(max(x, -1), 1) + min(max(y, 0), 2)"),
    ("hardtanh(y)", "min(max(y, -1), 1)"),
    ("x**2 if x > 0 else -x", "where(x > 0, x**2, -x)"),
    ("2*(x if x < y else y if y > 0 else 0)", "2*where(x < y, x, where(y > 0, y, 0))"),
    ("f(x, y) = x if x >= 1 else y", "where(x >= 1, x, y)"),
    ("x.pow(2) + (y - 1).square()", "x**2 + (y - 1)**2"),
    ("-x.pow(2)*2", "-2*x**2"),
    ("torch.sin(x).abs().pow(3) + y.clamp(0, 1)", "abs(sin(x))**3 + min(max(y, 0), 1)"),
    ("x[0].pow(2) + x[1].exp()", "x_0**2 + exp(x_1)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_what_is_pasted_means_the_same_in_plain_signs(text, plain):
    pasted, same = formula(text), formula(plain)
    for part in ("value", "gradient", "hessian"):
        np.testing.assert_allclose(getattr(pasted, part)(PLACES), getattr(same, part)(PLACES), rtol=1e-12, atol=1e-12)


TRUE = {  # of mpmath's own functions, in the digits that it is asked for
    "erf(x)": mpmath.erf,
    "erfc(x)": mpmath.erfc,
    "1 - erf(x)": mpmath.erfc,
    "1 + erf(x)": lambda x: mpmath.erfc(-x),
    "gelu(x)": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "cbrt(x)": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "cbrt(x)**2": lambda x: mpmath.cbrt(abs(x)) ** 2,
    "asinh(x)": mpmath.asinh,
    "acosh(1 + x**2)": lambda x: mpmath.acosh(1 + x**2),
    "atanh(x/1001)": lambda x: mpmath.atanh(x / 1001),
    "softplus(x)": lambda x: mpmath.log1p(mpmath.exp(x)),
    "logaddexp(x, 0)": lambda x: mpmath.log1p(mpmath.exp(x)),
    "atan2(x, 2)": lambda x: mpmath.atan2(x, 2),
    "atan2(2, x)": lambda x: mpmath.atan2(2, x),
    "atan2(x, -2*x)": lambda x: mpmath.atan2(x, -2 * x),
    "exp2(-x*x)": lambda x: mpmath.mpf(2) ** (-x * x),
    "mish(x)": lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x))),
    "sech(x)**2": lambda x: mpmath.sech(x) ** 2,
}


@pytest.mark.parametrize("text", TRUE)
@pytest.mark.parametrize("x", [0.03, 2.5, 26.0, 800.0])
def test_value_slope_and_bend_keep_their_digits_far_out_and_near_zero(text, x):
    landscape, function = formula(text, domain=((-1e3, 1e3), (-1, 1))), TRUE[text]
    with mpmath.workdps(400):
        for place in (x, -x):
            p = np.array([place, 0.0])
            true = [function(mpmath.mpf(place))]
            true += [mpmath.diff(function, mpmath.mpf(place), n, h=mpmath.mpf(10) ** -90) for n in (1, 2)]
            got = [landscape.value(p), landscape.gradient(p)[0], landscape.hessian(p)[0, 0]]
            for order, (one, exact) in enumerate(zip(got, true, strict=True)):
                exact = mpmath.re(exact)
                off = landscape.rounding(("value", "gradient", "hessian")[order], p).max()
                assert abs(one - exact) <= max(1e-9 * abs(exact), 2 * off) + mpmath.mpf(10) ** -280, (place, order)


ANGLES = "atan2(y, x)"


@pytest.mark.parametrize("size", [1e-160, 1e-3, 1.0, 1e160])
def test_the_angle_of_a_point_turns_as_the_inverse_of_its_distance(size):
    landscape, p = formula(ANGLES), size * np.array([3.0, -4.0])
    assert landscape.value(p) == pytest.approx(math.atan2(-4, 3), rel=1e-15)
    np.testing.assert_allclose(landscape.gradient(p), np.array([0.16, 0.12]) / size, rtol=1e-13)


def test_the_angle_jumps_and_its_rounding_says_so():
    landscape = formula("atan2(sin(y + 1e8) - sin(1e8), x)")
    assert not landscape.smooth
    assert landscape.rounding("value", np.array([-1.0, 0.0])) >= 2 * math.pi
    assert landscape.rounding("value", np.array([1.0, 0.0])) < 1e-6


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("erf(x)**2", r"\operatorname{erf}^{2}\left(x\right)"),
        ("cbrt(x)**2 + ∛y", r"\sqrt[3]{x}^{2} + \sqrt[3]{y}"),
        ("atan2(y, x)", r"\operatorname{atan2}\left(y,\, x\right)"),
        ("softplus(x)", r"\ln\left(1 + e^{x}\right)"),
        ("log(x, 2) + log(y, 3)", r"\log_{2}\left(x\right) + \frac{\ln\left(y\right)}{\ln\left(3\right)}"),
        ("½x² # half", r"\frac{1}{2}\,x^{2}"),
        ("1½x", r"\frac{3}{2}\,x"),
        ("clip(x, 0, 1)", r"\min\left(\max\left(x,\, 0\right),\, 1\right)"),
        (r"\sqrt[3]{x}", r"\sqrt[3]{x}"),
    ],
)
def test_what_was_read_is_shown(text, latex):
    assert formula(text).latex == latex


@pytest.mark.parametrize(
    "text", ["erf(x) + y**2*erfc(y)", "cbrt(x*y + 9)*atan2(y, x + 9)", "asinh(x*y) + gelu(y)", "softplus(x) + ½y²"]
)
def test_exports_have_the_same_numbers(text, tmp_path):
    landscape, script = formula(text), tmp_path / "written.py"
    script.write_text(
        "import numpy as np\nfrom collections.abc import Callable\nfrom typing import Any\n"
        + landscape.program("numpy")
    )
    names = runpy.run_path(str(script))
    for part in ("value", "gradient", "hessian"):
        apart = [names[part](p) for p in PLACES.T]
        np.testing.assert_allclose(np.stack(apart, axis=-1), getattr(landscape, part)(PLACES), rtol=1e-14)
    torch = pytest.importorskip("torch")
    script.write_text("import torch\n" + landscape.program("torch"))
    p = torch.tensor(PLACES, dtype=torch.float64, requires_grad=True)
    value = runpy.run_path(str(script))["value"](p)
    np.testing.assert_allclose(value.detach().numpy(), landscape.value(PLACES), rtol=1e-12)
    value.sum().backward()
    np.testing.assert_allclose(p.grad.numpy(), landscape.gradient(PLACES), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("floor(x) + y", "level between its jumps"),
        ("np.round(x)", "level between its jumps"),
        ("x % 2", "a remainder jumps"),
        ("np.mod(x, 2)", "a remainder jumps"),
        ("x//2", "rounds down"),
        ("sinc(x)", "two meanings"),
        ("softmax(x, y)", "several numbers"),
        ("norm(x)", r"norm\(\[x, y\]\)"),
        ("heaviside(x, 0)", r"where\(x > 0, 1, 0\)"),
        ("gamma(x)", r"gamma function is not known here.*gamma\*\(x\)"),
        ("scipy.special.beta(x, y)", "beta function is not known here"),
        ("atan2(x)", "atan2 takes 2 arguments"),
        ("clip(x, 0)", "clip takes 3 arguments"),
        ("softplus(x, 1, 2)", "softplus takes 1 or 2 arguments"),
        ("hypot(x, y, 1, 2)", "hypot takes 2 or 3 arguments"),
        ("log(x, 1)", "divides by zero"),
        ("log(x, -2)", "no finite real value"),
        ("x if x > 0", "else and a second formula are missing"),
        ("x if x else y", "one comparison belongs here"),
        ("x + else", "missing before this"),
        ("x½", "a product needs its sign"),
        ("2 ½", "a product needs its sign"),
        ("½/2x", "in two ways"),
        ("# a remark alone", "a formula is needed"),
        ("“”", "a formula is needed"),
        (r"\foo x + y", "LaTeX command .*foo is not known"),
        (r"\frac{\partial f}{\partial x}", "LaTeX command .*partial is not known"),
        ("x + nan", "nan is no number"),
        ("import os", "import belongs to a program"),
        ("x**2 and y", "and belongs to a program"),
        ("pass", "pass belongs to a program"),
        ("True*x", "True is no number"),
        ("x + ∞", "infty is no number"),
        ("sin2x + y", "one name or two"),
        ("sin^-1(x)", r"as asin\(x\) or as 1/sin\(x\)"),
        (r"\tanh^{-1} x", r"as atanh\(x\) or as 1/tanh\(x\)"),
        ("(x**2).sum() + y", "single numbers here"),
        ("x in y", "in has no meaning here"),
        ("sum(x for i in y)", "runs over whole numbers"),
        (r"\begin{cases} x & x > 0 \end{cases}", r"everywhere else, write 0 & \\text\{else\}"),
        (r"\begin{cases} x & x > 0 & y", "cases are lines"),
        ("Piecewise((x, x > 0), (y, x < 0))", r"everywhere else, write \(0, True\)"),
        ("erf", r"write erf\(x\)"),
        ("gelu", r"write gelu\(x\)"),
        ("gelu(" * 30 + "x" + ")" * 30, "too long to be written out"),
    ],
)
def test_what_is_not_read_is_refused_with_the_reason(text, words):
    with pytest.raises(FormulaError, match=words):
        formula(text)


def test_no_function_is_both_read_and_refused():
    assert not REFUSED.keys() & {name for name, _ in SHORTHAND}


@pytest.mark.parametrize(("text", "names"), [("erf(w) + b**2", ("w", "b")), ("β(1 - w)**2 + w*β", ("w", "beta"))])
def test_a_functions_name_is_no_axis(text, names):
    assert set(suggested_axes(text)) == set(names)
