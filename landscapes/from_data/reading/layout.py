"""Which row of a table holds its names, and which rows have a cell for each."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from landscapes.from_data.reading.names import holds_names
from landscapes.from_data.reading.record import FIRST_ROW, NO_NAMES, BadRow, Choice, Question, shortened
from landscapes.from_data.reading.rows import Row
from words import Message, message, message_n

ABOVE = 50  # rows that may stand above the names
FIRST, LAST = "first", "last"


class Layout(NamedTuple):
    """Names, and the rows with a cell for each."""

    names: list[str] | None  # None where there are none
    rows: list[Row]
    bad: list[BadRow]
    extra: str
    questions: list[Question]


def lay_out(every: Sequence[Row], header: str | None, extra: str | None) -> Layout:
    """Names and rows.

    Raises:
        ValueError: there are no rows, or names and cells are of different numbers.
    """
    if not every:
        raise ValueError(message("The table has no rows."))
    width = _most_common(every[1:] or every)
    head = 0
    if header != NO_NAMES and len(_trimmed(every[0], width).cells) != width:
        head = _names_below(every, width)
    above = [BadRow(row.line, message("it stands above the names")) for row in every[:head]]
    first, below = _trimmed(every[head], width), every[head + 1 :]
    named: bool | None = header == FIRST_ROW
    questions = []
    if header is None:
        named = holds_names(first.cells, [_trimmed(row, len(first.cells)).cells for row in below])
        if named is None:
            questions.append(_about_header(first))
            named = True
    if not named:
        return Layout(None, *_of_width([_trimmed(row, width) for row in every], width, []), "", questions)
    names = first.cells
    rest = [_trimmed(row, len(names)) for row in below]
    if not rest or _most_common(rest) == len(names):
        return Layout(names, *_of_width(rest, len(names), above), "", questions)
    if len(names) + 1 != width:
        raise ValueError(
            message(
                "Line {line} has {names} names and most rows have {cells} cells, so it cannot be told which belong "
                "together. If a comma is the decimal mark, separate the cells by semicolons.",
                line=first.line,
                names=len(names),
                cells=width,
            )
        )
    if extra is None:
        questions.append(_about_extra(names, next(row for row in below if len(row.cells) == width)))
    place = extra or FIRST
    rest = [_trimmed(row, width) for row in below]
    return Layout(["", *names] if place == FIRST else [*names, ""], *_of_width(rest, width, above), place, questions)


def _most_common(every: Sequence[Row]) -> int:
    return Counter(len(row.cells) for row in every).most_common(1)[0][0]


def _trimmed(row: Row, width: int) -> Row:
    """Without empty cells beyond the columns."""
    return row._replace(cells=row.cells[:width]) if len(row.cells) > width and not any(row.cells[width:]) else row


def _names_below(every: Sequence[Row], width: int) -> int:
    """Which row holds the names where the first is of another width: one of the next, or still the first."""
    for at, row in enumerate(every[:ABOVE]):
        if len(row.cells) == width:
            return (
                at if holds_names(row.cells, [other.cells for other in every[at + 1 :]]) and at + 1 < len(every) else 0
            )
    return 0


def _of_width(found: Sequence[Row], width: int, bad: list[BadRow]) -> tuple[list[Row], list[BadRow]]:
    """The rows of a width; the others are bad."""
    wrong = [BadRow(row.line, _cells(len(row.cells), width)) for row in found if len(row.cells) != width]
    return [row for row in found if len(row.cells) == width], [*bad, *wrong]


def _cells(count: int, width: int) -> Message:
    return message_n(
        "it has {count} cell where the table has {width} columns",
        "it has {count} cells where the table has {width} columns",
        count,
        width=width,
    )


def _about_header(first: Row) -> Question:
    cells = shortened(", ".join(first.cells))
    return Question(
        "header",
        message(
            "Line {line} may hold the names of the columns or be a row of data: {cells}", line=first.line, cells=cells
        ),
        (Choice(FIRST_ROW, message("names of the columns")), Choice(NO_NAMES, message("a row of data"))),
    )


def _about_extra(names: Sequence[str], row: Row) -> Question:
    sentence = message("Each row has one cell more than there are names.")
    name = shortened(names[0])
    choices = (
        Choice(FIRST, message("the first cell has no name: {name} is {cell}", name=name, cell=shortened(row.cells[1]))),
        Choice(LAST, message("the last cell has no name: {name} is {cell}", name=name, cell=shortened(row.cells[0]))),
    )
    return Question("extra", sentence, choices)
