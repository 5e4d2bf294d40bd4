"""Whether the first row of a table holds names."""

from collections.abc import Sequence
from itertools import pairwise

from landscapes.from_data.reading.dates import looks_dated
from landscapes.from_data.reading.numerals import MISSING, looks_numeric

LOOK = 200  # rows below the first from which it is judged
MOST_DIGITS = 4  # of a number that is a name


def holds_names(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool | None:
    """Whether the first row holds the names of the columns; None where that cannot be told.

    It does where words stand over numbers, and does not where numbers do; but whole numbers that ascend in even steps
    may be years or the numbers of columns.

    >>> holds_names(["height", "name"], [["1.5", "Ann"]]), holds_names(["1.5", "Ann"], [["1.6", "Bob"], ["2", "Ann"]])
    (True, False)
    >>> holds_names(["country", "2001"], [["France", "5.5"]]) is None
    True
    """
    below = [row for row in below[:LOOK] if len(row) == len(first)]
    names = data = 0
    words = []  # columns
    for at, cell in enumerate(first):
        cells = [row[at] for row in below if row[at].casefold() not in MISSING]
        if not cells:
            continue
        if 2 * sum(map(_readable, cells)) <= len(cells):
            words.append(at)
        elif cell.casefold() not in MISSING:
            names, data = (names, data + 1) if _readable(cell) else (names + 1, data)
    if not data:
        return names > 0 or not all(map(_readable, first))
    if names:
        return None
    if any(first[at] and first[at] in {row[at] for row in below} for at in words) or not _may_name(first, words):
        return False
    return None if words or not all(first) or len(first) > 2 else False


def _readable(cell: str) -> bool:
    return looks_numeric(cell) or looks_dated(cell)


def _may_name(first: Sequence[str], words: Sequence[int]) -> bool:
    """Whether the cells over numbers are whole and ascending, as years and the numbers of columns are."""
    cells = [cell for at, cell in enumerate(first) if cell and at not in words]
    if not all(cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(steps) <= 1 and min(steps, default=1) > 0
