"""Numbers and intervals as a person may type them: taken if they make sense, refused with what would."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from landscapes.landscape import Interval
from words import Message, message

LARGEST = 1e100  # of any number
NARROWEST = 1e-6  # width of a view, of the size of its ends
SPAN = 1e6  # farthest place, and widest view, that may be asked for


def checked_pair(what: str, given: Any, kind: str) -> tuple[Any, Any]:
    """Exactly two of something."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ValueError(f"{what} needs two {kind}, got {given!r:.60}")
    pair = tuple(given)
    if len(pair) != 2:
        raise ValueError(f"{what} needs two {kind}, got {len(pair)}")
    return pair


def checked_number(what: str, given: Any) -> float:
    """A finite number, at most 1e100 so that its powers have room."""
    said = f"{given!r:.60}"
    number = isinstance(given, int | float | np.integer | np.floating)
    if not number or given != given or given in (np.inf, -np.inf):
        raise ValueError(message("{name} needs a finite number, got {given}", name=what, given=said))
    if not -LARGEST <= given <= LARGEST:
        raise ValueError(message("{name} needs a number from −1e100 to 1e100, got {given}", name=what, given=said))
    return float(given)


def checked_interval(axis: str, interval: Sequence[float]) -> Interval:
    """An interval worth drawing.

    Raises:
        ValueError: it is empty, turned round, too narrow for float64, or beyond ±1e6.
    """
    low, high = (checked_number(axis, end) for end in checked_pair(axis, interval, "ends"))
    if not max(abs(low), abs(high)) <= SPAN:
        raise ValueError(
            message(
                "{axis} needs finite ends within ±{most}, got {low} to {high}",
                axis=axis,
                most=f"{SPAN:g}",
                low=f"{low:g}",
                high=f"{high:g}",
            )
        )
    if not high - low > NARROWEST * max(1.0, abs(low), abs(high)):
        raise ValueError(_too_narrow(axis, low, high))
    return low, high


def checked_window(axis: str, interval: Sequence[float]) -> Interval:
    """An interval of any size, such as a loss has whose data are in units of their own.

    Raises:
        ValueError: it is empty, turned round, beyond ±1e100, or too narrow for float64 where it lies.
    """
    low, high = (checked_number(axis, end) for end in checked_pair(axis, interval, "ends"))
    if not high - low > NARROWEST * max(abs(low), abs(high)):
        raise ValueError(_too_narrow(axis, low, high))
    return low, high


def _too_narrow(axis: str, low: float, high: float) -> Message:
    return message(
        "{axis} needs to run from a smaller to a larger number, got {low} to {high}",
        axis=axis,
        low=f"{low:g}",
        high=f"{high:g}",
    )
