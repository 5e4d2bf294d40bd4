"""The pages of the app, read from its menu, so that a new one is tested without anyone adding its name."""

import ast
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "pages" / "menu.py"


class Page(NamedTuple):
    """One entry of the menu."""

    name: str  # of its script
    title: str
    path: str  # in the address


def literal(node):
    """A value as it is written, in English."""
    return ast.literal_eval(node.args[0] if isinstance(node, ast.Call) else node)


def entries():
    """Every `st.Page(...)` of the menu."""
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page":
            words = {word.arg: literal(word.value) for word in node.keywords}
            yield Page(Path(ast.literal_eval(node.args[0])).stem, words["title"], words["url_path"])


PAGES = list(entries())
NAMES = [page.name for page in PAGES]
PATHS = [page.path for page in PAGES]
