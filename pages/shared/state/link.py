"""Choices as a link and back: short, versioned, readable, and never trusted."""

from pages.shared.state.choices import SCHEMA

KNOWN = SCHEMA.known
read = SCHEMA.read
write = SCHEMA.write
