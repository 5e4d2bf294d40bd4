"""Messages: whole English sentences with named places, shown in the language of the present context.

A message is written in English where it is needed, and looked up with gettext when it is rendered. So the library
renders English by itself, and the app any language that has a catalogue in `words/catalogues`:

>>> say("Reached the minimum at {place}.", place="(1.00, 1.00)")
'Reached the minimum at (1.00, 1.00).'
>>> say_n("Still moving after {count} step.", "Still moving after {count} steps.", 1412)
'Still moving after 1,412 steps.'
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"
DOMAIN = "fall_line"  # the name of every catalogue's file
ENGLISH = "en"

# A new thread starts in English: a page's script enters its visitor's language itself, and nobody else's is touched.
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True)
class Message:
    """A sentence that is rendered when it is shown; a cache that keeps one keeps no language with it."""

    text: str  # English, with its places in braces: the key of the catalogues
    places: Mapping[str, object] = field(default_factory=dict)  # what fills them, a Message too; none: braces are text
    plural: str = ""  # English for all numbers but one, where there is a `count`
    count: int | None = None  # stands at {count}, with separators of thousands

    def __str__(self) -> str:
        catalogue = _catalogue(language())
        if self.count is None:
            found = catalogue.gettext(self.text) if self.text else ""  # under which a catalogue has its header
            return found.format(**self.places) if self.places else found
        found = catalogue.ngettext(self.text, self.plural, self.count)
        return found.format(**{"count": f"{self.count:,}", **self.places})


def message(text: str, /, **places: object) -> Message:
    """A sentence to be rendered later, such as one that a cache keeps."""
    return Message(text, places)


def message_n(text: str, plural: str, count: int, /, **places: object) -> Message:
    """A sentence about a number of things, to be rendered later."""
    return Message(text, places, plural, count)


def say(text: str, /, **places: object) -> str:
    """The sentence in the language of the present context, with its places filled."""
    return str(Message(text, places))


def say_n(text: str, plural: str, count: int, /, **places: object) -> str:
    """The sentence in the form that suits the number at {count}, in the language of the present context."""
    return str(Message(text, places, plural, count))


def mark(text: str) -> str:
    """Returns a text of a table as it is; the name marks it for translation, and `say(text)` shows it."""
    return text


def language() -> str:
    """The code of the language of the present context, such as zh-Hant."""
    return _language.get()


def languages() -> tuple[str, ...]:
    """English, and every language that has a catalogue."""
    return _languages_of(CATALOGUES)


def load_catalogues() -> None:
    """Reads the catalogue of every language, so that no visitor waits for it."""
    for code in languages():
        _catalogue(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """The language of everything that is rendered inside.

    Raises:
        ValueError: there is no catalogue for the language.
    """
    if code not in languages():
        raise ValueError(f"there is no language {code!r}, there are {', '.join(languages())}")
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _languages_of(catalogues: Path) -> tuple[str, ...]:
    """English, and every language with a catalogue in the folder; looked for once."""
    return (ENGLISH, *sorted(path.parents[1].name for path in catalogues.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


@cache
def _catalogue(code: str) -> NullTranslations:
    """The compiled messages of a language; English needs none."""
    if code == ENGLISH:
        return NullTranslations()
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
