"""What every link of ours is made of: words, numbers and names with numbers, and how they are read back."""

import math
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from landscapes import Domain, Knob
from optimizers import SCHEDULES
from pages.shared.fields.run_choice import Numbers, defaults
from pages.shared.fields.typed import number, number_for, shortened
from words import Message, listed_later, message

VERSION = "1"
BETWEEN = "~"  # one of the few characters that a URL carries as it is
LONGEST = 1300  # characters of one parameter; more is not even looked at
FEW = 8  # names that a sentence can list
FARTHEST = 1e6  # of a start from the origin, along each axis


def joined(numbers: Sequence[float]) -> str:
    """Numbers as the link writes them, exactly: 0.1~2."""
    return BETWEEN.join(f"{n:.0f}" if n == int(n) and abs(n) < 1e15 else repr(float(n)) for n in numbers)


def two_intervals(text: str) -> Domain | None:
    """The window that a link writes as x0~x1~y0~y1; None where these are not four numbers.

    >>> two_intervals("0~1~-2~2")
    ((0.0, 1.0), (-2.0, 2.0))
    """
    match [number(part) for part in text.split(BETWEEN)]:
        case [float(x0), float(x1), float(y0), float(y1)]:
            return (x0, x1), (y0, y1)
    return None


def changed(numbers: Numbers, marks: Mapping[str, Knob]) -> str:
    """The knobs that are not at their default: name~number~name~number."""
    return BETWEEN.join(f"{k}{BETWEEN}{joined([v])}" for k, v in numbers if v != marks[k].default)


def knobs_of(owner: str, marks: Mapping[str, Knob]) -> Message:
    """What the owner would have let one turn."""
    if not marks:
        return message("{owner} has the knobs (none)", owner=owner)
    return message("{owner} has the knobs {names}", owner=owner, names=listed_later(marks))


class Reader:
    """Goes through a link once; what cannot be followed is left at its default and noted in `dropped`."""

    def __init__(self, link: Mapping[str, Sequence[str]]) -> None:
        self.link = link
        self.dropped: list[Message] = []

    def drop(self, what: str | Message, wanted: str | Message | ValueError) -> None:
        """Notes what could not be followed, and what would be; an error says it by its message."""
        reason = wanted.args[0] if isinstance(wanted, ValueError) else wanted
        part = what if isinstance(what, Message) else shortened(what)
        said = message("“{part}” was dropped from the link: {reason}.", part=part, reason=reason)
        if said not in self.dropped:  # several fields may have looked at the same parameter
            self.dropped.append(said)

    def texts(self, key: str) -> list[str]:
        """The values of a parameter that are worth looking at."""
        found = [text for text in self.link.get(key, ()) if text]
        for text in found:
            if len(text) > LONGEST:
                self.drop(f"{key}={text}", message("{name} may have at most {most} characters", name=key, most=LONGEST))
        return [text for text in found if len(text) <= LONGEST]

    def text(self, key: str) -> str | None:
        """The first of them."""
        return next(iter(self.texts(key)), None)

    def one_of(self, key: str, known: Sequence[str], usual: str) -> str:
        """One of the known words, or the usual one."""
        text = self.text(key)
        if text is None or text in known:
            return text or usual
        if len(known) <= FEW:
            self.drop(f"{key}={text}", message("{name} is one of {known}", name=key, known=listed_later(known)))
        else:
            close = get_close_matches(text, known, n=1)
            if close:
                wanted = message("{name} has no value like that; the nearest is {nearest}", name=key, nearest=close[0])
            else:
                wanted = message("{name} has no value like that", name=key)
            self.drop(f"{key}={text}", wanted)
        return usual

    def pair(self, key: str, usual: tuple[float, float]) -> tuple[float, float]:
        """Two finite numbers."""
        text = self.text(key)
        if text is None:
            return usual
        numbers = [number(part) for part in text.split(BETWEEN)]
        if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
            self.drop(
                f"{key}={text}", message("{name} is two numbers such as {example}", name=key, example=f"-1{BETWEEN}1")
            )
            return usual
        return numbers[0], numbers[1]

    def place(
        self, key: str, usual: tuple[float, float] | None, farthest: float = FARTHEST
    ) -> tuple[float, float] | None:
        """A point within reach."""
        if self.text(key) is None:
            return usual
        found = self.pair(key, (math.nan, math.nan))
        if math.isnan(found[0]) or max(map(abs, found)) <= farthest:
            return usual if math.isnan(found[0]) else found
        self.drop(
            f"{key}={joined(found)}", message("a {name} lies within ±{farthest}", name=key, farthest=f"{farthest:g}")
        )
        return usual

    def numbers(self, parts: Iterator[str], marks: Mapping[str, Knob], owner: str) -> tuple[Numbers, str | None]:
        """Pairs of a knob's name and its number, up to the name of a schedule, which is returned too."""
        values = dict(defaults(marks))
        seen: set[str] = set()  # a knob of a typed rule may be called as a schedule is, and then stands before it
        for name in parts:
            if name in SCHEDULES and (name not in marks or name in seen):
                return tuple(values.items()), name
            seen.add(name)
            text = next(parts, "") if name else ""
            if name and name not in marks:
                self.drop(name, knobs_of(owner, marks))
            elif name:
                try:
                    values[name] = number_for(marks[name], text, message("{name} of {owner}", name=name, owner=owner))
                except ValueError as error:
                    self.drop(f"{name} {text}", error)
        return tuple(values.items()), None

    def turned(self, key: str, marks: Mapping[str, Knob], owner: str) -> Numbers:
        """Knobs with their numbers."""
        return self.numbers(iter((self.text(key) or "").split(BETWEEN)), marks, owner)[0]
