"""What became of a run in more or fewer dimensions than two: by its gradient, the ends of the spectrum, its motion."""

from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from landscapes.networks import MOST_EXACT, dense_hessian, lanczos, times_hessian
from words import short

SMALL = 1e-8  # of λ × |p|: a gradient below this is zero for a verdict
STILL = 1e-6  # of |p|: a run that has moved less over its last twentieth stands still
ROUNDING = 1e-14  # of λ × |p|: growth below this is that of rounding errors
ZERO = 1e-6  # of the largest eigenvalue: what is smaller counts as neither positive nor negative
PRODUCTS = 30  # with the Hessian, for the ends of the spectrum
SEVERAL = 5  # steps that the last twentieth of a run has at least


class Ending(NamedTuple):
    """What a run came to, as `Verdict` holds it."""

    kind: Literal["minimum", "maximum", "saddle", "flat", "moving", "diverged"]
    position: Array  # (D,)
    step: int
    sentence: str


class Spectrum(NamedTuple):
    """What is known of the eigenvalues of the Hessian at the end of a run."""

    values: Array  # ascending: all D of them, or the Ritz values, which lie between the smallest and the largest
    vectors: Array  # (D, ...), as columns
    exact: bool  # all of them

    @property
    def largest(self) -> float:
        """The largest in size."""
        return float(np.abs(self.values).max())


def left_the_domain(landscape: Landscape, path: Array) -> Ending:
    """For a run that stepped where f has no value; `path` ends at the last place where it was seen."""
    if np.isnan(landscape.value(path[:, -1])):
        sentence = "f is not defined at the start: there is nothing to descend."
    else:
        sentence = f"Left the domain of f at step {path.shape[1]:,}: f is not defined where that step led."
    return Ending("diverged", path[:, -1], path.shape[1], sentence)


def ending(landscape: Landscape, path: Array, steps: int) -> Ending:
    """What became of a run of D coordinates that was to make so many steps; `path` (D, ...) is finite.

    It has arrived when the gradient is below 1e-8 of the largest eigenvalue times |p|, it has moved by less than a
    millionth of |p| in its last twentieth, and its gradient does not grow, neither as a whole nor along a direction in
    which the loss falls. Up to 700 coordinates the kind is by all eigenvalues. Above them it is by 30 products with the
    Hessian, which can prove a saddle but no minimum: where they find nothing negative, the kind is *flat*, which says
    that it is not decided.
    """
    end, last = path.shape[1] - 1, path[:, -1]
    g = landscape.gradient(last)
    height, slope = short(float(landscape.value(last))), float(np.linalg.norm(g))
    if end < steps:
        sentence = f"Diverged at step {end + 1:,}: that step led out of all bounds, from where the loss is {height}."
        return Ending("diverged", last, end + 1, sentence)
    size = float(np.sqrt((path * path).sum(axis=0)).max()) or 1.0
    away = np.sqrt(((path - last[:, None]) ** 2).sum(axis=0))
    begin = max(0, end - max(SEVERAL, end // 20))
    still = bool(away[begin:].max() <= STILL * size)
    seen = _ends(landscape, last, g)
    unit = seen.largest * size
    if still and slope <= SMALL * unit:
        found = _all(landscape, last) if last.size <= MOST_EXACT else seen
        if not _grows(landscape.gradient(path[:, begin]), g, found, ROUNDING * unit):
            outside = np.flatnonzero(away > STILL * size)
            return _arrived(last, int(outside[-1]) + 1 if outside.size else 0, slope, found)
    span = f"the Hessian has eigenvalues from {short(float(seen.values[0]))} to {short(float(seen.values[-1]))}"
    if still and slope > SMALL * unit:
        sentence = f"Hardly moves any more, at loss {height}, but the gradient is not zero: its norm is {short(slope)}."
        return Ending("moving", last, end, sentence)
    return Ending(
        "moving", last, end, f"Still moving, at loss {height}: the norm of the gradient is {short(slope)}, and {span}."
    )


def _ends(landscape: Landscape, p: Array, g: Array) -> Spectrum:
    """By Lanczos' method, from a random start beside the gradient, along which the loss is known to bend."""
    start = np.random.default_rng(0).normal(size=p.size)
    length = np.linalg.norm(g)
    if length > 0:
        start = start / np.linalg.norm(start) + g / length
    ritz = lanczos(partial(times_hessian(landscape), p), start, PRODUCTS)
    return Spectrum(ritz.values, ritz.vectors, exact=False)


def _all(landscape: Landscape, p: Array) -> Spectrum:
    values, vectors = np.linalg.eigh(dense_hessian(times_hessian(landscape), p))
    return Spectrum(values, vectors, exact=True)


def _grows(before: Array, now: Array, spectrum: Spectrum, rounding: float) -> bool:
    """Has the gradient grown over the last twentieth, or its part along the directions in which the loss falls?"""
    falls = spectrum.vectors[:, spectrum.values < -ZERO * spectrum.largest].T
    pairs = [(before, now, 1.1)] + ([(falls @ before, falls @ now, 1.0)] if falls.size else [])
    return any(
        np.linalg.norm(after) > max(factor * float(np.linalg.norm(earlier)), rounding)
        for earlier, after, factor in pairs
    )


def _arrived(p: Array, since: int, slope: float, spectrum: Spectrum) -> Ending:
    """The kind of the critical point that a run has come to, and the numbers that decide."""
    values, count = spectrum.values, p.size
    level = ZERO * spectrum.largest
    negative, positive = int((values < -level).sum()), int((values > level).sum())
    low, high = short(float(values[0])), short(float(values[-1]))
    norm = f"the norm of the gradient is {short(slope)}"
    if negative and positive:
        how_many = (
            f"{negative:,} of the {count:,} eigenvalues of the Hessian {_are(negative)} negative, the smallest is {low}"
        )
        one = f"the Hessian has a negative eigenvalue, of {low} or less, and a positive one, of {high} or more"
        sentence = f"Ran into a saddle: {norm}, and {how_many if spectrum.exact else one}."
        return Ending("saddle", p, since, sentence)
    if not spectrum.exact:
        sentence = (
            f"Reached a critical point: {norm}. In {PRODUCTS} products the Hessian showed eigenvalues from {low} to "
            f"{high}; in {count:,} dimensions that does not decide its kind."
        )
        return Ending("flat", p, since, sentence)
    if positive == count or negative == count:
        kind, sign = ("minimum", "positive") if positive else ("maximum", "negative")
        every = f"all {count:,} eigenvalues" if count > 1 else "the only eigenvalue"
        verb = f"are {sign}, from {low} to {high}" if count > 1 else f"is {sign}, {low}"
        sentence = f"Reached a {kind}: {norm}, and {every} of the Hessian {verb}."
        return Ending("minimum" if positive else "maximum", p, since, sentence)
    zeros, absent = count - positive - negative, "positive" if negative else "negative"
    sentence = (
        f"Reached a critical point: {norm}. Of the {count:,} eigenvalues of the Hessian {zeros:,} {_are(zeros)} zero "
        f"to rounding and none is {absent}, so they do not decide its kind."
    )
    return Ending("flat", p, since, sentence)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
