"""What the browser loads once: our JavaScript and style."""

import gzip
import json
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from figures.theme import DASH_PATTERNS, IN_THE_DARK, INK, LEAST_DASHED_WIDTH, PAPER, SOFT, WHITE

SERVED = ("*.js", "adapter/*.js", "*.css")
THEME = {  # what theme.js gives to our scripts: the table of the figures, see theme.d.ts
    "DASH_PATTERNS": DASH_PATTERNS,
    "LEAST_DASHED_WIDTH": LEAST_DASHED_WIDTH,
    "RIM": WHITE,
    "IN_THE_DARK": IN_THE_DARK,
    "PAPER": PAPER,
    "INK": INK,
    "SOFT": SOFT,
}


@cache
def sources() -> dict[str, bytes]:
    """Our own files by name, as in "adapter/plotly.js"; one of them is written here, and the style sheets are one."""
    home = Path(str(files("figures.stage") / "js"))
    found = {path.relative_to(home).as_posix(): path.read_bytes() for kind in SERVED for path in home.glob(kind)}
    constants = [f"export const {name} = {json.dumps(value)};\n" for name, value in THEME.items()]
    style = found["stage.css"] + (home / "adapter" / "marks.css").read_bytes()
    return found | {"theme.js": "".join(constants).encode(), "stage.css": style}


@cache
def revision() -> str:
    """Changes whenever a file does, or plotly.js, so that browsers may keep for ever what they have."""
    parts = [version("plotly").encode(), *(name.encode() + text for name, text in sorted(sources().items()))]
    return blake2b(b"".join(parts), digest_size=6).hexdigest()


@cache
def zipped() -> dict[str, bytes]:
    """Our own files by name, as gzip."""
    return {name: gzip.compress(text, mtime=0) for name, text in sources().items()}


def source(name: str) -> bytes | None:
    """One of our files as gzip; None where there is none of that name."""
    return zipped().get(name)
