"""Writes docs/api.md from the docstrings of the library's public names: `python docs/write_api.py`."""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import landscapes
import landscapes.grids
import landscapes.networks
import optimizers
from landscapes import FAMILIES, LANDSCAPES, Knob, knobs
from optimizers import PLANS, RULES

PAGE = Path(__file__).parent / "api.md"
INTRODUCTION = """# The library

Made from the docstrings by `python docs/write_api.py`. Axis 0 is the coordinate and the rest broadcasts: a point is
`(2,)`, N points `(2, N)`, a mesh `(2, H, W)`, a run `(2, steps + 1, N)`. In D dimensions D
stands for 2. All results are float64.
"""


def page() -> str:
    """The whole text."""
    parts = [INTRODUCTION]
    for room in (landscapes, landscapes.grids, landscapes.networks, optimizers):
        parts.append(f"## `{room.__name__}`\n\n{inspect.getdoc(room)}\n")
        parts += [
            f"### `{name}`\n\n{told}\n" for name in sorted(room.__all__, key=str.lower) if (told := entry(room, name))
        ]
    parts.append("## Landscapes\n")
    for family, keys in FAMILIES.items():
        parts += [f"### {family}\n", *(made(key, LANDSCAPES[key], LANDSCAPES[key].__doc__ or "") for key in keys)]
    parts.append("## Update rules\n")
    parts += [made(key, rule.factory, f"{first_line(rule.factory)} {rule.use}") for key, rule in RULES.items()]
    parts.append("## Schedules\n")
    parts += [made(key, plan.factory, f"{first_line(plan.factory)} {plan.use}") for key, plan in PLANS.items()]
    return "\n".join(parts)


def entry(room: Any, name: str) -> str:
    """A public function or record with its docstring; nothing for plain data."""
    thing = getattr(room, name)
    if not (inspect.isfunction(thing) or inspect.isclass(thing)):
        return ""
    text = inspect.getdoc(thing) or ""
    signature = f"```python\n{name}{parameters(thing)}\n```\n\n" if inspect.isfunction(thing) else ""
    return signature + "\n".join(blocks(text))


def parameters(function: Callable[..., Any]) -> str:
    """Names and defaults, without types."""
    shown = []
    for parameter in inspect.signature(function).parameters.values():
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        star = "*" * ((parameter.kind is parameter.VAR_POSITIONAL) + 2 * (parameter.kind is parameter.VAR_KEYWORD))
        shown.append(f"{star}{parameter.name}{default}")
    return f"({', '.join(shown)})"


def blocks(text: str) -> Iterator[str]:
    """A docstring as Markdown: every example is code, and what a heading such as `Args:` indents is a list."""
    code = False
    for line in text.splitlines():
        example = line.startswith((">>>", "...")) or (code and bool(line.strip()))
        if example != code:
            yield "```" if code else "```python"
            code = example
        if re.fullmatch(r"(Args|Returns|Raises):", line):
            yield f"{line}\n"
        elif not code and re.match(r" {4}\w", line):
            yield f"- {line.strip()}"
        else:
            yield line if code else line.strip()
    if code:
        yield "```"


def made(key: str, factory: Callable[..., Any], about: str) -> str:
    """One entry of a registry: its key, what it is, and what can be turned."""
    rows = [row(name, knob) for name, knob in knobs(factory).items()]
    table = ["", "| parameter | symbol | default | slider | |", "|---|---|---|---|---|", *rows] if rows else []
    return "\n".join([f"#### `{key}`\n", about, *table, ""])


def row(name: str, knob: Knob) -> str:
    """A parameter as a row of a table."""
    return f"| `{name}` | {knob.symbol} | {knob.default:g} | {knob.low:g} to {knob.high:g} | {knob.help} |"


def first_line(factory: Callable[..., Any]) -> str:
    """The formula of a rule or schedule."""
    return (inspect.getdoc(factory) or "").partition("\n")[0]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
