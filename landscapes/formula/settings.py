"""What a text sets before its formula, as code and lecture notes do: a = 1; r = sqrt(x^2 + y^2); f = a*sin(r)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from landscapes.formula.reader import Reader
from landscapes.formula.sums import MOST_NODES, size
from landscapes.formula.syntax import FormulaError, Name, Node, Place, changed, names
from landscapes.formula.tokens import tokens
from words import message

SYMBOL = r"(?:\\(?:math[a-z]+|hat)\s*(?:\{\s*[A-Za-z]+\s*\}|\s[A-Za-z])|\\?[A-Za-z]\w*)"
NAME = SYMBOL + r"(?:_(?:\{[^{}]*(?:\{\w*\})?\}|\\\w+))?"  # with an index, as in f_{\text{test}}
KEYWORD = r"(?:(?:const|let|var|double|float)\s+)?"
DEFINED = re.compile(  # what a function begins with, in Python, R, JavaScript, MATLAB and C
    rf"""\s*(?:
        def\s+\w+\s*\((?P<defined>[^()]*)\)\s*(?:->[^:\n]*)?:\s*(?:\"\"\"[^\"]*\"\"\"\s*)?
        | {KEYWORD}(?:{NAME}\s*=\s*)?function\b\s*(?:\w+\s*=\s*)?\w*\s*\((?P<function>[^()]*)\)\s*\{{?\s*
        | {KEYWORD}{NAME}\s*=\s*\((?P<arrow>[^()=:]*)\)\s*=>\s*\{{\s*
        | (?:double|float)\s+\w+\s*\((?P<typed>[^()]*)\)\s*\{{\s*
    )""",
    re.ASCII | re.VERBOSE,
)
SET = rf"\s*{KEYWORD}(?:[A-Za-z]\w*\s*,\s*)*[A-Za-z]\w*\s*"
STATEMENT = re.compile(  # what parts them: a semicolon, or the end of a line that goes no further
    rf"(?<!\\);\s*|\n(?={SET}(?:\([^()=]*\)\s*)?=(?!=)|\s*return\b)|(?<![-+*/^,(\[{{=\\\s])\s*\n\s*(?=[\w(\\|√])",
    re.ASCII,
)
SETTING = re.compile(rf"{SET}=(?!=)", re.ASCII)


def statements(text: str) -> list[tuple[int, int]]:
    """Where each statement of a text begins and ends: what it sets, as in a = 1; f = a*x**2, and last the formula.

    >>> [text[a:b] for text in ["a = 1; b = 2\\nf(x) = a*x + b"] for a, b in statements(text)]
    ['a = 1', 'b = 2', 'f(x) = a*x + b']
    """
    function = DEFINED.match(text)
    start = function.end() if function else 0
    ends = [found.span() for found in STATEMENT.finditer(text, start)]
    begins = [start, *(after for _, after in ends)]
    found = list(zip(begins, [*(before for before, _ in ends), len(text)], strict=True))
    whole = all(SETTING.match(text, *span) for span in found[:-1])
    return found if whole else [(start, len(text))]


class Settings(NamedTuple):
    """What the names that a text sets stand for, where they stand, which names that takes, and x, y of x, y = p."""

    meanings: Mapping[str, Node]
    places: Mapping[str, Place]
    taken: frozenset[str]
    variables: tuple[str, ...]


def settings_of(text: str, places: list[tuple[int, int]]) -> Settings:
    """The settings in these statements of a text, in which later ones may use what earlier ones set.

    Raises:
        FormulaError: one is no setting, or what it stands for is too long.
    """
    meanings: dict[str, Node] = {}
    where: dict[str, Place] = {}
    taken: set[str] = set()
    variables: tuple[str, ...] = ()
    for start, end in places:
        sign = text.index("=", start)
        every = [token for token in tokens(text, start, sign) if token.kind == "name"]
        given = every[1:] if every[0].text in ("const", "let", "var", "double", "float") else every
        formulas = Reader(text, sign + 1, end).formulas()
        if len(given) > 1 and len(formulas) == 1 and isinstance(formulas[0], Name):
            variables = tuple(token.text for token in given)
            continue
        if len(given) != len(formulas):
            raise FormulaError(message("as many names as formulas belong here, as in a, b = 1, 100"), text, start, end)
        taken |= {name for formula in formulas for name in names(formula)}
        meanings |= {
            token.text: with_meanings(text, formula, meanings) for token, formula in zip(given, formulas, strict=True)
        }
        where |= {token.text: token.place for token in given}
    return Settings(meanings, where, frozenset(taken), variables)


def with_meanings(text: str, tree: Node, meanings: Mapping[str, Node]) -> Node:
    """The tree with what its names stand for in their place."""

    def filled(node: Node) -> Node:
        return meanings.get(node.name, node) if isinstance(node, Name) else changed(node, filled)

    result = filled(tree) if meanings else tree
    if meanings and size(result) > MOST_NODES:
        raise FormulaError(message("this is too long to be written out"), text, *tree.place)
    return result
