"""What a map over two knobs shows: two intervals, of powers of ten where a knob is turned on a logarithmic scale."""

from dataclasses import dataclass
from typing import Any

from figures import window_of
from landscapes import Domain, Interval, Knob
from pages.shared.fields import Field, Reader, joined, two_intervals
from words import message

SHORTEST = 1e-6  # sides of a window
FARTHEST = 400.0  # ends of a window: beyond, a power of ten is no float64


@dataclass(frozen=True)
class KnobWindow(Field):
    """Such a window; None for the whole range of both knobs."""

    default: None = None

    def read(self, reader: Reader, key: str, choices: Any) -> Domain | None:
        """x~x~y~y."""
        text = reader.text(key)
        if text is None:
            return None
        window = two_intervals(text)
        if window and all(low + SHORTEST <= high and max(-low, high) <= FARTHEST for low, high in window):
            return window
        example = joined([-3, -1, 0, 0.9])
        reader.drop(f"{key}={text}", message("it is two intervals of numbers, such as {example}", example=example))
        return None

    def write(self, value: Domain, choices: Any) -> str:
        """All four ends."""
        return joined([*value[0], *value[1]])


def whole(knob: Knob) -> Interval:
    """The range of a knob as its axis has it."""
    return window_of(knob.low, knob.high, knob.log)


def within(window: Domain | None, knobs: tuple[Knob, Knob]) -> Domain:
    """The part of a window for which both knobs have numbers, all of their ranges where there is none."""
    part = None if window is None else overlap(window, knobs)
    return part or (whole(knobs[0]), whole(knobs[1]))


def overlap(window: Domain, knobs: tuple[Knob, Knob]) -> Domain | None:
    """The part of a window for which both knobs have numbers; None where there is none."""
    ranges = map(whole, knobs)
    cut = tuple((max(a, low), min(b, high)) for (a, b), (low, high) in zip(window, ranges, strict=True))
    return (cut[0], cut[1]) if all(high - low >= SHORTEST for low, high in cut) else None
