"""Choices as a link and back: short, versioned, readable, and never trusted."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from landscapes import LANDSCAPES, Domain, Knob, checked_interval, knobs
from optimizers import OPTIMIZERS, SCHEDULES
from pages.shared.choices import (
    LABELS,
    MOST_RUNS,
    OWN,
    PARTS,
    SETTINGS,
    SHEETS,
    Choices,
    Numbers,
    RunChoice,
    defaults,
    first_choices,
    landscape_knobs,
    on,
    schedule_knobs,
    takes_schedule,
)

VERSION = "1"
BETWEEN = "~"  # one of the few characters that a URL carries as it is
LONGEST = 600  # characters of one parameter; more is not even looked at
SHOWN = 40  # characters of what was dropped that are repeated to the person
FEW = 8  # names that a sentence can list
HIDDEN = "hidden"  # at the end of a run that is not drawn
FARTHEST = 1e6  # of a start from the origin, along each axis
KNOWN = {"v", "landscape", "f", "x", "y", "knobs", "run", "start", *SETTINGS, *LABELS, "part", "sheet", "point"}


def write(choices: Choices) -> dict[str, str | list[str]]:
    """The parameters of the link that opens these choices; what is as it would be anyway is left out."""
    plain = first_choices()
    usual = on(choices.landscape, replace(plain, text=choices.text, domain=choices.domain))
    link: dict[str, str | list[str]] = {"v": VERSION}
    if choices.landscape != plain.landscape:
        link["landscape"] = choices.landscape
    if choices.landscape == OWN:
        link["f"] = choices.text
        link["x"], link["y"] = (joined(interval) for interval in choices.domain)
    turned = changed(choices.numbers, landscape_knobs(choices.landscape, choices.text))
    if turned:
        link["knobs"] = turned
    if choices.runs != plain.runs:
        link["run"] = [run_text(run) for run in choices.runs]
    if choices.start != usual.start:
        link["start"] = joined(choices.start)
    for key, knob in SETTINGS.items():
        if getattr(choices, key) != knob.default:
            link[key] = joined([getattr(choices, key)])
    if choices.point is not None:
        link["point"] = joined(choices.point)
    for key in (*LABELS, "part", "sheet"):
        if getattr(choices, key) != getattr(plain, key):
            link[key] = getattr(choices, key)
    return link


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[str]]:
    """The choices that a link asks for, and a sentence for everything in it that could not be followed.

    Whatever stands in the link, the choices are sound: names are known, numbers are finite and within their knobs.
    """
    reader = Reader(link)
    return reader.choices(), reader.dropped


def joined(numbers: Sequence[float]) -> str:
    """Numbers as the link writes them, exactly: 0.1~2."""
    return BETWEEN.join(f"{n:.0f}" if n == int(n) and abs(n) < 1e15 else repr(float(n)) for n in numbers)


def changed(numbers: Numbers, marks: Mapping[str, Knob]) -> str:
    """The knobs that are not at their default: name~number~name~number."""
    return BETWEEN.join(f"{k}{BETWEEN}{joined([v])}" for k, v in numbers if v != marks[k].default)


def run_text(run: RunChoice) -> str:
    """adam~beta1~0.8, and behind it the schedule where there is one: ~cosine~steps~100."""
    parts = [run.optimizer, changed(run.numbers, knobs(OPTIMIZERS[run.optimizer]))]
    if run.schedule != "constant":
        parts += [run.schedule, changed(run.schedule_numbers, schedule_knobs(run.schedule))]
    return BETWEEN.join(part for part in [*parts, HIDDEN * run.hidden] if part)


class Reader:
    """Goes through a link once; what cannot be followed is left at its default and noted in `dropped`."""

    def __init__(self, link: Mapping[str, Sequence[str]]) -> None:
        self.link = link
        self.dropped: list[str] = []

    def drop(self, what: str, wanted: str) -> None:
        """Notes what could not be followed, and what would be."""
        shown = what if len(what) <= SHOWN else what[: SHOWN - 1] + "…"
        self.dropped.append(f"“{shown}” was dropped from the link: {wanted}.")

    def texts(self, key: str) -> list[str]:
        """The values of a parameter that are worth looking at."""
        found = [text for text in self.link.get(key, ()) if text]
        for text in found:
            if len(text) > LONGEST:
                self.drop(f"{key}={text}", f"{key} may have at most {LONGEST} characters")
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
            self.drop(f"{key}={text}", f"{key} is one of {', '.join(known)}")
        else:
            close = get_close_matches(text, known, n=1)
            nearest = f"; the nearest is {close[0]}" if close else ""
            self.drop(f"{key}={text}", f"there is no {key} of that name{nearest}")
        return usual

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
            runs=tuple(self.runs()) or plain.runs,
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

    def pair(self, key: str, usual: tuple[float, float]) -> tuple[float, float]:
        """Two finite numbers."""
        text = self.text(key)
        if text is None:
            return usual
        numbers = [number(part) for part in text.split(BETWEEN)]
        if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
            self.drop(f"{key}={text}", f"{key} is two numbers such as -1{BETWEEN}1")
            return usual
        return numbers[0], numbers[1]

    def place(self, key: str, usual: tuple[float, float] | None) -> tuple[float, float] | None:
        """A point within reach."""
        if self.text(key) is None:
            return usual
        found = self.pair(key, (math.nan, math.nan))
        if math.isnan(found[0]) or max(map(abs, found)) <= FARTHEST:
            return usual if math.isnan(found[0]) else found
        self.drop(f"{key}={joined(found)}", f"a {key} lies within ±{FARTHEST:g}")
        return usual

    def setting(self, key: str) -> float:
        """One of the plain numbers, within its knob."""
        knob, text = SETTINGS[key], self.text(key)
        if text is None:
            return knob.default
        value = number(text)
        if value is not None and knob.low <= value <= knob.high and knob.refusal(value) is None:
            return int(value) if knob.integer else value
        kind = "a whole number" if knob.integer else "a number"
        self.drop(f"{key}={text}", f"{key} is {kind} from {knob.low:,g} to {knob.high:,g}")
        return knob.default

    def landscape_numbers(self, choices: Choices) -> Numbers:
        """The knobs of the landscape."""
        marks = landscape_knobs(choices.landscape, choices.text)
        return self.numbers(iter((self.text("knobs") or "").split(BETWEEN)), marks, choices.landscape)[0]

    def numbers(self, parts: Iterator[str], marks: Mapping[str, Knob], owner: str) -> tuple[Numbers, str | None]:
        """Pairs of a knob's name and its number, up to the name of a schedule, which is returned too."""
        values = dict(defaults(marks))
        for name in parts:
            if name in SCHEDULES and name not in marks:
                return tuple(values.items()), name
            text = next(parts, "") if name else ""
            if name and name not in marks:
                self.drop(name, f"{owner} has the knobs {', '.join(marks) or '(none)'}")
            elif name:
                value, knob = number(text), marks[name]
                if value is None or not knob.low <= value <= knob.high or knob.refusal(value):
                    self.drop(f"{name} {text}", f"{name} of {owner} goes from {knob.low:g} to {knob.high:g}")
                else:
                    values[name] = value
        return tuple(values.items()), None

    def runs(self) -> Iterator[RunChoice]:
        """The runs, each with its schedule."""
        texts = self.texts("run")
        if len(texts) > MOST_RUNS:
            self.drop(f"{len(texts)} runs", f"at most {MOST_RUNS} run together")
        for text in texts[:MOST_RUNS]:
            optimizer, *rest = text.split(BETWEEN)
            hidden = rest[-1:] == [HIDDEN]
            rest = rest[:-1] if hidden else rest
            if optimizer not in OPTIMIZERS:
                self.drop(f"run={text}", "there is no optimizer of that name")
                continue
            parts = iter(rest)
            own, schedule = self.numbers(parts, knobs(OPTIMIZERS[optimizer]), optimizer)
            if schedule and not takes_schedule(optimizer):
                self.drop(schedule, f"{optimizer} has no learning rate that could follow it")
                schedule, parts = None, iter(())
            schedule = schedule or "constant"
            with_schedule = self.numbers(parts, schedule_knobs(schedule), schedule)[0]
            run = RunChoice(optimizer, own, schedule, with_schedule, hidden)
            try:
                run.build()
            except ValueError as error:
                self.drop(f"run={text}", str(error))
            else:
                yield run


def number(text: str) -> float | None:
    """A finite number in plain or scientific notation; None where the text is nothing of the kind."""
    try:
        value = float(text) if len(text) <= 32 and "_" not in text else float("nan")
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
