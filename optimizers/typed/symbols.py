"""The names of a typed rule as formulas and pictures show them."""

import re
from collections.abc import Iterable

from landscapes.formula import name_in_latex

BEFORE = "_before"  # behind a name: what it was before the update
KNOWN = {"learning_rate", "p", "g", "t", "hessian", "identity"}  # those that every rule writes alike
RATE = r"\eta"  # the learning rate alone
PARTS = re.compile(r"([A-Za-z]+)_?(\d*)((?:_[A-Za-z0-9]+)*)_?")


def in_latex(name: str) -> str:
    r"""A name as it is printed: a letter, a Greek one or an upright word, with its index.

    >>> print(in_latex("beta1"), in_latex("v_hat"), in_latex("m_t"), in_latex("largest"), in_latex("v_max"))
    \beta_{1} \hat{v} m_{\mathrm{t}} \mathrm{largest} v_{\max}
    """
    if name.endswith("_hat"):
        return rf"\hat{{{in_latex(name.removesuffix('_hat'))}}}"
    found = PARTS.fullmatch(name)
    if found is None:
        return rf"\mathrm{{{name.replace('_', chr(92) + '_')}}}"
    letter, number, words = found.groups()
    index = words.removeprefix("_").replace("_", r"\_")
    below = [number] * bool(number) + [r"\max" if index == "max" else rf"\mathrm{{{index}}}"] * bool(index)
    return name_in_latex(letter) + (f"_{{{','.join(below)}}}" if below else "")


def symbols(names: Iterable[str]) -> dict[str, str]:
    """LaTeX for each of the names that a rule's lines have, and for what they were before."""
    own = {name: in_latex(name) for name in names if name not in KNOWN}
    own |= {name: rf"\mathrm{{{name}}}" for name, latex in own.items() if latex == RATE}
    return own | {f"{name}{BEFORE}": f"{{{latex}}}_{{-1}}" for name, latex in own.items()}
