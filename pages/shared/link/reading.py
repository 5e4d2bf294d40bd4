"""A link as choices: what cannot be followed is left at its default, and said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from landscapes import LANDSCAPES, Domain, checked_interval, knobs
from optimizers import OPTIMIZERS
from pages.shared.choices import (
    LABELS,
    MOST_RUNS,
    OWN,
    PARTS,
    SETTINGS,
    SHEETS,
    WARMUP,
    Choices,
    Numbers,
    RunChoice,
    first_choices,
    landscape_knobs,
    on,
    schedule_knobs,
    takes_schedule,
    takes_warmup,
)
from pages.shared.link.grammar import BETWEEN, VERSION, Reader, fits, joined, number
from pages.shared.link.writing import HIDDEN, WARMS

KNOWN = {"v", "landscape", "f", "x", "y", "knobs", "run", "start", *SETTINGS, *LABELS, "part", "sheet", "point"}


def read(link: Mapping[str, Sequence[str]]) -> tuple[Choices, list[str]]:
    """The choices that a link asks for, and a sentence for everything in it that could not be followed.

    Whatever stands in the link, the choices are sound: names are known, numbers are finite and within their knobs.
    """
    reader = _ChoicesReader(link)
    return reader.choices(), reader.dropped


class _ChoicesReader(Reader):
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

    def scheduled(self, run: RunChoice, word: str | None, parts: Iterator[str]) -> RunChoice:
        """A run with the schedule and the warm-up that follow its knobs: cosine~steps~100~warmup~20, or one of both."""
        text = next(parts, "") if word == WARMS else ""
        if word and number(text) is None:  # without a number behind it, warmup is a schedule's name
            schedule = word
            turned, word = self.numbers(chain([text] * bool(text), parts), schedule_knobs(schedule), schedule)
            run = replace(run, schedule=schedule, schedule_numbers=turned)
            text = next(parts, "")
        if not word:
            return run
        value = number(text)
        if word == WARMS and takes_warmup(run) and value is not None and fits(WARMUP, value):
            return replace(run, warmup=int(value))
        span = f"{WARMUP.low:g} to {WARMUP.high:g}"
        self.drop(f"{word} {text}", f"behind {run.schedule} there may be {WARMS}{BETWEEN}{span}")
        return run

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
            own, word = self.numbers(parts, knobs(OPTIMIZERS[optimizer]), optimizer)
            if word and not takes_schedule(optimizer):
                self.drop(word, f"{optimizer} has no learning rate that could follow it")
                word, parts = None, iter(())
            run = self.scheduled(RunChoice(optimizer, own, hidden=hidden), word, parts)
            try:
                run.build()
            except ValueError as error:
                self.drop(f"run={text}", str(error))
            else:
                yield run
