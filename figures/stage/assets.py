"""What the browser loads once: our JavaScript and style."""

import gzip
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files

TYPES = ("js", "css")


@cache
def sources() -> dict[str, bytes]:
    """Our own files by name."""
    folder = files("figures.stage") / "js"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in TYPES}


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
