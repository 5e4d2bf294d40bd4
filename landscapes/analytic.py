"""Landscapes from formulas: derivatives and LaTeX follow from the formula, so they cannot disagree with it."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import numpy as np

from landscapes.knob import Knob, check
from landscapes.landscape import Array, Domain, Interval, Landscape

Numbers = Callable[..., Any]  # (x, y, *parameters) -> one array, or a nested tuple of arrays and plain numbers
SPAN = 1e6  # farthest place, and widest view, that a formula may ask for


class Compiled(NamedTuple):
    """A formula as NumPy functions of x, y and the parameters, and as LaTeX."""

    value: Numbers
    gradient: Numbers
    hessian: Numbers  # the three different entries: xx, xy, yy
    latex: Callable[[tuple[float, ...]], str]
    parameters: tuple[str, ...]
    smooth: bool


@lru_cache(maxsize=256)
def compiled(text: str, parameters: tuple[str, ...] | None = None) -> Compiled:
    """Differentiates and compiles a formula once; SymPy is imported by the first that is asked for."""
    from landscapes.compiler import compile_formula

    return compile_formula(text, parameters)


def landscape_of(
    name: str, text: str, parameters: Mapping[str, float], *, free: bool = False, **record: Any
) -> Landscape:
    """The landscape that a formula describes, with its parameters set to numbers."""
    code = compiled(text, None if free else tuple(parameters))
    values = tuple(float(parameters[key]) for key in code.parameters)

    def value(p: Array) -> Array:
        x, y = p
        with np.errstate(all="ignore"):
            return np.broadcast_to(code.value(x, y, *values), p.shape[1:]) + 0.0

    def gradient(p: Array) -> Array:
        x, y = p
        result = np.empty(p.shape)
        with np.errstate(all="ignore"):
            result[0], result[1] = code.gradient(x, y, *values)
        return result

    def hessian(p: Array) -> Array:
        x, y = p
        result = np.empty((2, *p.shape))
        with np.errstate(all="ignore"):
            result[0, 0], result[0, 1], result[1, 1] = code.hessian(x, y, *values)
        result[1, 0] = result[0, 1]
        return result

    return Landscape(
        name=name,
        latex=code.latex(values),
        value=value,
        gradient=gradient,
        hessian=hessian,
        parameters=dict(zip(code.parameters, values, strict=True)),
        smooth=record.pop("smooth", code.smooth),
        **record,
    )


def analytic(
    *,
    name: str,
    formula: str,
    domain: Domain,
    start: tuple[float, float],
    about: str,
    source: str,
    parameters: Mapping[str, Knob] | None = None,
) -> Callable[..., Landscape]:
    """The factory of a built-in landscape: its parameters are keyword arguments, each with its knob in the signature."""
    marks = dict(parameters or {})

    def factory(**values: float) -> Landscape:
        unknown = [key for key in values if key not in marks]
        if unknown:
            known = ", ".join(marks) or "none"
            raise TypeError(f"{name} has no parameter {unknown[0]}, its parameters are: {known}")
        check(name, marks, values)
        numbers = {key: values.get(key, mark.default) for key, mark in marks.items()}
        return landscape_of(name, formula, numbers, domain=domain, start=start, about=about, source=source)

    factory.__name__ = factory.__qualname__ = name
    factory.__doc__ = about
    factory.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                key, inspect.Parameter.KEYWORD_ONLY, default=mark.default, annotation=Annotated[float, mark]
            )
            for key, mark in marks.items()
        ],
        return_annotation=Landscape,
    )
    return factory


def formula(
    text: str,
    domain: Domain = ((-2.0, 2.0), (-2.0, 2.0)),
    start: Sequence[float] | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Landscape:
    """The landscape f(x, y) = `text`; every free name other than x and y is a parameter, 1 unless said otherwise.

    >>> bowl = formula("x**2 + a*y**2", parameters={"a": 3})
    >>> bowl.value(np.array([1.0, 2.0]))
    np.float64(13.0)

    Args:
        text: at most 500 characters of + - * / **, brackets, numbers, pi, e and functions of one argument.
        domain: ((x0, x1), (y0, y1)), each interval from the smaller to the larger number, within ±1e6.
        start: where descents begin; a quarter from the domain's lower left corner if left out.
        parameters: numbers for free names.

    Raises:
        ValueError: naming the offending part.
    """
    bounds = [checked_interval(axis, interval) for axis, interval in zip("xy", domain, strict=True)]
    names = compiled(text).parameters
    numbers = dict.fromkeys(names, 1.0)
    for key, number in (parameters or {}).items():
        if key not in numbers:
            raise ValueError(f"{key} is not a free name of the formula, those are: {', '.join(names) or 'none'}")
        if not np.isfinite(number):
            raise ValueError(f"{key} needs a finite number, got {number}")
        numbers[key] = float(number)
    first = [low + (high - low) / 4 for low, high in bounds] if start is None else [float(c) for c in start]
    if len(first) != 2 or not np.isfinite(first).all():
        raise ValueError(f"start needs two finite numbers, got {start}")
    return landscape_of(
        "Your formula", text, numbers, free=True, domain=(bounds[0], bounds[1]), start=(first[0], first[1])
    )


def checked_interval(axis: str, interval: Sequence[float]) -> Interval:
    """An interval worth drawing.

    Raises:
        ValueError: it is empty, turned round, too narrow for float64, or beyond ±1e6.
    """
    low, high = (float(end) for end in interval)
    if not (np.isfinite(low) and np.isfinite(high) and max(abs(low), abs(high)) <= SPAN):
        raise ValueError(f"{axis} needs finite ends within ±{SPAN:g}, got {low:g} to {high:g}")
    if not high - low > 1e-6 * max(1.0, abs(low), abs(high)):
        raise ValueError(f"{axis} needs to run from a smaller to a larger number, got {low:g} to {high:g}")
    return low, high
