"""A table from the bytes of a file: recognised part by part, each of which may be given instead."""

import json
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from landscapes.from_data.reading.bulk import AHEAD, plain_cells
from landscapes.from_data.reading.columns import kind_of, marks_of, read_column
from landscapes.from_data.reading.dialects import comment_of, delimiters_of, quote_of, stated_delimiter
from landscapes.from_data.reading.encodings import ENCODINGS, decoded, encoding_of
from landscapes.from_data.reading.layout import Layout, lay_out
from landscapes.from_data.reading.numerals import looks_numeric
from landscapes.from_data.reading.record import (
    FIRST_ROW,
    IN_COMMENT,
    NO_NAMES,
    BadRow,
    Choice,
    Dialect,
    Question,
    Reading,
    plain_name,
    shortened,
)
from landscapes.from_data.reading.rows import is_comment, rows
from words import message

MOST_BYTES = 2_000_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 200
PREVIEW = 8  # rows that are shown as they stand in the file
MARKUP = re.compile(r"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # first bytes of XLSX and XLS


def read_table(
    content: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    comment: str | None = None,
    header: str | None = None,
    extra: str | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
    dates: str | None = None,
    missing: Sequence[str] = (),
) -> Reading:
    """A table of text, such as CSV; what is not given is recognised, or asked about where the file does not tell.

    Args:
        content: the file, at most 2,000,000 bytes with 1,000,000 cells in 200 columns.
        encoding: utf-8, utf-16-le, utf-16-be, cp1252 (which contains Latin-1) or mac_roman.
        delimiter: `,`, `;`, a tab, `|`, or a space for any run of blanks.
        quote: `"` or `'`.
        comment: with which lines of comment begin; "" for none.
        header: where the names are: "first row", "comment" (the one above the first row) or "none".
        extra: "first" or "last", the cell without a name where each row has one more than there are names.
        decimal: `.` or `,`.
        thousands: `,`, `.`, `'`, a space for any space, or "" for none.
        dates: "day first" or "month first".
        missing: what stands for a missing number besides the usual marks; a number stands for all cells equal to it.

    >>> reading = read_table(b"height;weight\\n1,75;70\\n1,62;55")
    >>> reading.dialect.decimal, [column.values.tolist() for column in reading.columns]
    (',', [[1.75, 1.62], [70.0, 55.0]])
    >>> [str(choice.reading) for choice in read_table(b"x;y\\n1,234;5").questions[0].choices]
    ['1,234 is 1.234', '1,234 is 1234']

    Raises:
        ValueError: a sentence that says why the file is of no use.
    """
    encoding, lines = _lines(content, encoding)
    stated = stated_delimiter(lines[0])
    if stated:
        lines[0] = ""
    asked: list[Question] = []
    mark = comment_of(lines) if comment is None else comment
    quote = quote_of(lines) if quote is None else quote
    if delimiter is None:
        found = [stated] if stated else delimiters_of(lines, quote, mark)
        if len(found) > 1:
            asked.append(_about_delimiter(lines, quote, mark, found))
        delimiter = found[0] if found else ","
    _check_size(lines, delimiter)
    dialect = delimiter, quote, mark
    laid, broken, plain = _rows_of(lines, dialect, None if header == IN_COMMENT else header, extra)
    comments = tuple(at for at, line in enumerate(lines, 1) if mark and is_comment(line, mark))
    if comment is None:
        asked += _about_comments(lines, comments, laid, dialect)
    names, place = laid.names, NO_NAMES if laid.names is None else FIRST_ROW
    if names is None and header != NO_NAMES:
        names = _names_in_comment(lines, comments, laid, dialect)
        place = place if names is None else IN_COMMENT
    if not laid.rows:
        raise ValueError(message("The table has a row of names and nothing below it."))
    names = told_apart(names or [""] * len(laid.rows[0].cells))
    cells = [
        [*above, *plain[k :: len(names)]] for k, above in enumerate(zip(*(r.cells for r in laid.rows), strict=True))
    ]
    kinds = [kind_of(each) for each in cells]
    shown = marks_of(list(zip(kinds, cells, strict=True)), decimal, thousands, dates)
    at = [*(row.line for row in laid.rows), *range(AHEAD + 1, AHEAD + 1 + len(plain) // len(names))]
    read = [read_column(*each, at, shown, missing) for each in zip(names, kinds, cells, strict=True)]
    gone = dict.fromkeys(gap.cell for column in read for gap in column.gaps if gap.why == "missing" and gap.cell)
    return Reading(
        dialect=Dialect(
            encoding=encoding,
            delimiter=delimiter,
            quote=quote,
            comment=mark,
            header=place,
            extra=laid.extra,
            decimal=shown.decimal,
            thousands=shown.thousands,
            dates=shown.dates,
            missing=tuple(gone),
        ),
        columns=tuple(read),
        lines=np.array(at, dtype=np.intp),
        bad_rows=tuple(sorted([*broken, *laid.bad], key=lambda row: row.line)),
        comments=comments,
        questions=(*asked, *laid.questions, *shown.questions),
        first=tuple(tuple(map(shortened, row.cells)) for row in laid.rows[:PREVIEW]),
    )


def _rows_of(
    lines: Sequence[str], dialect: tuple[str, str, str], header: str | None, extra: str | None
) -> tuple[Layout, list[BadRow], list[str]]:
    """Names and rows as they are laid out, broken rows, and the cells of all lines that are plain and stand below."""
    most = len(lines)
    while most > AHEAD and not lines[most - 1].strip():
        most -= 1
    plain = plain_cells(lines[AHEAD:most], *dialect) if most > AHEAD else None
    if plain is not None:
        width = len(plain) // (most - AHEAD)
        every = list(rows(list(lines[:AHEAD]), *dialect))
        if every and all(len(row.cells) == width and not row.broken for row in every):
            return lay_out(every, header, extra), [], plain
    every = list(rows(list(lines), *dialect))
    broken = [
        BadRow(row.line, message("a quotation mark is not closed, or more follows it")) for row in every if row.broken
    ]
    return lay_out([row for row in every if not row.broken], header, extra), broken, []


def _lines(content: bytes, encoding: str | None) -> tuple[str, list[str]]:
    """The encoding and the lines of a file that is no larger than what is read."""
    if len(content) > MOST_BYTES:
        size, most = f"{len(content):,}", f"{MOST_BYTES:,}"
        raise ValueError(message("The file has {size} bytes; at most {most} are read.", size=size, most=most))
    if content.startswith(WORKBOOKS):
        raise ValueError(message("The file is a workbook or an archive: save the sheet as CSV and try again."))
    if encoding is not None and encoding not in ENCODINGS:
        raise ValueError(message("The encoding {name} is none that is read.", name=shortened(encoding)))
    encoding = encoding or encoding_of(content)
    text = decoded(content, encoding)
    if not text.strip():
        raise ValueError(message("The file is empty."))
    if MARKUP.match(text):
        raise ValueError(message("The file is a web page or XML: save its table as CSV and try again."))
    if text.lstrip()[0] in "[{" and (_is_json(text) or _is_json(text.lstrip().partition("\n")[0])):
        raise ValueError(message("The file is JSON: save its table as CSV and try again."))
    return encoding, text.split("\n")


def _is_json(text: str) -> bool:
    """Whether a text is JSON, however deep."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _check_size(lines: Sequence[str], delimiter: str) -> None:
    """Refuses more cells than are read, counted before they are made."""
    counts = [len(line.split()) if delimiter == " " else line.count(delimiter) + 1 for line in lines if line]
    if counts and (widest := Counter(counts).most_common(1)[0][0]) > MOST_COLUMNS:
        raise ValueError(
            message("The table has {count} columns; at most {most} are read.", count=f"{widest:,}", most=MOST_COLUMNS)
        )
    if sum(counts) > MOST_CELLS:
        count, most = f"{sum(counts):,}", f"{MOST_CELLS:,}"
        raise ValueError(message("The table has {count} cells; at most {most} are read.", count=count, most=most))


def _cells(lines: Sequence[str], at: int, dialect: tuple[str, str, str]) -> list[str]:
    """The cells of a line of comment, without its mark."""
    delimiter, quote, mark = dialect
    text = lines[at - 1].lstrip(' "').removeprefix(mark).lstrip(mark)
    return next((row.cells for row in rows([text], delimiter, quote, "")), [])


def _names_in_comment(
    lines: Sequence[str], comments: Sequence[int], laid: Layout, dialect: tuple[str, str, str]
) -> list[str] | None:
    """The names that stand in the comment directly above the first row; None where it is no row of names."""
    if not laid.rows or laid.rows[0].line - 1 not in comments:
        return None
    cells = _cells(lines, laid.rows[0].line - 1, dialect)
    return cells if len(cells) == len(laid.rows[0].cells) and not any(map(looks_numeric, cells)) else None


def _about_comments(
    lines: Sequence[str], comments: Sequence[int], laid: Layout, dialect: tuple[str, str, str]
) -> list[Question]:
    """Asks where a line between the rows begins with the mark of a comment and is a row all the same."""
    between = [at for at in comments if laid.rows and at > laid.rows[0].line]
    for at in between:
        cells = _cells(lines, at, dialect)
        if len(cells) == len(laid.rows[0].cells):
            sentence = message(
                "Line {line} begins with {mark} and has a cell for each column.", line=at, mark=dialect[2]
            )
            choices = (Choice(dialect[2], message("a comment")), Choice("", message("a row of data")))
            return [Question("comment", sentence, choices)]
    return []


def _about_delimiter(lines: Sequence[str], quote: str, comment: str, found: Sequence[str]) -> Question:
    """Which delimiter it is, and what the last row is with each."""
    choices = []
    for delimiter in found:
        *_, last = rows(list(lines[:PREVIEW]), delimiter, quote, comment)
        choices.append(Choice(delimiter, message("cells {cells}", cells=shortened(" · ".join(last.cells)))))
    return Question("delimiter", message("The cells may be separated in more than one way."), tuple(choices))


def told_apart(given: Sequence[str]) -> list[str]:
    """Names that are short, not empty and different."""
    names: list[str] = []
    for at, name in enumerate(given, 1):
        name = plain_name(name) or f"column {at}"
        while name in names:
            name = f"{name} ({at})"
        names.append(name)
    return names
