"""What a run arrived at, in plain words, with the numbers that decided."""

import numpy as np

from landscapes import Array, Landscape, local_shape, shown
from optimizers.verdicts.convergence_point import ConvergencePoint, widths
from optimizers.verdicts.nearby import RADII
from words import DIGITS, Message, coordinates, message, short, steps_later

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


def arrived(landscape: Landscape, place: ConvergencePoint, since: int, left: float, stopped: bool) -> Message:
    """For a run that ended at a critical point; `left` is its distance from there, 0 where that need not be said."""
    begun = _begun(landscape, place, since)
    if place.kind == "flat":
        said = message("{begun}, {more}.", begun=begun, more=_level(landscape, place))
    elif place.shape in NOT_STRICT:
        said = message("{begun}, {more}.", begun=begun, more=_not_strict(landscape, place))
    else:
        said = _explained(landscape, place, begun)
    if not left:
        return said
    if stopped:
        away = message("It has stopped {distance} from there.", distance=short(left))
    else:
        away = message("It is {distance} from there.", distance=short(left))
    return message("{some} {another}", some=said, another=away)


def _begun(landscape: Landscape, place: ConvergencePoint, since: int) -> Message:
    spot, taken = where(landscape, place.position), steps_later(since)
    if place.kind == "flat":
        return message("The gradient is zero to rounding at {place}", place=spot)
    several = place.shape in NOT_STRICT
    if place.kind == "minimum" and since:
        if several:
            return message("Reached a minimum at {place} after {steps}", place=spot, steps=taken)
        return message("Reached the minimum at {place} after {steps}", place=spot, steps=taken)
    if place.kind == "minimum":
        if several:
            return message("At a minimum at {place} from the start", place=spot)
        return message("At the minimum at {place} from the start", place=spot)
    if place.kind == "maximum" and since:
        if several:
            return message("Ran onto a maximum at {place} after {steps}", place=spot, steps=taken)
        return message("Ran onto the maximum at {place} after {steps}", place=spot, steps=taken)
    if place.kind == "maximum":
        if several:
            return message("Stays on a maximum at {place} from the start", place=spot)
        return message("Stays on the maximum at {place} from the start", place=spot)
    return _into_a_saddle(landscape, place, since, spot)


def _into_a_saddle(landscape: Landscape, place: ConvergencePoint, since: int, spot: str) -> Message:
    if place.regular or place.kink:
        if since:
            return message("Ran into the saddle at {place}", place=spot)
        return message("Stays on the saddle at {place} from the start", place=spot)
    if landscape.curve:
        if since:
            return message("Ran into the inflection at {place}", place=spot)
        return message("Stays on the inflection at {place} from the start", place=spot)
    if since:
        return message("Ran into the degenerate saddle at {place}", place=spot)
    return message("Stays on the degenerate saddle at {place} from the start", place=spot)


def _level(landscape: Landscape, place: ConvergencePoint) -> Message:
    if place.shape != "plateau":
        return message(
            "but what this is cannot be told in float64: near by the loss is level to rounding, further out it is not"
        )
    if landscape.curve:
        return message("and so is the second derivative: near by the loss is level to rounding, a plateau")
    return message("and so is the Hessian: near by the loss is level to rounding, a plateau")


def _not_strict(landscape: Landscape, place: ConvergencePoint) -> Message:
    """For a minimum or a maximum near which the loss is the same in other places."""
    low = place.kind == "minimum"
    beyond = (
        message("no place within a hundredth of the view is lower")
        if low
        else message("no place within a hundredth of the view is higher")
    )
    if place.shape == "region":
        return message("at the edge of a level region: {beyond}", beyond=beyond)
    if place.shape == "crossing":
        if low:
            return message("where curves of minima cross: {beyond}", beyond=beyond)
        return message("where curves of maxima cross: {beyond}", beyond=beyond)
    towards = direction(_tangent(place), 2, _both(place.level))
    if place.shape == "level":
        return message(
            "a degenerate one: along {axis} the loss is level to rounding near by, and {beyond}",
            axis=towards,
            beyond=beyond,
        )
    across = message("across it the loss rises") if low else message("across it the loss falls")
    bend = message("the Hessian's eigenvalue across it is {eigenvalue}", eigenvalue=short(_largest(place)))
    if not _has_hessian(landscape, place):
        bend = message("there is no Hessian there, and {across}", across=across)
    elif place.zeros == 2:
        bend = message("the Hessian is zero, and {across}", across=across)
    if low:
        return message("one of a curve of minima that runs along {axis} there; {bend}", axis=towards, bend=bend)
    return message("one of a curve of maxima that runs along {axis} there; {bend}", axis=towards, bend=bend)


def _tangent(place: ConvergencePoint) -> Array:
    """Where what is level leads to: along the zero eigenvalue, or between the two ways to places on both sides."""
    if place.zeros == 1:
        return np.asarray(place.eigenvectors[:, np.abs(place.eigenvalues).argmin()])
    first, opposite = place.level[:, 0], place.level[:, (place.level[:, :1] * place.level).sum(axis=0).argmin()]
    chord = first - opposite if first @ opposite < 0 else first
    return np.asarray(chord / np.hypot(*chord))


def _explained(landscape: Landscape, place: ConvergencePoint, begun: Message) -> Message:
    """What makes it a minimum, a maximum or a saddle, where that is not plain."""
    if place.kind == "minimum":
        higher = (
            message("the loss is higher on both sides") if landscape.curve else message("the loss is higher all round")
        )
        if place.kink:
            return message("{begun}, a kink: {higher}.", begun=begun, higher=higher)
        if place.regular:
            return message("{clause}.", clause=begun)
        return message(
            "{begun}, a degenerate one: {vanishes}, but {higher}.",
            begun=begun,
            vanishes=_vanishes(landscape, place),
            higher=higher,
        )
    if place.kind == "maximum":
        return _maximum(landscape, place, begun)
    return _saddle(landscape, place, begun)


def _maximum(landscape: Landscape, place: ConvergencePoint, begun: Message) -> Message:
    lower = message("the loss is lower on both sides") if landscape.curve else message("the loss is lower all round")
    if place.kink:
        return message("{begun}, a kink, and {lower}.", begun=begun, lower=lower)
    if not place.regular:
        return message(
            "{begun}, a degenerate one: {vanishes}, and {lower}.",
            begun=begun,
            vanishes=_vanishes(landscape, place),
            lower=lower,
        )
    if landscape.curve:
        return message("{begun}: the gradient vanishes there, but the second derivative is negative.", begun=begun)
    return message(
        "{begun}: the gradient vanishes there, but both eigenvalues of the Hessian are negative.", begun=begun
    )


def _saddle(landscape: Landscape, place: ConvergencePoint, begun: Message) -> Message:
    down = _along(landscape, place, place.falls, -1)
    if place.regular:
        return message(
            "{begun}: the gradient vanishes there, but the Hessian has a negative eigenvalue {eigenvalue} and the loss "
            "falls {down}.",
            begun=begun,
            eigenvalue=short(place.eigenvalues[0]),
            down=down,
        )
    up = _along(landscape, place, place.rises, 1)
    if place.kink:
        return message(
            "{begun}, on a kink where the gradient counts as zero: the loss falls {down} and rises {up}.",
            begun=begun,
            down=down,
            up=up,
        )
    return message(
        "{begun}: the gradient vanishes there and {vanishes}, but the loss falls {down} and rises {up}.",
        begun=begun,
        vanishes=_vanishes(landscape, place),
        down=down,
        up=up,
    )


def _vanishes(landscape: Landscape, place: ConvergencePoint) -> Message:
    if not _has_hessian(landscape, place):
        return message("there is no second derivative") if landscape.curve else message("there is no Hessian")
    if landscape.curve:
        return message("the second derivative is zero")
    return message("the Hessian is zero") if place.zeros == 2 else message("the Hessian has a zero eigenvalue")


def _has_hessian(landscape: Landscape, place: ConvergencePoint) -> bool:
    """Whether second derivatives tend to the same from all sides; the landscape puts a number there in any case."""
    return landscape.smooth or local_shape(landscape, place.position).status not in ("corner", "rough")


def _largest(place: ConvergencePoint) -> float:
    return float(place.eigenvalues[np.abs(place.eigenvalues).argmax()])


def _along(landscape: Landscape, place: ConvergencePoint, directions: Array, sign: int) -> Message:
    """A direction in which the loss falls (`sign` -1) or rises, to as many digits as it takes to be true as written.

    Where one eigenvalue is zero, and straight along its axis the loss does not fall, only a curve leads down.
    """
    chosen, symmetric = directions[:, 0], _both(directions) or place.regular
    if landscape.curve:
        return message("to the right") if chosen[0] > 0 else message("to the left")
    lengths = RADII * widths(landscape).min()

    def holds(direction: Array) -> bool:
        places = place.position[:, None] + direction[:, None] * lengths
        return bool((sign * (landscape.value(places) - landscape.value(place.position)) > 0).any())

    if place.zeros == 1 and not place.kink:
        axis = place.eigenvectors[:, np.abs(place.eigenvalues).argmin()]
        axis = axis * np.sign(axis @ chosen)
        if axis @ chosen > BESIDE and not holds(axis):
            return message("along a curve that sets out along {axis}", axis=direction(axis, 2, symmetric))
    for digits in range(2, MOST_DIGITS + 1):
        words = direction(chosen, digits, symmetric)
        written = np.array([float(number) for number in words.strip("()").replace("−", "-").split(", ")])
        if holds(written):
            return message("along {axis}", axis=words)
    return message("along a curve that sets out along {axis}", axis=direction(chosen, 2, symmetric))


def _both(directions: Array) -> bool:
    """Whether the direction opposite to the first one is among them too."""
    return bool((directions[:, :1] * directions[:, 1:]).sum(axis=0).min(initial=1.0) < -0.99)


def direction(axis: Array, digits: int, symmetric: bool) -> str:
    """A unit vector; of a line, which has no sign, the one whose larger component is positive."""
    facing = axis * np.sign(axis[np.abs(axis).argmax()]) if symmetric else axis
    half = 0.5 * 10.0**-digits
    facing = np.where(np.abs(facing) > 1 - half, np.sign(facing), facing)
    return coordinates(facing, zero=half, digits=digits).replace(f"1.{'0' * (digits - 1)}", "1")
