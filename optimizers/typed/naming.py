"""What a typed rule is called: a first line that begins with #, and is no more than a name."""

import re
from typing import NamedTuple

LONGEST_TITLE = 40  # characters
HEAD = re.compile(r"\s*#([^\n]*)(?:\n|$)")
OTHERS = re.compile(r"[^\w ,.+\-−'’()/=·–%]|_")  # what means something to Markdown, a link, or a figure's markup
LONE_POINT = re.compile(r"\.(?!\d)")  # a name is no address


class Titled(NamedTuple):
    """A rule with its name."""

    title: str  # "" where it has none
    body: str  # its lines


def titled(text: str) -> Titled:
    r"""A rule's name and its lines.

    >>> titled("# Adam, *changed*\np = p - lr*g")
    Titled(title='Adam, changed', body='p = p - lr*g')
    """
    found = HEAD.match(text)
    return Titled(title_of(found[1]), text[found.end() :].strip()) if found else Titled("", text.strip())


def with_title(title: str, body: str) -> str:
    """Lines with a name before them, or without one."""
    name = title_of(title)
    return f"# {name}\n{body}" if name else body


def title_of(text: str) -> str:
    """The letters, digits and signs of a name that mean nothing else, in one line of at most 40."""
    kept = LONE_POINT.sub(" ", OTHERS.sub(" ", text))
    return re.sub(r" +([,)])", r"\1", " ".join(kept.split()))[:LONGEST_TITLE].strip()
