"""A formula's text as tokens: what people type, copy from code or paste from LaTeX, in one spelling."""

import re
from functools import lru_cache
from typing import NamedTuple

from landscapes.formula.names import (
    ALIASES,
    CALLED,
    FRACTIONS,
    GREEK_NAME,
    LETTERS,
    LOWERED,
    MODULES,
    REMAINDER,
    TAKEN,
    no_greek_function,
)
from landscapes.formula.syntax import FormulaError, Place
from words import mark, message

RAISED, INDICES = (dict(zip(digits, "0123456789", strict=True)) for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED))
ACCENTS = {"hat": "_hat", "widehat": "_hat", "bar": "_bar", "overline": "_bar", "tilde": "_tilde", "vec": ""}
INDEX = r"(?:_\{[A-Za-z0-9+]+\}|_[A-Za-z0-9]+)"
PATTERNS = {
    "blank": (
        r"[ \t\r\n]+|\\(?=\r?\n)|\\[,;:! ()\[\]]|\$|\.(?=[*/^])"  # the last one is MATLAB's, as in x.^2
        r"|\\(?:left|right|displaystyle|q?quad|(?:no)?limits|[bB]igg?[lr]?)(?![A-Za-z])"
        r"|\\(?:begin|end)\{(?!cases)[a-z]+\*?\}|\\(?:tag|label)\{[^{}]*\}"
    ),
    "number": r"(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?",
    "name": (
        rf"(?:sum|prod)(?=_\s?\{{)|(?:(?:{'|'.join(sorted(MODULES))})\.)*[A-Za-z_][A-Za-z0-9_]*(?:(?<=_)\{{[A-Za-z0-9+]+\}})?"
        rf"(?:\[\d+\])?[{LOWERED}]*"
    ),
    "method": r"\.[A-Za-z][A-Za-z0-9_]*(?=\()",
    "letter": rf"[{''.join(LETTERS)}](?:\d+|{INDEX}|[{LOWERED}]+)?",
    "command": (
        rf"\\(?:operatorname|text(?:rm|bf|it)?|bm|boldsymbol|math(?:rm|it|bf|sf|cal)|{'|'.join(ACCENTS)})"
        rf"\s*\{{\s*\\?[A-Za-z]+\d*[.,]?\s*\}}{INDEX}?"
        rf"|\\[lr]?[vV]ert(?![A-Za-z])|\\(?:begin|end)\{{cases\}}|\\[A-Za-z]+{INDEX}?|[∑Σ∏∞]"
    ),
    "fraction": rf"[{''.join(FRACTIONS)}]",
    "power": rf"[⁺⁻]?[{''.join(RAISED)}]+",
    "refused": r"//|%",
    "operator": r"\*\*|[-+*/^−–·⋅∗×]",
    "order": r"<=|>=|[<>≤≥]",
    "bracket": r"[()\[\]{}|‖∥]|\\[{}|]",
    "root": r"[√∛]",
    "mark": r"\.\.\.?|…|[=,&]|\\\\",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), re.ASCII)
NORM = ("‖", "∥", r"\|", r"\Vert", r"\lVert", r"\rVert")  # strokes of the length of a vector
SAME = {
    "^": "**", "−": "-", "–": "-", "·": "*", "⋅": "*", "∗": "*", "×": "*", "≤": "<=", "≥": ">=", "…": "..", "...": "..",
    r"\cdot": "*", r"\times": "*", r"\ast": "*", r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\lt": "<", r"\gt": ">", r"\dots": "..", r"\ldots": "..", r"\dfrac": r"\frac", r"\tfrac": r"\frac",
    "∑": r"\sum", "Σ": r"\sum", "∏": r"\prod", "∞": r"\infty", r"\{": "{", r"\}": "}",
    r"\top": "T", r"\intercal": "T", **dict.fromkeys((r"\vert", r"\lvert", r"\rvert", *NORM), "|"),
}  # fmt: skip
KINDS = {"*": "operator", "|": "bracket", "..": "mark", "T": "name"} | dict.fromkeys(("<", ">", "<=", ">="), "order")
PARTNERS = {"(": ")", "[": "]", "{": "}", "|": "|"}
NO_MEANING = mark("this character has no meaning in a formula")
ROUNDED = mark("// divides and rounds down: write / for a division, and # in front of a remark")
POINT = mark("a point belongs to a number, as in 0.5, and functions are written alone, as in sin(x)")


class Token(NamedTuple):
    """A piece of text: its kind (number, name, method, command, power ...), what it says and where it is."""

    kind: str
    text: str
    place: Place


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end], and one of kind "end" behind them.

    Raises:
        FormulaError: at the first character that has no meaning.
    """
    found, at = [], start
    while at < end:
        match = TOKEN.match(text, at, end)
        if match is None:
            advice = POINT if text[at] == "." else NO_MEANING
            raise FormulaError(message(advice), text, at, at + 1)
        if match.lastgroup == "refused":
            advice = REMAINDER if match[0] == "%" else ROUNDED
            raise FormulaError(message(advice), text, *match.span())
        if match.lastgroup != "blank":
            found.append(_token(str(match.lastgroup), match.group(), Place(*match.span()), text))
        at = match.end()
    return [*found, Token("end", "", Place(end, end))]


def _token(kind: str, raw: str, place: Place, text: str) -> Token:
    if kind == "power":
        return Token(kind, "".join({"⁻": "-", "⁺": ""}.get(each) or RAISED.get(each, "") for each in raw), place)
    same = SAME.get(raw, raw)
    if kind == "command" and same not in KINDS and not same.startswith((r"\frac", r"\begin", r"\end")):
        inside = re.fullmatch(r"\\([a-z]+)\s*\{\s*\\?([A-Za-z]+\d*)[.,]?\s*\}(.*)", same)
        name = _spelled(inside[2] + ACCENTS.get(inside[1], "") + inside[3] if inside else same[1:])
        if not inside and name not in TAKEN and not GREEK_NAME.fullmatch(name):
            raise FormulaError(message("the LaTeX command {name} is not known here", name=raw), text, *place)
        return Token("name", name, place)
    if kind == "letter":
        return Token("name", _spelled(LETTERS[raw[0]] + raw[1:]), place)
    if kind == "name":
        *modules, name = raw.split(".")
        if modules and name in ("gamma", "zeta", "beta"):
            raise FormulaError(no_greek_function(name), text, *place)
        return Token(kind, _spelled(name), place)
    if kind == "method":
        return Token(kind, _spelled(raw[1:]), place)
    return Token(KINDS.get(same, kind), same, place)


@lru_cache(maxsize=1024)
def _spelled(name: str) -> str:
    """A name in letters, digits and _ (x[0] and x₀ are x0, x_{10} is x_10), a function by the name that it has here."""
    plain = "".join(INDICES.get(each, each) for each in name if each not in "{}[]")
    capital = plain.lower() if plain in (plain.upper(), plain.capitalize()) and len(plain) > 1 else plain
    if ALIASES.get(capital, capital) in CALLED:  # Sin, as Mathematica has it, and SIN
        plain = capital
    return ALIASES.get(plain, plain)
