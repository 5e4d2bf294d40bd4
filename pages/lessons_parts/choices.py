"""What a visitor of Lessons has chosen: the lesson, the answer, the knobs, and the race that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qs

from course import LESSONS, Control, Lesson
from landscapes import Knob
from optimizers import LIMIT
from pages.data_parts.choices import DataChoices
from pages.lessons_parts.own_list import Item, OwnList
from pages.lessons_parts.pictures import PAGE_PICTURES, read_picture
from pages.networks_parts.choices import NetworksChoices
from pages.shared.fields import Numbers, OneOf, Place, Point, Schema, Turned, defaults, field
from pages.shared.size import SIZE
from pages.shared.state import SETTINGS, WARMUP, Choices, RunChoice, landscape_knobs, read, set_number
from words import mark

Picture = Choices | DataChoices | NetworksChoices  # of Explore, or of the page whose choices they are
TITLES = {name: lesson.title for name, lesson in LESSONS.items()}
FIRST = next(iter(LESSONS))


@cache
def picture_of(name: str) -> Picture:
    """The picture of a lesson as it is at first."""
    lesson, link = LESSONS[name], parse_qs(f"v=1&{LESSONS[name].picture}")
    return read(link)[0] if lesson.page == "explore" else read_picture(lesson.page, link)


def number_of(control: Control, race: Picture) -> float:
    """The number that a control shows."""
    if not isinstance(race, Choices):
        return PAGE_PICTURES[race.part].numbers(race)[control.name]
    if control.runs:
        run = race.runs[control.runs[0]]
        if control.name == "limit" and run.clipping:
            return run.clipping.limit
        return run.warmup if control.name == "warmup" else dict(run.numbers)[control.name]
    return float(getattr(race, control.name)) if control.name in SETTINGS else dict(race.numbers)[control.name]


def usual_knob(control: Control, race: Picture) -> Knob:
    """The knob that its page has in its place."""
    if not isinstance(race, Choices):
        return PAGE_PICTURES[race.part].knobs[control.name]
    if control.runs:
        if control.name == "limit":
            return LIMIT
        return WARMUP if control.name == "warmup" else race.runs[control.runs[0]].knobs[control.name]
    if control.name in SETTINGS:
        return SETTINGS[control.name]
    return landscape_knobs(race.landscape, race.text)[control.name]


@cache
def knobs(name: str) -> Mapping[str, Knob]:
    """The knobs of a lesson, each at the number of its picture."""
    race = picture_of(name)
    return {
        control.name: replace(control.knob or usual_knob(control, race), default=number_of(control, race))
        for control in LESSONS[name].controls
    }


def turned(race: Picture, control: Control, number: float) -> Picture:
    """The picture with one of the knobs turned."""
    if not isinstance(race, Choices):
        there: Picture = PAGE_PICTURES[race.part].turned(race, control.name, number)
        return there
    if control.runs:
        runs = [
            run_turned(run, control.name, number) if slot in control.runs else run for slot, run in enumerate(race.runs)
        ]
        return replace(race, runs=tuple(runs))
    if control.name in SETTINGS:
        return replace(race, **{control.name: int(number) if SETTINGS[control.name].integer else number})
    return replace(race, numbers=set_number(race.numbers, control.name, number))


def run_turned(run: RunChoice, name: str, number: float) -> RunChoice:
    """A run with one of its knobs turned."""
    if name == "limit" and run.clipping:
        return replace(run, clipping=replace(run.clipping, limit=number))
    if name == "warmup":
        return replace(run, warmup=int(number))
    return replace(run, numbers=set_number(run.numbers, name, number))


@dataclass(frozen=True, kw_only=True)
class LessonChoices:
    """One lesson, how it was answered, and how its knobs stand."""

    lesson: str = field(OneOf(mark("Lesson"), TITLES, FIRST))
    answer: str = field(OneOf(mark("Answer"), lambda choices: LESSONS[choices.lesson].answers, ""))
    numbers: Numbers = field(
        Turned(lambda choices: knobs(choices.lesson), lambda choices: choices.lesson),
        key="knobs",
    )
    start: Point | None = field(Place())  # where the ring was dragged to; None where the lesson has it
    own_list: tuple[Item, ...] = field(OwnList(), key="item")
    size: str = field(SIZE)

    @property
    def what(self) -> Lesson:
        """The lesson itself."""
        return LESSONS[self.lesson]

    @property
    def untouched(self) -> bool:
        """Whether the picture is that of the lesson."""
        return self.race == self.at_first

    @property
    def at_first(self) -> Picture:
        """The picture of the lesson, in the size that is chosen."""
        return replace(picture_of(self.lesson), size=self.size)

    @property
    def race(self) -> Picture:
        """The picture as the knobs stand; before the question is answered, that of the lesson."""
        race = self.at_first
        if not self.answer:
            return race
        for control in self.what.controls:
            race = turned(race, control, dict(self.numbers)[control.name])
        drag = self.start and self.what.drag and not isinstance(race, NetworksChoices)
        return replace(race, start=self.start) if drag else race


def first_lesson() -> LessonChoices:
    """Where the course begins."""
    return LessonChoices(numbers=defaults(knobs(FIRST)))


SCHEMA = Schema(LessonChoices, first_lesson)
