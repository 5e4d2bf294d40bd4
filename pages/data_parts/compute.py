"""The numbers behind the pictures of the Data page, each computed once for the choices that it follows from."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from figures import Heights, heights
from landscapes import Array, Batches, DataSet, Landscape, batch_covariance, find_critical_points, tilted, two_wells
from optimizers import OPTIMIZERS, Trajectory, Verdict, descend, verdict
from pages.data_parts.choices import DataChoices, DataRun, model_of
from pages.shared.choices import Numbers

CLOUD = 400  # batches in the cloud at most
STARTS = 64  # runs of each batch size in the flat and sharp wells
WELL_STEPS = 300
EXAMPLES = 64  # tilts of the wells
NEAR_FLAT, NEAR_SHARP = (
    2.0,
    3.0,
)  # a run ended in the flat well within this distance, in the sharp within so many widths


@dataclass(frozen=True, eq=False)
class Race:
    """One run with what there is to say about it; the clock ticks with the smallest batch of the race."""

    label: str
    size: int
    trajectory: Trajectory
    loss: Array  # (ticks + 1,), the full loss
    gradient_norm: Array
    shown: Array  # (2, ticks + 1): positions at each tick of the clock
    updates: int
    examples: int  # seen by the end
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class View:
    """How high a loss is drawn, and its lowest minimum in view."""

    height: Heights
    minimum: Array | None  # (2,); None where none is found

    @property
    def landmarks(self) -> dict[str, Array]:
        """The minimum as the map takes it."""
        return {} if self.minimum is None else {"minimum": self.minimum[:, None]}


def view(choices: DataChoices, variant: str | None = None) -> View:
    """The view of the chosen loss, or of another variant on the same data."""
    c = choices
    return _view(c.problem, c.data, variant or c.variant, c.numbers, c.scaled, c.table)


@lru_cache(maxsize=64)
def _view(problem: str, data: str, variant: str, numbers: Numbers, scaled: bool, table: DataSet | None) -> View:
    landscape = model_of(problem, data, variant, numbers, scaled, table).full
    found = [p for p in find_critical_points(landscape).points if p.kind == "minimum"]
    lowest = min(found, key=lambda p: p.value).position if found else None
    return View(heights(landscape, landscape.domain), lowest)


def full_runs(choices: DataChoices, variant: str | None = None) -> list[Race]:
    """Every run of the model part, on all examples."""
    landscape = choices.model(variant).full
    return [_race(landscape, run, choices.start, choices.steps) for run in choices.runs]


def batch_runs(choices: DataChoices) -> list[Race]:
    """The racer with batches of each size; all of one size meet the same batches."""
    model, clock = choices.model(), choices.clock
    cut = [choices.batches(size) for size in choices.sizes]
    tick = min(batches.size for batches in cut)
    races = []
    for batches in cut:
        budget = choices.steps if clock == "updates" else max(1, -(-choices.steps * tick // batches.size))
        races.append(
            _race(model.seen_in(batches), choices.racer, choices.start, choices.steps, budget, batches, tick, clock)
        )
    return races


def _race(
    landscape: Landscape,
    run: DataRun,
    start: tuple[float, float],
    ticks: int,
    updates: int | None = None,
    batches: Batches | None = None,
    tick: int = 1,
    clock: str = "updates",
) -> Race:
    optimizer, updates = run.build(), ticks if updates is None else updates
    trajectory = descend(landscape, optimizer, np.array(start), updates)
    done = np.arange(ticks + 1)
    if clock != "updates" and batches is not None:
        seen = np.array([batches.seen(update) for update in range(updates + 1)])
        done = np.minimum(np.searchsorted(seen, done * tick, side="right") - 1, updates)
    shown = trajectory.positions[:, done]
    with np.errstate(all="ignore"):  # on its way out a run may overflow
        loss, gradient = landscape.value(shown), landscape.gradient(shown)
        norm = np.sqrt((gradient**2).sum(axis=0))
    size = batches.size if batches else 0
    return Race(
        label=f"{size} at a time" if batches else "",
        size=size,
        trajectory=trajectory,
        loss=loss,
        gradient_norm=norm,
        shown=shown,
        updates=updates,
        examples=batches.seen(updates) if batches else 0,
        verdict=verdict(landscape, optimizer, trajectory),
    )


@dataclass(frozen=True, eq=False)
class Noise:
    """The gradients of batches at one place, and what theory says of them."""

    batches: Array  # (2, K)
    full: Array  # (2,)
    covariance: Array  # theory, (2, 2)
    found: Array  # of the batches that were drawn, (2,): variances


def noise(choices: DataChoices) -> Noise:
    """A cloud of whole batches at the marker."""
    model, cut = choices.model(), choices.batches(choices.look)
    place = np.array(choices.start)
    each = model.gradients(place)
    rows = [cut.rows(step) for step in range(max(CLOUD, cut.steps_per_epoch))][:CLOUD]
    whole = np.array([model.of(r).gradient(place) for r in rows if r.size == cut.size]).T
    full = model.full.gradient(place)
    found = ((whole - full[:, None]) ** 2).mean(axis=1)
    return Noise(whole, full, batch_covariance(each, cut.size, choices.order), found)


@dataclass(frozen=True, eq=False)
class Wells:
    """Where runs with one batch size ended: flat, sharp or elsewhere, and the test loss there."""

    size: int
    ends: Array  # (2, STARTS)
    flat: float
    sharp: float
    test_loss: float
    train_loss: float


@lru_cache(maxsize=32)
def wells(numbers: Numbers, seed: int) -> tuple[Landscape, Landscape, Array, tuple[Wells, ...]]:
    """Training and test loss, the common starts (2, N), and the ends with small and with large batches."""
    n = dict(numbers)
    train, test = two_wells(width=n["width"]), two_wells(width=n["width"], shift=n["shift"])
    round_sharp = np.random.default_rng([seed, 1]).uniform(-2, 2, (2, STARTS)) * n["width"]
    starts = round_sharp + np.array([[5.0], [0.0]])
    model = tilted(train, EXAMPLES, n["noise"], seed)
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=n["rate"])
    results = []
    for size in dict.fromkeys((int(n["small"]), int(n["large"]))):
        cuts = [Batches(examples=EXAMPLES, size=size, seed=STARTS * seed + i) for i in range(STARTS)]

        def shown(step: int, cuts: list[Batches] = cuts) -> Landscape:
            return model.of(np.stack([cut.rows(step) for cut in cuts]))

        last = descend(replace(train, batch=shown), optimizer, starts, WELL_STEPS).positions[:, -1]
        known = last[:, np.isfinite(last).all(axis=0)]
        results.append(
            Wells(
                size,
                known,
                float((np.hypot(*last) <= NEAR_FLAT).mean()),
                float((np.hypot(last[0] - 5, last[1]) <= NEAR_SHARP * n["width"]).mean()),
                float(test.value(known).mean()) if known.size else float("nan"),
                float(train.value(known).mean()) if known.size else float("nan"),
            )
        )
    return train, test, starts, tuple(results)
