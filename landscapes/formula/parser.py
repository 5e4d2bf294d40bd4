"""From a formula's text to its tree: the formula itself, and what may be in front of it, as in f(x, y) = x + y."""

import re
from functools import lru_cache
from typing import NamedTuple

from landscapes.formula.names import CONSTANTS, OF_VECTORS, PARAMETER, TAKEN
from landscapes.formula.reader import EQUATION, Reader
from landscapes.formula.settings import DEFINED, NAME, settings_of, statements, with_meanings
from landscapes.formula.spelling import bare
from landscapes.formula.syntax import Assignment, FormulaError, Node, Number, names
from landscapes.formula.together import of_letters
from landscapes.formula.tokens import NORM, tokens
from words import message

LONGEST = 500  # characters

OF = r"(?:(?:\\left)?\((?P<arguments>[^()=:]*?)(?:\\right)?\))"
HEAD = (
    re.compile(  # f(x, y) = ..., z = ..., (x, y) -> ..., min over x, y ..., return ..., lambda x, y: ..., @(x, y) ...
        rf"""[\s$]*+(?:(?:\\[\[(]|\\begin\{{\w+\*?\}})\s*+)?(?:
        return\b | =(?!=)
        | (?:[A-Za-z]\w*\s*=\s*)?@\s*\((?P<handle>[^()=:]*)\)
        | (?:[A-Za-z]\w*\s*=\s*)?lambda\s+(?P<nameless>[^()=:]*):
        | (?:(?:(?:const|let|var)\s+)?{NAME}\s*[:=]\s*)?
            (?:\((?P<mapped>[^()=:]*)\)|(?P<alone>\w+(?:\s*,\s*\w+)*))\s*(?:[-=]>(?:\s*\{{\s*return\b)?|→|↦|\\(?:mapsto|to)(?![A-Za-z]))
        | \\?(?:arg\s*\\?)?min(?:imi[sz]e)?\s*_(?:\{{(?P<over>[^{{}}]*)\}}|[^\s{{])
        | (?:(?:minimi[sz]e|min|plot|graph|loss)\b\s*+:?\s*+)?(?:z\s*=\s*+)?(?P<name>{NAME})\s*{OF}?\s*:?=(?!=)
        | {NAME}\s*{OF.replace("arguments", "stated")}\s*:
        | {NAME}\s*\[(?P<patterns>[\w\s,]*)\]\s*:?=(?!=)
        | [A-Z]+(?:[ -][A-Z]+)?\s*:(?!=) | (?:minimi[sz]e|plot|graph)\s
    )""",
        re.ASCII | re.VERBOSE | re.IGNORECASE,
    )
)
LISTS = (
    "handle",
    "nameless",
    "mapped",
    "alone",
    "over",
    "stated",
    "patterns",
    "arguments",
    "defined",
    "function",
    "arrow",
    "typed",
)  # groups with names of arguments


class Written(NamedTuple):
    """A formula as it was written: its tree, and the names in f(x, y) = where the text has such a head."""

    tree: Node
    arguments: tuple[str, ...]


def read(text: str) -> Node:
    """The tree of a formula: see `written`."""
    return written(text).tree


def written(text: str) -> Written:
    r"""Reads a formula as people write it: sums of products of powers as in Python, in code, or in LaTeX.

    Signs of multiplication may be missing (2x, 3sin(x)), ^ and x² are powers, |x| is abs(x), √x a root, and NumPy's,
    Python's and PyTorch's names of functions are known. What can be read in two ways is refused with both.

    >>> written(r"f(w, b) = \frac{1}{2}w^2 + |b|").arguments
    ('w', 'b')

    Raises:
        FormulaError: with the place of the mistake and what was expected there.
    """
    if not isinstance(text, str):
        raise FormulaError(message("a formula is text such as x**2 + 3*y**2, not {kind}", kind=type(text).__name__), "")
    if len(text) > LONGEST:
        raise FormulaError(
            message("a formula has at most {most} characters, this one has {given}", most=LONGEST, given=len(text)),
            text,
            LONGEST,
        )
    return _written(text)


@lru_cache(maxsize=256)
def _written(given: str) -> Written:
    text = bare(given)
    if not text.strip():
        raise FormulaError(message("a formula is needed, for example x**2 + 3*y**2"), given)
    function = DEFINED.match(text)
    *before, (start, end) = statements(text)
    settings = settings_of(text, before)
    head = HEAD.match(text, start, end)
    tree = Reader(text, head.end() if head else start, end).formula()
    _check_norms(text, tree)
    if head is not None and head["name"] in names(tree) and head["name"] not in settings.meanings:
        raise FormulaError(message(EQUATION), text, head.end() - 1, head.end())
    for name, meaning in settings.meanings.items():
        if name not in settings.taken.union(names(tree)) and not isinstance(meaning, Number):
            raise FormulaError(message("{name} is set and never used", name=name), text, *settings.places[name])
    tree = with_meanings(text, tree, settings.meanings)
    if settings.meanings and not set(names(tree)) - set(CONSTANTS):
        reason = message("every name is set to a number here: leave out the lines that set the two axes")
        raise FormulaError(reason, text, before[0][0], before[-1][1])
    arguments = _arguments(text, head) or settings.variables or _arguments(text, function)
    _check_letters(text, tree, arguments)
    return Written(tree, arguments)


def _check_letters(text: str, tree: Node, arguments: tuple[str, ...]) -> None:
    """Refuses names such as ax and bxy, which are products in most books, unless they are said to be variables."""
    every = names(tree)
    joined = next((name for name in every if name not in arguments and of_letters(name, every)), None)
    if joined is not None:
        place = next(token.place for token in tokens(text, 0, len(text)) if token.text == joined)
        reason = message(
            "one name or two? A product needs its sign, as in {product}",
            product="*".join(re.findall(r"\w_?\d*", joined)),
        )
        raise FormulaError(reason, text, *place)


def _check_norms(text: str, tree: Node) -> None:
    """Refuses ‖x‖ of a vector that the formula has no coordinates of: x alone is a single number here."""
    free = [name for name in names(tree) if name not in CONSTANTS]
    stroke = next((stroke for stroke in NORM if stroke in text), None)
    if stroke is not None and len(free) < 2:
        at = text.index(stroke)
        raise FormulaError(message(OF_VECTORS), text, at, at + len(stroke))


def _arguments(text: str, head: re.Match[str] | None) -> tuple[str, ...]:
    """The names in the brackets of f(x, y) =, which are all different and none that means something else."""
    groups = head.groupdict() if head else {}
    listed = next((name for name in LISTS if groups.get(name)), None)
    if head is None or listed is None:
        return ()
    found, at = [], head.start(listed)
    for part in head[listed].split(","):  # without the types of x: float and of double x, and x_ of Mathematica
        name = re.split("[:=]", part)[0]
        given = [token for token in tokens(text, at, at + len(name)) if token.kind == "name"]
        found += [token._replace(text=token.text.rstrip("_")) for token in given[-1:]]
        at += len(part) + 1
    for number, token in enumerate(found):
        again = token.text in {each.text for each in found[:number]}
        if again or token.text in TAKEN or not PARAMETER.fullmatch(token.text):
            raise FormulaError(message("each variable needs a name of its own here, as in f(x, y)"), text, *token.place)
    return tuple(token.text for token in found)


def body(text: str) -> tuple[str, str]:
    """A text in plain signs: what it sets before its formula, and the formula behind f(x, y) = and the like."""
    plain = bare(text)
    start, end = statements(plain)[-1]
    head = HEAD.match(plain, start, end)
    return plain[:start].strip(), plain[head.end() if head else start : end].strip()


def read_lines(text: str) -> tuple[Assignment, ...]:
    """The assignments of an update rule, one a line, in the grammar of formulas; blank lines say nothing.

    >>> [line.name for line in read_lines("v = beta*v + g\\np -= eta*max(v, 0)")]
    ['v', 'p']

    Raises:
        FormulaError: with the place of the mistake and what was expected there.
    """
    found, start = [], 0
    text = text.strip("\n")
    for line in text.split("\n"):
        if line.strip():
            found.append(Reader(text, start, start + len(line)).line())
        start += len(line) + 1
    return tuple(found)
