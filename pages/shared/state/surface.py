"""The landscape that is looked at: by names and numbers, made once, and its fields in a link."""

from dataclasses import dataclass
from typing import Any

from landscapes import LANDSCAPES, Domain, FormulaError, Knob, Landscape, checked_interval, formula, free_knobs, knobs
from pages.shared.fields import BETWEEN, Field, Numbers, OneOf, Parts, Reader, joined, two_intervals
from pages.shared.state.own_grids import OwnGrid, grid_named, to_bring
from pages.shared.state.zoom import refusal
from pages.shared.work import kept
from words import message

OWN = "formula"  # the key of a person's own landscape
COMPILED = 100_000  # bytes, about, that a landscape takes with its derivatives
GRID = "grid"  # that of a grid of losses, and the parameter that names it
TEXT = "f"  # the parameter of its formula
Where = tuple[str, Numbers, str, Domain]


def built(landscape: str, numbers: Numbers, text: str, domain: Domain) -> Landscape:
    """A landscape by names and numbers, made once; `text` is a formula, or names a grid.

    Raises:
        ValueError: the formula is not one, or the grid is not here.
    """
    if landscape != GRID:
        return _made(landscape, numbers, text, domain)
    found = grid_named(text)
    if found is None:
        raise ValueError(to_bring(text))
    return found[1]


@kept("landscapes", lambda _: COMPILED)
def _made(landscape: str, numbers: Numbers, text: str, domain: Domain) -> Landscape:
    """A landscape by names and numbers, made once.

    Raises:
        ValueError: the formula is not one.
    """
    if landscape == OWN:
        return formula(text, domain, parameters=dict(numbers))
    return LANDSCAPES[landscape](**dict(numbers))


def landscape_knobs(landscape: str, text: str) -> dict[str, Knob]:
    """What can be turned on a landscape: its parameters, or the free names of a person's own formula."""
    if landscape == GRID:
        return {}
    if landscape != OWN:
        return knobs(LANDSCAPES[landscape])
    return free_knobs(text)


@dataclass(frozen=True)
class Surface(OneOf):
    """A landscape of the catalogue, or a person's own, where the link has a formula that is one."""

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """Its name."""
        name = super().read(reader, key, choices)
        if name == GRID:
            text = (
                choices.grid
                if reader.text(GRID) is None
                else OwnGrid(choices.grid).read(Reader(reader.link), GRID, None)
            )
            if grid_named(text) is None:
                reader.drop(
                    f"{GRID}={text}",
                    message("its file is not on this server; load it on the page Networks under “Your own”"),
                )
                return str(self.usual(choices))
            return GRID
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
class ChosenGrid(OwnGrid):
    """The grid that is looked at, always in its link; that of another landscape has none."""

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """Its name."""
        return super().read(reader, key, choices) if choices.landscape == GRID else self.default

    def parts(self, key: str, value: str, choices: Any) -> Parts:
        """Its name."""
        return {key: value} if choices.landscape == GRID else {}


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
