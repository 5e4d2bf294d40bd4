"""The data in a link: one of the page's sets, a short table as a whole, or the file of a long one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from landscapes import DataSet
from pages.data_parts.problems import PROBLEMS, UPLOAD
from pages.data_parts.table_in_link import Wanted, read_text, read_wanted, table_text
from pages.shared.fields import Field, OneOf, Parts, Reader
from words import mark, message

DATA, TABLE, FILE = "data", "table", "file"  # parameters


def first_set(problem: str) -> str:
    """The data that a problem has where a link names none."""
    return next(iter(PROBLEMS[problem].sets), "")


def set_of(choices: Any) -> str:
    """The data that are fitted; those a problem begins with as long as a table has to be loaded again."""
    return first_set(choices.problem) if choices.data == UPLOAD and choices.table is None else str(choices.data)


def brings(reader: Reader, choices: Any) -> bool:
    """Whether a link asks for a table of the visitor's own."""
    return PROBLEMS[choices.problem].takes_table and reader.text(DATA) == UPLOAD


@dataclass(frozen=True)
class Brought(Field):
    """What a parameter says of the visitor's table; nothing where it is not the table that is chosen."""

    parse: Callable[[str], DataSet | Wanted]  # raises ValueError where the text is none
    text: Callable[[Any], str | None]
    default: None = None

    def read(self, reader: Reader, key: str, choices: Any) -> DataSet | Wanted | None:
        """The table, or the file that has to be loaded again; a table that is there needs no file."""
        text = reader.text(key) if brings(reader, choices) and not (key == FILE and reader.text(TABLE)) else None
        if text is None:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            reader.drop(f"{key}={text}", error)
            return None

    def parts(self, key: str, value: Any, choices: Any) -> Parts:
        """The text that opens it."""
        text = None if value is None or choices.data != UPLOAD else self.text(value)
        return {} if text is None else {key: text}


@dataclass(frozen=True)
class Data(OneOf):
    """One of a problem's sets, or the table of a link that has one."""

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """Its name."""
        if not brings(reader, choices):
            return super().read(reader, key, choices)
        if choices.table is not None or choices.wanted is not None:
            return UPLOAD
        if reader.text(TABLE) is None and reader.text(FILE) is None:
            reader.drop(f"{key}={UPLOAD}", message("there is neither a table nor the name of a file with it"))
        return str(self.usual(choices))


SETS = Data(
    mark("Data"),
    lambda choices: {name: make().name for name, make in PROBLEMS[choices.problem].sets.items()},
    lambda choices: first_set(choices.problem),
)
OWN_TABLE = Brought(read_text, table_text)
OWN_FILE = Brought(read_wanted, Wanted.text)
