"""Names in LaTeX: of hyperparameters by their symbols, of state fields and of what a rule's lines set by convention."""

from collections.abc import Mapping

from landscapes import knobs
from optimizers.optimizer import Rule

GREEK = {
    **{"α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta"},
    **{"θ": r"\theta", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ρ": r"\rho"},
    **{"σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "ψ": r"\psi", "ω": r"\omega", "Δ": r"\Delta"},
}
WORDS = {latex.removeprefix("\\").removeprefix("var"): latex for latex in GREEK.values()}
INDICES = dict(zip("₀₁₂₃₊₋", ["_0", "_1", "_2", "_3", "_+", "_-"], strict=True))
GIVEN = {
    "hessian": "H",
    "identity": "I",
    **{f"c{k}": rf"1 - \beta_{k}^t" for k in (1, 2, 3)},  # the bias corrections of Adam and its kin
}
ENDINGS = {"_hat": r"\hat {}", "_max": r"{}_{{\max}}", "_before": r"{}_{{-1}}"}


def symbol_in_latex(symbol: str) -> str:
    """A hyperparameter's symbol.

    >>> print(symbol_in_latex("β₁"), symbol_in_latex("η₋"), symbol_in_latex("c"))
    \\beta_1 \\eta_- c
    """
    return "".join(INDICES.get(letter, GREEK.get(letter, letter)) for letter in symbol)


def name_in_latex(name: str) -> str:
    """A name by convention: a letter, the name of a Greek one, with an index or an ending.

    >>> print(name_in_latex("sigma"), name_in_latex("v_hat"), name_in_latex("u_before"), name_in_latex("c1"))
    \\sigma \\hat v u_{-1} 1 - \\beta_1^t
    """
    if name in GIVEN:
        return GIVEN[name]
    for ending, shape in ENDINGS.items():
        if name.endswith(ending):
            return shape.format(name_in_latex(name.removesuffix(ending)))
    letter = name.rstrip("0123456789")
    index = name.removeprefix(letter)
    return WORDS.get(letter, letter) + (f"_{index}" if index else "")


def symbols_of(rule: Rule) -> Mapping[str, str]:
    """The names of a rule that have a LaTeX of their own: its hyperparameters, and what the rule itself states."""
    return {name: symbol_in_latex(knob.symbol) for name, knob in knobs(rule.factory).items()} | dict(rule.symbols)


def remembered_as(field: str) -> str:
    """A field of the state by its name in the lines: a gradient or a point that is kept is the one before."""
    return f"{field}_before" if field in ("g", "p") else field


def memory_in_latex(rule: Rule, field: str) -> str:
    """A field of the state in LaTeX."""
    name = remembered_as(field)
    return symbols_of(rule).get(name) or name_in_latex(name)
