"""A link as choices: what cannot be followed is left at its default, and said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from landscapes import LANDSCAPES, Domain, FormulaError, checked_interval
from pages.shared.state.choices import (
    MOST_RUNS,
    OWN,
    SCHEMA,
    Choices,
    first_choices,
    landscape_knobs,
    with_landscape,
)
from pages.shared.state.grammar import BETWEEN, FARTHEST, VERSION, joined
from pages.shared.state.link.runs import RunReader
from pages.shared.state.link.writing import GRID, RING
from pages.shared.state.run_choice import Numbers
from pages.shared.state.starts import COUNT, MOST_BY_HAND, RADIUS, SIDE, ByHand, Grid, Point, Ring
from pages.shared.state.typed import exact, number
from pages.shared.state.zoom import refusal
from words import Message, message

KNOWN = {"v", "landscape", "f", "x", "y", "knobs", "run", "start", "starts", "zoom", *SCHEMA.keys}


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[Message]]:
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
            self.drop(key, message("it is not a part of a link"))
        if self.one_of("v", [VERSION], VERSION) != VERSION:
            return first_choices()
        plain = first_choices()
        landscape = self.one_of("landscape", [*LANDSCAPES, OWN], plain.landscape)
        if landscape == OWN:
            plain = self.own_formula(plain)
            landscape = plain.landscape
        choices = with_landscape(landscape, plain)
        choices = replace(choices, numbers=self.landscape_numbers(choices))
        start, *by_hand = self.points("start") or [choices.build().start]
        return replace(
            choices,
            runs=tuple(self.runs("run", MOST_RUNS)) or plain.runs,
            start=start,
            further=self.pattern() or ByHand(tuple(by_hand)),
            **SCHEMA.read(self),
            zoom=self.window(choices.build().domain),
        )

    def own_formula(self, plain: Choices) -> Choices:
        """The person's own formula with its domain."""
        text = self.text("f") or plain.text
        try:
            landscape_knobs(OWN, text)
        except FormulaError as error:
            self.drop(text, error if error.part else error.reason)
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
                self.drop(f"{axis}={joined(numbers)}", error)
                found.append(interval)
        return found[0], found[1]

    def points(self, key: str) -> list[Point]:
        """The start, and behind it those that were put by hand: x~y~x~y."""
        text = self.text(key)
        if text is None:
            return []
        parts = [number(part) for part in text.split(BETWEEN)]
        numbers = [part for part in parts if part is not None]
        most = 1 + MOST_BY_HAND
        if len(numbers) < len(parts) or len(parts) % 2 or len(parts) > 2 * most:
            self.drop(
                f"{key}={text}",
                message(
                    "{name} is two numbers such as {example} for each of at most {most} starts",
                    name=key,
                    example=f"-1{BETWEEN}1",
                    most=most,
                ),
            )
            return []
        if max(map(abs, numbers)) > FARTHEST:
            self.drop(f"{key}={text}", message("a {name} lies within ±{farthest}", name=key, farthest=f"{FARTHEST:g}"))
            return []
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def window(self, domain: Domain) -> Domain | None:
        """What the map shows of its landscape: x~x~y~y."""
        text = self.text("zoom")
        if text is None:
            return None
        ends = [end for part in text.split(BETWEEN) if (end := number(part)) is not None]
        window = ((ends[0], ends[1]), (ends[2], ends[3])) if len(ends) == 4 == text.count(BETWEEN) + 1 else None
        if window:
            refused = refusal(window, domain)
        else:
            example = f"0{BETWEEN}1{BETWEEN}0{BETWEEN}1"
            refused = message("it is four numbers such as {example}", example=example)
        if refused:
            self.drop(f"zoom={text}", message("zoom is what the map shows; {reason}", reason=refused))
        return None if refused else window

    def pattern(self) -> Ring | Grid | None:
        """A ring or a grid of starts: ring~8~0.2, grid~4."""
        name, *texts = (self.text("starts") or "").split(BETWEEN)
        if not name:
            return None
        marks = {RING: (COUNT, RADIUS), GRID: (SIDE,)}.get(name, ())
        found = [number(text) for text in texts]
        sound = [n for knob, n in zip(marks, found, strict=False) if n is not None and knob.open_to(n)]
        if marks and len(sound) == len(marks) == len(found):
            return Ring(int(sound[0]), sound[1]) if name == RING else Grid(int(sound[0]))
        spans = {
            knob: message("{low} to {high}", low=exact(knob.least), high=exact(knob.top))
            for knob in (COUNT, RADIUS, SIDE)
        }
        wanted = message(
            "starts is ring~{count}~{radius}, or grid~{side}",
            count=spans[COUNT],
            radius=spans[RADIUS],
            side=spans[SIDE],
        )
        self.drop(f"starts={self.text('starts')}", wanted)
        return None

    def landscape_numbers(self, choices: Choices) -> Numbers:
        """The knobs of the landscape."""
        return self.turned("knobs", landscape_knobs(choices.landscape, choices.text), choices.landscape)
