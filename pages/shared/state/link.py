"""Choices as a link and back: short, versioned, readable, and never trusted."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pages.shared.state import stories
from pages.shared.state.choices import SCHEMA, Choices
from words import Message

KNOWN = {*SCHEMA.known, stories.PARAMETER}
LONGEST_REMEMBERED = 4000  # characters; a link of ours takes at most half of them
HELD_HERE = "grid"  # names a file: what its link means changes when that is brought
write = SCHEMA.write


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[Message]]:
    """The choices of a link, or of the story that it names, and a sentence for all that could not be followed."""
    items = tuple((key, tuple(texts)) for key, texts in link.items())
    short = sum(len(text) for _, texts in items for text in texts) <= LONGEST_REMEMBERED
    choices, dropped = (_read_once if short and HELD_HERE not in link else _read)(items)
    return choices, list(dropped)


def _read(link: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Choices, tuple[Message, ...]]:
    """The same of the items of a link."""
    asked, unknown = stories.expand(dict(link))
    choices, dropped = SCHEMA.read(asked)
    return choices, (*unknown, *dropped)


_read_once = lru_cache(maxsize=64)(_read)  # a class opens one link
