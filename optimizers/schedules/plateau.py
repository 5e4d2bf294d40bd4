"""A schedule that listens to the loss: the rate falls when the loss has stopped falling."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape, checked
from optimizers.optimizer import Optimizer, Plan, Rate
from optimizers.schedules.decay import End
from optimizers.schedules.staircase import Factor, Start
from words import mark

Patience = Annotated[
    int, Knob("k", 0, 1000, mark("steps without progress that are put up with"), integer=True, least=0)
]
Threshold = Annotated[
    float, Knob("θ", 0.0, 0.1, mark("share of the loss that counts as progress"), least=0.0, below=1.0)
]
Drop = Annotated[float, Knob("θ", 0.0, 0.1, mark("fall of the loss that counts as progress"), least=0.0)]
Cooldown = Annotated[int, Knob("c", 0, 1000, mark("steps after a drop that are not counted"), integer=True, least=0)]
LEAST_DROP = 1e-8  # a smaller drop is not made, as in PyTorch


class Watch(NamedTuple):
    """What has been seen of the loss, one number for each trajectory, shape (N,)."""

    rate: Array  # for the next step, once the warm-up is over
    best: Array  # lowest loss so far that counted as progress
    bad: Array  # steps since then
    resting: Array  # steps of cooldown that are left


@dataclass(frozen=True)
class OnPlateau:
    """The settings of both kinds of plateau; as a plain schedule it is the rate before any loss is known."""

    start: Rate
    factor: Rate
    patience: int
    threshold: float
    cooldown: int
    end: Rate
    warmup: int = 0  # steps from `first` straight up to `start`, in which nothing is seen
    first: Rate = 0.0
    absolute: bool = False  # the threshold is a difference of losses, not a share of the best

    def __call__(self, t: int) -> Rate:
        """The rate of a run of which nothing is known yet."""
        return self.at(t, self.start)

    def at(self, t: int, later: Rate) -> Rate:
        """The rate of step `t`: `later`, what has been seen of the loss, counts once the warm-up is over."""
        return later if t >= self.warmup else self.first + (self.start - self.first) * t / self.warmup

    def warmed(self, steps: int, first: Rate) -> "OnPlateau":
        """The same after a warm-up."""
        return replace(self, warmup=steps, first=first)

    def begin(self, lanes: Array) -> Watch:
        """Nothing seen yet; `lanes` has the shape of the losses to come."""
        zero = np.zeros(np.broadcast_shapes(lanes.shape, np.shape(self.start)))
        return Watch(rate=zero + self.start, best=zero + np.inf, bad=zero, resting=zero)

    def see(self, t: int, watch: Watch, f: Array) -> Watch:
        """The loss before step `t`, and the rate that follows from it; during the warm-up nothing does."""
        if t < self.warmup:
            return watch
        better = f < self.wanted(watch.best)
        bad = np.where(better | (watch.resting > 0), 0.0, watch.bad + 1)
        resting = np.maximum(watch.resting - 1, 0.0)
        drop = bad > self.patience
        lower = np.maximum(watch.rate * self.factor, self.end)
        return Watch(
            rate=np.where(drop & (watch.rate - lower > LEAST_DROP), lower, watch.rate),
            best=np.where(better, f, watch.best),
            bad=np.where(drop, 0.0, bad),
            resting=np.where(drop, self.cooldown, resting),
        )

    def wanted(self, best: Array) -> Array:
        """The loss below which a step counts as progress. A share of a negative loss lies above that loss."""
        return best - self.threshold if self.absolute else best * (1 - self.threshold)

    def rates(self, losses: Array) -> Array:
        """The rate of each step whose losses, before the step, are given: shape (steps, ...)."""
        watch, rates = self.begin(losses[0]), []
        for t, f in enumerate(losses):
            rates.append(np.broadcast_to(self.at(t, watch.rate), watch.rate.shape))
            watch = self.see(t, watch, f)
        return np.array(rates)


@checked
def reduce_on_plateau(
    start: Start = 0.1,
    factor: Factor = 0.1,
    patience: Patience = 10,
    threshold: Threshold = 1e-4,
    cooldown: Cooldown = 0,
    end: End = 0.0,
) -> OnPlateau:
    """Times γ whenever the loss has not fallen by the share θ for more than k steps; never below `end`.

    The rule that follows it asks for one value of the loss more in every step, and each trajectory has a rate of its
    own. As `torch.optim.lr_scheduler.ReduceLROnPlateau` (`mode="min"`, relative threshold) when it is told the loss
    before each step; drops of less than 10⁻⁸ are not made. Where the best loss is negative and θ > 0, a loss that
    stands still is below (1 - θ) times the best and counts as progress: the rate is never lowered there.
    """
    return OnPlateau(start, factor, patience, threshold, cooldown, end)


@checked
def reduce_on_plateau_absolute(
    start: Start = 0.1,
    factor: Factor = 0.1,
    patience: Patience = 10,
    threshold: Drop = 1e-4,
    cooldown: Cooldown = 0,
    end: End = 0.0,
) -> OnPlateau:
    """Times γ whenever the loss has not fallen by θ for more than k steps, whatever its sign; never below `end`.

    As `torch.optim.lr_scheduler.ReduceLROnPlateau` (`mode="min"`, `threshold_mode="abs"`) when it is told the loss
    before each step; all else is as in `reduce_on_plateau`.
    """
    return OnPlateau(start, factor, patience, threshold, cooldown, end, absolute=True)


class PlateauState(NamedTuple):
    """What a rule that follows the loss remembers."""

    t: int  # updates done so far
    inner: Any  # the rule's own state
    watch: Watch


def follow(plan: OnPlateau, factory: Callable[[Rate], Optimizer]) -> Optimizer:
    """The optimizer that `factory` makes from a rate, made anew in every step with the rate of that step."""

    def init(p: Array) -> PlateauState:
        return PlateauState(t=0, inner=factory(plan.start).init(p), watch=plan.begin(p[0]))

    def update(p: Array, state: PlateauState, landscape: Landscape) -> tuple[Array, PlateauState]:
        f = landscape.value(p)
        p, inner = factory(plan.at(state.t, state.watch.rate)).update(p, state.inner, landscape)
        return p, PlateauState(state.t + 1, inner, plan.see(state.t, state.watch, f))

    return Optimizer(init, update, rate=plan)


REDUCE_ON_PLATEAU = Plan(
    factory=reduce_on_plateau,
    name=mark("Reduce on plateau"),
    latex=r"\eta \leftarrow \gamma\, \eta \quad \text{when } f \ge (1 - \theta) f_{\text{best}}"
    r" \text{ for more than } k \text{ steps}",
    use=mark(
        "No plan for the number of steps: it drops when a rate has given what it can, cycles included. A negative "
        "loss at rest never makes it drop: θ is a share of the loss, so that such a loss counts as progress."
    ),
)
REDUCE_ON_PLATEAU_ABSOLUTE = Plan(
    factory=reduce_on_plateau_absolute,
    name=mark("Reduce on plateau, absolute"),
    latex=r"\eta \leftarrow \gamma\, \eta \quad \text{when } f \ge f_{\text{best}} - \theta"
    r" \text{ for more than } k \text{ steps}",
    use=mark("Losses of any sign: progress is a difference, where a share of a negative loss would never act."),
)
