"""The numbers behind the pictures of the Data page, each computed once for the choices that it follows from."""

from dataclasses import dataclass, field, replace

import numpy as np

from figures import Heights, Steps, heights, of_trajectory
from landscapes import Array, Batches, DataSet, Domain, Landscape, Noise, Outlier, find_critical_points, tilted
from landscapes.from_data import Machine, two_wells
from optimizers import OPTIMIZERS, SCHEDULES, Trajectory, Verdict, descend
from optimizers.verdicts import verdict
from pages.data_parts.choices import DataChoices, Where, model_of, suited
from pages.data_parts.problems import PROBLEMS
from pages.shared.race import Once, breathe, in_turn, kept
from pages.shared.state import Numbers, RunChoice, run_names
from words import say

MOST_PASSES = 100  # of examples through neurons: beyond, no minimum of a network is searched for
STARTS = 64  # runs of each batch size in the flat and sharp wells
WELL_STEPS = 400
EXAMPLES = 64  # tilts of the wells
NO_OUTLIER = Outlier()
ROUNDING = 1e-9  # of sums of seconds
NEAR_FLAT, NEAR_SHARP = (
    2.0,
    3.0,
)  # a run ended in the flat well within this distance, in the sharp within so many widths


@dataclass(frozen=True, eq=False, kw_only=True)
class Race:
    """One run with what there is to say about it."""

    label: str = ""
    run: RunChoice
    trajectory: Trajectory
    loss: Array  # (ticks + 1,), the full loss at each tick of the clock
    shown: Array  # (2, ticks + 1): positions
    updates: int
    verdict: Verdict
    size: int = 0  # examples in a batch, 0 where the run saw all of them
    examples: int = 0  # seen by the end
    once: Once = field(default_factory=Once, repr=False)

    def steps_drawn(self, height: Heights, domain: Domain) -> Steps:
        """The ticks at which its line is drawn over a domain."""
        shares = height.share(self.loss)
        return self.once((height, domain), lambda: of_trajectory(self.shown, shares, [domain]))


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


@kept("landscapes")
def _view(problem: str, data: str, variant: str, numbers: Numbers, scaled: bool, table: DataSet | None) -> View:
    model = model_of(problem, data, variant, numbers, scaled, table)
    landscape = model.full
    searched = model.examples * PROBLEMS[problem].neurons(dict(numbers)) <= MOST_PASSES
    found = [p for p in find_critical_points(landscape).points if p.kind == "minimum"] if searched else []
    lowest = min(found, key=lambda p: p.value).position if found else None
    return View(heights(landscape, landscape.domain), lowest)


def beside_runs(choices: DataChoices, variant: str) -> list[Race]:
    """The same optimizers on another variant: at the same rates, or if its parameters are others at rates that suit."""
    other = replace(choices, variant=variant)
    if not PROBLEMS[choices.problem].same_parameters:
        other = replace(other, runs=tuple(at_its_rate(other, run) for run in choices.runs))
    return full_runs(other)


def at_its_rate(choices: DataChoices, run: RunChoice) -> RunChoice:
    """The same run at a rate that suits another loss."""
    suits = dict(suited(choices, run.optimizer, run.lines).numbers)
    return replace(run, numbers=tuple((k, suits[k] if k == "learning_rate" else v) for k, v in run.numbers))


def full_runs(choices: DataChoices) -> list[Race]:
    """Every run of the model part, on all examples."""
    where = choices.where
    return [_race(where, None, replace(run, hidden=False), choices.start, choices.steps_taken) for run in choices.runs]


def batch_runs(choices: DataChoices) -> list[Race]:
    """The racer with batches of each size, or every run with batches of one; all of one size meet the same batches.

    By updates each run takes as many. By epochs or examples a tick of the clock is a batch of the smallest size, and
    a run has done at each tick the updates for which it has seen enough examples; of epochs in which a small last
    batch is dropped, those for which enough of an epoch is over. By seconds a tick is the shortest update of all.
    """
    model = choices.model()
    if choices.versus == "optimizers":
        cut = choices.batches(choices.look)
        named = zip(run_names(choices.runs), choices.runs, strict=True)
        entrants = [(name, run, cut) for name, run in named if not run.hidden]
    else:
        cuts = [choices.batches(size) for size in choices.sizes]
        entrants = [(at_a_time(cut), choices.racer, cut) for cut in cuts]
    tick = min((cut.size for _, _, cut in entrants), default=1)
    machine = choices.clockwork if choices.clock == "seconds" else None
    races = []
    for label, run, cut in entrants:
        whole = cut.examples_per_epoch if choices.clock == "epochs" else model.examples
        each = 0 if choices.clock == "updates" else tick * whole if machine is None else machine.update(tick)
        seen = replace(run, hidden=False)
        race = _race(choices.where, cut, seen, choices.start, choices.steps_taken, each, machine, choices.bad_batch)
        races.append(replace(race, label=label, size=cut.size, examples=cut.seen(race.updates)))
    return races


def undisturbed(choices: DataChoices, race: Race) -> Race:
    """The same run on all examples."""
    return _race(choices.where, None, race.run, choices.start, race.updates)


@kept("runs")
def _race(
    where: Where,
    cut: Batches | None,
    run: RunChoice,
    start: tuple[float, float],
    ticks: int,
    tick: float = 0,
    machine: Machine | None = None,
    outlier: Outlier = NO_OUTLIER,
) -> Race:
    """One run on all examples or on batches, seen after every update or, with a tick, by the examples it has seen.

    Args:
        tick: examples from one look to the next, times the number of all examples; with a machine, its seconds.
        outlier: what a bad batch adds to the gradient of one update.
    """
    model = model_of(*where)
    landscape = Noise(outlier=outlier).on(model.full if cut is None else model.seen_in(cut))
    done = np.arange(ticks + 1)
    if cut is not None and tick:
        if machine is None:
            passed = [cut.seen(update) * model.examples for update in range(done.size)]
            done = np.searchsorted(passed, done * tick, side="right") - 1
        else:
            elapsed = [machine.elapsed(cut, update) for update in range(done.size)]
            done = np.searchsorted(elapsed, done * tick * (1 + ROUNDING), side="right") - 1
    optimizer, updates = run.build(), int(done[-1])
    with in_turn(run.weight * updates):
        trajectory = descend(landscape, optimizer, np.array(start), updates, check=breathe)
    shown = trajectory.positions[:, done]
    with np.errstate(all="ignore"):  # on its way out a run may overflow
        loss = landscape.value(shown)
    return Race(
        run=run,
        trajectory=trajectory,
        loss=loss,
        shown=shown,
        updates=updates,
        verdict=verdict(landscape, optimizer, trajectory),
    )


@dataclass(frozen=True, eq=False)
class Wells:
    """Where runs with one batch size ended: flat, sharp or elsewhere, and the test loss there."""

    size: int
    ends: Array  # (2, STARTS)
    flat: float
    sharp: float
    test_loss: float
    train_loss: float


@kept("runs")
def wells(numbers: Numbers, seed: int) -> tuple[Landscape, Landscape, Array, tuple[Wells, ...]]:
    """Training and test loss, the common starts (2, N), and the ends with small and with large batches."""
    n = dict(numbers)
    shift = n.pop("shift")
    train, starts, lasts = trained_in_wells(tuple(n.items()), seed)
    test = two_wells(width=n["width"], shift=shift)
    results = []
    for size, last in lasts.items():
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


@kept("runs")
def trained_in_wells(numbers: Numbers, seed: int) -> tuple[Landscape, Array, dict[int, Array]]:
    """The training loss, the common starts (2, N), and by batch size where the runs ended (2, N), which no shift of the
    test loss changes."""
    n = dict(numbers)
    train = two_wells(width=n["width"])
    round_sharp = np.random.default_rng([seed, 1]).uniform(-2, 2, (2, STARTS)) * n["width"]
    starts = round_sharp + np.array([[5.0], [0.0]])
    model = tilted(train, EXAMPLES, n["noise"], seed)
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=SCHEDULES["cosine"](n["rate"], steps=WELL_STEPS))
    lasts = {}
    for size in dict.fromkeys((int(n["small"]), int(n["large"]))):
        cuts = [Batches(examples=EXAMPLES, size=size, seed=STARTS * seed + i) for i in range(STARTS)]

        def shown(step: int, cuts: list[Batches] = cuts) -> Landscape:
            return model.of(np.stack([cut.rows(step) for cut in cuts]))

        lasts[size] = descend(replace(train, batch=shown), optimizer, starts, WELL_STEPS).positions[:, -1]
    return train, starts, lasts


def at_a_time(cut: Batches) -> str:
    """What a race of batch sizes is called by."""
    if cut.size == cut.examples:
        return say("{size} at a time (all)", size=cut.size)
    return say("{size} at a time", size=cut.size)
