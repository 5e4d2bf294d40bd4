"""Choices as a link and back: short, versioned, readable, and never trusted."""

from collections.abc import Mapping, Sequence

from pages.shared.state import stories
from pages.shared.state.choices import SCHEMA, Choices
from words import Message

KNOWN = {*SCHEMA.known, stories.PARAMETER}
write = SCHEMA.write


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[Message]]:
    """The choices of a link, or of the story that it names, and a sentence for all that could not be followed."""
    asked, unknown = stories.expand(link)
    choices, dropped = SCHEMA.read(asked)
    return choices, [*unknown, *dropped]
