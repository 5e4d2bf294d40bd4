"""A dataclass of choices whose fields say by themselves how a link has them: read and written in one walk."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pages.shared.fields.grammar import VERSION, Reader
from pages.shared.fields.kinds import Field
from words import Message, mark, message

T = TypeVar("T")
STRANGE = mark("it is not a part of a link")
NAMED = 3  # parameters that are no part of a link, each in a sentence of its own


def field(kind: Field, key: str = "", old: Sequence[str] = ()) -> Any:
    """A field of a dataclass of choices, with its default where that depends on nothing.

    Args:
        key: what links call it, where that is not the field's name.
        old: what links called it once, and may go on to.
    """
    more = {} if callable(kind.default) else {"default": kind.default}
    return dataclasses.field(**more, metadata={"field": kind, "key": key, "old": tuple(old)})


class Schema(Generic[T]):
    """The fields of a dataclass of choices, in the order in which they follow from each other.

    Args:
        choices: the dataclass; each field may depend on those before it, and on nothing else.
        first: what is chosen without a link, where it is not every default.
        strange: what is said of a parameter that is none of theirs.
    """

    def __init__(
        self,
        choices: type[T],
        first: Callable[[], T] | None = None,
        strange: str = STRANGE,
    ) -> None:
        every = dataclasses.fields(choices)  # type: ignore[arg-type]  # there is no bound for dataclasses
        metadata = {f.name: f.metadata for f in every if "field" in f.metadata}
        self.fields: dict[str, Field] = {name: of["field"] for name, of in metadata.items()}
        self.keys = {name: (of["key"] or name, *of["old"]) for name, of in metadata.items()}
        self.first, self.strange = first or choices, strange

    @property
    def known(self) -> frozenset[str]:
        """The parameters of a link that are understood, those of old among them."""
        ours = {key for name, kind in self.fields.items() for key in (*self.keys[name], *kind.also)}
        return frozenset({"v", *ours})

    def of(self, page: type) -> dict[str, Field]:
        """The fields that a page, which is one of the bases of the choices, adds."""
        return {name: self.fields[name] for name in vars(page).get("__annotations__", {}) if name in self.fields}

    def read(self, link: Mapping[str, Sequence[str]]) -> tuple[T, list[Message]]:
        """The choices that a link asks for, and a sentence for everything in it that could not be followed.

        Whatever stands in the link, the choices are sound: names are known, numbers are finite and within their knobs.
        """
        reader, choices = Reader(link), self.first()
        for key in [key for key in link if key not in self.known][:NAMED]:
            reader.drop(key, message(self.strange))
        if reader.one_of("v", [VERSION], VERSION) == VERSION:
            for name, kind in self.fields.items():
                key = next((key for key in self.keys[name] if key in link), self.keys[name][0])
                choices = _with(choices, name, kind.read(reader, key, choices))
        return choices, reader.dropped

    def write(self, choices: T) -> dict[str, str | list[str]]:
        """The parameters of the link that opens these choices; what is as it would be anyway is left out."""
        link: dict[str, str | list[str]] = {"v": VERSION}
        for name, kind in self.fields.items():
            link |= kind.parts(self.keys[name][0], getattr(choices, name), choices)
        return link

    def reset(self, choices: T, *names: str) -> T:
        """The choices with some of the fields as they would be, each following from those before it."""
        for name, kind in self.fields.items():
            if name in names:
                choices = _with(choices, name, kind.usual(choices))
        return choices


def _with(choices: T, name: str, value: object) -> T:
    """The choices with a field that has this value: themselves where it has, as most have that a link leaves out."""
    before = getattr(choices, name)
    if type(before) is type(value) and before == value:
        return choices
    return dataclasses.replace(choices, **{name: value})  # type: ignore[type-var]  # there is no bound for dataclasses
