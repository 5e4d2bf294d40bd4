"""A line search for the strong Wolfe conditions: how far to go in a direction, for each trajectory on its own."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Knob, Landscape
from optimizers.optimizer import Rate
from optimizers.rules.arithmetic import dot
from optimizers.rules.backtracking import Found, question
from words import mark

Flatness = Annotated[
    Rate, Knob("c₂", 0.1, 0.99, mark("share of the slope that may be left at the end of a step"), above=0.0, below=1.0)
]
TRIALS = 40  # lengths that are looked at in one search


class Trial(NamedTuple):
    """A length along the direction with the loss and its slope there, each of shape (N,)."""

    alpha: Array
    f: Array
    slope: Array
    still: NDArray[np.bool_]  # so short that p does not move


def pick(where: Array, a: Trial, b: Trial) -> Trial:
    """`a` where the condition holds, else `b`."""
    return Trial(*(np.where(where, one, other) for one, other in zip(a, b, strict=True)))


def strong_wolfe(
    landscape: Landscape,
    p: Array,
    f: Array,
    d: Array,
    slope: Array,
    first: Rate,
    armijo: Rate,
    flatness: Rate,
    failed: Array,
) -> Found:
    """A length α with f(p + αd) ≤ f + c₁α·slope and |∇f(p + αd)·d| ≤ c₂|slope|.

    First it doubles `first` until such a length is met or surely lies between the last two; then it shrinks that
    bracket by cubic, else quadratic interpolation, else by halves. Where 40 lengths did not meet both conditions the
    lowest end of the bracket is taken, which meets the first, and so it is where the bracket is so narrow that a length
    in it no longer moves p. A value that is not finite is too far. `failed` is that of the search before.

    Source: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, Springer 2006, algorithms 3.5 and 3.6; with
        the interpolation and the safeguards of `scipy.optimize.line_search`.
    """

    def at(alpha: Array) -> Trial:
        q = p + alpha * d
        return Trial(alpha, landscape.value(q), dot(landscape.gradient(q), d), (q == p).all(axis=0))

    zero = np.zeros(f.shape)
    start = Trial(zero, f + zero, slope + zero, zero == 0)
    low, high, recent, trial = start, start, start, at(np.asarray(first, dtype=float) + zero)
    bracketed, cubic = np.zeros(f.shape, dtype=bool), np.zeros(f.shape, dtype=bool)
    asked = question(d, slope, f, first)
    again = (asked == failed).all(axis=0)
    searching = np.isfinite(f) & (slope < 0) & ~again  # a trajectory that has left has nothing to look for
    tries, alpha = zero + searching, zero
    for _ in range(TRIALS):
        enough = trial.f <= f + armijo * trial.alpha * slope
        lower = enough & ((trial.f < low.f) | (low.alpha == 0))
        narrow = bracketed & trial.still
        flat = lower & ~narrow & (np.abs(trial.slope) <= -flatness * slope)
        alpha = np.where(searching & (flat | narrow), np.where(flat, trial.alpha, low.alpha), alpha)
        searching = searching & ~flat & ~narrow
        back = lower & np.where(bracketed, trial.slope * (high.alpha - low.alpha) >= 0, trial.slope >= 0)
        # Where the trial is lower it becomes the low end, and the old one the high end if the way turns back.
        recent = pick(lower & bracketed & ~back, low, high)
        high = pick(~lower, trial, pick(back, low, high))
        low = pick(lower, trial, low)
        cubic, bracketed = bracketed, bracketed | ~lower | back
        if not searching.any():
            break
        trial = at(np.where(bracketed, between(low, high, recent, cubic), 2 * trial.alpha))
        tries = tries + searching
    alpha = np.where(searching, low.alpha, alpha)
    return Found(alpha, tries, np.where(alpha > 0, np.nan, asked))


def between(low: Trial, high: Trial, recent: Trial, cubic: NDArray[np.bool_]) -> Array:
    """Where in a bracket to look next, shape (N,): `cubic` says where a third length, `recent`, is known."""
    width = high.alpha - low.alpha
    left, right = np.minimum(low.alpha, high.alpha), np.maximum(low.alpha, high.alpha)

    def inside(alpha: Array, share: float) -> NDArray[np.bool_]:
        margin = share * (right - left)
        return np.isfinite(alpha) & (alpha >= left + margin) & (alpha <= right - margin)

    third = recent.alpha - low.alpha
    rise, other = high.f - low.f - low.slope * width, recent.f - low.f - low.slope * third
    with np.errstate(all="ignore"):  # a polynomial without a minimum is data: it lies outside
        scale = (width * third) ** 2 * (width - third)
        a = (third**2 * rise - width**2 * other) / scale
        b = (width**3 * other - third**3 * rise) / scale
        by_cubic = low.alpha + (np.sqrt(b**2 - 3 * a * low.slope) - b) / (3 * a)
        by_square = low.alpha - low.slope * width**2 / (2 * rise)
    by_half = low.alpha + width / 2
    fallback = np.where(inside(by_square, 0.1), by_square, by_half)
    return np.where(cubic & inside(by_cubic, 0.2), by_cubic, fallback)
