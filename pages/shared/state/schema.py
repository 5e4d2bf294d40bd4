"""Fields of choices: what a field can be, how a link has it, and what it is called, stated once beside its default."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from landscapes import Knob
from pages.shared.state.grammar import Reader, changed, joined
from pages.shared.state.run_choice import Numbers, defaults
from pages.shared.state.typed import number_for

T = TypeVar("T")
Point = tuple[float, float]


@dataclass(frozen=True)
class OneOf:
    """One option of a short list."""

    label: str
    options: Mapping[str, str]  # name in links -> what people read
    default: str

    def read(self, reader: Reader, key: str) -> str:
        """The option that a link asks for."""
        return reader.one_of(key, list(self.options), self.default)

    def write(self, value: str) -> str:
        """The option as a link has it."""
        return value


@dataclass(frozen=True)
class Number:
    """A number within its knob, which has its default too."""

    knob: Knob

    @property
    def default(self) -> float:
        """The number where none was chosen."""
        return self.knob.default

    def read(self, reader: Reader, key: str) -> float:
        """The number that a link asks for, an int where the knob is of whole numbers."""
        text = reader.text(key)
        if text is None:
            return self.default
        try:
            value = number_for(self.knob, text, key)
        except ValueError as error:
            reader.drop(f"{key}={text}", error)
            return self.default
        return int(value) if self.knob.integer else value

    def write(self, value: float) -> str:
        """The number with all its digits."""
        return joined([value])


@dataclass(frozen=True)
class Turned:
    """Several knobs, of which a link has those that were turned."""

    knobs: Mapping[str, Knob]
    owner: str  # in sentences about what was refused

    @property
    def default(self) -> Numbers:
        """Every knob at its default."""
        return defaults(self.knobs)

    def read(self, reader: Reader, key: str) -> Numbers:
        """All knobs, at the numbers of a link where it has them."""
        return reader.turned(key, self.knobs, self.owner)

    def write(self, value: Numbers) -> str:
        """The knobs that were turned."""
        return changed(value, self.knobs)


@dataclass(frozen=True)
class Place:
    """A point, or none."""

    default: Point | None = None

    def read(self, reader: Reader, key: str) -> Point | None:
        """The point that a link asks for."""
        return reader.place(key, self.default)

    def write(self, value: Point | None) -> str:
        """Both coordinates."""
        return joined(value or ())


Field = OneOf | Number | Turned | Place


def field(kind: Field) -> Any:
    """A field of a dataclass of choices, with its default; links call it by its name."""
    return dataclasses.field(default=kind.default, metadata={"field": kind})


class Schema(Generic[T]):
    """The fields of a dataclass of choices that say by themselves how they are read and written."""

    def __init__(self, choices: type[T]) -> None:
        every = dataclasses.fields(choices)  # type: ignore[arg-type]  # there is no bound for dataclasses
        self.fields: dict[str, Field] = {f.name: f.metadata["field"] for f in every if "field" in f.metadata}

    @property
    def keys(self) -> frozenset[str]:
        """The parameters of a link that belong to the fields."""
        return frozenset(self.fields)

    def read(self, reader: Reader) -> dict[str, Any]:
        """Each field's value; what cannot be followed is left at its default, and noted by the reader."""
        return {key: kind.read(reader, key) for key, kind in self.fields.items()}

    def write(self, choices: T) -> dict[str, str]:
        """The parameters of the fields that are not at their defaults."""
        values: dict[str, Any] = {key: getattr(choices, key) for key in self.fields}
        return {key: kind.write(values[key]) for key, kind in self.fields.items() if values[key] != kind.default}
