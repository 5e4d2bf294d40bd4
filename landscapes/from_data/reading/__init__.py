"""Tables as people have them: how a file is written is recognised, said, and asked where it does not tell."""

from landscapes.from_data.reading.columns import kind_of, marks_of, read_column
from landscapes.from_data.reading.dates import day_name
from landscapes.from_data.reading.encodings import ENCODINGS
from landscapes.from_data.reading.reader import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, PREVIEW, read_table, told_apart
from landscapes.from_data.reading.record import (
    FIRST_ROW,
    REASONS,
    BadRow,
    Choice,
    Column,
    Dialect,
    Gap,
    Question,
    Reading,
    plain_name,
    shortened,
)
from landscapes.from_data.reading.suspects import Suspect, suspects

__all__ = [
    "ENCODINGS",
    "FIRST_ROW",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "PREVIEW",
    "REASONS",
    "BadRow",
    "Choice",
    "Column",
    "Dialect",
    "Gap",
    "Question",
    "Reading",
    "Suspect",
    "day_name",
    "kind_of",
    "marks_of",
    "plain_name",
    "read_column",
    "read_table",
    "shortened",
    "suspects",
    "told_apart",
]
