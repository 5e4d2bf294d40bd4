"""What a column of data is called: a quantity with its unit, in the language of whoever looks."""

import re
from dataclasses import dataclass, replace

from words import ENGLISH, Message, message, say, speaking

SINCE = re.compile(r"days since (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Label:
    """A quantity, and its unit or what was done to it.

    >>> str(Label("distance", "Mpc")), str(Label("distance", "Mpc").in_unit("standardised")), str(Label("x"))
    ('distance, Mpc', 'distance, standardised', 'x')
    """

    quantity: str | Message
    unit: str | Message = ""

    def __str__(self) -> str:
        return say("{quantity}, {unit}", quantity=self.quantity, unit=self.unit) if self.unit else str(self.quantity)

    def in_unit(self, unit: str | Message) -> "Label":
        """The same quantity in another unit."""
        return replace(self, unit=unit)

    def in_link(self) -> str:
        """As a link has it, whatever the language: `label` reads it."""
        with speaking(ENGLISH):
            return str(self)


def label(text: str) -> Label:
    """The label of a column as a table or a link names it.

    >>> label("mass, kg"), label("x")
    (Label(quantity='mass', unit='kg'), Label(quantity='x', unit=''))
    """
    quantity, _, unit = text.partition(", ")
    since = SINCE.fullmatch(unit)
    return Label(quantity, message("days since {date}", date=since[1]) if since else unit)
