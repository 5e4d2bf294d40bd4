"""Verdicts in plain words, with the numbers that decided."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.arrival import Place, widths
from optimizers.orbit import Orbit
from optimizers.strain import Strain
from optimizers.words import coordinates, short, steps

EPSILON = 1e-6  # views: a coordinate nearer to 0 is written as 0
IDLE = 1e-6  # a learning rate below this, a tenth of the least on offer, is to blame for a standstill


def where(landscape: Landscape, p: Array) -> str:
    """A place on the landscape as a person would write it."""
    if landscape.curve:
        return f"x = {short(0.0 if abs(p[0]) <= EPSILON * widths(landscape)[0] else float(p[0]))}"
    return coordinates(p, zero=EPSILON * widths(landscape))


def arrived(landscape: Landscape, place: Place, since: int) -> str:
    """For a run that ended at a critical point."""
    spot = where(landscape, place.position)
    low, high = place.eigenvalues
    after = f"after {steps(since)}"
    if place.kind == "minimum":
        return f"Reached the minimum at {spot} {after}." if since else f"At the minimum at {spot} from the start."
    if place.kind == "maximum":
        begun = f"Ran onto the maximum at {spot} {after}" if since else f"Stays on the maximum at {spot} from the start"
        bends = "the second derivative is" if landscape.curve else "both eigenvalues of the Hessian are"
        return f"{begun}: the gradient vanishes there, but {bends} negative."
    if place.kind == "saddle":
        begun = f"Ran into the saddle at {spot}" if since else f"Stays on the saddle at {spot} from the start"
        return (
            f"{begun}: the gradient vanishes there, but the Hessian has a negative eigenvalue {short(low)} "
            f"and the loss falls along {_direction(place.eigenvectors[:, 0])}."
        )
    begun, floor = f"The gradient is zero to rounding at {spot}", ""
    if place.lowest:
        floor = "; no place nearby is lower"
    if landscape.curve or place.zeros == 2:
        second = "second derivative" if landscape.curve else "Hessian"
        return f"{begun}, and so is the {second}, which therefore cannot tell what this is{floor}."
    bent = 1 if abs(low) <= abs(high) else 0
    turn = "rises" if place.eigenvalues[bent] > 0 else "falls"
    across, along = (_direction(place.eigenvectors[:, k]) for k in (bent, 1 - bent))
    return (
        f"{begun}, but the Hessian has a zero eigenvalue: the loss {turn} along {across}, eigenvalue "
        f"{short(place.eigenvalues[bent])}, and does not bend along {along}{floor}."
    )


def _direction(axis: Array) -> str:
    facing = axis * np.sign(axis[np.abs(axis).argmax()])
    return coordinates(np.where(facing > 0.995, 1.0, facing), zero=0.005, digits=2).replace("1.0", "1")


def diverged(landscape: Landscape, path: Array, strain: Strain | None) -> str:
    """For a run that left; `path` ends at the last place where it was seen."""
    step, spot = path.shape[1], where(landscape, path[:, -1])
    begun = f"Diverged at step {step}"
    if not np.isfinite(landscape.gradient(path[:, -1])).all():
        return f"{begun}: the landscape has no gradient at {spot}."
    first, last = float(landscape.value(path[:, 0])), float(landscape.value(path[:, -1]))
    if last < first:
        return f"{begun}: the loss falls without end that way, it was {short(last)} at {spot}."
    worst = None if strain is None else strain.first()
    if strain is None or worst is None:
        return f"{begun}: the steps became ever longer, and the loss rose from {short(first)} to {short(last)}."
    product, limit, rate = strain.products[worst], strain.limits[worst], strain.rates[worst]
    return (
        f"{begun}: λ_max·η = {short(product)} exceeded {short(limit)} {_time(strain.steps[worst])}; "
        f"η below {short(_rounded_down(rate * limit / product))} would have held there."
    )


def _time(step: int) -> str:
    return "at the start" if step == 0 else f"at step {step}"


def _rounded_down(value: float) -> float:
    unit = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.floor(value / unit) * unit)


def circling(landscape: Landscape, path: Array, orbit: Orbit, strain: Strain | None) -> str:
    """For a run that goes round without end."""
    if orbit.period == 2:
        former, last = (where(landscape, p) for p in path[:, -2:].T)
        begun = f"Cycles between {former} and {last} with period 2"
    elif orbit.period is not None:
        begun = f"Cycles round {where(landscape, orbit.centre)} with period {orbit.period}"
    else:
        begun = f"Bounces round {where(landscape, orbit.centre)} without coming to rest"
    if strain is None:
        return f"{begun}."
    product, limit = strain.products.mean(), strain.limits.mean()
    return f"{begun}: λ_max·η is {short(product)} there on average, more than {short(limit)}."


def plateau(landscape: Landscape, p: Array) -> str:
    """For a run that stands still on a plateau."""
    g = np.linalg.norm(landscape.gradient(p))
    return (
        f"Stands still on a plateau at {where(landscape, p)}: "
        f"the gradient there, {short(float(g))}, is too small to change the position in float64."
    )


def standing(landscape: Landscape, path: Array, rate: float | None) -> str:
    """For a run that stands still where it should not; `rate` is that of its last step."""
    numbers = _loss_and_slope(landscape, path[:, -1])
    if rate is not None and rate < IDLE:
        return f"Stands still because the learning rate is {short(rate)}, not because it has arrived: {numbers}."
    return f"Stands still without having arrived: {numbers}."


def moving(landscape: Landscape, path: Array, place: Place | None) -> str:
    """For a run that has not arrived anywhere; `place` is a critical point that it is close to."""
    end, numbers = path.shape[1] - 1, _loss_and_slope(landscape, path[:, -1])
    if end == 0:
        return f"Has not taken a step: {numbers}."
    if place is None:
        return f"Still moving after {steps(end)}: {numbers}."
    name = "critical point" if place.kind == "flat" else place.kind
    close = f"close to the {name} at {where(landscape, place.position)} but not settled there"
    return f"Still moving after {steps(end)}, {close}: {numbers}."


def _loss_and_slope(landscape: Landscape, p: Array) -> str:
    slope = float(np.linalg.norm(landscape.gradient(p)))
    return f"loss {short(float(landscape.value(p)))}, gradient norm {short(slope)}"
