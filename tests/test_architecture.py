"""The arrows between the rooms: pages -> figures -> optimizers -> landscapes -> numpy, scipy, sympy."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ["words", "landscapes", "optimizers", "figures", "pages"]  # each may import those before it
DOOR = ["app.py", "delivery.py", "preload.py"]  # what is started, what it serves, and what it has ready
FILES = [*(ROOT / name for name in DOOR), *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
TREES = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
SYMPY = {"compile.py", "derivatives.py", "expression.py", "functions.py"}
FOLDERS = {".".join(path.parent.parts) for path in TREES if path.name == "__init__.py"}  # rooms within rooms


def imported(tree):
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


IMPORTS = [(path, name) for path, tree in TREES.items() for name in imported(tree)]


def test_every_room_is_read():
    assert {path.parts[0] for path in TREES} == {*ROOMS, *DOOR}
    assert len(IMPORTS) > 100


def test_a_room_imports_only_what_stands_before_it():
    later = {room: ROOMS[ROOMS.index(room) + 1 :] for room in ROOMS} | {name: [] for name in DOOR}
    assert [(path, name) for path, name in IMPORTS if name.split(".")[0] in later[path.parts[0]]] == []


def test_imports_are_absolute_and_other_rooms_are_entered_by_their_front_door():
    doors = {*ROOMS, *FOLDERS}
    outside = [(path, name) for path, name in IMPORTS if name.split(".")[0] in {*ROOMS, ""} - {path.parts[0]}]
    assert [(path, name) for path, name in outside if name not in doors] == []


def test_streamlit_plotly_and_sympy_stay_at_home():
    homes = {
        "streamlit": lambda path: path.parts[0] in (*DOOR, "pages") or path.parts[:2] == ("figures", "stage"),
        "plotly": lambda path: path.parts[0] in (*DOOR, "figures"),
        "sympy": lambda path: path.parts[:2] == ("landscapes", "formula") and path.name in SYMPY,
    }
    strays = [(path, name) for path, name in IMPORTS for room in [name.split(".")[0]] if room in homes]
    assert [(path, name) for path, name in strays if not homes[name.split(".")[0]](path)] == []


def test_every_module_says_what_it_is():
    assert [path for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("package", [*ROOMS[:-1], "figures.stage", "figures.animation"])
def test_every_public_name_is_there(package):
    module = import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
