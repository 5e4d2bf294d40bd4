"""What a person can turn: a parameter's symbol, range, scale and help, stated once beside its default."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Knob:
    """A number's symbol, the range worth turning it through, and the wider range in which it means something.

    `low` and `high` end the slider and bound what a link may ask for. `least` (inclusive), `above` and `below`
    (exclusive) say where the mathematics holds; outside them the factory refuses the number.
    """

    symbol: str
    low: float
    high: float
    help: str = ""
    log: bool = False  # turned on a logarithmic scale
    default: float = np.nan
    integer: bool = False
    least: float = -np.inf
    above: float = -np.inf
    below: float = np.inf

    def refusal(self, number: Any) -> str | None:
        """What is wrong with `number` (a float, or an array for a sweep), as a requirement; None where nothing is."""
        values = np.asarray(number, dtype=float)
        if not np.isfinite(values).all():
            return "a finite number"
        if self.integer and (values != np.round(values)).any():
            return "a whole number"
        limits = [
            (values >= self.least, f"≥ {self.least:g}"),
            (values > self.above, f"> {self.above:g}"),
            (values < self.below, f"< {self.below:g}"),
        ]
        return next((text for holds, text in limits if not holds.all()), None)


def knobs(factory: Callable[..., Any]) -> dict[str, Knob]:
    """The knobs of a factory by parameter name, each with the default that stands in the signature."""
    return {
        name: replace(mark, default=parameter.default)
        for name, parameter in inspect.signature(factory).parameters.items()
        for mark in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(mark, Knob)
    }


def check(owner: str, marks: Mapping[str, Knob], values: Mapping[str, Any]) -> None:
    """Refuses numbers outside the range in which they mean something.

    Raises:
        ValueError: who needs what, and what it got, as in `adam needs beta1 < 1, got 1.5`.
    """
    for name, value in values.items():
        if name in marks and not callable(value):
            refusal = marks[name].refusal(value)
            if refusal is not None:
                needs = f"{name} to be {refusal}" if refusal.startswith("a ") else f"{name} {refusal}"
                raise ValueError(f"{owner} needs {needs}, got {value}")


def checked(factory: Callable[P, R]) -> Callable[P, R]:
    """A factory that refuses numbers its knobs do not allow, before anything is computed."""
    signature, marks = inspect.signature(factory), knobs(factory)

    @wraps(factory)
    def build(*args: P.args, **kwargs: P.kwargs) -> R:
        check(factory.__name__, marks, signature.bind(*args, **kwargs).arguments)
        return factory(*args, **kwargs)

    return build
