"""What a run arrived at, in plain words, with the numbers that decided."""

import numpy as np

from landscapes import Array, Landscape, local_shape, shown
from optimizers.verdicts.convergence_point import ConvergencePoint, widths
from optimizers.verdicts.nearby import RADII
from words import DIGITS, coordinates, short, steps

EPSILON = 1e-6  # views: a coordinate nearer to 0 is written as 0
NOT_STRICT = ("curve", "crossing", "region", "level")
BESIDE = 0.99  # the cosine of an angle between two directions that a curve may join
MOST_DIGITS = 8  # of a direction


def where(landscape: Landscape, p: Array, digits: int = DIGITS, zero: float = EPSILON) -> str:
    """A place on the landscape as a person would write it; coordinates up to `zero`, in views, are 0."""
    zeros = zero * widths(landscape)
    if landscape.curve:
        return f"{shown(landscape.axes[0])} = {short(0.0 if abs(p[0]) <= zeros[0] else float(p[0]), digits)}"
    return coordinates(p, zeros, digits)


def arrived(landscape: Landscape, place: ConvergencePoint, since: int, left: float, stopped: bool) -> str:
    """For a run that ended at a critical point; `left` is its distance from there, 0 where that need not be said."""
    begun = _begun(landscape, place, since)
    if place.kind == "flat":
        said = f"{begun}{_level(landscape, place)}."
    elif place.shape in NOT_STRICT:
        said = f"{begun}, {_not_strict(landscape, place)}."
    else:
        said = f"{begun}{_why(landscape, place)}."
    if not left:
        return said
    return f"{said} It has stopped {short(left)} from there." if stopped else f"{said} It is {short(left)} from there."


def _begun(landscape: Landscape, place: ConvergencePoint, since: int) -> str:
    spot = where(landscape, place.position)
    if place.kind == "flat":
        return f"The gradient is zero to rounding at {spot}"
    article = "a" if place.shape in NOT_STRICT else "the"
    if place.kind == "minimum":
        return (
            f"Reached {article} minimum at {spot} after {steps(since)}"
            if since
            else f"At {article} minimum at {spot} from the start"
        )
    if place.kind == "maximum":
        return (
            f"Ran onto {article} maximum at {spot} after {steps(since)}"
            if since
            else f"Stays on {article} maximum at {spot} from the start"
        )
    name = "saddle" if place.regular or place.kink else "inflection" if landscape.curve else "degenerate saddle"
    return f"Ran into the {name} at {spot}" if since else f"Stays on the {name} at {spot} from the start"


def _level(landscape: Landscape, place: ConvergencePoint) -> str:
    second = "second derivative" if landscape.curve else "Hessian"
    if place.shape == "plateau":
        return f", and so is the {second}: near by the loss is level to rounding, a plateau"
    return ", but what this is cannot be told in float64: near by the loss is level to rounding, further out it is not"


def _not_strict(landscape: Landscape, place: ConvergencePoint) -> str:
    """For a minimum or a maximum near which the loss is the same in other places."""
    beyond, kinds = ("lower", "minima") if place.kind == "minimum" else ("higher", "maxima")
    if place.shape == "region":
        return f"at the edge of a level region: no place within a hundredth of the view is {beyond}"
    if place.shape == "crossing":
        return f"where curves of {kinds} cross: no place within a hundredth of the view is {beyond}"
    towards = direction(_tangent(place), 2, _both(place.level))
    if place.shape == "level":
        return (
            f"a degenerate one: along {towards} the loss is level to rounding near by, "
            f"and no place within a hundredth of the view is {beyond}"
        )
    across = "rises" if place.kind == "minimum" else "falls"
    bend = f"the Hessian's eigenvalue across it is {short(_largest(place))}"
    if not _has_hessian(landscape, place):
        bend = f"there is no Hessian there, and across it the loss {across}"
    elif place.zeros == 2:
        bend = f"the Hessian is zero, and across it the loss {across}"
    return f"one of a curve of {kinds} that runs along {towards} there; {bend}"


def _tangent(place: ConvergencePoint) -> Array:
    """Where what is level leads to: along the zero eigenvalue, or between the two ways to places on both sides."""
    if place.zeros == 1:
        return np.asarray(place.eigenvectors[:, np.abs(place.eigenvalues).argmin()])
    first, opposite = place.level[:, 0], place.level[:, (place.level[:, :1] * place.level).sum(axis=0).argmin()]
    chord = first - opposite if first @ opposite < 0 else first
    return np.asarray(chord / np.hypot(*chord))


def _why(landscape: Landscape, place: ConvergencePoint) -> str:
    """What makes it a minimum, a maximum or a saddle, where that is not plain."""
    sides = "on both sides" if landscape.curve else "all round"
    if place.kind == "minimum":
        if place.kink:
            return f", a kink: the loss is higher {sides}"
        return (
            ""
            if place.regular
            else f", a degenerate one: {_vanishes(landscape, place)}, but the loss is higher {sides}"
        )
    if place.kind == "maximum":
        if not place.regular:
            kind = "a kink" if place.kink else f"a degenerate one: {_vanishes(landscape, place)}"
            return f", {kind}, and the loss is lower {sides}"
        bends = "the second derivative is" if landscape.curve else "both eigenvalues of the Hessian are"
        return f": the gradient vanishes there, but {bends} negative"
    falls = f"the loss falls {_along(landscape, place, place.falls, -1)}"
    if place.regular:
        return (
            f": the gradient vanishes there, but the Hessian has a negative eigenvalue {short(place.eigenvalues[0])} "
            f"and {falls}"
        )
    both = f"{falls} and rises {_along(landscape, place, place.rises, 1)}"
    if place.kink:
        return f", on a kink where the gradient counts as zero: {both}"
    return f": the gradient vanishes there and {_vanishes(landscape, place)}, but {both}"


def _vanishes(landscape: Landscape, place: ConvergencePoint) -> str:
    if not _has_hessian(landscape, place):
        return "there is no second derivative" if landscape.curve else "there is no Hessian"
    if landscape.curve:
        return "the second derivative is zero"
    return "the Hessian is zero" if place.zeros == 2 else "the Hessian has a zero eigenvalue"


def _has_hessian(landscape: Landscape, place: ConvergencePoint) -> bool:
    """Whether second derivatives tend to the same from all sides; the landscape puts a number there in any case."""
    return landscape.smooth or local_shape(landscape, place.position).status not in ("corner", "rough")


def _largest(place: ConvergencePoint) -> float:
    return float(place.eigenvalues[np.abs(place.eigenvalues).argmax()])


def _along(landscape: Landscape, place: ConvergencePoint, directions: Array, sign: int) -> str:
    """A direction in which the loss falls (`sign` -1) or rises, to as many digits as it takes to be true as written.

    Where one eigenvalue is zero, and straight along its axis the loss does not fall, only a curve leads down.
    """
    chosen, symmetric = directions[:, 0], _both(directions) or place.regular
    if landscape.curve:
        return "to the right" if chosen[0] > 0 else "to the left"
    lengths = RADII * widths(landscape).min()

    def holds(direction: Array) -> bool:
        places = place.position[:, None] + direction[:, None] * lengths
        return bool((sign * (landscape.value(places) - landscape.value(place.position)) > 0).any())

    if place.zeros == 1 and not place.kink:
        axis = place.eigenvectors[:, np.abs(place.eigenvalues).argmin()]
        axis = axis * np.sign(axis @ chosen)
        if axis @ chosen > BESIDE and not holds(axis):
            return f"along a curve that sets out along {direction(axis, 2, symmetric)}"
    for digits in range(2, MOST_DIGITS + 1):
        words = direction(chosen, digits, symmetric)
        written = np.array([float(number) for number in words.strip("()").replace("−", "-").split(", ")])
        if holds(written):
            return f"along {words}"
    return f"along a curve that sets out along {direction(chosen, 2, symmetric)}"


def _both(directions: Array) -> bool:
    """Whether the direction opposite to the first one is among them too."""
    return bool((directions[:, :1] * directions[:, 1:]).sum(axis=0).min(initial=1.0) < -0.99)


def direction(axis: Array, digits: int, symmetric: bool) -> str:
    """A unit vector; of a line, which has no sign, the one whose larger component is positive."""
    facing = axis * np.sign(axis[np.abs(axis).argmax()]) if symmetric else axis
    half = 0.5 * 10.0**-digits
    facing = np.where(np.abs(facing) > 1 - half, np.sign(facing), facing)
    return coordinates(facing, zero=half, digits=digits).replace(f"1.{'0' * (digits - 1)}", "1")
