"""How widely 1/√v̂ scatters while Adam's second moment has seen few gradients, and what RAdam makes of that."""

from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from landscapes import Array, Knob, Landscape, checked, knobs
from landscapes.formula import read_lines
from optimizers.engine import Checkpoint, descend
from optimizers.rules import RULES
from optimizers.worked_steps.evaluation import evaluate
from words import mark

LAST = 1000  # update that is looked at
TIMES = np.unique(np.round(np.geomspace(1, LAST, 91)).astype(int))  # all of the first, and 10 and 100 among them
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)  # of the draws that lie below each curve
TRACTABLE = 4.0  # ρ beyond which 1/v̂ has a variance, and RAdam divides by √v̂ ...
TORCH = 5.0  # ... and the same in PyTorch
SEED = 0
# ρ is a difference of numbers as large as 2/(1 - β₂): nearer to 1 its digits would be lost.
BetaOfSquares = Annotated[
    float, replace(knobs(RULES["radam"].factory)["beta2"], most=0.99999, help=mark("memory of the squared gradient"))
]
Draws = Annotated[int, Knob("n", 100, 3000, mark("draws"), log=True, integer=True, least=20, costs=True)]


class EarlySpread(NamedTuple):
    """1/√v̂ over many draws of random gradients, whose true root mean square is 1, after each of some updates."""

    t: NDArray[np.int64]  # (K,) updates made
    quantiles: Array  # (5, K), of 1/√v̂: below each lie the `SHARES` of the draws
    expected: Array  # (5, K), the same where v̂ is the mean of ρ independent squares
    rho: Array  # (K,), of how many gradients v̂ is worth the mean
    r: Array  # (K,), what RAdam shortens the step by; nan where ρ ≤ 4
    adaptive_from: int | None  # first update with ρ > 4; None where ρ never comes there
    adaptive_from_in_torch: int | None  # first update with ρ > 5

    def spread(self, t: int) -> float:
        """How many times the 95 % quantile of 1/√v̂ is the 5 % quantile after one of the updates that were kept."""
        low, high = self.quantiles[[0, -1], np.flatnonzero(self.t == t)[0]]
        return float(high / low)


def rectification(t: NDArray[np.int64], beta2: float) -> tuple[Array, Array]:
    """RAdam's ρ and r after each of those updates, (K,) each, from the lines of the rule; r is nan where ρ ≤ 4.

    >>> rho, r = rectification(np.array([1, 5, 6]), 0.999)
    >>> [round(float(each), 1) for each in rho], round(float(r[2]), 3)
    ([1.0, 5.0, 6.0], 0.026)
    """
    lines = RULES["radam"].lines
    values = {"t": t.astype(float), "beta2": np.array([beta2])}
    with np.errstate(all="ignore"):
        for line in read_lines(lines.text if lines else ""):
            if line.name in ("rho_max", "rho", "r"):
                values[line.name] = evaluate(line.formula, values, np.zeros_like)
    return values["rho"], np.where(values["rho"] > TRACTABLE, values["r"], np.nan)


def random_gradients(seed: int) -> Landscape:
    """A flat loss, in any number of dimensions, whose mini-batches have gradients from the standard normal law."""

    def of_update(step: int) -> Landscape:
        return replace(flat, gradient=lambda p: np.random.default_rng([seed, step]).standard_normal(p.shape))

    flat = Landscape(
        name="Random gradients",
        latex="0",
        value=lambda p: np.zeros(p.shape[1:]),
        gradient=np.zeros_like,
        hessian=lambda p: np.zeros((len(p), *p.shape)),
    )
    return replace(flat, batch=of_update)


@checked
def early_spread(beta2: BetaOfSquares = 0.999, draws: Draws = 1000) -> EarlySpread:
    """What Adam divides its step by, over many draws of its first 1000 gradients.

    After one update v̂ is the square of one gradient, and 1/√v̂ has no finite mean. RAdam takes v̂ for the mean of ρ
    independent squares, ρ = ρ∞ - 2tβ₂ᵗ/(1 - β₂ᵗ) with ρ∞ = 2/(1 - β₂) - 1: up to ρ = 4 the variance of 1/v̂ is
    infinite, and beyond it r shrinks the step so that, to first order, the variance of r/√v̂ is always that of ρ∞.

    Source: L. Liu and others, On the variance of the adaptive learning rate and beyond, ICLR 2020, arXiv:1908.03265,
        sections 3 and 4.
    """
    landscape, rule = random_gradients(SEED), RULES["adam"].factory(learning_rate=0.0, beta2=beta2)  # stays at 0
    p = np.zeros(draws)
    end, quantiles = Checkpoint(0, rule.init(p)), []
    for t in TIMES.tolist():
        end = descend(landscape, rule, p, t - end.step, resume=end).end
        quantiles.append(np.quantile(1 / np.sqrt(end.state.v / end.state.c2), SHARES))
    rho, r = rectification(TIMES, beta2)
    return EarlySpread(
        t=TIMES,
        quantiles=np.array(quantiles).T,
        expected=_of_a_mean_of_squares(rho),
        rho=rho,
        r=r,
        adaptive_from=_first(beta2, TRACTABLE),
        adaptive_from_in_torch=_first(beta2, TORCH),
    )


def _of_a_mean_of_squares(rho: Array) -> Array:
    """Quantiles of 1/√v̂ where ρ v̂ has the chi-squared law with ρ degrees of freedom, (5, K)."""
    above = 1 - np.array(SHARES)[:, None]  # 1/√v̂ is small where v̂ is large
    return np.asarray(np.sqrt(rho / (2 * gammaincinv(rho / 2, above))))


def _first(beta2: float, border: float) -> int | None:
    """The first update after which ρ is beyond a border, of as many as are looked at."""
    every = np.arange(1, LAST + 1)
    beyond = np.flatnonzero(rectification(every, beta2)[0] > border)
    return int(every[beyond[0]]) if beyond.size else None
