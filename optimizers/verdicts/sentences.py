"""Verdicts in plain words, with the numbers that decided; what a run arrived at is in `arrivals`."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.verdicts.arrivals import EPSILON, direction, where
from optimizers.verdicts.convergence_point import ConvergencePoint, widths
from optimizers.verdicts.limit_cycle import LimitCycle
from optimizers.verdicts.stability import Stability
from words import apart, digits_within, rounded_down, short, steps

NEARLY = 1e-3  # of its extent: a cycle whose places return no nearer than this is one to within so much
FURTHER_OUT = (2.0, 4.0, 8.0)  # times the way from the start: how far a loss is followed that falls without end


class Pace(NamedTuple):
    """How a run that has not arrived gets on."""

    still: bool  # not a bit has changed for some steps
    stopped: bool  # it hardly moves any more
    cause: tuple[float, float] | None  # the last learning rate and the highest one, where that is why it stopped


def out_of_the_domain(landscape: Landscape, path: Array, outside: Array) -> str:
    """For a run that stepped where f has no value, at `outside`; `path` ends at the last place where it has one."""
    if np.isnan(landscape.value(path[:, -1])):
        return f"f is not defined at the start, {where(landscape, outside)}: there is nothing to descend."
    step = path.shape[1]
    return (
        f"Left the domain of f at step {step:,}: from {where(landscape, path[:, -1])} that step led to "
        f"{where(landscape, outside)}, where f is not defined."
    )


def diverged(landscape: Landscape, path: Array, stability: Stability | None, newton: bool = False) -> str:
    """For a run that left; `path` ends at the last place where it was seen; `newton` divides by eigenvalues."""
    step, spot = path.shape[1], where(landscape, path[:, -1])
    begun = f"Diverged at step {step:,}"
    if not np.isfinite(landscape.gradient(path[:, -1])).all():
        return f"{begun}: the landscape has no gradient at {spot}."
    if newton and (said := _divided_by_zero(landscape, path[:, -1])):
        return f"{begun}: at {spot} {said}."
    losses = landscape.value(path)
    first, last = float(losses[0]), float(losses[-1])
    if last < first and _keeps_falling(landscape, path):
        return f"{begun}: the loss keeps falling that way, it was {short(last)} at {spot}."
    worst = None if stability is None else stability.first_unstable()
    if stability is not None and worst is not None:
        product, limit = apart(float(stability.products[worst]), float(stability.limits[worst]), short)
        held = short(
            rounded_down(
                float(stability.stability_limits[worst] / stability.curvatures[worst] * stability.rates[worst])
            )
        )
        return (
            f"{begun}: λ_max·η = {product} exceeded {limit} {_time(stability.steps[worst])}; "
            f"η below {held} would have held there."
        )
    lengths = np.hypot(*np.diff(path))
    if step == 1 or lengths[-1] < lengths.max():
        return f"{begun}: that step led out of all bounds from {spot}, where the loss is {short(last)}."
    return (
        f"{begun}: its steps grew to a length of {short(float(lengths[-1]))}, and the loss went from {short(first)} "
        f"to {short(last)}, before it left all bounds."
    )


def _divided_by_zero(landscape: Landscape, p: Array) -> str:
    """Along which direction Newton's step from p has no end, where there is one."""
    eigenvalues, vectors = np.linalg.eigh(landscape.hessian(p))
    slopes = vectors.T @ landscape.gradient(p)
    endless = np.flatnonzero((eigenvalues == 0) & (slopes != 0))
    if not endless.size:
        return ""
    way, slope = vectors[:, endless[0]], float(slopes[endless[0]])
    return (
        f"the slope along {direction(way, 2, symmetric=True)} is {short(abs(slope))} in size and the curvature is 0, "
        "and Newton's step divides the one by the other"
    )


def _keeps_falling(landscape: Landscape, path: Array) -> bool:
    """Whether the loss goes on falling further along the way from the start to the last place."""
    way = path[:, -1] - path[:, 0]
    if not way.any():
        return False
    out = path[:, :1] + way[:, None] * np.array([1.0, *FURTHER_OUT])
    return bool((np.diff(landscape.value(out)) < 0).all())


def _time(step: int) -> str:
    return "at the start" if step == 0 else f"at step {step:,}"


def circling(landscape: Landscape, path: Array, cycle: LimitCycle, stability: Stability | None) -> str:
    """For a run that goes round without end; `stability` only where there is more curvature than the rule can hold."""
    if cycle.period == 2:
        extent = float(np.abs(path[:, -1] - path[:, -2]).max() / widths(landscape).max())
        zero = min(EPSILON, extent / 10)
        former, last = apart(path[:, -2], path[:, -1], lambda p, digits: where(landscape, p, digits, zero))
        begun = f"Cycles between {former} and {last} with period 2"
    elif cycle.period is not None:
        begun = f"Cycles round {where(landscape, cycle.centre)} with period {cycle.period}"
    else:
        begun = f"Bounces round {where(landscape, cycle.centre)} without coming to rest"
    if cycle.off > NEARLY:
        begun += f", to within {short(100 * cycle.off, 2)} % of its extent"
    if stability is None:
        return f"{begun}."
    product, limit = apart(float(stability.products.mean()), float(np.nanmean(stability.limits)), short)
    return f"{begun}: λ_max·η is {product} on average over the last {steps(len(stability.steps))}, more than {limit}."


def plateau(landscape: Landscape, p: Array) -> str:
    """For a run that stands still where the loss is level."""
    g = float(np.hypot(*landscape.gradient(p)))
    return (
        f"Stands still on level ground at {where(landscape, p)}: "
        f"the gradient there, {short(g)}, is too small to change the position in float64."
    )


def moving(landscape: Landscape, path: Array, place: ConvergencePoint | None, pace: Pace) -> str:
    """For a run that has not arrived anywhere; `place` is a critical point that it is close to."""
    p, end = path[:, -1], path.shape[1] - 1
    slope = float(np.hypot(*landscape.gradient(p)))
    first, last = (float(loss) for loss in landscape.value(path[:, [0, -1]]))
    digits = digits_within(min(first, last), max(first, last))  # they tell it from where the run began
    numbers = f"loss {short(last, digits)}, gradient norm {short(slope)}"
    if end == 0:
        return f"Has not taken a step: {numbers}."
    if pace.still:
        begun = "Stands still"
    else:
        begun = f"{'Has all but stopped' if pace.stopped else 'Still moving'} after {steps(end)}"
    if place is not None:
        begun += f", {_away(landscape, path, place)}"
    if pace.cause is not None:
        last, highest = pace.cause
        fallen = "" if last == highest else f", down from {short(highest)}"
        begun += f"{'' if place is None else ','} because the learning rate is {short(last)}{fallen}"
    elif pace.still and place is None:
        begun += " without having arrived"
    return f"{begun}: {numbers}."


def _away(landscape: Landscape, path: Array, place: ConvergencePoint) -> str:
    """How far the run is from a critical point, and how near it has been."""
    article = "the" if place.shape == "strict" else "a"
    name = f"{article} {'critical point' if place.kind == 'flat' else place.kind}"
    offsets = path - place.position[:, None]
    distance, views = np.hypot(*offsets), np.abs(offsets / widths(landscape)[:, None]).max(axis=0)
    last = f"{short(float(distance[-1]))} from" if place.knows(views[-1]) else "close to"
    away = f"{last} {name} at {where(landscape, place.position)}"
    nearest = int(distance.argmin())
    if distance[nearest] >= distance[-1] / 2:
        return away
    if place.knows(views[nearest]):
        return f"{away} after coming as near as {short(float(distance[nearest]))}"
    return f"{away} after coming within rounding of it"
