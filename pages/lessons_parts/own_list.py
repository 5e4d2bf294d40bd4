"""A list of one's own: lessons by their names, and links to any page with a title, in one link."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from course import LESSONS
from pages.shared.fields import BETWEEN, Field, Reader
from words import message

MOST = 40  # things on a list
LONGEST_TITLE = 60  # characters
PAGES = {  # by their names in addresses: the scripts
    "explore": "explore.py",
    "curvature": "curvature.py",
    "step-by-step": "step_by_step.py",
    "maps": "maps.py",
    "data": "data.py",
    "networks": "networks.py",
}
WANTED = message("a list has names of lessons, and links written as title~explore~v=1&landscape=saddle")


class Item(NamedTuple):
    """One thing on a list: a lesson, or a link with a title."""

    lesson: str = ""
    title: str = ""
    page: str = ""  # as in addresses
    query: str = ""  # of the link

    def written(self) -> str:
        """As a link has it."""
        return self.lesson or BETWEEN.join((self.title, self.page, self.query))


def item(text: str) -> Item | None:
    """What was written; None where it is nothing that a list can hold.

    >>> item("momentum").lesson, item("My saddle~explore~v=1&landscape=saddle").title
    ('momentum', 'My saddle')
    >>> item("atlantis"), item("Elsewhere~settings~v=1")
    (None, None)
    """
    if text in LESSONS:
        return Item(lesson=text)
    title, *rest = text.split(BETWEEN, 2)
    if len(rest) == 2 and rest[0] in PAGES and 0 < len(title.strip()) <= LONGEST_TITLE:
        return Item(title=title.strip(), page=rest[0], query=rest[1])
    return None


def item_of_link(title: str, link: str) -> Item | None:
    """A link as it stands in an address bar, with a title; None where it is no link to a page of ours.

    >>> item_of_link("Mine", "https://example.org/fall-line/explore?v=1&landscape=saddle").query
    'v=1&landscape=saddle'
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:  # such as brackets that are not closed
        return None
    page = parts.path.rstrip("/").rpartition("/")[2] or "explore"
    return item(BETWEEN.join((title.strip().replace(BETWEEN, "-"), page, parts.query)))


@dataclass(frozen=True)
class OwnList(Field):
    """Several things, in their order; none for the whole course."""

    default: tuple[Item, ...] = ()

    def read(self, reader: Reader, key: str, choices: Any) -> tuple[Item, ...]:
        """One parameter each."""
        found = []
        for text in reader.texts(key)[:MOST]:
            known = item(text)
            if known is None:
                reader.drop(f"{key}={text}", WANTED)
            else:
                found.append(known)
        return tuple(found)

    def write(self, value: tuple[Item, ...], choices: Any) -> list[str]:
        """All of them."""
        return [each.written() for each in value]
