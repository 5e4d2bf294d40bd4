"""The landscape that is looked at: by names and numbers, made once, and its fields in a link."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from landscapes import LANDSCAPES, Domain, FormulaError, Knob, Landscape, checked_interval, formula, free_knobs, knobs
from pages.shared.fields import BETWEEN, Field, Numbers, OneOf, Parts, Reader, joined, two_intervals
from pages.shared.state.zoom import refusal
from words import message

OWN = "formula"  # the key of a person's own landscape
TEXT = "f"  # the parameter of its formula
Where = tuple[str, Numbers, str, Domain]


@lru_cache(maxsize=256)
def built(landscape: str, numbers: Numbers, text: str, domain: Domain) -> Landscape:
    """A landscape by names and numbers, made once.

    Raises:
        ValueError: the formula is not one.
    """
    if landscape == OWN:
        return formula(text, domain, parameters=dict(numbers))
    return LANDSCAPES[landscape](**dict(numbers))


def landscape_knobs(landscape: str, text: str) -> dict[str, Knob]:
    """What can be turned on a landscape: its parameters, or the free names of a person's own formula."""
    if landscape != OWN:
        return knobs(LANDSCAPES[landscape])
    return free_knobs(text)


@dataclass(frozen=True)
class Surface(OneOf):
    """A landscape of the catalogue, or a person's own, where the link has a formula that is one."""

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """Its name."""
        name = super().read(reader, key, choices)
        if name != OWN:
            return name
        text = reader.text(TEXT) or choices.text
        try:
            landscape_knobs(name, text)
        except FormulaError as error:
            reader.drop(text, error if error.part else error.reason)
            return str(self.usual(choices))
        return name


@dataclass(frozen=True)
class OwnFormula(Field):
    """The formula of a person's own landscape, always in its link; that of another landscape has none."""

    default: str

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """As it was written; the landscape has seen that it is one."""
        return (reader.text(key) if choices.landscape == OWN else None) or self.default

    def parts(self, key: str, value: str, choices: Any) -> Parts:
        """As it was written."""
        return {key: value} if choices.landscape == OWN else {}


@dataclass(frozen=True)
class Intervals(Field):
    """Where a person's own landscape is looked at along each axis, always in its link."""

    default: Domain
    also = ("y",)

    def read(self, reader: Reader, key: str, choices: Any) -> Domain:
        """Both, each under its axis."""
        if choices.landscape != OWN:
            return self.default
        x, y = (self.interval(reader, *each) for each in zip((key, *self.also), self.default, strict=True))
        return x, y

    def interval(self, reader: Reader, axis: str, usual: tuple[float, float]) -> tuple[float, float]:
        """One of them: low~high."""
        numbers = reader.pair(axis, usual)
        try:
            return checked_interval(axis, numbers)
        except ValueError as error:
            reader.drop(f"{axis}={joined(numbers)}", error)
            return usual

    def parts(self, key: str, value: Domain, choices: Any) -> Parts:
        """Both."""
        if choices.landscape != OWN:
            return {}
        return {axis: joined(interval) for axis, interval in zip((key, *self.also), value, strict=True)}


@dataclass(frozen=True)
class Window(Field):
    """What the map shows of its landscape; None for all of the domain."""

    default: None = None

    def read(self, reader: Reader, key: str, choices: Any) -> Domain | None:
        """x~x~y~y."""
        text = reader.text(key)
        if text is None:
            return None
        window = two_intervals(text)
        if window:
            refused = refusal(window, choices.build().domain)
        else:
            example = f"0{BETWEEN}1{BETWEEN}0{BETWEEN}1"
            refused = message("it is four numbers such as {example}", example=example)
        if refused:
            reader.drop(f"{key}={text}", message("zoom is what the map shows; {reason}", reason=refused))
        return None if refused else window

    def write(self, value: Domain, choices: Any) -> str:
        """All four ends."""
        return joined([*value[0], *value[1]])
