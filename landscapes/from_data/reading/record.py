"""What is read from a table: how it was recognised, its columns as numbers, and everything that is no number."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array
from words import Message, message

FIRST_ROW, IN_COMMENT, NO_NAMES = "first row", "comment", "none"  # places of the names
SHOWN = 40  # characters of a name or a cell that are repeated
# Why a cell is no number: it is missing, text, has separators that are not those of the others, is not finite, has
# another unit than the column, or is no date.
REASONS = ("missing", "text", "marks", "large", "unit", "date")


class Gap(NamedTuple):
    """A cell that is no number."""

    line: int  # of the file, from 1
    cell: str  # as it stands there, shortened
    why: str  # one of REASONS


class BadRow(NamedTuple):
    """A row that is left out as a whole."""

    line: int  # of the file, from 1
    reason: Message


class Choice(NamedTuple):
    """One answer to a question, and what it makes of the table."""

    value: str
    reading: Message


@dataclass(frozen=True)
class Question:
    """What the file does not tell: the part of the dialect that has to be chosen, and how it reads either way."""

    about: str  # the argument of `read_table` that answers it
    sentence: Message
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a table is written; each part is what was recognised, or what was given."""

    encoding: str  # a name that `bytes.decode` takes
    delimiter: str  # between cells; a space stands for any run of blanks
    quote: str  # around cells that contain a delimiter
    comment: str  # with which lines of comment begin; "" for none
    header: str  # where the names are: FIRST_ROW, IN_COMMENT or NO_NAMES
    extra: str = ""  # the cell that has no name where each row has one more than there are names: first, last
    decimal: str = "."
    thousands: str = ""  # "" for none; a space stands for any space
    dates: str = ""  # of 3/4/2024: "day first", "month first"; "" where no date needs it
    missing: tuple[str, ...] = ()  # marks that stand in columns of numbers where one is missing
    form: str = "text"  # or parquet, which has none of the marks between cells


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column; a cell that is no number is nan and stands among the gaps."""

    name: str
    kind: str  # number, date, classes (two names, the first in the alphabet is 0), text or empty
    values: Array  # (rows,)
    gaps: tuple[Gap, ...] = ()
    unit: str = ""  # %, which are read as hundredths, or a currency
    since: str = ""  # of dates: the first day, from which days are counted
    names: tuple[str, ...] = ()  # of the classes 0 and 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """A table as it was read."""

    dialect: Dialect
    columns: tuple[Column, ...]
    lines: NDArray[np.intp]  # (rows,), where in the file each row begins
    bad_rows: tuple[BadRow, ...]
    comments: tuple[int, ...]  # lines
    questions: tuple[Question, ...]  # to be answered before the numbers may be used
    first: tuple[tuple[str, ...], ...] = field(repr=False)  # the first rows, cell by cell as they stand in the file

    def column(self, name: str) -> Column:
        """The column of a name.

        Raises:
            ValueError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise ValueError(message("the table has no column “{name}”", name=name))

    def of(self, *kinds: str) -> tuple[str, ...]:
        """The names of the columns of some kinds, such as number."""
        return tuple(column.name for column in self.columns if column.kind in kinds)


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def plain_name(text: str) -> str:
    """A name that is short and means nothing to a figure's markup or a link.

    >>> plain_name(" <b>size</b>, m")
    'b size /b , m'
    """
    kept = "".join(" " if c in "<>&~" or not c.isprintable() else c for c in text)
    return " ".join(kept.split())[:SHOWN]
