"""Choices as a link and back: short, versioned, readable, and never trusted."""

from pages.shared.state.grammar import BETWEEN, FARTHEST, LONGEST, VERSION, Reader, changed, joined
from pages.shared.state.link.reading import KNOWN, read
from pages.shared.state.link.runs import RunReader
from pages.shared.state.link.writing import run_text, write

__all__ = [
    "BETWEEN",
    "FARTHEST",
    "KNOWN",
    "LONGEST",
    "VERSION",
    "Reader",
    "RunReader",
    "changed",
    "joined",
    "read",
    "run_text",
    "write",
]
