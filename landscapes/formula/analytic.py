"""Landscapes from formulas: derivatives and LaTeX follow from the formula, so they cannot disagree with it."""

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any

import numpy as np

from landscapes.formula.compiled import Compiled
from landscapes.formula.limits import continued, known_limits
from landscapes.formula.program import program_of
from landscapes.formula.rounding import Rounded, errors
from landscapes.knob import Knob, check
from landscapes.landscape import AXES, Array, Domain, Elementwise, Landscape, Part
from landscapes.ranges import checked_interval

quiet = np.errstate(all="ignore")  # overflow is data; as a decorator it costs half of what a `with` does


@lru_cache(maxsize=256)
def compiled(text: str, parameters: tuple[str, ...] | None = None, axes: tuple[str, str] = AXES) -> Compiled:
    """Differentiates and compiles a formula once; SymPy is imported by the first that is asked for."""
    from landscapes.formula.compile import compile_formula

    return compile_formula(text, parameters, axes)


def landscape_of(
    name: str,
    text: str,
    parameters: Mapping[str, float],
    *,
    free: bool = False,
    axes: tuple[str, str] = AXES,
    **record: Any,
) -> Landscape:
    """The landscape that a formula describes, with its parameters set to numbers."""
    code = compiled(text, None if free else tuple(parameters), axes)
    numbers = tuple(float(parameters[key]) for key in code.parameters)
    values = tuple(np.float64(n) for n in numbers)  # whose 1/0 is inf, where Python's would raise

    @quiet
    def value(p: Array) -> Array:
        x, y = p = np.asarray(p, dtype=float)
        result = np.empty(p.shape[1:])
        result[...] = code.value(x, y, *values)
        return result[()]

    def plain_gradient(p: Array) -> Array:
        x, y = p
        result = np.empty(p.shape)
        result[0], result[1] = code.gradient(x, y, *values)
        return result

    def plain_hessian(p: Array) -> Array:
        x, y = p
        result = np.empty((2, *p.shape))
        result[0, 0], result[0, 1], result[1, 1] = code.hessian(x, y, *values)
        result[1, 0] = result[0, 1]
        return result

    half = np.array([(high - low) / 2 for low, high in record["domain"]])

    @quiet
    def gradient(p: Array) -> Array:
        p = np.asarray(p, dtype=float)
        return plain_gradient(p) if code.smooth else continued(plain_gradient, value, p, half)

    @quiet
    def hessian(p: Array) -> Array:
        p = np.asarray(p, dtype=float)
        return plain_hessian(p) if code.smooth else continued(plain_hessian, value, p, half)

    @quiet
    def rounding(part: Part, p: Array) -> Array:
        p = np.asarray(p, dtype=float)
        found = getattr(code, part)(*(Rounded(c, 0.0) for c in p), *values)
        if part == "value":
            return errors(found, p.shape[1:])
        entries = [errors(entry, p.shape[1:]) for entry in found]
        if part == "hessian":
            (a, b, d) = entries
            entries = [np.array([a, b]), np.array([b, d])]
        off, derivative = np.array(entries), plain_gradient if part == "gradient" else plain_hessian
        return off if code.smooth else known_limits(derivative, off, p, half)

    return Landscape(
        name=name,
        latex=code.latex(numbers),
        value=value,
        gradient=gradient,
        hessian=hessian,
        parameters=dict(zip(code.parameters, numbers, strict=True)),
        defined_everywhere=code.defined_everywhere,
        curve=code.curve,
        axes=axes,
        convexity=code.convexity(numbers),
        rounding=rounding,
        elementwise=Elementwise(
            of=(value, gradient),
            value=lambda x, y: code.value(x, y, *values),
            gradient=lambda x, y: code.gradient(x, y, *values),
            hessian=lambda x, y: code.hessian(x, y, *values),
            text=text,
        ),
        program=program_of(
            {"value": code.value, "gradient": code.gradient, "hessian": code.hessian},
            numbers,
            None if code.smooth else half,
        ),
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
    axes: tuple[str, str] = AXES,
) -> Callable[..., Landscape]:
    """The factory of a built-in landscape: parameters are keyword arguments, their knobs in the signature.

    Args:
        axes: what the formula, and with it every picture, calls the coordinates.
    """
    marks = dict(parameters or {})
    for axis, interval in zip(axes, domain, strict=True):
        checked_interval(axis, interval)

    def factory(**values: float) -> Landscape:
        unknown = [key for key in values if key not in marks]
        if unknown:
            known = ", ".join(marks) or "none"
            raise TypeError(f"{name} has no parameter {unknown[0]}, its parameters are: {known}")
        check(name, marks, values)
        numbers = {key: values.get(key, mark.default) for key, mark in marks.items()}
        return landscape_of(name, formula, numbers, axes=axes, domain=domain, start=start, about=about, source=source)

    factory.__name__ = factory.__qualname__ = name
    factory.__doc__ = about
    factory.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # mypy knows it of no function
        [
            inspect.Parameter(
                key, inspect.Parameter.KEYWORD_ONLY, default=mark.default, annotation=Annotated[float, mark]
            )
            for key, mark in marks.items()
        ],
        return_annotation=Landscape,
    )
    return factory
