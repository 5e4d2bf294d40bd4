"""Verdicts in plain words, with the numbers that decided."""

import numpy as np

from landscapes import Array, Landscape
from optimizers.arrival import Place, widths
from optimizers.orbit import Orbit
from optimizers.strain import Strain
from optimizers.words import coordinates, number, steps

EPSILON = 1e-6  # views: a coordinate nearer to 0 is written as 0


def where(landscape: Landscape, p: Array) -> str:
    """A place on the landscape as a person would write it."""
    return coordinates(p, zero=EPSILON * widths(landscape))


def arrived(landscape: Landscape, place: Place, since: int) -> str:
    """For a run that ended at a critical point."""
    spot = where(landscape, place.position)
    low, high = place.eigenvalues
    down, up = (_direction(axis) for axis in place.eigenvectors.T)
    after = f"after {steps(since)}" if since else "from the start"
    if place.kind == "minimum":
        return f"Reached the minimum at {spot} {after}." if since else f"At the minimum at {spot} from the start."
    if place.kind == "maximum":
        begun = f"Stays on the maximum at {spot} {after}"
        return f"{begun}: the gradient vanishes there, but both eigenvalues of the Hessian are negative."
    if place.kind == "saddle":
        begun = f"Ran into the saddle at {spot}" if since else f"Stays on the saddle at {spot} from the start"
        return (
            f"{begun}: the gradient vanishes there, but the Hessian has a negative eigenvalue {number(low)} "
            f"and the loss falls along {down}."
        )
    begun = f"The gradient is zero to rounding at {spot}"
    size = max(abs(low), abs(high))
    if size == 0 or (min(abs(low), abs(high)) > 0.5 * size and place.rises is False):
        return f"{begun}, and so is the Hessian: whether this is a minimum, it cannot tell."
    level, bent = (down, up) if abs(low) <= abs(high) else (up, down)
    steep = high if abs(low) <= abs(high) else low
    curved = "rises" if steep > 0 else "falls"
    floor = ", and it is nowhere lower nearby: a minimum, but not a strict one" if place.rises else ""
    return (
        f"{begun}, but the Hessian has a zero eigenvalue: the loss {curved} along {bent} (eigenvalue {number(steep)}) "
        f"and does not bend along {level}{floor}."
    )


def _direction(axis: Array) -> str:
    facing = axis * np.sign(axis[np.abs(axis).argmax()])
    return coordinates(facing, zero=1e-3, digits=2)


def diverged(landscape: Landscape, path: Array, strain: Strain | None) -> str:
    """For a run that left; `path` ends at the last place where it was seen."""
    step, spot = path.shape[1], where(landscape, path[:, -1])
    begun = f"Diverged at step {step}"
    if not np.isfinite(landscape.gradient(path[:, -1])).all():
        return f"{begun}: the landscape has no gradient at {spot}."
    first, last = float(landscape.value(path[:, 0])), float(landscape.value(path[:, -1]))
    if last < first:
        return f"{begun}: the loss falls without end that way, it was {number(last)} at {spot}."
    if strain is None:
        return f"{begun}: the steps became ever longer, and the loss rose from {number(first)} to {number(last)}."
    held = strain.rate * strain.limit / strain.product
    return (
        f"{begun}: λ_max·η = {number(strain.product)} exceeded {number(strain.limit)} {_time(strain.step)}; "
        f"η below {number(_rounded_down(held))} would have held there."
    )


def _time(step: int) -> str:
    return "at the start" if step == 0 else f"at step {step}"


def _rounded_down(value: float) -> float:
    unit = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.floor(value / unit) * unit)


def circling(landscape: Landscape, path: Array, orbit: Orbit, strain: Strain | None) -> str:
    """For a run that goes round without end."""
    last, former = (where(landscape, p) for p in (path[:, -1], path[:, -2]))
    if orbit.period == 2:
        begun = f"Cycles between {former} and {last} with period 2"
    elif orbit.period is not None:
        begun = f"Cycles round {orbit.period} places, {last} among them"
    else:
        begun = f"Bounces round the same places without end, never twice in the same way; last at {last}"
    if strain is None:
        return f"{begun}."
    return (
        f"{begun}: λ_max·η reaches {number(strain.peak)} there, more than the {number(strain.limit)} that would settle."
    )


def plateau(landscape: Landscape, p: Array) -> str:
    """For a run that stands still on a plateau."""
    g = np.linalg.norm(landscape.gradient(p))
    return (
        f"Stands still on a plateau at {where(landscape, p)}: "
        f"the gradient there, {number(float(g))}, is too small to change the position in float64."
    )


def moving(landscape: Landscape, path: Array, rate: float | None, still: bool) -> str:
    """For a run that has not arrived anywhere; `rate` is that of its last step."""
    end, last = path.shape[1] - 1, path[:, -1]
    numbers = f"loss {number(float(landscape.value(last)))}, gradient norm " + number(
        float(np.linalg.norm(landscape.gradient(last)))
    )
    if end == 0:
        return f"Has not taken a step: {numbers}."
    if still and rate is not None and rate < 1e-6:
        return f"Stands still because the learning rate is {number(rate)}, not because it has arrived: {numbers}."
    return (
        f"Stands still without having arrived: {numbers}." if still else f"Still moving after {steps(end)}: {numbers}."
    )
