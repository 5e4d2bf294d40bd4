"""Verdicts in plain words, with the numbers that decided; what a run arrived at is in `arrivals`."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.verdicts.arrivals import EPSILON, direction, where
from optimizers.verdicts.convergence_point import ConvergencePoint, widths
from optimizers.verdicts.limit_cycle import LimitCycle
from optimizers.verdicts.stability import Stability
from words import DIGITS, Message, apart, digits_within, message, rounded_down, short, steps_later

NEARLY = 1e-3  # of its extent: a cycle whose places return no nearer than this is one to within so much
FURTHER_OUT = (2.0, 4.0, 8.0)  # times the way from the start: how far a loss is followed that falls without end


class Pace(NamedTuple):
    """How a run that has not arrived gets on."""

    still: bool  # not a bit has changed for some steps
    stopped: bool  # it hardly moves any more
    cause: tuple[float, float] | None  # the last learning rate and the highest one, where that is why it stopped


def out_of_the_domain(landscape: Landscape, path: Array, outside: Array) -> Message:
    """For a run that stepped where f has no value, at `outside`; `path` ends at the last place where it has one."""
    if np.isnan(landscape.value(path[:, -1])):
        return message(
            "f is not defined at the start, {place}: there is nothing to descend.", place=where(landscape, outside)
        )
    return message(
        "Left the domain of f at step {step}: from {place} that step led to {outside}, where f is not defined.",
        step=f"{path.shape[1]:,}",
        place=where(landscape, path[:, -1]),
        outside=where(landscape, outside),
    )


def diverged(landscape: Landscape, path: Array, stability: Stability | None, newton: bool = False) -> Message:
    """For a run that left; `path` ends at the last place where it was seen; `newton` divides by eigenvalues."""
    return message(
        "Diverged at step {step}: {reason}.",
        step=f"{path.shape[1]:,}",
        reason=_why(landscape, path, stability, newton),
    )


def _why(landscape: Landscape, path: Array, stability: Stability | None, newton: bool) -> Message:
    """Why a run left, as a clause."""
    step, spot = path.shape[1], where(landscape, path[:, -1])
    if not np.isfinite(landscape.gradient(path[:, -1])).all():
        return message("the landscape has no gradient at {place}", place=spot)
    if newton and (endless := _divided_by_zero(landscape, path[:, -1])):
        return endless
    losses = landscape.value(path)
    first, last = float(losses[0]), float(losses[-1])
    if last < first and _keeps_falling(landscape, path):
        return message("the loss keeps falling that way, it was {loss} at {place}", loss=short(last), place=spot)
    worst = None if stability is None else stability.first_unstable()
    if stability is not None and worst is not None:
        return _too_fast(stability, worst)
    lengths = np.hypot(*np.diff(path))
    if step == 1 or lengths[-1] < lengths.max():
        return message(
            "that step led out of all bounds from {place}, where the loss is {loss}", place=spot, loss=short(last)
        )
    return message(
        "its steps grew to a length of {length}, and the loss went from {first} to {last}, before it left all bounds",
        length=short(float(lengths[-1])),
        first=short(first),
        last=short(last),
    )


def _too_fast(stability: Stability, worst: int) -> Message:
    """At which step the rate was too high for the curvature there, as a clause."""
    product, limit = apart(float(stability.products[worst]), float(stability.limits[worst]), short)
    held = short(
        rounded_down(float(stability.stability_limits[worst] / stability.curvatures[worst] * stability.rates[worst]))
    )
    step = stability.steps[worst]
    if step == 0:
        return message(
            "λₘₐₓ·η = {product} exceeded {limit} at the start; η below {held} would have held there",
            product=product,
            limit=limit,
            held=held,
        )
    return message(
        "λₘₐₓ·η = {product} exceeded {limit} at step {step}; η below {held} would have held there",
        product=product,
        limit=limit,
        step=f"{step:,}",
        held=held,
    )


def _divided_by_zero(landscape: Landscape, p: Array) -> Message | None:
    """Along which direction Newton's step from p has no end, where there is one, as a clause."""
    eigenvalues, vectors = np.linalg.eigh(landscape.hessian(p))
    slopes = vectors.T @ landscape.gradient(p)
    endless = np.flatnonzero((eigenvalues == 0) & (slopes != 0))
    if not endless.size:
        return None
    way, slope = vectors[:, endless[0]], float(slopes[endless[0]])
    return message(
        "at {place} the slope along {axis} is {slope} in size and the curvature is 0, and Newton's step divides the "
        "one by the other",
        place=where(landscape, p),
        axis=direction(way, 2, symmetric=True),
        slope=short(abs(slope)),
    )


def _keeps_falling(landscape: Landscape, path: Array) -> bool:
    """Whether the loss goes on falling further along the way from the start to the last place."""
    way = path[:, -1] - path[:, 0]
    if not way.any():
        return False
    out = path[:, :1] + way[:, None] * np.array([1.0, *FURTHER_OUT])
    return bool((np.diff(landscape.value(out)) < 0).all())


def circling(landscape: Landscape, path: Array, cycle: LimitCycle, stability: Stability | None) -> Message:
    """For a run that goes round without end; `stability` only where there is more curvature than the rule can hold."""
    begun = _round(landscape, path, cycle)
    if cycle.off > NEARLY:
        begun = message("{cycle}, to within {share} % of its extent", cycle=begun, share=short(100 * cycle.off, 2))
    if stability is None:
        return message("{clause}.", clause=begun)
    product, limit = apart(float(stability.products.mean()), float(np.nanmean(stability.limits)), short)
    return message(
        "{cycle}: λₘₐₓ·η is {product} on average over the last {steps}, more than {limit}.",
        cycle=begun,
        product=product,
        steps=steps_later(len(stability.steps)),
        limit=limit,
    )


def _round(landscape: Landscape, path: Array, cycle: LimitCycle) -> Message:
    """Round which places a run goes, and with which period, as a clause."""
    if cycle.period == 2:
        extent = float(np.abs(path[:, -1] - path[:, -2]).max() / widths(landscape).max())
        zero = min(EPSILON, extent / 10)
        former, last = apart(path[:, -2], path[:, -1], lambda p, digits: where(landscape, p, digits, zero))
        return message("Cycles between {former} and {last} with period 2", former=former, last=last)
    centre = where(landscape, cycle.centre)
    if cycle.period is not None:
        return message("Cycles round {place} with period {period}", place=centre, period=cycle.period)
    return message("Bounces round {place} without coming to rest", place=centre)


def plateau(landscape: Landscape, p: Array) -> Message:
    """For a run that stands still where the loss is level."""
    return message(
        "Stands still on level ground at {place}: the gradient there, {slope}, is too small to change the position in "
        "float64.",
        place=where(landscape, p),
        slope=short(float(np.hypot(*landscape.gradient(p)))),
    )


def moving(landscape: Landscape, path: Array, place: ConvergencePoint | None, pace: Pace) -> Message:
    """For a run that has not arrived anywhere; `place` is a critical point that it is close to."""
    p, end = path[:, -1], path.shape[1] - 1
    slope = short(float(np.hypot(*landscape.gradient(p))))
    first, last = (float(loss) for loss in landscape.value(path[:, [0, -1]]))
    # Its digits tell it from where the run began, where it has moved to tell of.
    told = pace.stopped or short(first) != short(last)
    loss = short(last, DIGITS if told else digits_within(min(first, last), max(first, last)))
    if end == 0:
        return message("Has not taken a step: loss {loss}, gradient norm {slope}.", loss=loss, slope=slope)
    begun = _pace(end, pace)
    if place is not None:
        begun = message("{pace}, {away}", pace=begun, away=_away(landscape, path, place))
    if pace.cause is not None:
        begun = _slowed(begun, pace.cause, place is not None)
    elif pace.still and place is None:
        begun = message("Stands still without having arrived")
    return message("{begun}: loss {loss}, gradient norm {slope}.", begun=begun, loss=loss, slope=slope)


def _pace(end: int, pace: Pace) -> Message:
    if pace.still:
        return message("Stands still")
    if pace.stopped:
        return message("Has all but stopped after {steps}", steps=steps_later(end))
    return message("Still moving after {steps}", steps=steps_later(end))


def _slowed(begun: Message, cause: tuple[float, float], near: bool) -> Message:
    """That the rate is why it moves no more: the last one, and the highest that there has been."""
    last, highest = cause
    if near:
        begun = message("{clause},", clause=begun)
    if last == highest:
        return message("{begun} because the learning rate is {rate}", begun=begun, rate=short(last))
    return message(
        "{begun} because the learning rate is {rate}, down from {highest}",
        begun=begun,
        rate=short(last),
        highest=short(highest),
    )


def _away(landscape: Landscape, path: Array, place: ConvergencePoint) -> Message:
    """How far the run is from a critical point, and how near it has been."""
    offsets = path - place.position[:, None]
    distance, views = np.hypot(*offsets), np.abs(offsets / widths(landscape)[:, None]).max(axis=0)
    name = message("{point} at {place}", point=_name(place), place=where(landscape, place.position))
    if place.knows(views[-1]):
        away = message("{distance} from {point}", distance=short(float(distance[-1])), point=name)
    else:
        away = message("close to {point}", point=name)
    nearest = int(distance.argmin())
    if distance[nearest] >= distance[-1] / 2:
        return away
    if place.knows(views[nearest]):
        return message("{away} after coming as near as {distance}", away=away, distance=short(float(distance[nearest])))
    return message("{away} after coming within rounding of it", away=away)


def _name(place: ConvergencePoint) -> Message:
    """A critical point with its article: one of several where it is not strict."""
    alone = place.shape == "strict"
    if place.kind == "minimum":
        return message("the minimum") if alone else message("a minimum")
    if place.kind == "maximum":
        return message("the maximum") if alone else message("a maximum")
    if place.kind == "saddle":
        return message("the saddle") if alone else message("a saddle")
    return message("the critical point") if alone else message("a critical point")
