"""The choices of the Data page as a link and back; nothing in a link is trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from landscapes import DataSet
from pages.data_parts.choices import (
    CLOCKS,
    MOST_SEED,
    MOST_SIZES,
    ORDERS,
    PARTS,
    RACES,
    WELLS,
    DataChoices,
    about,
    first_choices,
    opening,
    problem_knobs,
)
from pages.data_parts.problems import PROBLEMS, SURFACE, UPLOAD
from pages.data_parts.table_in_link import Wanted, read_text, read_wanted, table_text, wanted
from pages.shared.state import MOST_RUNS, MOST_STEPS, number
from pages.shared.state.link import BETWEEN, VERSION, RunReader, changed, joined, run_text
from words import Message

SWITCHES = {"scaled": "scaled", "drop_last": "drop"}
WORDS = {"order": ORDERS, "clock": CLOCKS, "part": PARTS, "versus": RACES}
WHOLE = {"steps": (1, MOST_STEPS), "seed": (0, MOST_SEED), "look": (1, 10**6), "turn": (0, 10**6)}
BARE = {"v", "model", "part"}  # of a link that chooses nothing else
KNOWN = {"v", "model", "data", "loss", "knobs", "run", "race", "sizes", "start", "wells", "beside", "table", "file"} | {
    *SWITCHES.values(),
    *WORDS,
    *WHOLE,
}


def write(choices: DataChoices) -> dict[str, str | list[str]]:
    """The parameters of the link that opens these choices; what is as it would be anyway is left out.

    What is left out is the same for ever, whatever a visitor is shown first. A link with no more than a model and a
    part opens what a visitor is shown first there; where that is not meant, the data are named.
    """
    plain = first_choices()
    parts = {"problem": choices.problem, "data": choices.data, "variant": choices.variant, "scaled": choices.scaled}
    first = next(iter(PROBLEMS[choices.problem].sets), "")
    link: dict[str, str | list[str]] = {"v": VERSION}
    if choices.data == UPLOAD:
        rows = table_text(choices.table) if choices.table is not None else None
        need = wanted(choices.table) if choices.table is not None else choices.wanted
        if rows is not None:
            link["table"] = rows
        elif need is not None:
            link["file"] = need.text()
            parts["data"] = first  # what is usual for a table that is not there, nobody knows
    usual = about(replace(plain, table=choices.table), **parts)
    for key, value, normal in (
        ("model", choices.problem, plain.problem),
        ("data", choices.data, first),
        ("loss", choices.variant, next(iter(PROBLEMS[choices.problem].variants))),
        ("knobs", changed(choices.numbers, problem_knobs(choices.problem, choices.data, choices.variant)), ""),
        ("race", run_text(choices.racer), run_text(usual.racer)),
        ("sizes", joined(choices.sizes), joined(plain.sizes)),
        ("start", joined(choices.start), joined(usual.start)),
        ("beside", choices.beside, ""),
        ("wells", changed(choices.wells, WELLS), ""),
        *((name, "1" if getattr(choices, field) else "", "") for field, name in SWITCHES.items()),
        *((name, str(getattr(choices, name)), str(getattr(plain, name))) for name in (*WORDS, *WHOLE)),
    ):
        if value != normal:
            link[key] = value
    if choices.runs != usual.runs:
        link["run"] = [run_text(run) for run in choices.runs]
    if set(link) <= BARE and choices != opening(choices.problem, choices.part):
        link["data"] = choices.data
    return link


def read(link: Mapping[str, Sequence[str]]) -> tuple[DataChoices, list[Message]]:
    """The choices that a link asks for, and a sentence for everything in it that could not be followed."""
    reader = _DataReader(link)
    return reader.data_choices(), reader.dropped


class _DataReader(RunReader):
    """Goes through a link of the Data page once."""

    def data_choices(self) -> DataChoices:
        """Sound choices, whatever stands in the link."""
        for key in [key for key in self.link if key not in KNOWN][:3]:
            self.drop(key, "it is not a part of a link to Data")
        plain = first_choices()
        if self.one_of("v", [VERSION], VERSION) != VERSION:
            return plain
        problem = self.one_of("model", list(PROBLEMS), plain.problem)
        if set(self.link) <= BARE:
            return opening(problem, self.one_of("part", list(PARTS), plain.part))
        kind = PROBLEMS[problem]
        first = next(iter(kind.sets), "")
        table, need = None, None
        if kind.takes_table and self.text("data") == UPLOAD:
            table, need = self.own()
            data = first if table is None else UPLOAD
        else:
            data = self.one_of("data", list(kind.sets), first)
        usual = about(
            replace(plain, table=table),
            problem=problem,
            data=data,
            variant=self.one_of("loss", list(kind.variants), next(iter(kind.variants))),
            scaled=kind.scales and self.one_of("scaled", ["1"], "") == "1",
        )
        marks = problem_knobs(problem, data, usual.variant)
        pairs = iter((self.text("knobs") or "").split(BETWEEN))
        wells = iter((self.text("wells") or "").split(BETWEEN))
        return replace(
            usual,
            data=data if need is None else UPLOAD,
            wanted=need,
            numbers=self.numbers(pairs, marks, f"{problem} {data}".strip())[0],
            runs=tuple(self.runs("run", MOST_RUNS)) or usual.runs,
            racer=next(self.runs("race", 1), usual.racer),
            sizes=self.sizes(plain.sizes),
            start=self.place("start", usual.start) or usual.start,
            wells=self.numbers(wells, WELLS, "flat and sharp")[0],
            beside=self.one_of("beside", [SURFACE, *kind.variants], ""),
            drop_last=self.one_of("drop", ["1"], "") == "1",
            **{key: self.one_of(key, list(known), getattr(plain, key)) for key, known in WORDS.items()},
            **{key: self.whole(key, *ends, getattr(plain, key)) for key, ends in WHOLE.items()},
        )

    def own(self) -> tuple[DataSet | None, Wanted | None]:
        """The table that the link carries, or the file that it asks for."""
        for key, reads in (("table", read_text), ("file", read_wanted)):
            text = self.text(key)
            if text is not None:
                try:
                    found = reads(text)
                except ValueError as error:
                    self.drop(f"{key}={text}", str(error))
                else:
                    return (found, None) if isinstance(found, DataSet) else (None, found)
                return None, None
        self.drop(f"data={UPLOAD}", "there is neither a table nor the name of a file with it")
        return None, None

    def whole(self, key: str, low: int, high: int, usual: int) -> int:
        """A whole number within its range."""
        text = self.text(key)
        if text is None:
            return usual
        value = number(text)
        if value is not None and value == int(value) and low <= value <= high:
            return int(value)
        self.drop(f"{key}={text}", f"{key} is a whole number from {low} to {high:,}")
        return usual

    def sizes(self, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Sizes of batches, 0 for all examples."""
        text = self.text("sizes")
        if text is None:
            return usual
        found = [number(part) for part in text.split(BETWEEN)]
        sizes = tuple(dict.fromkeys(int(n) for n in found if n is not None and n == int(n) and 0 <= n <= 10**6))
        if len(sizes) == len(found) <= MOST_SIZES:
            return sizes
        self.drop(f"sizes={text}", f"sizes are one to {MOST_SIZES} different whole numbers, 0 for all examples")
        return usual
