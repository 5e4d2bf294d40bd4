"""The stage as one file: it opens from a disk, plays without a network, and asks no other host for anything."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template

from plotly.offline import get_plotlyjs

from figures.stage.assets import sources
from figures.stage.packing import lift, pack
from figures.stage.panels import Panel, Table, laid_out
from figures.theme import (
    ACCENT,
    ACCENT_DARK,
    BORDER,
    BORDER_DARK,
    INK,
    INK_DARK,
    PAPER,
    PAPER_DARK,
    SIDE,
    SIDE_DARK,
)
from words import language, paragraph, say

COLOURS = {  # of the page, as Streamlit gives them to the stage
    "ink": INK,
    "paper": PAPER,
    "side": SIDE,
    "border": BORDER,
    "accent": ACCENT,
    "ink_dark": INK_DARK,
    "paper_dark": PAPER_DARK,
    "side_dark": SIDE_DARK,
    "border_dark": BORDER_DARK,
    "accent_dark": ACCENT_DARK,
}
REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([\w./]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)


def standalone(
    panels: Sequence[Panel],
    *,
    title: str,
    about: str = "",
    rows: Sequence[Sequence[str]] | None = None,
    steps: int = 0,
    every: int = 1,
    table: Table | None = None,
    notes: Sequence[str] = (),
) -> bytes:
    """An HTML page of about 5 MB with the panels as the stage shows them; plotly.js is in it.

    Args:
        about: a sentence under the title.
        rows, steps, every, table, notes: as for the stage.
    """
    skeleton, light, loads = laid_out(
        panels, key="standalone", rows=rows, steps=steps, every=every, start=None, table=table, notes=notes
    )
    skeleton |= {"title": "fall-line", "heading": title}  # of saved pictures
    arrays = light | {name: values for load in loads.values() for name, values in load.items()}
    page = Template((files("figures.stage") / "standalone.html").read_text(encoding="utf-8"))
    return page.substitute(
        COLOURS,
        title=escape(title),
        about=escape(about),
        language=language(),
        words=escape(paragraph(say("This page plays with JavaScript."), *(panel.alt for panel in panels), *notes)),
        style=sources()["stage.css"].decode(),
        message=b64encode(pack(lift(skeleton, light), arrays)).decode(),
        library=get_plotlyjs(),
        modules=bundle("standalone.js", sources()),
    ).encode()


def bundle(entry: str, modules: Mapping[str, bytes]) -> str:
    """A module and all that it imports as one script: each becomes a function that returns its exports.

    Remarks on lines of their own are left out. It knows the two forms that our files use: `import { a, b } from
    "./other.js";` and `export` before a declaration.

    >>> print(bundle("b.js", {"a.js": b"export const two = 2;", "b.js": b'import { two } from "./a.js";\\ntwo + two;'}))
    const modules = {};
    modules["a.js"] = (() => {
    const two = 2;
    return { two };
    })();
    modules["b.js"] = (() => {
    const { two } = modules["a.js"];
    two + two;
    return {  };
    })();
    """
    done: dict[str, str] = {}

    def add(name: str) -> None:
        text = modules[name].decode()
        for _, other in IMPORT.findall(text):
            if other not in done:
                add(other)
        exports = ", ".join(EXPORT.findall(text))
        body = EXPORT.sub("", IMPORT.sub(r'const {\1} = modules["\2"];', REMARK.sub("", text))).strip()
        done[name] = f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();'

    add(entry)
    return "\n".join(["const modules = {};", *done.values()])
