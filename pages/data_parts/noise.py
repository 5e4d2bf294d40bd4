"""How batches scatter: their gradients at the marker, and what they do to a run where theory knows it."""

from dataclasses import dataclass

import numpy as np

from landscapes import Array, Batches, batch_covariance, stationary_variance
from optimizers import Spread, expected_spread
from pages.data_parts.choices import DataChoices, Where, model_of
from pages.data_parts.compute import Race, undisturbed
from pages.data_parts.problems import PROBLEMS
from pages.shared.state import Point
from pages.shared.work import kept

CLOUD = 400  # batches in the cloud at most
MOST_LOOKS = 1000  # points of a run over which its spread is measured, before the last
ROUNDING = 1e-10  # of the examples' gradients: what is left where all cancel
LINEAR = ("gradient_descent", "momentum", "momentum_lee")  # rules whose spread on a quadratic is known


@dataclass(frozen=True, eq=False)
class Noise:
    """The gradients of batches at one place, and what theory says of them where it does."""

    batches: Array  # (2, K)
    full: Array  # (2,)
    law: Array | None  # covariance of one batch about the full gradient, (2, 2); None where there is no such law
    rounding: float  # what is smaller than this is zero but for rounding

    @property
    def mean(self) -> Array:
        """The mean of the batches' gradients, (2,)."""
        mean: Array = self.batches.mean(axis=1)
        return mean

    @property
    def covariance(self) -> Array:
        """Of the batches' gradients about their mean, (2, 2)."""
        return self._about(self.mean)

    @property
    def variances(self) -> Array:
        """Of the batches' gradients about the full gradient, (2,)."""
        return np.diag(self._about(self.full))

    @property
    def off(self) -> float:
        """How far their mean lies from the full gradient."""
        distance = float(np.hypot(*(self.mean - self.full)))
        return distance if distance > self.rounding else 0.0

    @property
    def chance(self) -> float:
        """How far it would lie from it by chance, if the batches were drawn one by one about the full gradient."""
        return float(np.sqrt(np.trace(self.covariance) / self.batches.shape[1]))

    def _about(self, centre: Array) -> Array:
        away = self.batches - centre[:, None]
        away = np.where(np.abs(away) <= self.rounding, 0.0, away)
        about: Array = away @ away.T / self.batches.shape[1]
        return about


def noise(choices: DataChoices) -> Noise:
    """A cloud of whole batches at the marker; of batches that come again and again, each once."""
    return _noise(choices.where, choices.batches(choices.look), choices.start)


@kept("runs")
def _noise(where: Where, cut: Batches, start: Point) -> Noise:
    model, place = model_of(*where), np.array(start)
    each, full = model.gradients(place), model.full.gradient(place)
    rows = [cut.rows(step) for step in range(cut.steps_per_epoch if fixed(cut) else max(CLOUD, cut.steps_per_epoch))]
    whole = [r for r in rows[:CLOUD] if r.size == cut.size]
    lawful = model.averages and cut.order != "in_order"
    return Noise(
        np.array([model.of(r).gradient(place) for r in whole]).T,
        full,
        batch_covariance(each, cut.size, cut.order) if lawful else None,
        ROUNDING * float(np.abs(each).max(initial=np.abs(full).max())),
    )


def fixed(cut: Batches) -> bool:
    """Whether every epoch has the same batches."""
    return cut.order == "in_order" or (cut.size == cut.examples and cut.order != "replaced")


@dataclass(frozen=True, eq=False)
class NoisySpread:
    """How far noise drives a run from the same run without it, over its second half or the end of that."""

    curvatures: tuple[float, float]  # of the loss along x and y
    first: int  # the point with which that begins
    found: Array  # mean squares along x and y, (2,); nan where the run left
    expected: tuple[Spread, Spread] | None  # None where nothing is left to chance
    for_ever: tuple[float, float]  # for independent draws, for ever: infinite beyond the border of stability


def noisy_spread(choices: DataChoices, race: Race) -> NoisySpread | None:
    """The spread of a race on a problem and by a rule for which theory knows it; None where it does not, or is none.

    The loss is quadratic and its noise the same everywhere: less the run without noise, a run is what the noise alone
    does, and the way down is not counted.
    """
    known_noise = PROBLEMS[choices.problem].known_noise
    if known_noise is None or choices.bad_batch.present:
        return None
    model, noise_here, own = choices.model(), known_noise(dict(choices.numbers)), dict(race.run.numbers)
    cut = choices.batches(race.size)
    linear = race.run.optimizer in LINEAR and race.run.clipping is None
    known = linear and not race.run.scheduled and not own.get("dampening")
    noisy = noise_here.deviation > 0 and not (fixed(cut) and cut.size == cut.examples)
    if not known or not noisy or race.updates < 2:
        return None
    first = max(race.updates // 2, race.updates - MOST_LOOKS)
    still = undisturbed(choices, race).trajectory.positions
    away = (race.trajectory.positions - still)[:, first:]
    rate, beta, curvatures = own["learning_rate"], own.get("momentum", 0.0), noise_here.curvatures
    tilts = model.gradients(np.zeros(2))[0]
    variance = float(batch_covariance(np.stack([tilts, tilts]), cut.size, cut.order)[0, 0])
    stable = rate * max(curvatures) < 2 * (1 + beta)
    expected = None
    if cut.order != "in_order" and stable:
        along_x, along_y = (
            expected_spread(cut, float(tilts.var(ddof=1)), rate, curvature, race.updates, first, beta)
            for curvature in curvatures
        )
        expected = (along_x, along_y)
    along_x, along_y = (stationary_variance(rate, curvature, variance, beta) for curvature in curvatures)
    return NoisySpread(curvatures, first, (away**2).mean(axis=1), expected, (along_x, along_y))
