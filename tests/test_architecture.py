"""The arrows between the packages: pages -> figures -> rooms, optimizers -> landscapes -> numpy, scipy, sympy."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from contract import ADAPTER, MARK, PAGE_STYLE, PRIVATE

ROOT = Path(__file__).parent.parent
ROOMS = [
    "words",
    "caching",
    "landscapes",
    "optimizers",
    "course",
    "rooms",
    "figures",
    "hosting",
    "pages",
]  # each may import those before it
DOOR = ["app.py", "delivery.py", "preload.py"]  # what is started, what it serves, and what it has ready
FILES = [*(ROOT / name for name in DOOR), *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
SYMPY = {"identities.py", "stable.py", "compile.py", "derivatives.py", "expression.py", "functions.py"}
FOLDERS = {".".join(path.relative_to(ROOT).parent.parts) for path in FILES if path.name == "__init__.py"}


def imported(tree):
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.fixture(scope="module")
def trees():
    """Every file, parsed."""
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


@pytest.fixture(scope="module")
def imports(trees):
    """Every file with everything that it imports."""
    return [(path, name) for path, tree in trees.items() for name in imported(tree)]


def test_every_room_is_read(trees, imports):
    assert {path.parts[0] for path in trees} == {*ROOMS, *DOOR}
    assert len(imports) > 100


def test_a_room_imports_only_what_stands_before_it(imports):
    later = {room: ROOMS[ROOMS.index(room) + 1 :] for room in ROOMS} | {name: [] for name in DOOR}
    assert [(path, name) for path, name in imports if name.split(".")[0] in later[path.parts[0]]] == []


def test_imports_are_absolute_and_other_rooms_are_entered_by_their_front_door(imports):
    doors = {*ROOMS, *FOLDERS}
    outside = [(path, name) for path, name in imports if name.split(".")[0] in {*ROOMS, ""} - {path.parts[0]}]
    assert [(path, name) for path, name in outside if name not in doors] == []


def test_streamlit_plotly_and_sympy_stay_at_home(imports):
    homes = {
        "streamlit": lambda path: path.parts[0] in (*DOOR, "pages") or path.parts[:2] == ("figures", "stage"),
        "plotly": lambda path: path.parts[0] in (*DOOR, "figures"),
        "sympy": lambda path: path.parts[:2] == ("landscapes", "formula") and path.name in SYMPY,
    }
    strays = [(path, name) for path, name in imports for room in [name.split(".")[0]] if room in homes]
    assert [(path, name) for path, name in strays if not homes[name.split(".")[0]](path)] == []


def test_only_the_adapter_names_what_nobody_promised():
    kinds = ("*.js", "*.css", "*.html", "*.py")
    shown = [path for room in ("figures", "pages") for kind in kinds for path in (ROOT / room).rglob(kind)]
    others = [path for path in {*FILES, *shown} if ADAPTER not in path.parents and path != PAGE_STYLE]
    found = {
        path: {*MARK.findall(text), *PRIVATE.findall(text)} for path in others for text in [path.read_text("utf-8")]
    }
    scripts = [path for path in others if path.suffix == ".js"]
    underlined = {path: re.findall(r"\.\s*_\w+|[{,]\s*_\w+", path.read_text("utf-8")) for path in scripts}
    assert len(scripts) > 15
    assert {path: names for path, names in found.items() if names} == {}
    assert {path: names for path, names in underlined.items() if names} == {}


def test_a_led_room_knows_nothing_of_what_is_shown_in_it(imports):
    assert {name.split(".")[0] for path, name in imports if path.parts[0] == "rooms"} & {*ROOMS} == {"rooms"}


def test_redis_is_asked_by_the_one_module_that_is_imported_only_where_it_is_set(imports):
    assert {str(path) for path, name in imports if name.split(".")[0] == "redis"} == {"rooms/shared.py"}
    assert [path for path, name in imports if name == "rooms.shared"] == []


def test_streamlits_inner_modules_are_imported_by_the_adapter_alone(imports):
    public = ("streamlit", "streamlit.delta_generator")  # the second for the name of what every command returns
    inner = [(str(path), name) for path, name in imports if name.split(".")[0] == "streamlit" and name not in public]
    assert inner == [
        ("figures/stage/host.py", "streamlit.runtime.scriptrunner"),
        ("figures/stage/whereabouts.py", "streamlit.proto.BackMsg_pb2"),
        ("figures/stage/whereabouts.py", "streamlit.proto.ForwardMsg_pb2"),
    ]


def test_every_module_says_what_it_is(trees):
    assert [path for path, tree in trees.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("package", [*ROOMS[:-1], "figures.stage", "figures.animation"])
def test_every_public_name_is_there(package):
    module = import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
