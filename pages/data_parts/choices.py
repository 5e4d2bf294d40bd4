"""Everything that is chosen on the Data page, as one value."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from landscapes import Batches, DataSet, Knob, Landscape, TrainingLoss, checked_window, knobs
from optimizers import FAR, farthest
from pages.data_parts.data_fields import FILE, OWN_FILE, OWN_TABLE, SETS, set_of
from pages.data_parts.pictures.fields import PictureChoices
from pages.data_parts.problems import PROBLEMS, SURFACE, UPLOAD
from pages.data_parts.table_in_link import Wanted
from pages.data_parts.theory_rate import rate_by_theory
from pages.shared.fields import (
    MOST_STEPS,
    BadBatchChoices,
    Number,
    Numbers,
    OneOf,
    OneRun,
    Place,
    RunChoice,
    Runs,
    Schema,
    Several,
    Switch,
    Turned,
    defaults,
    field,
    run_choice,
)
from pages.shared.size import SIZE
from pages.shared.state import MOST_POINTS, MOST_RUNS, SETTINGS
from pages.shared.work import kept
from words import mark, message

PARTS = {
    "model": mark("The model and its surface"),
    "batch": mark("The batch"),
    "flat": mark("Flat and sharp"),
    "training_test": mark("Training and test"),
    "softmax": mark("Softmax"),
    "activations": mark("Activations"),
    "normalisation": mark("Normalisation"),
}
RACES = {"sizes": mark("Batch sizes"), "optimizers": mark("Optimizers on the same batches")}
CLOCKS = {
    "updates": mark("Updates"),
    "epochs": mark("Epochs"),
    "examples": mark("Examples seen"),
    "seconds": mark("Seconds"),
}
ORDERS = {
    "shuffled": mark("Shuffled every epoch"),
    "replaced": mark("Drawn with replacement"),
    "in_order": mark("In order"),
}
COMPILED = 100_000  # bytes, about, that a loss takes besides its data
MOST_SIZES = 4  # that race
ALWAYS = 2000  # updates for which there is room whatever runs
IN_BATCHES = 5  # an update that makes its own batch is counted as so many at least
MANY = 500  # examples without a closed form: each time so many are counted as one update more
MOST_SEED = int(SETTINGS["seed"].top)
MANY_EXAMPLES = 10**6  # to which sizes and places of batches are counted in links
CROSSED = 0.25  # of the view's width: the longest first step that is suggested
FACET = 0.02  # of the loss at the start: by how much the first step lowers a piecewise linear loss
CALM = 0.25  # of the rate that suits, for momentum and for single examples
WELLS = {
    "shift": Knob(mark("shift"), -0.5, 0.5, mark("of the test loss"), default=0.15),
    "width": Knob(mark("width"), 0.05, 1.0, mark("of the sharp well"), log=True, default=0.2, above=0.0),
    "noise": Knob("σ", 0.0, 5.0, mark("spread of one example's gradient"), default=4.0, least=0.0),
    "rate": Knob("η", 0.005, 1.0, mark("learning rate at first"), log=True, default=0.1, above=0.0),
    "small": Knob(mark("small"), 1, 64, mark("examples in a small batch"), integer=True, default=1, least=1, most=64),
    "large": Knob(mark("large"), 1, 64, mark("examples in a large batch"), integer=True, default=64, least=1, most=64),
}
SIZES = message("sizes are one to {most} different whole numbers, 0 for all examples", most=MOST_SIZES)


SCALED = Switch(
    mark("Standardise"),
    mark("Each feature less its mean, over its standard deviation."),
    there=lambda choices: PROBLEMS[choices.problem].scales,
)


OWN_RATES = Switch(
    mark("Rates in the scale of the table"),
    mark("However small or large its numbers make them."),
    there=lambda choices: choices.data == UPLOAD,
)


def whole_knob(symbol: str, low: int, high: int, default: int) -> Knob:
    """A knob of whole numbers from low to high."""
    return Knob(symbol, low, high, default=default, integer=True, least=low, most=high)


def variants(problem: str) -> Mapping[str, str]:
    """The losses of a problem, by name."""
    return PROBLEMS[problem].variants


Where = tuple[str, str, str, Numbers, bool, DataSet | None]


@dataclass(frozen=True, kw_only=True)
class DataChoices(BadBatchChoices, PictureChoices):
    """What is fitted to what, what runs on it, and which batches it meets."""

    problem: str = field(
        OneOf(mark("Model"), lambda choices: {name: problem.name for name, problem in PROBLEMS.items()}, "line"),
        key="model",
    )
    table: DataSet | None = field(OWN_TABLE)  # what the person brought
    wanted: Wanted | None = field(OWN_FILE, key=FILE)  # what the link was made with, until it was loaded again
    data: str = field(SETS)
    variant: str = field(
        OneOf(
            mark("Loss"),
            lambda choices: variants(choices.problem),
            lambda choices: next(iter(variants(choices.problem))),
        ),
        key="loss",
    )
    scaled: bool = field(SCALED)
    own_rates: bool = field(OWN_RATES, key="rates")  # of a table; older links have those that the sliders end at
    numbers: Numbers = field(  # of the data and of the model
        Turned(
            lambda choices: problem_knobs(choices.problem, set_of(choices), choices.variant),
            lambda choices: f"{choices.problem} {set_of(choices)}".strip(),
        ),
        key="knobs",
    )
    runs: tuple[RunChoice, ...] = field(Runs(MOST_RUNS, lambda choices: usual(choices).runs), key="run")
    racer: RunChoice = field(OneRun(lambda choices: usual(choices).racer), key="race")  # with batches of several sizes
    sizes: tuple[int, ...] = field(Several(MOST_SIZES, MANY_EXAMPLES, (0, 4, 1), SIZES))  # 0 stands for all examples
    start: tuple[float, float] = field(Place(lambda choices: usual(choices).start, lambda choices: reach(choices)))
    wells: Numbers = field(Turned(WELLS, "flat and sharp"))
    beside: str = field(  # the surface or another variant; "" for what the lecture compares
        OneOf(mark("Beside it"), lambda choices: {SURFACE: SURFACE, **variants(choices.problem)}, "")
    )
    drop_last: bool = field(Switch(mark("Drop the last batch where it is small")), key="drop")
    order: str = field(OneOf(mark("Batches"), ORDERS, "shuffled"))
    clock: str = field(OneOf(mark("Race by"), CLOCKS, "updates"))
    part: str = field(OneOf(mark("Part"), PARTS, "model"))
    versus: str = field(OneOf(mark("Race"), RACES, "sizes"))
    size: str = field(SIZE)
    steps: int = field(Number(whole_knob("T", 1, MOST_STEPS, 200), mark("Updates")))
    seed: int = field(Number(whole_knob("seed", 0, MOST_SEED, 0), mark("Seed")))
    look: int = field(Number(whole_knob("b", 1, MANY_EXAMPLES, 4)))  # size of the batches that are looked at one by
    # one, and that several optimizers meet
    turn: int = field(Number(whole_knob("i", 0, MANY_EXAMPLES, 0)))  # which of them

    @property
    def where(self) -> Where:
        """The loss by names and numbers, as caches are keyed."""
        return self.problem, self.data, self.variant, self.numbers, self.scaled, self.table

    def points(self) -> DataSet | None:
        """The data as the model meets it."""
        return points_of(self.problem, self.data, self.numbers, self.scaled, self.table)

    def model(self, variant: str | None = None) -> TrainingLoss:
        """The loss of the chosen variant, or of another on the same data."""
        return model_of(self.problem, self.data, variant or self.variant, self.numbers, self.scaled, self.table)

    def build(self) -> Landscape:
        """The full loss."""
        return self.model().full

    @property
    def weight(self) -> int:
        """As how many updates one update of every run is counted; such as on the squared error of a line is one."""
        kind, examples = PROBLEMS[self.problem], self.model().examples
        if self.part == "model":
            passes = 0 if self.variant in kind.closed_forms else examples // MANY
            return sum(run.weight for run in self.runs) * (kind.update_cost + passes)
        if self.versus == "optimizers":
            sizes = [min(self.look, examples)] * len(self.runs)
        else:
            sizes = [min(size or examples, examples) for size in self.sizes]
        runs = self.runs if self.versus == "optimizers" else (self.racer,) * len(sizes)
        each = [
            run.weight * (max(kind.update_cost, IN_BATCHES) + size // MANY)
            for run, size in zip(runs, sizes, strict=True)
        ]
        return max(1, sum(each))

    @property
    def steps_taken(self) -> int:
        """The updates that are made: those asked for, as far as there is room for all that runs."""
        return min(self.steps, max(ALWAYS, MOST_POINTS // self.weight))

    def batches(self, size: int) -> Batches:
        """Batches of a size, 0 for all examples; beyond the number of examples it is all of them."""
        examples = self.model().examples
        return Batches(
            examples=examples,
            size=min(size or examples, examples),
            order=self.order,
            drop_last=self.drop_last,
            seed=self.seed,
        )


def reach(choices: DataChoices) -> float:
    """How far out a start may lie: where a run would not have left yet."""
    try:
        return farthest(choices.build())
    except ValueError:  # there is no surface, and the page says why
        return FAR


@kept("landscapes")
@np.errstate(all="ignore")
def points_of(problem: str, data: str, numbers: Numbers, scaled: bool, table: DataSet | None) -> DataSet | None:
    """A data set by name and numbers; None for a problem without data."""
    kind = PROBLEMS[problem]
    if not kind.sets:
        return None
    if data == UPLOAD:
        if table is None:
            raise ValueError(message("your table has to be loaded again"))
        chosen = table
    else:
        marks = knobs(kind.sets[data])
        chosen = kind.sets[data](**{name: int(v) if marks[name].integer else v for name, v in numbers if name in marks})
    prepared = kind.prepare(chosen)
    return prepared.standardised() if scaled else prepared


@kept("landscapes", lambda _: COMPILED)
def model_of(
    problem: str, data: str, variant: str, numbers: Numbers, scaled: bool, table: DataSet | None
) -> TrainingLoss:
    """A training loss by names and numbers, made once.

    Raises:
        ValueError: the data are too many for this loss, or their fit lies too far out to be looked at.
    """
    kind = PROBLEMS[problem]
    every = {name: knob.default for name, knob in problem_knobs(problem, data, variant).items()}
    try:
        with np.errstate(all="ignore"):  # what overflows has no window, and that is said
            model = kind.build(points_of(problem, data, numbers, scaled, table), variant, every | dict(numbers))
    except np.linalg.LinAlgError as error:
        raise ValueError(
            message(
                "there is no best fit that could be drawn: {reason}. Numbers nearer to the usual ones have a picture",
                reason=error,
            )
        ) from error
    for axis, interval in zip(kind.axes, model.full.domain, strict=True):
        try:
            checked_window(axis, interval)
        except ValueError as error:
            raise ValueError(
                message(
                    "the best fit lies where nothing can be drawn: {reason}. Numbers nearer to the usual ones have a "
                    "picture",
                    reason=error,
                )
            ) from error
    return model


def problem_knobs(problem: str, data: str, variant: str) -> dict[str, Knob]:
    """What can be turned on the data and on the model."""
    kind = PROBLEMS[problem]
    made = knobs(kind.sets[data]) if data in kind.sets else {}
    return {**made, **kind.knobs.get(variant, {})}


def about(choices: DataChoices, **parts: Any) -> DataChoices:
    """Another problem, other data or another loss: knobs and start as they come, rates that suit it."""
    new = replace(choices, **parts)
    kind = PROBLEMS[new.problem]
    data = new.data if kind.takes(new.data) else next(iter(kind.sets), "")
    variant = new.variant if new.variant in kind.variants else next(iter(kind.variants))
    new = replace(new, data=data, variant=variant, scaled=new.scaled and kind.scales, beside="")
    new = replace(new, own_rates=new.own_rates and data == UPLOAD)
    return fitted(replace(new, numbers=defaults(problem_knobs(new.problem, data, variant))))


def fitted(choices: DataChoices, start: tuple[float, float] | None = None) -> DataChoices:
    """The same problem from its own start, or from another, at rates that suit its surface."""
    try:
        own = choices.build().start
    except ValueError:  # there is no surface, and the page says why
        return choices
    new = replace(choices, start=own if start is None else start)
    runs = tuple(suited(new, run.optimizer, run.lines) for run in new.runs)
    return replace(new, runs=runs, racer=cautious_run(new, new.racer.optimizer, new.racer.lines))


def suited(choices: DataChoices, optimizer: str, lines: str = "", share: float = 1.0) -> RunChoice:
    """A run at the learning rate that theory, or the narrow side of the view, suggests, or at a share of it.

    Momentum rings long at its own, so it gets a quarter; no first step crosses more than a quarter of the view.

    Args:
        lines: of a rule that was typed.
    """
    plain = run_choice(optimizer, lines=lines)
    rate = rate_by_theory(choices, plain.rule, choices.own_rates).get("learning_rate")
    if rate is None:
        return plain
    landscape = choices.build()
    widths = np.array([high - low for low, high in landscape.domain])
    if plain.build().stability_limit is None:
        rate = rate * widths.min() / widths.max()
    else:
        start = np.array(choices.start)
        pull = landscape.gradient(start)
        across = float((np.abs(pull) / widths).max())
        rate = min(rate, CROSSED / across if across > 0 else rate)
        if choices.variant in PROBLEMS[choices.problem].piecewise_linear and pull.any():
            rate = min(rate, FACET * float(landscape.value(start) / (pull @ pull)))
        rate = rate if optimizer == "gradient_descent" else CALM * rate
    knob = plain.knobs["learning_rate"]
    if choices.own_rates:
        knob = replace(knob, low=min(knob.low, share * rate / 100), high=max(knob.high, rate))
    return run_choice(optimizer, lines=lines, learning_rate=rounded(share * rounded(rate, knob), knob))


def cautious_run(choices: DataChoices, optimizer: str, lines: str = "") -> RunChoice:
    """A run at a quarter of the suggested learning rate: the loss of one example can be far steeper than the mean."""
    return suited(choices, optimizer, lines, CALM)


def rounded(rate: float, knob: Knob) -> float:
    """A rate to one digit, downwards, and one that the slider has."""
    power = 10.0 ** math.floor(math.log10(rate))
    return min(max(float(f"{math.floor(rate / power * (1 + 1e-9)) * power:.1g}"), knob.low), knob.high)


def turned_to(choices: DataChoices, problem: str = "", **parts: Any) -> DataChoices:
    """Another problem, other data or another loss as a visitor turns to it, with the opening of the problem.

    It comes with its own first loss, unless the visitor had chosen another than the first, and it has that one too.
    Links leave out what `about` gives, which therefore never changes.

    Args:
        problem: "" for the present one.
    """
    problem = problem or choices.problem
    if problem != choices.problem and choices.variant == next(iter(variants(choices.problem))):
        parts = {"variant": next(iter(variants(problem))), **parts}
    new = about(choices, problem=problem, **parts)
    first = PROBLEMS[new.problem].opening
    if first is None:
        return new
    numbers = tuple((name, first.numbers.get(name, value)) for name, value in new.numbers)
    return fitted(replace(new, numbers=numbers), first.start)


def usual_data(problem: str, part: str) -> str:
    """The data that a problem begins with: the first, and for batches those that are made, where there are such."""
    sets = PROBLEMS[problem].sets
    made = [name for name in sets if name.startswith("made")]
    return next(iter(made if part == "batch" and made else sets), "")


@lru_cache(maxsize=32)
def opening(problem: str, part: str) -> DataChoices:
    """What a person sees who has chosen a model and a part, and nothing else."""
    return turned_to(replace(first_choices(), part=part), problem=problem, data=usual_data(problem, part))


def gone_to(choices: DataChoices, part: str) -> DataChoices:
    """The same in another part; as long as nothing was chosen, as that part opens."""
    untouched = choices == opening(choices.problem, choices.part)
    return opening(choices.problem, part) if untouched else replace(choices, part=part)


def usual(choices: DataChoices) -> DataChoices:
    """What links leave out of the runs and their start: as they come with a problem, its data and its loss."""
    return _usual(choices.problem, set_of(choices), choices.variant, choices.scaled, choices.table, choices.own_rates)


@lru_cache(maxsize=64)
def _usual(problem: str, data: str, variant: str, scaled: bool, table: DataSet | None, own_rates: bool) -> DataChoices:
    plain = replace(first_choices(), table=table, own_rates=own_rates)
    return about(plain, problem=problem, data=data, variant=variant, scaled=scaled)


@lru_cache(maxsize=1)
def first_choices() -> DataChoices:
    """What a person sees who comes without a link: three ways to fit Hubble's line."""
    runs = tuple(map(run_choice, ("adam", "momentum", "gradient_descent")))
    plain = DataChoices(
        problem="line", data="hubble", variant="squared", numbers=(), runs=runs, racer=runs[-1], start=(0.0, 0.0)
    )
    return about(plain)


SCHEMA = Schema(DataChoices, first_choices, mark("it is not a part of a link to Data"))
