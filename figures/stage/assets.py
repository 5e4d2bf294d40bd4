"""What the browser loads once: our JavaScript and style, and the plotly.js of the installed package."""

import gzip
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files

from starlette.responses import Response

PLOTLY = "plotly.min.js"
TYPES = {"js": "text/javascript", "css": "text/css"}
LIBRARY = f"plotly-{version('plotly')}"  # plotly.js may be asked for under its own version, too, before ours is known


@cache
def sources() -> dict[str, bytes]:
    """Our own files by name."""
    folder = files("figures.stage") / "js"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in TYPES}


@cache
def revision() -> str:
    """Changes whenever a file does, so that browsers may keep for ever what they have."""
    parts = [LIBRARY.encode(), *(name.encode() + text for name, text in sorted(sources().items()))]
    return blake2b(b"".join(parts), digest_size=6).hexdigest()


def library() -> bytes:
    """The plotly.js of the installed package."""
    return (files("plotly") / "package_data" / PLOTLY).read_bytes()


@cache
def zipped(name: str) -> bytes:
    """A file as gzip, made at its first request; level 4 takes half the time of 6 for 4 % more."""
    return gzip.compress(library() if name == PLOTLY else sources()[name], 4, mtime=0)


def asset(version: str, name: str, headers: Mapping[str, str]) -> Response:
    """Answers a browser's request for a file of this revision; anything else is not found."""
    known = {revision(): {PLOTLY, *sources()}, LIBRARY: {PLOTLY}}
    if name not in known.get(version, ()):
        return Response(status_code=404)
    tag = f'"{version}"'
    keep = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": tag, "Vary": "Accept-Encoding"}
    if headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=keep)
    body = zipped(name)
    if "gzip" in headers.get("accept-encoding", ""):
        keep["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, headers=keep, media_type=TYPES[name.rpartition(".")[2]])
