"""The names that a formula knows, and those under which other languages know the same."""

import keyword
import re
import unicodedata

from landscapes.formula.shorthand import COUNTS, OF_ONE
from words import Message, mark, message

PARAMETER = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9]){0,19}")  # a free name, or that of an axis
CONSTANTS = ("pi", "e")
FUNCTIONS = (
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "exp", "log", "ln", "log10", "log2",
    "sqrt", "cbrt", "abs", "sign", "sigmoid", "relu", "erf", "erfc",
)  # fmt: skip  # of one argument
SEVERAL = {
    "max": (2, 8),
    "min": (2, 8),
    "hypot": (2, 2),
    "pow": (2, 2),
    "where": (3, 3),
    "atan2": (2, 2),
}  # fewest and most arguments
EXAMPLES = {  # of what is not written with one argument
    "max": "max(x, y)", "min": "min(x, y)", "hypot": "hypot(x, y)", "pow": "pow(x, 2)", "where": "where(x > 0, x, 0)",
    "atan2": "atan2(y, x)",
    "Piecewise": "Piecewise((x, x > 0), (0, True))", "sum": "sum(x**i, i=1..3)",
    "prod": "prod(x + i, i=1..3)",
}  # fmt: skip
BARE = frozenset({*FUNCTIONS, *OF_ONE})  # functions whose argument needs no brackets where it is one name: sin x
CALLED = frozenset({*FUNCTIONS, *SEVERAL, *COUNTS})
NO_NUMBERS = ("nan", "NaN", "inf", "Inf", "infty", "infinity", "Infinity", "True", "False", "None")
STATEMENTS = frozenset(keyword.kwlist) - {*NO_NUMBERS, "lambda"}  # words of Python; lambda is a letter too
# What no axis and no knob is called.
TAKEN = frozenset({*CONSTANTS, *FUNCTIONS, *EXAMPLES, *COUNTS, *NO_NUMBERS, *STATEMENTS})
ALIASES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "absolute": "abs", "fabs": "abs", "sgn": "sign",
    "expit": "sigmoid", "logistic": "sigmoid", "maximum": "max", "minimum": "min", "fmax": "max", "fmin": "min",
    "power": "pow", "Max": "max", "Min": "min", "Abs": "abs", "If": "where", "IF": "where",
    "PI": "pi", "piecewise": "Piecewise",
    "arctan2": "atan2", "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho",
    "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "tg": "tan", "ctg": "cot", "arctg": "atan", "cosec": "csc",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "swish": "silu", "clamp": "clip",
    "log_2": "log2", "log_10": "log10", "ReLU": "relu", "ceiling": "ceil", "fmod": "mod", "remainder": "mod",
    "lg": "log10", "log_cosh": "logcosh", "hinge_loss": "hinge",
    "reduce_sum": "sum", "reduce_mean": "mean", "amax": "max", "amin": "min", "Pi": "pi",
}  # fmt: skip
OF_VECTORS = mark("a norm is of a vector, and x and y are single numbers here: write it out, as in |x| + |y|")
TRANSPOSED = mark("^T is of vectors, and x and y are single numbers here: write it out, as in x**2 + y**2")
NO_SLOPE = mark("this is level between its jumps: it has no slope, so that no optimizer could go down it")
REMAINDER = mark("a remainder jumps, and a loss that jumps cannot be descended: sin(pi*x)**2 repeats without jumps")
SOFTMAX = mark("a softmax is several numbers, a loss is one: write one of them, as in exp(x)/(exp(x) + exp(y))")
REFUSED = {
    **dict.fromkeys(("floor", "ceil", "round", "trunc", "rint"), NO_SLOPE),
    "mod": REMAINDER,
    "sinc": mark("sinc has two meanings: write sin(x)/x, or sin(pi*x)/(pi*x) as NumPy has it"),
    "heaviside": mark("write a jump with its sides, as in where(x > 0, 1, 0)"),
    "norm": mark("a norm is written of a list, as in norm([x, y])"),
    **dict.fromkeys(
        ("sum", "mean", "prod", "dot", "vdot", "inner", "matmul"),
        mark("x and y are single numbers here: write it out, as in x**2 + y**2"),
    ),
    **dict.fromkeys(("softmax", "log_softmax"), SOFTMAX),
}  # functions that people paste, and why they are not read
FRACTIONS = {
    each: tuple(float(part) for part in unicodedata.normalize("NFKC", each).split("\N{FRACTION SLASH}"))
    for each in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
MODULES = {
    "np", "numpy", "jnp", "jax", "math", "Math", "torch", "tf", "keras", "K", "sp", "sympy", "scipy", "special", "nn",
    "functional", "F", "linalg", "onp", "nnx", "cupy", "cp", "autograd", "pt",
    "self",
}  # fmt: skip  # what may be in front of a function's name, as in np.sin
LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
LOWERED = "₀₁₂₃₄₅₆₇₈₉"  # digits of an index
GREEK = frozenset(LETTERS.values()) - {"pi"}
GREEK_NAME = re.compile(rf"(?:ell|(?:var)?(?:{'|'.join(sorted(GREEK))}))(?:_?\w+)?", re.ASCII)


def no_greek_function(name: str) -> Message:
    """What is said of a function that is called by a Greek letter."""
    return message("the {name} function is not known here; a product needs its sign, as in {name}*(x)", name=name)


def shown(name: str) -> str:
    """A name as plain text shows it.

    >>> shown("theta_0"), shown("x12"), shown("w"), shown("rate_b")
    ('θ₀', 'x₁₂', 'w', 'rate_b')
    """
    found = re.fullmatch(r"([A-Za-z]+)_?(\d*)", name)
    if not found:
        return name
    letter = {word: each for each, word in reversed(LETTERS.items())}.get(found[1], found[1])
    return letter + "".join(LOWERED[int(digit)] for digit in found[2])


def slip(name: str, axes: tuple[str, str]) -> bool:
    """Whether a name is more likely two that have run together: sinx, ex, or a function without its brackets."""
    either = "|".join(map(re.escape, axes))
    with_constants = rf"(?:{either}|pi|e)*(?:{either})(?:{either}|pi|e)+|e(?:{either})+"
    functions = "|".join(sorted(BARE, key=len, reverse=True))
    with_functions = rf"(?:(?:{either}|pi|{functions})\d*){{2,}}|(?:{functions})\d*"
    return re.fullmatch(rf"{with_functions}|{with_constants}", name) is not None
