"""The source of functions together with all that they need, as one script that stands alone."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

ROOMS = ("landscapes", "optimizers")
VALIDATION_DECORATORS = {"rule", "checked"}  # decorators that refuse numbers: those of a run were let in already


class Definition(NamedTuple):
    """What a module says under a name."""

    source: str
    needs: frozenset[str]  # names that have to exist where it is run


class Module(NamedTuple):
    """The names of a module: what it defines, and what it takes from where."""

    definitions: dict[str, Definition]
    own: dict[str, str]  # name -> room's module that it comes from
    others: dict[str, str]  # name -> statement that imports it from elsewhere


def extract(*roots: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """Import statements, and the sources of `roots` and of everything of ours that they call, in order.

    The sources are those that run here, word for word; only annotations go unread, so the script has to begin with
    `from __future__ import annotations`.
    """
    statements: dict[str, None] = {}
    sources: dict[tuple[str, str], str] = {}

    def take(module: str, name: str) -> None:
        known = _module(module)
        if name in known.own:
            take(known.own[name], name)
        elif name in known.others:
            statements[known.others[name]] = None
        elif name in known.definitions and (module, name) not in sources:
            definition = known.definitions[name]
            sources[module, name] = ""  # on the way: functions may call each other
            for need in sorted(definition.needs - {name}):
                take(module, need)
            del sources[module, name]
            sources[module, name] = definition.source

    for root in roots:
        take(root.__module__, root.__name__)
    return sorted(statements), list(sources.values())


@cache
def _module(name: str) -> Module:
    source = inspect.getsource(sys.modules[name])
    definitions: dict[str, Definition] = {}
    own: dict[str, str] = {}
    others: dict[str, str] = {}
    for node in ast.parse(source).body:
        match node:
            case ast.ImportFrom(module=str(module), names=aliases) if module.split(".")[0] in ROOMS:
                own |= {alias.name: module for alias in aliases}
            case ast.ImportFrom(module=module, names=aliases):
                others |= {alias.name: f"from {module} import {alias.name}" for alias in aliases}
            case ast.Import(names=aliases):
                for alias in aliases:
                    others[alias.asname or alias.name] = ast.unparse(ast.Import(names=[alias]))
            case ast.FunctionDef() | ast.ClassDef():
                definitions[node.name] = _definition(node, source)
            case ast.Assign(targets=[ast.Name(id=target)]):
                definitions[target] = Definition(_lines(node, source), _needs(node))
    return Module(definitions, own, others)


def _definition(node: ast.FunctionDef | ast.ClassDef, source: str) -> Definition:
    kept = [d for d in node.decorator_list if not (isinstance(d, ast.Name) and d.id in VALIDATION_DECORATORS)]
    node.decorator_list = kept
    marks = "".join(f"@{ast.unparse(decorator)}\n" for decorator in kept)
    return Definition(marks + _lines(node, source), _needs(node))


def _lines(node: ast.stmt, source: str) -> str:
    """A statement as it stands, with the comments beside it."""
    return "\n".join(source.splitlines()[node.lineno - 1 : node.end_lineno])


def _needs(node: ast.AST) -> frozenset[str]:
    """The names that running a definition reads, those in annotations left out."""
    return frozenset(part.id for part in _read(node) if isinstance(part, ast.Name))


def _read(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, child in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue
        for part in child if isinstance(child, list) else [child]:
            if isinstance(part, ast.AST):
                yield from _read(part)
