"""A table of one's own in a link: a short one travels whole, of a long one the link says which file it needs."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from landscapes import DataSet, own_data, plain_name
from pages.shared.fields import BETWEEN, joined
from pages.shared.state import number
from words import listed, message, say

MOST_ROWS = 40  # of a table that travels whole
MOST_TEXT = 1000  # characters that it may take


@dataclass(frozen=True)
class Wanted:
    """The file that a link was made with, and the two columns of it that are the data."""

    file: str
    print: str  # of the numbers
    columns: tuple[str, ...]

    def text(self) -> str:
        """As the link has it: points.csv~1f3a9c02~x~y."""
        return BETWEEN.join((self.file, self.print, *self.columns))

    @property
    def sentence(self) -> str:
        """What a person is asked for."""
        return say(
            "This link was made with the file “{file}”, its columns {columns} (fingerprint {print}), which is too long "
            "for a link. Load it again under “Bring a table”: everything else of the link is kept.",
            file=say(self.file),
            columns=listed(say("“{name}”", name=name) for name in self.columns),
            print=self.print,
        )


def fingerprint(data: DataSet) -> str:
    """Eight letters and digits that tell tables apart."""
    return blake2b(data.inputs.tobytes() + data.target.tobytes(), digest_size=4).hexdigest()


def wanted(data: DataSet) -> Wanted:
    """What has to be loaded again."""
    return Wanted(data.name, fingerprint(data), tuple(label.in_link() for label in data.labels))


def table_text(data: DataSet) -> str | None:
    """x~y~1~2~3~4, the names of both columns and all rows; of three columns ~x₁~x₂~y and their rows.

    None where that is too long.
    """
    if data.examples > MOST_ROWS:
        return None
    numbers = np.vstack([data.inputs, data.target]).T.ravel().tolist()
    text = BETWEEN.join((*[""] * (len(data.labels) - 2), *(label.in_link() for label in data.labels), joined(numbers)))
    return text if len(text) <= MOST_TEXT else None


def read_text(text: str) -> DataSet:
    """The table that a link carries.

    Raises:
        ValueError: what it needs to be.
    """
    parts = text.split(BETWEEN)
    labels, cells = (parts[1:4], parts[4:]) if parts[0] == "" and len(parts) > 4 else (parts[:2], parts[2:])
    width = len(labels)
    numbers = [number(cell) for cell in cells]
    found = [n for n in numbers if n is not None]
    if len(found) < len(numbers) or width < 2 or len(found) % width or not 2 <= len(found) // width <= MOST_ROWS:
        raise ValueError(message("a table is two names and 2 to {most} pairs of numbers, x~y~1~2~3~4", most=MOST_ROWS))
    return own_data(np.reshape(found, (-1, width)).T, labels)


def read_wanted(text: str) -> Wanted:
    """The file that a link asks for.

    Raises:
        ValueError: what it needs to be.
    """
    parts = text.split(BETWEEN)
    if len(parts) not in (4, 5) or len(parts[1]) != 8 or not set(parts[1]) <= set("0123456789abcdef"):
        raise ValueError(
            message("a file is its name, eight letters and digits, and two columns, points.csv~1f3a9c02~x~y")
        )
    file, print_, *columns = map(plain_name, parts)
    return Wanted(file, print_, tuple(columns))
