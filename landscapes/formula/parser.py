"""From a formula's text to its tree: the formula itself, and what may be in front of it, as in f(x, y) = x + y."""

import re
from functools import lru_cache
from typing import NamedTuple

from landscapes.formula.names import PARAMETER, TAKEN
from landscapes.formula.reader import EQUATION, Reader
from landscapes.formula.spelling import bare
from landscapes.formula.syntax import Assignment, FormulaError, Node, names
from landscapes.formula.tokens import tokens
from words import message

LONGEST = 500  # characters

NAME = r"(?:\\math[a-z]+\{[A-Za-z]+\}|\\?[A-Za-z]\w*)"
HEAD = (
    re.compile(  # f(x, y) = ..., z = ..., (x, y) -> ..., min over x, y ..., def f(x, y): return ..., lambda x, y: ...
        rf"""[\s$]*(?:\\[\[(]|\\begin\{{\w+\*?\}})?\s*(?:
        def\s+\w+\s*\((?P<defined>[^()=:]*)\)\s*:\s*(?:\"\"\"[^\"]*\"\"\"\s*)?
            (?:(?P<unpacked>\w+(?:\s*,\s*\w+)+)\s*=\s*\w+\s*;?\s*)?return\b
        | return\b
        | (?:[A-Za-z]\w*\s*=\s*)?lambda\s+(?P<nameless>[^()=:]*):
        | (?:(?:(?:const|let|var)\s+)?{NAME}\s*[:=]\s*)?
            (?:\((?P<mapped>[^()=:]*)\)|(?P<alone>\w+(?:\s*,\s*\w+)*))\s*(?:[-=]>|→|↦|\\(?:mapsto|to)(?![A-Za-z]))
        | \\?(?:arg\s*\\?)?min(?:imi[sz]e)?\s*_(?:\{{(?P<over>[^{{}}]*)\}}|[^\s{{])
        | minimi[sz]e\s
        | (?P<name>{NAME})\s*(?:(?:\\left)?\((?P<arguments>[^()=:]*?)(?:\\right)?\))?\s*:?=(?!=)
    )""",
        re.ASCII | re.VERBOSE,
    )
)
LISTS = ("unpacked", "defined", "nameless", "mapped", "alone", "over", "arguments")  # groups with names of arguments


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
    head = HEAD.match(text)
    tree = Reader(text, head.end() if head else 0, len(text)).formula()
    if head is None:
        return Written(tree, ())
    if head["name"] in names(tree):
        raise FormulaError(message(EQUATION), text, head.end() - 1, head.end())
    return Written(tree, _arguments(text, head))


def _arguments(text: str, head: re.Match[str]) -> tuple[str, ...]:
    """The names in the brackets of f(x, y) =, which are all different and none that means something else."""
    listed = next((group for group in LISTS if head[group]), None)
    if listed is None:
        return ()
    found = [token for token in tokens(text, *head.span(listed)) if token.kind == "name"]
    for number, token in enumerate(found):
        again = token.text in {each.text for each in found[:number]}
        if again or token.text in TAKEN or not PARAMETER.fullmatch(token.text):
            raise FormulaError(message("each variable needs a name of its own here, as in f(x, y)"), text, *token.place)
    return tuple(token.text for token in found)


def body(text: str) -> int:
    """Where the formula begins, behind f(x, y) = and the like."""
    head = HEAD.match(bare(text))
    return head.end() if head else 0


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
