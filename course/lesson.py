"""What a lesson is made of: a picture, a question before it moves, what happened, a task, and one sentence to keep."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from landscapes import Knob
from words import Message

LETTERS = "ABCD"  # of the answers, in their order


@dataclass(frozen=True)
class Control:
    """A knob that a lesson lets one turn."""

    name: str  # a hyperparameter, "warmup", "limit" of the clipping, "noise", "outlier", or a knob of the landscape
    label: str
    runs: tuple[int, ...] = ()  # the runs that it turns, counted from 0; none: it is of the landscape, or the noise
    knob: Knob | None = None  # another range than usual


@dataclass(frozen=True)
class Task:
    """Something to find with the knobs, which the page checks; of races a `Seen` is given, else a `SeenPart`."""

    text: str
    solved: Callable[[Any], bool]
    now: Callable[[Any], Message]  # how far it is, in numbers, true whether solved or not


@dataclass(frozen=True)
class Way:
    """A page that shows the same picture, and what it is asked for there besides."""

    page: str  # explore, curvature, step_by_step, maps, data or networks
    link: str = ""  # as in part=escape&point=0~0; on Data and Networks the whole link, "" for the lesson's own
    name: str = ""  # of the part that it opens, where it is not enough to name the page


ON_EXPLORE = Way("explore")


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One idea. Texts are marked English; numbers in them come from the picture itself.

    What `right`, `happened` and the task are given is a `Seen` where the picture is a race, on Explore or of batches
    on Data, and a `SeenPart` where it is another of Data or Networks.
    """

    title: str  # on its card
    heading: str  # the idea, over the picture
    see: str  # what one will see, in a sentence
    page: str = "explore"  # whose picture it shows: explore, data or networks
    picture: str  # the choices of that page, as a link has them
    rows: tuple[tuple[str, ...], ...] = (("map", "surface"), ("loss",))  # above the playback, and below
    after: tuple[str, ...] = ("spectrum",)  # of the rows, what is shown with the answer alone
    question: str
    answers: Mapping[str, str]  # name in links -> text
    right: Callable[[Any], str]  # the name of the right one, computed from the picture
    happened: Callable[[Any], tuple[Message, ...]]  # true of the lesson's own picture
    controls: tuple[Control, ...]
    task: Task
    remember: str  # one sentence to take away
    ways: tuple[Way, ...] = (ON_EXPLORE,)
    sources: tuple[str, ...]
    marks: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # answer -> its place on the map
    drag: bool = False  # whether the start can be moved, once the question is answered
