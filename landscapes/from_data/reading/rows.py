"""The rows of a text in a known dialect, each with the line of the file on which it begins."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")  # of a spreadsheet, in place of a number
BLANKS = re.compile(r"[ \t]+")  # a space that does not break belongs to its cell


class Row(NamedTuple):
    """The cells of a row."""

    line: int  # from 1
    cells: list[str]
    broken: bool = False  # a quotation mark that is never closed, or a cell without end; then the line is one cell


def rows(lines: list[str], delimiter: str, quote: str, comment: str) -> Iterator[Row]:
    """Rows of cells without blanks around them; lines that are blank or a comment are passed over."""
    if delimiter == " ":
        found = _blanks(lines, quote, comment)
    elif any(quote in line for line in lines):
        found = _quoted(lines, delimiter, quote, comment)
    else:
        found = (Row(at, line.split(delimiter)) for at, line in enumerate(lines, 1) if _used(line, comment))
    for line, cells, broken in found:
        cells = list(map(str.strip, cells))
        if delimiter == "|":
            cells = _inside(cells)
        if any(cells):
            yield Row(line, cells, broken)


def is_comment(line: str, comment: str) -> bool:
    """Whether a line begins with the mark of a comment; #N/A and the like are cells of a spreadsheet."""
    begin = line.lstrip(' "')
    return bool(comment) and begin.startswith(comment) and not begin.startswith(ERRORS)


def _used(line: str, comment: str) -> bool:
    return bool(line.strip()) and not (comment and is_comment(line, comment))


def _inside(cells: list[str]) -> list[str]:
    """Without the empty cells beyond the outer bars, and nothing of a ruled line below the names.

    >>> _inside(["", "a", "b", ""]), _inside(["", "---", ":--:", ""])
    (['a', 'b'], [])
    """
    if len(cells) > 2 and not cells[0] and not cells[-1]:
        cells = cells[1:-1]
    return [] if all(re.fullmatch(":?-{2,}:?", cell) for cell in cells) else cells


def _blanks(lines: list[str], quote: str, comment: str) -> Iterator[Row]:
    cell = re.compile(rf"{quote}((?:[^{quote}]|{quote}{quote})*){quote}(?=[ \t]|$)|([^ \t]+)")
    for at, line in enumerate(lines, 1):
        if not _used(line, comment):
            continue
        if quote not in line:
            yield Row(at, BLANKS.split(line.strip(" \t")))
        else:
            found = cell.finditer(line)
            yield Row(at, [m[2] if m[1] is None else m[1].replace(quote * 2, quote) for m in found])


def _quoted(lines: list[str], delimiter: str, quote: str, comment: str) -> Iterator[Row]:
    """By the csv module; where it finds no end, the line stands as broken and the next one begins anew."""
    position = first = 0
    fresh = True

    def feed() -> Iterator[str]:
        nonlocal position, first, fresh
        while position < len(lines):
            position += 1
            line = lines[position - 1]
            if fresh and not _used(line, comment):
                continue
            if fresh:
                first, fresh = position, False
            yield line + "\n"

    while position < len(lines):
        reader = csv.reader(
            feed(), delimiter=delimiter, quotechar=quote, strict=True, skipinitialspace=delimiter != "\t"
        )
        try:
            fresh = True
            for cells in reader:
                yield Row(first, cells)
                fresh = True
        except csv.Error:
            yield Row(first, [lines[first - 1]], broken=True)
            position = first
