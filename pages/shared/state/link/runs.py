"""Runs in a link: an optimizer, the knobs that were turned, a schedule, a warm-up."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from landscapes import knobs
from optimizers import OPTIMIZERS
from pages.shared.state.grammar import BETWEEN, Reader
from pages.shared.state.link.writing import HIDDEN, WARMS
from pages.shared.state.run_choice import WARMUP, RunChoice, schedule_knobs, takes_schedule, takes_warmup
from pages.shared.state.typed import meant_as_number, number
from words import message, message_n


class RunReader(Reader):
    """Reads runs too."""

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
        if word == WARMS and takes_warmup(run) and value is not None and WARMUP.open_to(value):
            return replace(run, warmup=int(value))
        self.drop(
            f"{word} {text}",
            message(
                "behind {schedule} there may be {example}, with {range}",
                schedule=run.schedule,
                example=f"{WARMS}{BETWEEN}20",
                range=WARMUP.range,
            ),
        )
        return run

    def runs(self, key: str, most: int) -> Iterator[RunChoice]:
        """The runs under a key, each with its schedule; a number right behind the name is the learning rate."""
        texts = self.texts(key)
        if len(texts) > most:
            given = message_n("{count} run", "{count} runs", len(texts))
            self.drop(given, message("at most {most} run together", most=most))
        for text in texts[:most]:
            optimizer, *rest = text.split(BETWEEN)
            hidden = rest[-1:] == [HIDDEN]
            rest = rest[:-1] if hidden else rest
            if optimizer not in OPTIMIZERS:
                self.drop(f"{key}={text}", message("there is no optimizer of that name"))
                continue
            if rest and meant_as_number(rest[0]):
                rest = ["learning_rate", *rest]
            parts = iter(rest)
            own, word = self.numbers(parts, knobs(OPTIMIZERS[optimizer]), optimizer)
            if word and not takes_schedule(optimizer):
                self.drop(word, message("{optimizer} has no learning rate that could follow it", optimizer=optimizer))
                word, parts = None, iter(())
            run = self.scheduled(RunChoice(optimizer, own, hidden=hidden), word, parts)
            try:
                run.build()
            except ValueError as error:
                self.drop(f"{key}={text}", error)
            else:
                yield run
