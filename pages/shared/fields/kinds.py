"""Kinds of fields of choices: what one can be, what it is where nobody chose, how a link has it, what it is called.

Whatever depends on the choices so far, such as the knobs on the landscape, is given as a function of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from landscapes import Knob
from pages.shared.fields.grammar import BETWEEN, FARTHEST, Reader, changed, joined
from pages.shared.fields.run_choice import Numbers, defaults
from pages.shared.fields.typed import number, number_for
from words import Message

Point = tuple[float, float]
Parts = dict[str, str | list[str]]  # parameters of a link


def settled(given: Any, choices: Any) -> Any:
    """What is given, or what it is for these choices where it is a function of them."""
    return given(choices) if callable(given) else given


class Field:
    """What all kinds have in common."""

    default: Any  # where nothing was chosen, or a function of the choices so far
    also: ClassVar[tuple[str, ...]] = ()  # parameters of a link besides the one it is called by

    def usual(self, choices: Any) -> Any:
        """The value where nothing was chosen."""
        return settled(self.default, choices)

    def read(self, reader: Reader, key: str, choices: Any) -> Any:
        """The value that a link asks for; the usual one, noted by the reader, where it cannot be followed."""
        raise NotImplementedError

    def write(self, value: Any, choices: Any) -> str | list[str]:
        """The value as a link has it."""
        raise NotImplementedError

    def parts(self, key: str, value: Any, choices: Any) -> Parts:
        """What a link needs to open the value: nothing, where it is the usual one."""
        return {} if value == self.usual(choices) else {key: self.write(value, choices)}


@dataclass(frozen=True)
class OneOf(Field):
    """One option of a list."""

    label: str
    options: Any  # name in links -> what people read
    default: Any
    help: str = ""

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """One of the names."""
        return reader.one_of(key, list(settled(self.options, choices)), self.usual(choices))

    def write(self, value: str, choices: Any) -> str:
        """Its name."""
        return value


@dataclass(frozen=True)
class Switch(Field):
    """On or off, which is usual."""

    label: str
    help: str = ""
    there: Callable[[Any], bool] = lambda choices: True  # whether there is something to switch
    default: bool = False

    def read(self, reader: Reader, key: str, choices: Any) -> bool:
        """A 1 for on."""
        return self.there(choices) and reader.one_of(key, ["1"], "") == "1"

    def write(self, value: bool, choices: Any) -> str:
        """A 1 for on."""
        return "1"


@dataclass(frozen=True)
class Number(Field):
    """A number within its knob, which has its default too."""

    knob: Knob
    label: str = ""  # where it is not that of the knob
    help: str = ""

    @property
    def default(self) -> float:  # type: ignore[override]
        """The number of the knob."""
        return int(self.knob.default) if self.knob.integer else self.knob.default

    def read(self, reader: Reader, key: str, choices: Any) -> float:
        """A number, an int where the knob is of whole numbers."""
        text = reader.text(key)
        if text is None:
            return self.default
        try:
            value = number_for(self.knob, text, key)
        except ValueError as error:
            reader.drop(f"{key}={text}", error)
            return self.default
        return int(value) if self.knob.integer else value

    def write(self, value: float, choices: Any) -> str:
        """All its digits."""
        return joined([value])


@dataclass(frozen=True)
class Turned(Field):
    """Several knobs, of which a link has those that were turned."""

    knobs: Mapping[str, Knob] | Callable[[Any], Mapping[str, Knob]]
    owner: str | Callable[[Any], str]  # in sentences about what was refused

    @property
    def default(self) -> Numbers | Callable[[Any], Numbers]:  # type: ignore[override]
        """Every knob at its default."""
        marks = self.knobs
        return (lambda choices: defaults(marks(choices))) if callable(marks) else defaults(marks)

    def read(self, reader: Reader, key: str, choices: Any) -> Numbers:
        """name~number~name~number; every other knob is at its default."""
        return reader.turned(key, settled(self.knobs, choices), settled(self.owner, choices))

    def write(self, value: Numbers, choices: Any) -> str:
        """The knobs that were turned."""
        return changed(value, settled(self.knobs, choices))


@dataclass(frozen=True)
class Place(Field):
    """A point, or none where that is the default."""

    default: Any = None
    farthest: Callable[[Any], float] = lambda choices: FARTHEST  # that a coordinate may lie from 0

    def read(self, reader: Reader, key: str, choices: Any) -> Point | None:
        """x~y."""
        return reader.place(key, self.usual(choices), self.farthest(choices))

    def write(self, value: Point | None, choices: Any) -> str:
        """Both coordinates."""
        return joined(value or ())


@dataclass(frozen=True)
class Several(Field):
    """Some different whole numbers."""

    most: int  # numbers
    largest: int
    default: tuple[int, ...]
    wanted: Message  # in the sentence about what was refused

    def read(self, reader: Reader, key: str, choices: Any) -> tuple[int, ...]:
        """0~4~1."""
        text = reader.text(key)
        if text is None:
            return self.default
        found = [number(part) for part in text.split(BETWEEN)]
        whole = (int(n) for n in found if n is not None and n == int(n) and 0 <= n <= self.largest)
        values = tuple(dict.fromkeys(whole))
        if len(values) == len(found) <= self.most:
            return values
        reader.drop(f"{key}={text}", self.wanted)
        return self.default

    def write(self, value: tuple[int, ...], choices: Any) -> str:
        """All of them."""
        return joined(value)
