"""What became of a run in more or fewer dimensions than two: by its gradient, the ends of the spectrum, its motion."""

from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from landscapes.networks import MOST_EXACT, dense_hessian, lanczos, times_hessian
from words import Message, message, message_n, short

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
    said: Message


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
        said = message("f is not defined at the start: there is nothing to descend.")
    else:
        said = message(
            "Left the domain of f at step {step}: f is not defined where that step led.", step=f"{path.shape[1]:,}"
        )
    return Ending("diverged", path[:, -1], path.shape[1], said)


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
        said = message(
            "Diverged at step {step}: that step led out of all bounds, from where the loss is {loss}.",
            step=f"{end + 1:,}",
            loss=height,
        )
        return Ending("diverged", last, end + 1, said)
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
    if still and slope > SMALL * unit:
        said = message(
            "Hardly moves any more, at loss {loss}, but the gradient is not zero: its norm is {norm}.",
            loss=height,
            norm=short(slope),
        )
        return Ending("moving", last, end, said)
    said = message(
        "Still moving, at loss {loss}: the norm of the gradient is {norm}, and the Hessian has eigenvalues from "
        "{low} to {high}.",
        loss=height,
        norm=short(slope),
        low=short(float(seen.values[0])),
        high=short(float(seen.values[-1])),
    )
    return Ending("moving", last, end, said)


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
    norm = short(slope)
    if negative and positive:
        return Ending("saddle", p, since, _saddle(norm, negative, count, low, high, spectrum.exact))
    if not spectrum.exact:
        said = message(
            "Reached a critical point: the norm of the gradient is {norm}. In {products} products the Hessian showed "
            "eigenvalues from {low} to {high}; in {count} dimensions that does not decide its kind.",
            norm=norm,
            products=PRODUCTS,
            low=low,
            high=high,
            count=f"{count:,}",
        )
        return Ending("flat", p, since, said)
    if positive == count:
        return Ending(
            "minimum",
            p,
            since,
            message("Reached a minimum: {reason}.", reason=_definite(norm, low, high, count, "positive")),
        )
    if negative == count:
        return Ending(
            "maximum",
            p,
            since,
            message("Reached a maximum: {reason}.", reason=_definite(norm, low, high, count, "negative")),
        )
    zeros = message_n("{count} is zero to rounding", "{count} are zero to rounding", count - positive - negative)
    absent = message("none is positive") if negative else message("none is negative")
    said = message(
        "Reached a critical point: the norm of the gradient is {norm}. Of the {count} eigenvalues of the Hessian "
        "{zeros} and {absent}, so they do not decide its kind.",
        norm=norm,
        count=f"{count:,}",
        zeros=zeros,
        absent=absent,
    )
    return Ending("flat", p, since, said)


def _saddle(norm: str, negative: int, count: int, low: str, high: str, exact: bool) -> Message:
    """How many of the eigenvalues are negative, or that one at least is, and another one positive."""
    if not exact:
        return message(
            "Ran into a saddle: the norm of the gradient is {norm}, and the Hessian has a negative eigenvalue, of "
            "{low} or less, and a positive one, of {high} or more.",
            norm=norm,
            low=low,
            high=high,
        )
    return message_n(
        "Ran into a saddle: the norm of the gradient is {norm}, and {count} of the {all} eigenvalues of the Hessian is "
        "negative, the smallest is {low}.",
        "Ran into a saddle: the norm of the gradient is {norm}, and {count} of the {all} eigenvalues of the Hessian "
        "are negative, the smallest is {low}.",
        negative,
        norm=norm,
        all=f"{count:,}",
        low=low,
    )


def _definite(norm: str, low: str, high: str, count: int, sign: Literal["positive", "negative"]) -> Message:
    """That all eigenvalues are of one sign, as a clause."""
    if sign == "positive" and count == 1:
        return message(
            "the norm of the gradient is {norm}, and the only eigenvalue of the Hessian is positive, {low}",
            norm=norm,
            low=low,
        )
    if count == 1:
        return message(
            "the norm of the gradient is {norm}, and the only eigenvalue of the Hessian is negative, {low}",
            norm=norm,
            low=low,
        )
    if sign == "positive":
        return message(
            "the norm of the gradient is {norm}, and all {count} eigenvalues of the Hessian are positive, from {low} "
            "to {high}",
            norm=norm,
            count=f"{count:,}",
            low=low,
            high=high,
        )
    return message(
        "the norm of the gradient is {norm}, and all {count} eigenvalues of the Hessian are negative, from {low} to "
        "{high}",
        norm=norm,
        count=f"{count:,}",
        low=low,
        high=high,
    )
