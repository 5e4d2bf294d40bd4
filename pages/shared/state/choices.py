"""Everything a person has chosen, as one value: what a link carries and what the pictures follow from."""

from dataclasses import dataclass, replace
from functools import lru_cache

from figures import HEIGHTS, OVERLAYS
from landscapes import LANDSCAPES, NOISE_MODELS, Domain, Knob, Landscape, Noise, formula, free_knobs, knobs
from optimizers import corrections, pushes
from pages.shared.state.run_choice import MOST_STEPS, Numbers, RunChoice, defaults, run_choice, run_names
from pages.shared.state.schema import Number, OneOf, Place, Schema, Turned, field
from pages.shared.state.starts import ALONE, ByHand, Further, Point
from words import mark

OWN = "formula"  # the key of a person's own landscape
MOST_RUNS = 8
MOST_POINTS = 200_000  # steps of all trajectories of a race together, those of a rule that searches counted 5 times
PARTS = {
    "points": mark("Critical points"),
    "model": mark("Local model"),
    "escape": mark("Escape"),
    "maps": mark("Eigenvalue maps"),
    "run": mark("Along a run"),
}
LECTURE = knobs(pushes) | knobs(corrections)  # of the lecture's tables
SHEETS = {"update": mark("One update"), "tables": mark("The lecture's tables")}
CURVES = {
    "gradient_norm": mark("Gradient norm"),
    "distance": mark("Distance to the nearest minimum"),
    "step_length": mark("Length of the step"),
    "effective_rate": mark("Effective rate: step over gradient"),
}
Where = tuple[str, Numbers, str, Domain]


@dataclass(frozen=True)
class Choices:
    """What is looked at, what runs on it, and how it is drawn."""

    landscape: str
    numbers: Numbers
    runs: tuple[RunChoice, ...]
    start: Point
    further: Further = ALONE  # starts besides that one
    text: str = "x**2 + 3*y**2"  # the person's own formula, kept while another landscape is shown
    domain: Domain = ((-2.0, 2.0), (-2.0, 2.0))  # where the person's own formula is looked at
    zoom: Domain | None = None  # what the map shows; None for all of the landscape's domain

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
    size: str = field(
        OneOf(mark("Text and lines"), {"screen": mark("For a screen"), "hall": mark("For a lecture hall")}, "screen")
    )

    # of the Curvature page
    part: str = field(OneOf(mark("Part"), PARTS, "points"))
    point: Point | None = field(Place())  # looked at closely; None for the first critical point

    # of the Step by step page
    sheet: str = field(OneOf(mark("Sheet"), SHEETS, "update"))
    update: int = field(
        Number(
            Knob("t", 1, MOST_STEPS, mark("update that is taken apart"), default=1, integer=True, least=1, costs=True)
        )
    )
    lecture: Numbers = field(Turned(LECTURE, "the lecture"))  # of the tables

    def build(self) -> Landscape:
        """The landscape that was chosen."""
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
        """The noise that every run meets, as one value."""
        return Noise(self.noise, self.seed, NOISE_MODELS[self.noise_kind])

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
        return self.landscape, self.numbers, self.text, self.domain


SCHEMA = Schema(Choices)
SETTINGS = {name: kind.knob for name, kind in SCHEMA.fields.items() if isinstance(kind, Number)}
LABELS = {name: (kind.label, kind.options) for name, kind in SCHEMA.fields.items() if isinstance(kind, OneOf)}


@lru_cache(maxsize=256)
def built(landscape: str, numbers: Numbers, text: str, domain: Domain) -> Landscape:
    """A landscape by names and numbers, made once.

    Raises:
        ValueError: the formula is not one.
    """
    if landscape == OWN:
        return formula(text, domain, parameters=dict(numbers))
    return LANDSCAPES[landscape](**dict(numbers))


def landscape_knobs(landscape: str, text: str) -> dict[str, Knob]:
    """What can be turned on a landscape: its parameters, or the free names of a person's own formula."""
    if landscape != OWN:
        return knobs(LANDSCAPES[landscape])
    return free_knobs(text)


def with_landscape(landscape: str, choices: "Choices") -> "Choices":
    """The same runs on another landscape, from where that landscape has something to show."""
    numbers = defaults(landscape_knobs(landscape, choices.text))
    further = ALONE if isinstance(choices.further, ByHand) else choices.further
    there = replace(choices, landscape=landscape, numbers=numbers, further=further, point=None, zoom=None)
    return replace(there, start=there.build().start)


def first_choices() -> Choices:
    """What a person sees who comes without a link: three ways down the curved valley."""
    runs = (
        run_choice("adam", learning_rate=0.3),
        run_choice("nesterov", learning_rate=0.001, momentum=0.95),
        run_choice("gradient_descent", learning_rate=0.001),
    )
    return Choices("rosenbrock", defaults(landscape_knobs("rosenbrock", "")), runs, (-1.2, 1.0))


def first_on_curvature() -> Choices:
    """What a person sees who comes to Curvature without a link: minima, saddles and a maximum, all in view."""
    return with_landscape("himmelblau", first_choices())
