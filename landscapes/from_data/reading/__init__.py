"""Tables as people have them: how a file is written is recognised, said, and asked where it does not tell."""

from landscapes.from_data.reading.encodings import ENCODINGS
from landscapes.from_data.reading.reader import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, read_table
from landscapes.from_data.reading.record import (
    REASONS,
    BadRow,
    Choice,
    Column,
    Dialect,
    Gap,
    Question,
    Reading,
    plain_name,
)

__all__ = [
    "ENCODINGS",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "REASONS",
    "BadRow",
    "Choice",
    "Column",
    "Dialect",
    "Gap",
    "Question",
    "Reading",
    "plain_name",
    "read_table",
]
