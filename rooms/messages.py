"""What a browser may say: it is taken apart here, and only what is meant gets in."""

import math
import re
from typing import Any

from rooms.room import Answer, Question

SPEEDS = (0.25, 0.5, 1, 2, 4, 8)
MOST_STEPS = 1_000_000
FAR = 1e300  # no coordinate is farther
PANEL = re.compile(r"[a-z_]{0,20}")


class NotUnderstood(ValueError):
    """This is nothing that can be said in a room."""


def number(value: object, low: float, high: float) -> float:
    """A finite number within bounds; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise NotUnderstood(f"wanted is a number from {low:g} to {high:g}")
    return value


def numbers(value: object, lengths: tuple[int, ...], far: float) -> list[float]:
    """So many finite numbers."""
    if not isinstance(value, list) or len(value) not in lengths:
        raise NotUnderstood(f"wanted are {' or '.join(map(str, lengths))} numbers")
    return [number(each, -far, far) for each in value]


def truth_value(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise NotUnderstood("wanted is true or false")
    return value


def step(value: object) -> int:
    """A step of a run, counted from 0."""
    found = number(value, 0, MOST_STEPS)
    if not isinstance(found, int):
        raise NotUnderstood("a step is a whole number")
    return found


def speed(value: object) -> float:
    """One of the speeds of the playback."""
    if isinstance(value, bool) or value not in SPEEDS:
        raise NotUnderstood("wanted is one of the speeds")
    return float(value)


def panel(value: object) -> str:
    """The name of a picture, or none."""
    if not isinstance(value, str) or not PANEL.fullmatch(value):
        raise NotUnderstood("wanted is the name of a picture")
    return value


def window(value: object) -> list[float] | None:
    """What the map shows: two intervals; none for all of it."""
    if value is None:
        return None
    ends = numbers(value, (4,), FAR)
    if not all(0 < high - low < math.inf for low, high in (ends[:2], ends[2:])):
        raise NotUnderstood("wanted are two intervals")
    return ends


def camera(value: object) -> list[float] | None:
    """Where the eye is, and also what it looks at and which way is up; none as long as nobody turned."""
    return None if value is None else numbers(value, (3, 9), 1e3)


VIEW = {
    "step": step,
    "playing": truth_value,
    "seconds": lambda value: number(value, 1, 60),  # that all steps take at speed 1
    "speed": speed,
    "loop": truth_value,
    "window": window,
    "camera": camera,
    "alone": panel,
    "concealed": truth_value,
}


def view_from(said: object) -> dict[str, Any]:
    """What the lecturer's browser says of playback, zoom and camera.

    Raises:
        NotUnderstood: some part of it is not that.
    """
    if not isinstance(said, dict) or not said or not said.keys() <= VIEW.keys():
        raise NotUnderstood(f"a view has of these parts some: {', '.join(VIEW)}")
    return {name: VIEW[name](value) for name, value in said.items()}


def answer_to(question: Question, said: object) -> Answer:
    """A student's answer: a point or a number within the question's bounds, or the number of an option.

    >>> answer_to(Question(number=1, kind="number", text="What rate?", bounds=((0.0, 1.0),)), 0.1)
    0.1

    Raises:
        NotUnderstood: it is nothing of the kind.
    """
    if question.kind == "choice":
        found = number(said, 0, len(question.options) - 1)
        if not isinstance(found, int):
            raise NotUnderstood("wanted is the number of an option")
        return found
    if question.kind == "number":
        return number(said, *question.bounds[0])
    if not isinstance(said, list) or len(said) != 2:
        raise NotUnderstood("wanted is a point")
    return [float(number(each, *bounds)) for each, bounds in zip(said, question.bounds, strict=True)]
