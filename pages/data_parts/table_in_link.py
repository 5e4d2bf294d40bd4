"""A table of one's own in a link: a short one travels whole, of a long one the link says which file it needs."""

from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np

from landscapes import DataSet, own_data, plain_name
from pages.shared.fields import BETWEEN, joined
from pages.shared.state import number

MOST_ROWS = 40  # of a table that travels whole
MOST_TEXT = 1000  # characters that it may take


@dataclass(frozen=True)
class Wanted:
    """The file that a link was made with, and the two columns of it that are the data."""

    file: str
    print: str  # of the numbers
    columns: tuple[str, str]

    def text(self) -> str:
        """As the link has it: points.csv~1f3a9c02~x~y."""
        return BETWEEN.join((self.file, self.print, *self.columns))

    @property
    def sentence(self) -> str:
        """What a person is asked for."""
        return (
            f"This link was made with the file “{self.file}”, its columns “{self.columns[0]}” and “{self.columns[1]}” "
            f"(fingerprint {self.print}), which is too long for a link. Load it again under “Bring a table (CSV)”: "
            "everything else of the link is kept."
        )


def fingerprint(data: DataSet) -> str:
    """Eight letters and digits that tell tables apart."""
    return blake2b(data.inputs.tobytes() + data.target.tobytes(), digest_size=4).hexdigest()


def wanted(data: DataSet) -> Wanted:
    """What has to be loaded again."""
    return Wanted(data.name, fingerprint(data), (data.labels[0], data.labels[1]))


def table_text(data: DataSet) -> str | None:
    """x~y~1~2~3~4, the names of both columns and all rows; None where that is too long."""
    if data.examples > MOST_ROWS:
        return None
    numbers = list(chain.from_iterable(zip(data.inputs[0], data.target, strict=True)))
    text = BETWEEN.join((*data.labels, joined(numbers)))
    return text if len(text) <= MOST_TEXT else None


def read_text(text: str) -> DataSet:
    """The table that a link carries.

    Raises:
        ValueError: what it needs to be.
    """
    x, y, *cells = text.split(BETWEEN) if text.count(BETWEEN) else ("", "")
    numbers = [number(cell) for cell in cells]
    found = [n for n in numbers if n is not None]
    if len(found) < len(numbers) or len(found) % 2 or not 2 <= len(found) // 2 <= MOST_ROWS:
        raise ValueError(f"a table is two names and 2 to {MOST_ROWS} pairs of numbers, x~y~1~2~3~4")
    return own_data(np.array([found[::2], found[1::2]]), (x, y))


def read_wanted(text: str) -> Wanted:
    """The file that a link asks for.

    Raises:
        ValueError: what it needs to be.
    """
    parts = text.split(BETWEEN)
    if len(parts) != 4 or len(parts[1]) != 8 or not set(parts[1]) <= set("0123456789abcdef"):
        raise ValueError("a file is its name, eight letters and digits, and two columns, points.csv~1f3a9c02~x~y")
    file, print_, x, y = (plain_name(part) for part in parts)
    return Wanted(file, print_, (x, y))
