"""What a person can turn: a parameter's symbol, range, scale and help, stated once beside its default."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np

from words import Message, message

P = ParamSpec("P")
R = TypeVar("R")
FINITE, WHOLE = "a finite number", "a whole number"  # what a number is to be, besides within its limits
LARGEST_COUNT = 2**53 - 1  # beyond, neither a float nor a browser can tell whole numbers apart


@dataclass(frozen=True)
class Knob:
    """A number's symbol, the range worth turning it through, and the wider range in which it means something.

    `low` and `high` end the slider as it comes; it grows to hold any other number. `least` and `most` (inclusive),
    `above` and `below` (exclusive) say where the mathematics holds; outside them the factory refuses the number.
    Where a knob `costs`, the work grows with the number, and a visitor of the app may ask for `high` at most.
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
    most: float = np.inf
    below: float = np.inf
    costs: bool = False

    def refusal(self, number: Any) -> str | None:
        """What is wrong with `number` (a float, or an array for a sweep), as a requirement; None where nothing is."""
        values = np.asarray(number, dtype=float)
        if not np.isfinite(values).all():
            return FINITE
        if self.integer and (values != np.round(values)).any():
            return WHOLE
        limits = [
            (values >= self.least, f"≥ {self.least:g}"),
            (values > self.above, f"> {self.above:g}"),
            (values <= self.most, f"≤ {self.most:g}"),
            (values < self.below, f"< {self.below:g}"),
        ]
        return next((text for holds, text in limits if not holds.all()), None)

    def open_to(self, number: float) -> bool:
        """Whether a visitor of the app may ask for this number: it means something, and is not too much work."""
        return self.refusal(number) is None and number <= self.top

    @property
    def top(self) -> float:
        """The largest number that a visitor may ask for, as far as it belongs to the range: work and counting end."""
        return min(self.most, self.high if self.costs else np.inf, LARGEST_COUNT if self.integer else np.inf)

    @property
    def range(self) -> Message:
        """The numbers that a visitor may ask for, in words.

        >>> str(Knob("β", 0.0, 0.999, least=0.0, below=1.0).range)
        'a number ≥ 0 and < 1'
        >>> str(Knob("n", 4, 500, integer=True, least=2, costs=True).range)
        'a whole number from 2 to 500'
        """
        if np.isfinite([self.least, self.top]).all():
            low, high = _written(self.least), _written(self.top)
            if self.integer:
                return message("a whole number from {low} to {high}", low=low, high=high)
            return message("a number from {low} to {high}", low=low, high=high)
        limits = (("≥", self.least), (">", self.above), ("≤", self.top), ("<", self.below))
        ends = [f"{sign} {_written(end)}" for sign, end in limits if np.isfinite(end)]
        if not ends:
            return message("a whole number") if self.integer else message("a number")
        if len(ends) == 1:
            (end,) = ends
            return message("a whole number {end}", end=end) if self.integer else message("a number {end}", end=end)
        low, high = ends
        if self.integer:
            return message("a whole number {low} and {high}", low=low, high=high)
        return message("a number {low} and {high}", low=low, high=high)


def _written(end: float) -> str:
    """An end of a range, with a true minus.

    >>> _written(-1e100), _written(2**53 - 1), _written(0.5)
    ('−1e100', '9,007,199,254,740,991', '0.5')
    """
    text = f"{end:,.0f}" if end == int(end) and abs(end) < 1e16 else repr(float(end))
    return text.replace("e+", "e").replace("-", "−")


def knobs(factory: Callable[..., Any]) -> dict[str, Knob]:
    """The knobs of a factory by parameter name, each with the default that stands in the signature."""
    return dict(_marked(factory))


@lru_cache(maxsize=256)
def _marked(factory: Callable[..., Any]) -> tuple[tuple[str, Knob], ...]:
    """The same once for each factory: every control of a page asks for it."""
    return tuple(
        (name, replace(mark, default=parameter.default))
        for name, parameter in inspect.signature(factory).parameters.items()
        for mark in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(mark, Knob)
    )


def knob_in_words(name: str) -> str:
    """The name of a parameter as people read it before its symbol; a message, as every name of a rule's knob is.

    >>> knob_in_words("learning_rate"), knob_in_words("beta1")
    ('learning rate', 'beta')
    """
    return name.replace("_", " ").rstrip("012")


def check(owner: str, marks: Mapping[str, Knob], values: Mapping[str, Any]) -> None:
    """Refuses numbers outside the range in which they mean something.

    Raises:
        ValueError: who needs what, and what it got, as in `adam needs beta1 < 1, got 1.5`.
    """
    for name, value in values.items():
        if name in marks and not callable(value):
            refusal = marks[name].refusal(value)
            if refusal == FINITE:
                raise ValueError(
                    message(
                        "{owner} needs {name} to be a finite number, got {value}", owner=owner, name=name, value=value
                    )
                )
            if refusal == WHOLE:
                raise ValueError(
                    message(
                        "{owner} needs {name} to be a whole number, got {value}", owner=owner, name=name, value=value
                    )
                )
            if refusal is not None:
                raise ValueError(
                    message(
                        "{owner} needs {name} {limit}, got {value}", owner=owner, name=name, limit=refusal, value=value
                    )
                )


def checked(factory: Callable[P, R]) -> Callable[P, R]:
    """A factory that refuses numbers its knobs do not allow, before anything is computed."""
    signature, marks = inspect.signature(factory), knobs(factory)

    @wraps(factory)
    def build(*args: P.args, **kwargs: P.kwargs) -> R:
        check(factory.__name__, marks, signature.bind(*args, **kwargs).arguments)
        return factory(*args, **kwargs)

    return build
