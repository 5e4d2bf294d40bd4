"""A link as choices: what cannot be followed is left at its default, and said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from landscapes import LANDSCAPES, Domain, checked_interval
from pages.shared.choices import (
    LABELS,
    MOST_RUNS,
    OWN,
    PARTS,
    SETTINGS,
    SHEETS,
    Choices,
    Numbers,
    first_choices,
    landscape_knobs,
    on,
)
from pages.shared.link.grammar import BETWEEN, VERSION, fits, joined, number
from pages.shared.link.runs import RunReader

KNOWN = {"v", "landscape", "f", "x", "y", "knobs", "run", "start", *SETTINGS, *LABELS, "part", "sheet", "point"}


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[str]]:
    """The choices that a link asks for, and a sentence for everything in it that could not be followed.

    Whatever stands in the link, the choices are sound: names are known, numbers are finite and within their knobs.
    """
    reader = _ChoicesReader(link)
    return reader.choices(), reader.dropped


class _ChoicesReader(RunReader):
    """Goes through a link of Explore, Curvature or Step by step once."""

    def choices(self) -> Choices:
        """Sound choices, whatever stands in the link."""
        for key in [key for key in self.link if key not in KNOWN][:3]:
            self.drop(key, "it is not a part of a link")
        if self.one_of("v", [VERSION], VERSION) != VERSION:
            return first_choices()
        plain = first_choices()
        landscape = self.one_of("landscape", [*LANDSCAPES, OWN], plain.landscape)
        if landscape == OWN:
            plain = self.own_formula(plain)
            landscape = plain.landscape
        choices = on(landscape, plain)
        choices = replace(choices, numbers=self.landscape_numbers(choices))
        return replace(
            choices,
            runs=tuple(self.runs("run", MOST_RUNS)) or plain.runs,
            start=self.place("start", choices.build().start) or plain.start,
            steps=int(self.setting("steps")),
            noise=self.setting("noise"),
            seed=int(self.setting("seed")),
            tolerance=self.setting("tolerance"),
            update=int(self.setting("update")),
            sheet=self.one_of("sheet", list(SHEETS), plain.sheet),
            **{key: self.one_of(key, list(names), getattr(plain, key)) for key, (_, names) in LABELS.items()},
            part=self.one_of("part", list(PARTS), plain.part),
            point=self.place("point", None),
        )

    def own_formula(self, plain: Choices) -> Choices:
        """The person's own formula with its domain."""
        text = self.text("f") or plain.text
        try:
            landscape_knobs(OWN, text)
        except ValueError as error:
            self.drop(text, str(error).rstrip("."))
            return plain
        return replace(plain, landscape=OWN, text=text, domain=self.domain(plain.domain))

    def domain(self, usual: Domain) -> Domain:
        """The intervals that a formula is looked at over."""
        found = []
        for axis, interval in zip("xy", usual, strict=True):
            numbers = self.pair(axis, interval)
            try:
                found.append(checked_interval(axis, numbers))
            except ValueError as error:
                self.drop(f"{axis}={joined(numbers)}", str(error))
                found.append(interval)
        return found[0], found[1]

    def setting(self, key: str) -> float:
        """One of the plain numbers, within its knob."""
        knob, text = SETTINGS[key], self.text(key)
        if text is None:
            return knob.default
        value = number(text)
        if value is not None and fits(knob, value):
            return int(value) if knob.integer else value
        kind = "a whole number" if knob.integer else "a number"
        self.drop(f"{key}={text}", f"{key} is {kind} from {knob.low:,g} to {knob.high:,g}")
        return knob.default

    def landscape_numbers(self, choices: Choices) -> Numbers:
        """The knobs of the landscape."""
        marks = landscape_knobs(choices.landscape, choices.text)
        return self.numbers(iter((self.text("knobs") or "").split(BETWEEN)), marks, choices.landscape)[0]
