"""Choices as a link and back: short, versioned, readable, and never trusted."""

from pages.shared.link.grammar import BETWEEN, LONGEST, VERSION, Reader, changed, joined, number
from pages.shared.link.reading import KNOWN, read
from pages.shared.link.writing import write

__all__ = ["BETWEEN", "KNOWN", "LONGEST", "VERSION", "Reader", "changed", "joined", "number", "read", "write"]
