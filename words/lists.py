"""Several parts in one text, joined as the language of the present context joins them."""

from collections.abc import Iterable
from functools import reduce

from words.messages import Message, mark, message, say

COMMA = mark("{some}, {another}")
SEMICOLON = mark("{some}; {another}")
LAST = mark("{some} and {another}")
SENTENCES = mark("{some} {another}")  # Translators: two sentences, or other texts, one behind the other


def listed(parts: Iterable[str]) -> str:
    """Things with commas between them.

    >>> listed(["Adam", "Lion", "SAM"])
    'Adam, Lion, SAM'
    """
    return _joined(COMMA, parts)


def listed_later(parts: Iterable[str]) -> Message:
    """Things with commas between them, in the language in which they are shown; none are an empty text.

    >>> str(listed_later(["Adam", "Lion", "SAM"])), str(listed_later([]))
    ('Adam, Lion, SAM', '')
    """
    first, *rest = list(parts) or [""]
    begun = Message("{some}", {"some": first})
    return reduce(lambda some, another: message("{some}, {another}", some=some, another=another), rest, begun)


def listed_with_and(parts: Iterable[str]) -> str:
    """Things with commas between them, and "and" before the last.

    >>> listed_with_and(["Adam", "Lion", "SAM"]), listed_with_and(["Adam"])
    ('Adam, Lion and SAM', 'Adam')
    """
    *some, last = parts
    return _joined(LAST, [listed(some), last] if some else [last])


def listed_apart(parts: Iterable[str]) -> str:
    """Clauses with semicolons between them.

    >>> listed_apart(["Adam, left", "Lion, right"])
    'Adam, left; Lion, right'
    """
    return _joined(SEMICOLON, parts)


def paragraph(*sentences: str) -> str:
    """Sentences one behind the other; empty ones are left out.

    >>> paragraph("It rises.", "", "Then it falls.")
    'It rises. Then it falls.'
    """
    return _joined(SENTENCES, filter(None, sentences))


def _joined(pattern: str, parts: Iterable[str]) -> str:
    found = list(parts)
    return reduce(lambda some, another: say(pattern).format(some=some, another=another), found) if found else ""
