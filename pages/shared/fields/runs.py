"""Runs in a link: an optimizer, its knobs, a schedule, a warm-up, clipped gradients; and the rules that were typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from landscapes import FormulaError
from optimizers import CLIPPING_RULES, LIMIT, OPTIMIZERS, SCHEDULES, Clipping
from pages.shared.fields.grammar import BETWEEN, Reader, changed, joined
from pages.shared.fields.kinds import Field, Parts
from pages.shared.fields.run_choice import (
    TYPED,
    WARMUP,
    RunChoice,
    clippable,
    rule_of,
    run_choice,
    schedule_knobs,
    takes_schedule,
    takes_warmup,
)
from pages.shared.fields.typed import meant_as_number, number, number_for
from words import listed_later, message, message_n

WARMS = "warmup"  # before the number of steps of a warm-up
CLIPS = "clip"  # before the way in which gradients are clipped, and the limit
HIDDEN = "hidden"  # at the end of a run that is not drawn
MOST_RULES = 3  # different ones that were typed: servers take addresses of 8 kB
STRANGER = message("there is no optimizer of that name")
TOO_MANY_RULES = message("at most {most} different rules of your own run together", most=MOST_RULES)


@dataclass(frozen=True)
class Runs(Field):
    """Runs, of which a link has all where they are not the usual ones."""

    most: int
    default: Any
    also = ("rule",)

    def read(self, reader: Reader, key: str, choices: Any) -> tuple[RunChoice, ...]:
        """Each that can be followed."""
        return tuple(read_runs(reader, key, self.most, *self.also)) or self.usual(choices)

    def parts(self, key: str, value: tuple[RunChoice, ...], choices: Any) -> Parts:
        """A parameter for each, and one for the lines of each rule that was typed."""
        return {} if value == self.usual(choices) else parts_of(value, key, *self.also)


@dataclass(frozen=True)
class OneRun(Field):
    """A run."""

    default: Any
    also = ("race_rule",)

    def read(self, reader: Reader, key: str, choices: Any) -> RunChoice:
        """The only one."""
        return next(read_runs(reader, key, 1, *self.also), self.usual(choices))

    def parts(self, key: str, value: RunChoice, choices: Any) -> Parts:
        """Its parameter, and that of its lines."""
        return {} if value == self.usual(choices) else parts_of((value,), key, *self.also)


def parts_of(runs: Sequence[RunChoice], key: str, key_of_rules: str) -> Parts:
    """What a link needs to open these runs."""
    rules = typed_rules(runs)
    return {key: [run_text(run, rules) for run in runs]} | ({key_of_rules: rules} if rules else {})


def few_rules(runs: Sequence[RunChoice]) -> Sequence[RunChoice]:
    """The runs, where a link can carry them.

    Raises:
        ValueError: too many different rules among them were typed.
    """
    if len(typed_rules(runs)) > MOST_RULES:
        raise ValueError(TOO_MANY_RULES)
    return runs


def typed_rules(runs: Iterable[RunChoice]) -> list[str]:
    """The lines of every rule that was typed, once each."""
    return list(dict.fromkeys(run.lines for run in runs if run.optimizer == TYPED))


def run_text(run: RunChoice, rules: Sequence[str] = ()) -> str:
    """adam~0.05~beta1~0.8, the rate without its name; then schedule, warm-up, clipping: ~cosine~warmup~20~clip~norm~1.

    Args:
        rules: the lines of those that were typed: the first is called typed, the others typed2 and typed3.
    """
    place = rules.index(run.lines) if run.optimizer == TYPED else 0
    turned = changed(run.numbers, run.knobs)
    shadows = [(name, value) for name, value in run.numbers if name in SCHEDULES and run.knobs[name].default == value]
    for name, value in shadows * (run.schedule != "constant" or run.warmup > 0):
        turned = BETWEEN.join(part for part in (turned, name, joined([value])) if part)
    parts = [f"{run.optimizer}{place + 1 if place else ''}", turned.removeprefix(f"learning_rate{BETWEEN}")]
    if run.schedule != "constant":
        parts += [run.schedule, changed(run.schedule_numbers, schedule_knobs(run.schedule))]
    if run.warmup:
        parts += [WARMS, joined([run.warmup])]
    if run.clipping is not None:
        parts += [CLIPS, run.clipping.by, joined([run.clipping.limit])]
    return BETWEEN.join(part for part in [*parts, HIDDEN * run.hidden] if part)


def read_rules(reader: Reader, key: str) -> dict[str, str]:
    """The lines of the rules that were typed, by the names that runs have for them."""
    texts = reader.texts(key)
    if len(texts) > MOST_RULES:
        reader.drop(message_n("{count} rule", "{count} rules", len(texts)), TOO_MANY_RULES)
    rules = {}
    for place, text in enumerate(texts[:MOST_RULES], 1):
        lines = text.replace("\r\n", "\n").strip()
        try:
            rule_of(TYPED, lines)
        except FormulaError as error:
            reader.drop(text, error if error.part else error.reason)
        else:
            rules[f"{TYPED}{place if place > 1 else ''}"] = lines
    return rules


def read_runs(reader: Reader, key: str, most: int, key_of_rules: str) -> Iterator[RunChoice]:
    """The runs under a key, each with its schedule; a number right behind the name is the learning rate."""
    texts = reader.texts(key)
    rules = read_rules(reader, key_of_rules) if any(text.startswith(TYPED) for text in texts) else {}
    if len(texts) > most:
        given = message_n("{count} run", "{count} runs", len(texts))
        reader.drop(given, message("at most {most} run together", most=most))
    for text in texts[:most]:
        optimizer, *rest = text.split(BETWEEN)
        hidden = rest[-1:] == [HIDDEN]
        rest = rest[:-1] if hidden else rest
        rest, clips = (rest[:-3], rest[-2:]) if rest[-3:-2] == [CLIPS] else (rest, [])
        lines = rules.get(optimizer, "")
        if optimizer not in OPTIMIZERS and not lines:
            missing = message("its rule is not in the link") if optimizer.startswith(TYPED) else STRANGER
            reader.drop(f"{key}={text}", missing)
            continue
        plain = run_choice(TYPED if lines else optimizer, lines=lines)
        if rest and meant_as_number(rest[0]):
            rest = ["learning_rate", *rest]
        parts = iter(rest)
        own, word = reader.numbers(parts, plain.knobs, optimizer)
        if word and not takes_schedule(plain.optimizer, lines):
            reader.drop(word, message("{optimizer} has no learning rate that could follow it", optimizer=optimizer))
            word, parts = None, iter(())
        run = scheduled(reader, replace(plain, numbers=own, hidden=hidden), word, parts)
        run = with_clipping(reader, run, *clips) if clips else run
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


def with_clipping(reader: Reader, run: RunChoice, by: str, limit: str) -> RunChoice:
    """A run whose gradients are clipped as its link says: clip~norm~1."""
    part = BETWEEN.join((CLIPS, by, limit))
    if not clippable(run.optimizer, run.lines):
        reader.drop(
            part,
            message("{optimizer} asks for more than gradients, so they are not clipped", optimizer=run.optimizer),
        )
        return run
    if by not in CLIPPING_RULES:
        reader.drop(part, message("{name} is one of {known}", name=CLIPS, known=listed_later(CLIPPING_RULES)))
        return run
    try:
        return replace(run, clipping=Clipping(by, number_for(LIMIT, limit, message("the limit of the clipping"))))
    except ValueError as error:
        reader.drop(part, error)
        return run
