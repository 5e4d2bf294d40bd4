"""Landscapes that someone typed: nothing in them can do worse than raise a ValueError that says what to change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from landscapes.formula.analytic import compiled, landscape_of
from landscapes.formula.axes import suggested_axes
from landscapes.formula.names import PARAMETER, TAKEN
from landscapes.knob import Knob
from landscapes.landscape import Domain, Landscape
from landscapes.ranges import LARGEST, checked_interval, checked_number, checked_pair
from words import listed_later, mark, message

MESH = 9  # nodes of each side on which a start is looked for


def formula(
    text: str,
    domain: Domain = ((-2.0, 2.0), (-2.0, 2.0)),
    start: Sequence[float] | None = None,
    parameters: Mapping[str, float] | None = None,
    axes: tuple[str, str] | None = None,
) -> Landscape:
    """The landscape f(x, y) = `text`; every free name other than x and y is a parameter, 1 unless said otherwise.

    In a formula without x and y other names are the axes: see `suggested_axes`.

    >>> import numpy as np
    >>> bowl = formula("x**2 + a*y**2", parameters={"a": 3})
    >>> bowl.value(np.array([1.0, 2.0]))
    np.float64(13.0)

    Args:
        text: at most 500 characters of + - * / **, brackets, numbers, pi, e and functions of one argument.
        domain: ((x0, x1), (y0, y1)), each interval from the smaller to the larger number, within ±1e6.
        start: where descents begin; a quarter from the domain's lower left corner if left out.
        parameters: numbers for free names.
        axes: the names of the two coordinates, if not those that are suggested.

    Raises:
        ValueError: naming the offending part.
    """
    across, up = checked_axes(text, axes, parameters if isinstance(parameters, Mapping) else ())
    names = free_names(text, (across, up))
    first, second = checked_pair("domain", domain, "intervals, ((x0, x1), (y0, y1))")
    bounds = checked_interval(across, first), checked_interval(up, second)
    numbers = dict.fromkeys(names, 1.0)
    if not isinstance(parameters, Mapping | None):
        raise ValueError(f"parameters needs names with numbers, got {parameters!r:.60}")
    for key, given in (parameters or {}).items():
        if key not in numbers:
            raise ValueError(
                message(
                    "{name} is not a free name of the formula, those are: {names}",
                    name=f"{key!r:.60}",
                    names=listed_later(names) if names else message("none"),
                )
            )
        numbers[key] = checked_number(key, given)
    record: dict[str, Any] = {"free": True, "axes": (across, up), "domain": bounds}
    if start is None:
        return with_start(landscape_of(mark("Your formula"), text, numbers, **record))
    x, y = (checked_number("start", c) for c in checked_pair("start", start, "numbers"))
    return landscape_of(mark("Your formula"), text, numbers, **record, start=(x, y))


def with_start(landscape: Landscape) -> Landscape:
    """The landscape with a start a quarter from its lower left corner, or as near to that as f is defined on a mesh.

    >>> with_start(formula("log(x) + y", start=(1, 1))).start
    (0.5, -1.0)
    """
    quarter = np.array([low + (high - low) / 4 for low, high in landscape.domain])
    place = quarter
    if not landscape.defined_everywhere and not np.isfinite(landscape.value(quarter)):
        sides = [np.linspace(low, high, MESH) for low, high in landscape.domain]
        nodes = np.stack(np.meshgrid(*sides, indexing="ij")).reshape(2, -1)
        known = nodes[:, np.isfinite(landscape.value(nodes))]
        if known.size:
            place = known[:, np.hypot(*(known - quarter[:, None])).argmin()]
    return replace(landscape, start=(float(place[0]), float(place[1])))


def checked_axes(text: str, axes: tuple[str, str] | None = None, parameters: Collection[str] = ()) -> tuple[str, str]:
    """Two different names for the coordinates: those that the formula suggests, if none are given.

    Raises:
        ValueError: the text is no formula, or these are no two names.
    """
    if not isinstance(text, str):
        raise ValueError(message("a formula is text such as x**2 + 3*y**2, got {kind}", kind=type(text).__name__))
    if axes is None:
        axes = suggested_axes(text, parameters)
    named = len(axes) == 2 and all(isinstance(name, str) and PARAMETER.fullmatch(name) for name in axes)
    if not named or axes[0] == axes[1] or TAKEN & set(axes):
        raise ValueError(
            message("a formula needs two different names for its axes, got {names}", names=listed_later(axes))
        )
    return axes[0], axes[1]


def free_names(text: str, axes: tuple[str, str] | None = None) -> tuple[str, ...]:
    """The names in a formula that are not an axis, a constant or a function, in the order in which they appear.

    >>> free_names("a*x**2 + cos(pi*y)/b")
    ('a', 'b')

    Raises:
        ValueError: the text is no formula.
    """
    return compiled(text, None, checked_axes(text, axes)).parameters


def free_knobs(text: str) -> dict[str, Knob]:
    """A knob from -5 to 5, at 1, for each free name of a formula.

    >>> free_knobs("a*x**2")["a"].default
    1.0
    """
    return {
        name: Knob(name, -5.0, 5.0, mark("free name of the formula"), default=1.0, least=-LARGEST, most=LARGEST)
        for name in free_names(text)
    }
