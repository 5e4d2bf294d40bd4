"""Formulas that people type: what is read, where mistakes are shown, and what becomes of free names."""

import numpy as np
import pytest

from landscapes import FormulaError, formula, free_knobs, free_names, suggested_axes
from landscapes.formula import names, parser
from landscapes.formula.expression import CONSTANTS
from landscapes.formula.functions import FUNCTIONS
from landscapes.formula.reader import Reader
from optimizers import OPTIMIZERS, descend, verdict

MISTAKES = [  # text, the part that is shown, words of the reason
    ("", "", "a formula is needed"),
    (" \n ", " \n ", "a formula is needed"),
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
    ("sqr(x)", "sqr(x", "did you mean sqrt?"),
    ("sin", "sin", "write sin\\(x\\)"),
    ("sinx", "sinx", "one name or two"),
    ("ax + bxy", "ax", "one name or two"),
    ("kx^2 + y", "kx", "one name or two"),
    (r"\sum_{i=1}^2 x_i^2 - 10 x_i", "x_i", "write brackets around all that is summed"),
    (r"\sum_{i=1}^2 x_i + i", "i", "write brackets around all that is summed"),
    ("w^T w", "w^T", "write it out"),
    (r"x^\top A x", r"x^\top", "write it out"),
    ("‖x‖^2", "‖", "a norm is of a vector"),
    (r"\lVert x \rVert_1 + y", r"\lVert x \rVert_1", "a norm is of a vector"),
    ("σ(x) + y", "σ(", r"as sigmoid\(x\) or as sigma\*\(x\)"),
    ("x squared + y", "x squared", "a product needs its sign"),
    ("u = x + 1; z = x + y", "u", "set and never used"),
    ("w = 0.5\nb = 0\nloss = (2w + b - 1)^2", "w = 0.5\nb = 0", "leave out the lines that set the two axes"),
    ("a, b = 1; z = a*x", "a, b = 1", "as many names as formulas"),
    ("huber(x, 1)", "huber(x, 1", "takes one argument"),
    ("y*x/(2*m) x", "y*x/(2*m) x", r"as \(y\*x/\(2\*m\)\)\*x or as y\*x/\(\(2\*m\)\*x\)"),
    ("k1x^2 + k2y^2", "k1x", r"as in k1\*x"),
    ("sinxcosy", "sinxcosy", "one name or two"),
    ("xlnx", "xlnx", "one name or two"),
    ("sinxy", "sinxy", "one name or two"),
    ("ex + y", "ex", r"as in e\*x"),
    ("X*x", "X", "small letters"),
    ("E*x", "E", "small letters"),
    ("a__b*x", "a__b", "single _"),
    ("sin(x, y)", "sin(x, y", "sin takes one argument"),
    ("x 2", "x 2", "write \\* between"),
    ("2 3", "2 3", "write \\* between"),
    ("1/2x", "1/2x", r"as \(1/2\)\*x or as 1/\(2\*x\)"),
    ("x/2y", "x/2y", r"as \(x/2\)\*y or as x/\(2\*y\)"),
    ("1/2(x + y)", "1/2(x + y)", r"as \(1/2\)\*\(x \+ y\) or as 1/\(2\*\(x \+ y\)\)"),
    ("y*3/x sin(y)", "y*3/x sin", r"as \(y\*3/x\)\*sin or as y\*3/\(x\*sin\)"),
    ("sin 2*x", "sin 2*", "what belongs to sin"),
    ("sin 2xy", "sin 2xy", "what belongs to sin"),
    ("sin 2x^2", "sin 2x^", "what belongs to sin"),
    ("ln 2x", "ln 2x", "what belongs to ln"),
    ("cos x^2", "cos x^", "what belongs to cos"),
    ("exp x (y + 1)", "exp x (", "what belongs to exp"),
    ("√x^2", "√x^", "what belongs to √"),
    ("sin^-1(x)", "sin^-1", "in two ways"),
    ("|x", "|", "no second one"),
    ("x|", "|", "missing at the end"),
    ("x^1/2 + y", "1", "in two ways"),
    ("x^2 + y^2 = 1", "=", "an equation is no formula"),
    ("x = x + 1", "=", "an equation is no formula"),
    ("x < y", "<", "belongs into where"),
    ("max(x > 0, y)", ">", "belongs into where"),
    ("where(x, y, 0)", ",", "one comparison"),
    ("where(x > 0, y)", "where", "a comparison and two formulas"),
    ("Piecewise((x, x > 0))", "Piecewise((x, x > 0)", "the last pair"),
    ("max(x)", "max(x", "2 to 8 arguments"),
    ("sum(x**i, i=1..n)", "n", "whole number"),
    ("sum(x**i, i=1..99)", "sum(x**i, i=1..99", "1 to 20 terms"),
    ("sum(sum(sum(x*i*j*k, i=1..9), j=1..9), k=1..9)", "sum(sum(sum(x*i*j*k, i=1..9), j=1..9), k=1..9", "too long"),
    ("foo.sin(x)", ".", "a point belongs to a number"),
    ("where", "where", r"write where\(x > 0, x, 0\)"),
    ("x + max", "max", r"write max\(x, y\)"),
    ("hypot(x)", "hypot(x", "takes 2 or 3 arguments"),
    ("x²^2", "^", "an exponent of an exponent"),
    ("sum(", "(", "missing at the end"),
    ("sum(x, )", ")", "over whole numbers"),
    ("f(x, x) = x", "x", "a name of its own"),
    ("f(sin, x) = x", "sin", "a name of its own"),
    ("f(e, x) = x", "e", "a name of its own"),
    ("1,5*x", ",", "decimals are written 0.5"),
    ("x.real", ".", "a point belongs to a number"),
    ("x**100", "100", "exponents go from -64 to 64"),
    ("(-2)**x", "-2", "positive number"),
    ("1 + 1/0", "1/0", "divides by zero"),
    ("x/(y - y)", "x/(y - y", "divides by zero"),
    ("sqrt(-4) + x", "sqrt(-4", "no finite real value"),
    ("log(0)", "log(0", "no finite real value"),
    ("x + 1e200", "1e200", "numbers go up to"),
    ("a+b+c+d+f+g+h+k+m+n+p", "p", "at most 8"),
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


PASTED = [  # text, the same in plain signs
    ("2x", "2*x"),
    ("3sin(x)", "3*sin(x)"),
    ("x y", "x*y"),
    ("2(x + 1)(y - 1)", "2*(x + 1)*(y - 1)"),
    ("x(y + 1)", "x*(y + 1)"),
    ("2x^2y", "2*x**2*y"),
    ("-2x", "-2*x"),
    ("1/2 * x", "0.5*x"),
    ("x² + y³", "x**2 + y**3"),
    ("x⁻²", "x**-2"),
    ("x¹⁰", "x**10"),
    ("√x", "sqrt(x)"),
    ("√(x + 1) y", "sqrt(x + 1)*y"),
    ("πx", "pi*x"),
    ("x·y × 2 − 1", "x*y*2 - 1"),
    ("x⋅y ∗ 2 – 1", "x*y*2 - 1"),
    ("|x|", "abs(x)"),
    ("||x| - 1|", "abs(abs(x) - 1)"),
    ("|x||y - 3|", "abs(x)*abs(y - 3)"),
    ("|x|^2 + 2|y|", "abs(x)**2 + 2*abs(y)"),
    ("np.sin(x) + numpy.cos(y)", "sin(x) + cos(y)"),
    ("math.pi*x + math.e", "pi*x + e"),
    ("torch.exp(-x) + torch.nn.functional.relu(y)", "exp(-x) + relu(y)"),
    ("np.maximum(x, 0) + np.abs(y)", "relu(x) + abs(y)"),
    ("np.power(x, 2) + np.square(y)", "x**2 + y**2"),
    ("np.arctan(x) + arcsin(0.1*y)", "atan(x) + asin(0.1*y)"),
    ("f(x, y) = x^2 + y", "x**2 + y"),
    ("z = x^2 - y^2", "x**2 - y**2"),
    ("y = x^2", "x**2"),
    ("lambda x, y: x**2 + y", "x**2 + y"),
    ("f = lambda x, y: x**2 + y", "x**2 + y"),
    ("def loss(x, y): return x**2 + y", "x**2 + y"),
    ("return x**2 + y;", "x**2 + y"),
    (r"\frac{1}{2}x^2", "0.5*x**2"),
    (r"\frac12 x^{2} + \dfrac{x}{y}", "0.5*x**2 + x/y"),
    (r"$\left(x + 1\right)^{2}$", "(x + 1)**2"),
    (r"\sqrt{x} + \sqrt[3]{y}", "sqrt(x) + y**(1/3)"),
    (r"\sin x \cos y", "sin(x)*cos(y)"),
    (r"\cos 2\pi x + \sin 3y", "cos(2*pi*x) + sin(3*y)"),
    (r"\sin^2 x + \cos^{2}(y)", "sin(x)**2 + cos(y)**2"),
    ("sin²(x)", "sin(x)**2"),
    (r"e^{-x^2 - y^2}", "exp(-x**2 - y**2)"),
    (r"x \cdot y \times 2 \, \pi", "x*y*2*pi"),
    (r"\lvert x \rvert + \operatorname{sign}(y)", "abs(x) + sign(y)"),
    (r"\ln(x) + \exp(y)", "log(x) + exp(y)"),
    ("e^x", "exp(x)"),
    ("log10(x) + log2(y)", "log(x)/log(10) + log(y)/log(2)"),
    ("max(x, y) + min(x, y)", "x + y"),
    ("max(x, y, 7)", "7"),
    ("min(x - 5, 1) + max(1, 2)", "x - 3"),
    ("where(x > 0, x, 0) + where(y <= 0, 1, y)", "x + y"),
    ("Piecewise((x, x < 0), (x**2, x < 10), (0, True))", "x**2"),
    ("hypot(x, y)", "sqrt(x**2 + y**2)"),
    ("sum(x**i, i=1..3)", "x + x**2 + x**3"),
    ("sum(i=0…2, i*y)", "3*y"),
    (r"\sum_{i=1}^{3} i x", "6*x"),
    ("∑_{i=1}^{3} i x + sum_{i=1}^3 x^i", "6*x + x + x**2 + x**3"),
    ("sum_{i=1..2} x_0 + sum(i*x for i in range(1, 4)) + sum(y for i in range(2)) - 2*x_0", "6*x + 2*y"),
    ("f(x, y) := x^2 + y", "x**2 + y"),
    ("(x, y) -> x^2 + y", "x**2 + y"),
    ("const f = (x, y) => x*x + y", "x**2 + y"),
    (r"f: (x, y) \mapsto x^2 + y", "x**2 + y"),
    (r"\min_{x, y} x^2 + y", "x**2 + y"),
    ("minimize x^2 + y", "x**2 + y"),
    ("def f(p):\n    x, y = p\n    return x**2 + y", "x**2 + y"),
    ("“x² + y”.", "x**2 + y"),
    ("`x^2 + y`;", "x**2 + y"),
    ("f(x，y)＝（x－１）＾2＋y，", "(x - 1)**2 + y"),
    ("𝑥² − 𝜋𝑦 + ℯ", "x**2 - pi*y + e"),
    ("x\u2062y\u00a0+\u2009x\u200b", "x*y + x"),
    ("x ÷ 2 — y⁄4", "x/2 - y/4"),
    (r"\[ x^2 + y \,. \]", "x**2 + y"),
    (r"\begin{equation*} f(x, y) = x^2 + y \tag{1} \end{equation*}", "x**2 + y"),
    (r"\mathcal{L}(x, y) = \mathbf{x}^2 + \|y\|^2", "x**2 + abs(y)**2"),
    (r"\lVert x \rVert + ‖y‖ + \ln|x|", "abs(x) + abs(y) + log(abs(x))"),
    (r"\max\left\{0, x\right\} + \min\{y, x\}", "relu(x) + min(x, y)"),
    (r"\begin{cases} x^2 & x > 0 \\ 0 & \text{otherwise} \end{cases} + y", "where(x > 0, x**2, 0) + y"),
    (r"\begin{cases} x, & \text{if } x < y, \\ y, & x \ge y \end{cases}", "where(x < y, x, y)"),
    ("Piecewise((x, x > 1), (y, x <= 1))", "where(x > 1, x, y)"),
    ("2x² + 3xy − xy^2", "2*x**2 + 3*x*y - x*y**2"),
    ("cos(2pix) + xsin(y) + xyexp(-y)", "cos(2*pi*x) + x*sin(y) + x*y*exp(-y)"),
    ("xe^{-x^2 - y^2} + 2ye^(-y)", "x*exp(-x**2 - y**2) + 2*y*exp(-y)"),
    ("x.^2 + 3.*y./(1+x.*y)", "x**2 + 3*y/(1 + x*y)"),
    ("f = @(x, y) (1-x).^2 + y.^2;", "(1 - x)**2 + y**2"),
    ("Sin[x] Exp[-y] + Sqrt[x] + SIN(y) + lg(x)", "sin(x)*exp(-y) + sqrt(x) + sin(y) + log10(x)"),
    (r"\exp\left[-x^2\right] + max[x, y]", "exp(-x**2) + max(x, y)"),
    (r"{\displaystyle f(x,y)=x^{2}+{\sqrt {y}}.\quad }", "x**2 + sqrt(y)"),
    (r"f({\boldsymbol {x}},y) = {\boldsymbol {x}}^2 + \hat{y}*0 + \mathbf {y}", "x**2 + y"),
    (r"\begin{align} f(x,y) &= x^2 \\ &+ y^2 \end{align}", "x**2 + y**2"),
    (
        r"{\begin{cases}x^2&{\text{for }}|x|\leq 1,\\2x,&{\text{otherwise.}}\end{cases}} + y",
        "where(abs(x) <= 1, x**2, 2*x) + y",
    ),
    (
        "def f(x: float, y: float = 0) -> float:\n    a = 1\n    b = 10\n    return (a - x)**2 + b*y",
        "(1 - x)**2 + 10*y",
    ),
    ("import numpy as np\ndef f(p):\n    x, y = p[0], p[1]\n    return np.exp(x) + y", "exp(x) + y"),
    ("r = sqrt(x^2 + y^2)\ns = r + 1\nz = sin(r)/s", "sin(sqrt(x**2 + y**2))/(sqrt(x**2 + y**2) + 1)"),
    ("u = x - 1; v = 3u^2; f = 2v + y", "6*(x - 1)**2 + y"),
    ("a = 1; b = 2; a*x^2 + b*y", "x**2 + 2*y"),
    ("a = 1\nb = 2\na*x^2 +\nb*y\n- 1", "x**2 + 2*y - 1"),
    ("a = 1; b = 100\nf = (a - x)^2 + b*(y - x^2)^2", "(1 - x)**2 + 100*(y - x**2)**2"),
    ("minimize: x^2 + y", "x**2 + y"),
    ("min f(x, y) = x^2 + y", "x**2 + y"),
    ("z = f(x, y) = x^2 + y", "x**2 + y"),
    ("f(x, y): x^2 + y", "x**2 + y"),
    ("plot x^2 + y", "x**2 + y"),
    ("If[x > 1, x^2, y] + IF(y > 3, 1, x) + if(x < y, x, y)", "where(x > 1, x**2, y) + where(y > 3, 1, x) + min(x, y)"),
    ("f[x_, y_] := Sin[x]^2 + y", "sin(x)**2 + y"),
    ("const a = 2;\nconst f = (x, y) => { return a*x*x + y; }", "2*x**2 + y"),
    ("function f(x, y) { return x*x + y; }", "x**2 + y"),
    ("double f(double x, double y) { return x*x + y; }", "x**2 + y"),
    ("function z = f(x,y)\n  z = x.^2 + y;\nend", "x**2 + y"),
    ("f <- function(x, y) x^2 + y", "x**2 + y"),
    ("=x^2+y", "x**2 + y"),
    ("Bowl: x^2 + y", "x**2 + y"),
    (r"\mathcal L_{\text{reg}}(x, y) = x^2 + y", "x**2 + y"),
    ("(1 - x)_+ + (y - 1)_{+} + hinge(x)", "max(1 - x, 0)*2 + max(y - 1, 0)"),
    ("huber(x) + huber(y/10) + logcosh(y)", "where(x < 1, x**2/2, x - 1/2) + y**2/200 + log(cosh(y))"),
]
NAMED = [  # with other axes than x and y
    ("(w_1w_2 - 1)^2 + w1w2", "(w_1*w_2 - 1)**2 + w1*w2"),
    ("x(1)^2 + 10*x(2)", "x1**2 + 10*x2"),
    ("f = @(x) x(1)^2 + 10*x(2);", "x1**2 + 10*x2"),
    (r"\sum_{i=1}^2 x_i^2 x_ix_i", "x_1**4 + x_2**4"),
    ("def f(x):\n    a, b = 1, 100\n    return (a - x[0])**2 + b*x[1]", "(1 - x0)**2 + 100*x1"),
    (
        "fr <- function(x) {\n    x1 <- x[1]\n    x2 <- x[2]\n    100*(x2 - x1*x1)^2 + (1 - x1)^2\n}",
        "100*(x2 - x1**2)**2 + (1 - x1)**2",
    ),
    ("y_pred = w*2 + b\nloss = (y_pred - 3)**2", "(w*2 + b - 3)**2"),
    (
        r"1 + \sum_{i=1}^2 x_i^2 - \prod_{i=1}^2 \cos\left(\frac{x_i}{\sqrt{i}}\right)",
        "1 + x_1**2 + x_2**2 - cos(x_1)*cos(x_2/sqrt(2))",
    ),
    ("∏_{i=1}^2 x_i + prod(w + i for i in range(1, 3))", "x_1*x_2 + (w + 1)*(w + 2)"),
    ("self.w**2 + self.b", "w**2 + b"),
    ("vx^2 + 3*vy", "vx**2 + 3*vy"),
    ("f(ax, by) = ax^2 + 3*by", "g(ax, by) = ax**2 + 3*by"),
]


@pytest.mark.parametrize(("text", "plain"), [*PASTED, *NAMED])
def test_what_people_paste_means_the_same_in_plain_signs(text, plain):
    places = np.array([[3.0, 0.7, 1.9], [2.0, 0.4, 5.1]])
    pasted, same = formula(text), formula(plain)
    for part in ("value", "gradient", "hessian"):
        np.testing.assert_allclose(getattr(pasted, part)(places), getattr(same, part)(places), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "axes", "free"),
    [
        ("w**2 + b**2", ("w", "b"), ()),
        ("100*(x2 - x1^2)^2 + (1 - x1)^2", ("x1", "x2"), ()),
        ("theta_0^2 + theta_1^2", ("theta_0", "theta_1"), ()),
        ("θ0² + 3θ1²", ("theta0", "theta1"), ()),
        ("θ₀² + 3θ₁²", ("theta0", "theta1"), ()),
        (r"\theta_{0}^2 + \theta_{1}^2", ("theta_0", "theta_1"), ()),
        ("(1 - x[0])**2 + 100*(x[1] - x[0]**2)**2", ("x0", "x1"), ()),
        ("u^2 - a*v^2", ("u", "v"), ("a",)),
        ("x**2 + w*b*y", ("x", "y"), ("w", "b")),
        ("f(w, b) = (y - w*x - b)^2", ("w", "b"), ("y", "x")),
        ("p*q + r", ("p", "q"), ("r",)),
        ("t^2", ("t", "y"), ()),
        ("w^2", ("w", "b"), ()),
        ("y^2", ("x", "y"), ()),
        ("sum(i=1..3, (x_{i+1} - x_i)^2)", ("x_1", "x_2"), ("x_3", "x_4")),
        ("3", ("x", "y"), ()),
        ("f(x) = x_1^2 + 3x_2^2", ("x_1", "x_2"), ()),
        ("lambda x: (x[0] - 1)**2 + (x[1] - 2.5)**2", ("x0", "x1"), ()),
        ("J(θ) = θ_1^2 + θ_2^2", ("theta_1", "theta_2"), ()),
        ("f(w) = (x_1 w_1 + x_2 w_2 - y)^2", ("w_1", "w_2"), ("x_1", "x_2", "y")),
        ("f(w) = w_1^2", ("w_1", "w_2"), ()),
        (r"f(\mathbf{x}) = (1 - x_1)^2 + x_2^2 + x_3", ("x_1", "x_2"), ("x_3",)),
        (r"\arg\min_{\theta} \theta_1^2 + \theta_2", ("theta_1", "theta_2"), ()),
        ("(a, b) => (1 - a)**2 + b**2", ("a", "b"), ()),
        (r"\varepsilon x^2 + y", ("x", "y"), ("epsilon",)),
        ("½(λ₁ x₁² + λ₂ x₂²)", ("x1", "x2"), ("lambda1", "lambda2")),
        ("a1*w1**2 + a2*w2**2", ("w1", "w2"), ("a1", "a2")),
        ("alpha*p**2 + q**2", ("p", "q"), ("alpha",)),
        ("(w - 1)^2 + λ|w|", ("w", "b"), ("lambda",)),
        ("lambda*w**2/2 + (w*h - 1)**2", ("w", "h"), ("lambda",)),
        ("k*q**2 + k**2", ("k", "q"), ()),
        ("y**2 + 3*z**2", ("y", "z"), ()),
        ("z*x**2 + z", ("x", "z"), ()),
    ],
)
def test_the_axes_are_the_names_that_the_formula_has_for_them(text, axes, free):
    landscape = formula(text)
    assert landscape.axes == axes == suggested_axes(text)
    assert set(landscape.parameters) == set(free) == set(free_names(text))
    renamed = {axis: letter for axis, letter in zip(axes, "xy", strict=True) if len(axis) == 1}
    if len(renamed) == 2 and not set(free) & set("xy") and text.isascii() and "=" not in text:
        plain = "".join(renamed.get(letter, letter) for letter in text)
        places = np.array([[1.5, -0.3], [0.2, 2.0]])
        np.testing.assert_array_equal(landscape.hessian(places), formula(plain).hessian(places))


@pytest.mark.parametrize("axes", [("a", "a"), ("sin", "b"), ("a",), ("a", "2"), ("e", "b")])
def test_names_that_cannot_be_axes_are_refused(axes):
    with pytest.raises(ValueError, match="two different names"):
        formula("a*b", axes=axes)


def test_other_axes_may_be_chosen():
    landscape = formula("a*x**2 + b*y", axes=("a", "b"))
    assert (landscape.axes, dict(landscape.parameters)) == (("a", "b"), {"x": 1.0, "y": 1.0})
    np.testing.assert_array_equal(landscape.gradient(np.array([2.0, 3.0])), [1.0, 1.0])


@pytest.mark.parametrize(
    "text",
    [
        "max(x, y)", "min(x*y, 1)", "where(x > y, x**2*y, sin(x)*y)", "where(x >= 0, x*log(x + 3), 0) + y**2",
        "sign(x)*y", "Piecewise((x*y, x < 0), (y**2, x < 1), (x**3, True))", "log10(x**2 + 1)*log2(y**2 + 2)",
        "exp(max(x, y))*x",
    ],
)  # fmt: skip
def test_derivatives_of_choices_are_those_of_what_holds_there(text):
    landscape = formula(text)
    places = np.random.default_rng(5).uniform(-2, 2, (2, 200))
    step = 1e-6
    for axis, shift in enumerate(np.eye(2) * step):
        ahead, behind = places + shift[:, None], places - shift[:, None]
        for lower, upper in (("value", "gradient"), ("gradient", "hessian")):
            slope = (getattr(landscape, lower)(ahead) - getattr(landscape, lower)(behind)) / (2 * step)
            exact = (
                getattr(landscape, upper)(places)[..., axis, :]
                if upper == "hessian"
                else landscape.gradient(places)[axis]
            )
            off = np.abs(slope - exact)
            assert (off > 1e-4 * (1 + np.abs(exact))).mean() < 0.01  # a border between two sides of a difference


def test_where_only_one_formula_is_defined_the_other_one_does_no_harm():
    landscape = formula("where(x > 0, x*log(x), 0) + y**2")
    np.testing.assert_array_equal(landscape.gradient(np.array([-1.0, 1.0])), [0.0, 2.0])
    np.testing.assert_array_equal(landscape.hessian(np.array([-1.0, 1.0])), [[0.0, 0.0], [0.0, 2.0]])


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
        ({"parameters": {"a": 10**400}}, "a needs a number from −1e100 to 1e100, got 1000"),
        ({"parameters": {"a": -1.45e250}}, "a needs a number from −1e100 to 1e100, got -1.45e\\+250"),
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


def test_the_names_that_are_read_as_functions_are_those_that_are_known():
    assert set(names.FUNCTIONS) == set(FUNCTIONS)
    assert set(names.CONSTANTS) == set(CONSTANTS)


def test_a_verdict_about_a_curve_calls_the_variable_by_its_name():
    landscape, optimizer = formula("(theta_0 - 1)**2"), OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    found = verdict(landscape, optimizer, descend(landscape, optimizer, (0.0, 0.0), 300))
    assert "θ₀ = 1" in found.sentence


def test_what_is_asked_of_a_formula_again_and_again_is_read_once(monkeypatch):
    reads = []
    monkeypatch.setattr(parser, "Reader", lambda *given: reads.append(given) or Reader(*given))
    for _ in range(5):
        assert suggested_axes("q**2 + 3*r**2 + s") == ("q", "r")
        assert free_names("q**2 + 3*r**2 + s") == ("s",)
    assert len(reads) == 1
