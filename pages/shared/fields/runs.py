"""Runs in a link: an optimizer, the knobs that were turned, a schedule, a warm-up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from landscapes import knobs
from optimizers import OPTIMIZERS
from pages.shared.fields.grammar import BETWEEN, Reader, changed, joined
from pages.shared.fields.kinds import Field
from pages.shared.fields.run_choice import WARMUP, RunChoice, schedule_knobs, takes_schedule, takes_warmup
from pages.shared.fields.typed import meant_as_number, number
from words import message, message_n

WARMS = "warmup"  # before the number of steps of a warm-up
HIDDEN = "hidden"  # at the end of a run that is not drawn


@dataclass(frozen=True)
class Runs(Field):
    """Runs, of which a link has all where they are not the usual ones."""

    most: int
    default: Any

    def read(self, reader: Reader, key: str, choices: Any) -> tuple[RunChoice, ...]:
        """Each that can be followed."""
        return tuple(read_runs(reader, key, self.most)) or self.usual(choices)

    def write(self, value: tuple[RunChoice, ...], choices: Any) -> list[str]:
        """A parameter for each."""
        return [run_text(run) for run in value]


@dataclass(frozen=True)
class OneRun(Field):
    """A run."""

    default: Any

    def read(self, reader: Reader, key: str, choices: Any) -> RunChoice:
        """The only one."""
        return next(read_runs(reader, key, 1), self.usual(choices))

    def write(self, value: RunChoice, choices: Any) -> str:
        """Its parameter."""
        return run_text(value)


def run_text(run: RunChoice) -> str:
    """adam~0.05~beta1~0.8, the rate without its name; then schedule and warm-up: ~cosine~steps~100~warmup~20."""
    turned = changed(run.numbers, knobs(OPTIMIZERS[run.optimizer]))
    parts = [run.optimizer, turned.removeprefix(f"learning_rate{BETWEEN}")]
    if run.schedule != "constant":
        parts += [run.schedule, changed(run.schedule_numbers, schedule_knobs(run.schedule))]
    if run.warmup:
        parts += [WARMS, joined([run.warmup])]
    return BETWEEN.join(part for part in [*parts, HIDDEN * run.hidden] if part)


def read_runs(reader: Reader, key: str, most: int) -> Iterator[RunChoice]:
    """The runs under a key, each with its schedule; a number right behind the name is the learning rate."""
    texts = reader.texts(key)
    if len(texts) > most:
        given = message_n("{count} run", "{count} runs", len(texts))
        reader.drop(given, message("at most {most} run together", most=most))
    for text in texts[:most]:
        optimizer, *rest = text.split(BETWEEN)
        hidden = rest[-1:] == [HIDDEN]
        rest = rest[:-1] if hidden else rest
        if optimizer not in OPTIMIZERS:
            reader.drop(f"{key}={text}", message("there is no optimizer of that name"))
            continue
        if rest and meant_as_number(rest[0]):
            rest = ["learning_rate", *rest]
        parts = iter(rest)
        own, word = reader.numbers(parts, knobs(OPTIMIZERS[optimizer]), optimizer)
        if word and not takes_schedule(optimizer):
            reader.drop(word, message("{optimizer} has no learning rate that could follow it", optimizer=optimizer))
            word, parts = None, iter(())
        run = scheduled(reader, RunChoice(optimizer, own, hidden=hidden), word, parts)
        try:
            run.build()
        except ValueError as error:
            reader.drop(f"{key}={text}", error)
        else:
            yield run


def scheduled(reader: Reader, run: RunChoice, word: str | None, parts: Iterator[str]) -> RunChoice:
    """A run with the schedule and the warm-up that follow its knobs: cosine~steps~100~warmup~20, or one of both."""
    text = next(parts, "") if word == WARMS else ""
    if word and number(text) is None:  # without a number behind it, warmup is a schedule's name
        schedule = word
        turned, word = reader.numbers(chain([text] * bool(text), parts), schedule_knobs(schedule), schedule)
        run = replace(run, schedule=schedule, schedule_numbers=turned)
        text = next(parts, "")
    if not word:
        return run
    value = number(text)
    if word == WARMS and takes_warmup(run) and value is not None and WARMUP.open_to(value):
        return replace(run, warmup=int(value))
    reader.drop(
        f"{word} {text}",
        message(
            "behind {schedule} there may be {example}, with {range}",
            schedule=run.schedule,
            example=f"{WARMS}{BETWEEN}20",
            range=WARMUP.range,
        ),
    )
    return run
