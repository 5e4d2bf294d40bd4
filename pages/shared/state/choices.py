"""Everything a person has chosen, as one value: what a link carries and what the pictures follow from."""

from dataclasses import dataclass, replace
from functools import cached_property

from figures import HEIGHTS, OVERLAYS
from landscapes import LANDSCAPES, NOISE_MODELS, Domain, Knob, Landscape, Noise
from pages.curvature_parts.choices import CurvatureChoices
from pages.maps_parts.choices import MapsChoices
from pages.shared.fields import (
    MOST_STEPS,
    BadBatchChoices,
    Number,
    Numbers,
    OneOf,
    Point,
    RunChoice,
    Runs,
    Schema,
    Turned,
    defaults,
    field,
    run_choice,
    run_names,
)
from pages.shared.size import SIZE
from pages.shared.state.starts import ALONE, ByHand, Further, FurtherStarts, Start
from pages.shared.state.surface import (
    GRID,
    OWN,
    TEXT,
    ChosenGrid,
    Intervals,
    OwnFormula,
    Surface,
    Where,
    Window,
    built,
    landscape_knobs,
)
from pages.step_by_step_parts.choices import StepByStepChoices
from words import mark

MOST_RUNS = 8
MOST_POINTS = 200_000  # steps of all trajectories of a race together, those of a rule that searches counted 5 times
NAMES = {name: make.__name__ for name, make in LANDSCAPES.items()} | {
    OWN: mark("Your formula"),
    GRID: mark("A grid of losses"),
}
FIRST_RUNS = (
    run_choice("adam", learning_rate=0.3),
    run_choice("nesterov", learning_rate=0.001, momentum=0.95),
    run_choice("gradient_descent", learning_rate=0.001),
)
CURVES = {
    "gradient_norm": mark("Gradient norm"),
    "distance": mark("Distance to the nearest minimum"),
    "step_length": mark("Length of the step"),
    "effective_rate": mark("Effective rate: step over gradient"),
}


@dataclass(frozen=True, kw_only=True)
class SharedChoices(BadBatchChoices):
    """What is looked at, what runs on it, and how it is drawn."""

    landscape: str = field(Surface(mark("Landscape"), NAMES, "rosenbrock"))
    text: str = field(OwnFormula("x**2 + 3*y**2"), key=TEXT)  # the person's own, kept while another landscape is shown
    grid: str = field(ChosenGrid("spirals_skip"), key=GRID)  # the grid of losses, kept likewise
    domain: Domain = field(Intervals(((-2.0, 2.0), (-2.0, 2.0))), key="x")  # where it is looked at
    numbers: Numbers = field(
        Turned(lambda choices: landscape_knobs(choices.landscape, choices.text), lambda choices: choices.landscape),
        key="knobs",
    )
    runs: tuple[RunChoice, ...] = field(Runs(MOST_RUNS, FIRST_RUNS), key="run")
    start: Point = field(Start(lambda choices: choices.build().start))
    further: Further = field(FurtherStarts(), key="starts")  # starts besides that one
    zoom: Domain | None = field(Window())  # what the map shows; None for all of the landscape's domain

    # for all runs
    steps: int = field(
        Number(Knob("T", 1, MOST_STEPS, mark("updates of every run"), default=500, integer=True, least=1, costs=True))
    )
    noise: float = field(
        Number(Knob("σ", 0.0, 10.0, mark("gradient noise in each coordinate"), default=0.0, least=0.0))
    )
    seed: int = field(
        Number(Knob(mark("seed"), 0, 999_999, mark("which draw of the noise"), default=0, integer=True, least=0))
    )
    tolerance: float = field(
        Number(
            Knob(
                mark("tolerance"),
                1e-12,
                1.0,
                mark("how near to the lowest loss counts"),
                log=True,
                default=1e-8,
                least=0.0,
            )
        )
    )
    noise_kind: str = field(
        OneOf(mark("Kind of noise"), {key: model.name for key, model in NOISE_MODELS.items()}, "additive")
    )

    flood: int = field(
        Number(
            Knob(
                "n",
                0,
                MOST_RUNS,
                mark("run that 200 starts are shown of; 0 for none"),
                integer=True,
                default=0,
                least=0,
                costs=True,
            )
        )
    )

    # how they are drawn
    height: str = field(OneOf(mark("Height and colour"), HEIGHTS, "log"))
    overlay: str = field(OneOf(mark("Over the map"), OVERLAYS, "none"))
    axis: str = field(OneOf(mark("Axis of the curves"), {"log": mark("Logarithmic"), "linear": mark("Linear")}, "log"))
    curve: str = field(OneOf(mark("Beside the loss"), CURVES, "gradient_norm"))
    order: str = field(
        OneOf(mark("Order of the table"), {"added": mark("As added"), "winner": mark("Winner first")}, "added")
    )
    layout: str = field(
        OneOf(
            mark("Layout"),
            {"all": mark("Map, surface and curves"), "map": mark("The map alone"), "curves": mark("Large curves")},
            "all",
        )
    )
    size: str = field(SIZE)

    def build(self) -> Landscape:
        """The landscape that was chosen."""
        return self._built

    @cached_property
    def _built(self) -> Landscape:
        return built(*self.where)

    def names(self) -> list[str]:
        """The runs' names: their rules, and what tells those of one rule apart."""
        return run_names(self.runs)

    @property
    def starts(self) -> tuple[Point, ...]:
        """Every start that was asked for, the one by hand first."""
        return self.start, *self.further.places(self.start, self.build().domain)

    @property
    def gradient_noise(self) -> Noise:
        """The noise that every run meets, and the outlier, as one value."""
        return Noise(self.noise, self.seed, NOISE_MODELS[self.noise_kind], self.bad_batch)

    @property
    def weight(self) -> int:
        """As how many steps one step of every run is counted."""
        return sum(run.weight for run in self.runs)

    @property
    def steps_taken(self) -> int:
        """The steps that every run takes: those asked for, as far as there is room for all runs from one start."""
        return min(self.steps, MOST_POINTS // self.weight)

    @property
    def starts_within_budget(self) -> tuple[Point, ...]:
        """The first starts, cut so that starts times runs times steps stays within MOST_POINTS."""
        return self.starts[: max(1, MOST_POINTS // (self.weight * self.steps_taken))]

    @property
    def where(self) -> Where:
        """The landscape by names and numbers, as caches are keyed."""
        return self.landscape, self.numbers, self.grid if self.landscape == GRID else self.text, self.domain


@dataclass(frozen=True, kw_only=True)
class Choices(MapsChoices, StepByStepChoices, CurvatureChoices, SharedChoices):
    """What is shared, and what each page adds to it."""


def with_landscape(landscape: str, choices: Choices) -> Choices:
    """The same runs on another landscape, from where that landscape has something to show."""
    further = ALONE if isinstance(choices.further, ByHand) else choices.further
    there = replace(choices, landscape=landscape, further=further)
    return SCHEMA.reset(there, "numbers", "start", "point", "chord_from", "chord_to", "zoom")


def first_choices() -> Choices:
    """What a person sees who comes without a link: three ways down the curved valley."""
    return Choices(numbers=defaults(landscape_knobs("rosenbrock", "")), start=(-1.2, 1.0))


def first_on_curvature() -> Choices:
    """What a person sees who comes to Curvature without a link: minima, saddles and a maximum, all in view.

    Along the first run the curvature is beyond the stability limit again and again, along the second never.
    """
    himmelblau = with_landscape("himmelblau", first_choices())
    rates = (0.016, 0.01)  # 2/rate is 125 and 200, and 134 the largest eigenvalue at the minimum that both run into
    runs = tuple(run_choice("gradient_descent", learning_rate=rate) for rate in rates)
    return replace(himmelblau, runs=(*runs, run_choice("adam", learning_rate=0.3)), steps=150)


def first_on_maps() -> Choices:
    """What a person sees who comes to Maps without a link: four basins, each with a petal of every other."""
    himmelblau = with_landscape("himmelblau", first_choices())
    return replace(himmelblau, runs=(run_choice("momentum", learning_rate=0.01),), steps=400)


SCHEMA = Schema(Choices, first_choices)
SETTINGS = {name: kind.knob for name, kind in SCHEMA.fields.items() if isinstance(kind, Number)}
LABELS = {name: (kind.label, kind.options) for name, kind in SCHEMA.fields.items() if type(kind) is OneOf}
