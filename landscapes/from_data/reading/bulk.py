"""Many lines of a table at once, where nothing in them needs to be looked at one by one."""

import re
from collections.abc import Sequence

AHEAD = 300  # lines that are read one by one: the names, and all from which it is recognised where they are
BLANK = re.compile(r"[^\S\n]")


def plain_cells(lines: Sequence[str], delimiter: str, quote: str, comment: str) -> list[str] | None:
    """The cells of all lines, one line after the other; None where a line is not as plain as the others.

    Lines are plain if they have as many cells, which are not all empty, and there is neither a quotation mark nor a
    comment nor a blank beside a delimiter.

    >>> plain_cells(["1,2", "3,"], ",", '"', "#"), plain_cells(["1, 2", "3,4"], ",", '"', "#")
    (['1', '2', '3', ''], None)
    """
    text = "\n".join(lines)
    if delimiter in "| " or quote in text or (comment and comment in text) or not all(lines):
        return None
    (count, *others) = {line.count(delimiter) for line in lines}
    if others or f"\n{delimiter * count}\n" in f"\n{text}\n":
        return None
    if BLANK.search(text):
        d = re.escape(delimiter)
        if re.search(rf"(?:^|[{d}\n])[^\S\n]|[^\S\n](?:[{d}\n]|$)", text):
            return None
    return text.replace(delimiter, "\n").split("\n")
