"""Whether the first row of a table holds names."""

from collections.abc import Sequence

from landscapes.from_data.reading.dates import looks_dated
from landscapes.from_data.reading.numerals import MISSING, looks_numeric

LOOK = 200  # rows below the first from which it is judged


def holds_names(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool | None:
    """Whether the first row holds the names of the columns; None where that cannot be told.

    It does where words stand over numbers, and does not where numbers do. Where numbers stand over numbers beside words
    over words, those may be years or numbers of columns.

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
    if any(first[at] and first[at] in {row[at] for row in below} for at in words):
        return False
    return None if words or _counted(first) else False


def _readable(cell: str) -> bool:
    return looks_numeric(cell) or looks_dated(cell)


def _counted(first: Sequence[str]) -> bool:
    """Whether the cells are whole numbers one after the other, as years and the numbers of columns are."""
    cells = [cell for cell in first if cell]
    if len(cells) < 3 or not all(cell.isascii() and cell.isdigit() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
