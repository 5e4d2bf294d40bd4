"""A room as a value, and everything that can happen in it as a function from one room to the next.

No function here reads a clock or draws a random number: both are given, so that a test needs neither.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal

HOURS = 12  # after which a room ends by itself
MOST_STUDENTS = 500
Kind = Literal["place", "choice", "number", "start"]
Answer = list[float] | int | float  # a point, the number of an option counted from 0, or a number
Interval = tuple[float, float]


class Full(ValueError):
    """There are as many students in the room as may be."""


class NotSeated(ValueError):
    """Whoever says this is no student of the room."""


class NotAsked(ValueError):
    """The question is not open, or is not the one that the answer is to."""


@dataclass(frozen=True)
class Picture:
    """What the lecturer's stage shows, by the names under which its bytes are kept."""

    key: str  # of the stage
    message: str  # name of its message
    cargos: Mapping[str, str]  # by what the stage calls them, the names of the arrays that seldom change
    link: str  # to the same choices: a path and a query, such as "/curvature?v=1"
    title: str  # of the page


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the lecturer asks. Only its kind says what an answer may be."""

    number: int  # of the questions in this room, counted from 1
    kind: Kind
    text: str
    options: tuple[str, ...] = ()  # of a choice
    bounds: tuple[Interval, ...] = ()  # of a place or a start those of x and y, of a number its own
    run: int = 0  # of a start: which run begins there, counted from 0
    plays: bool = False  # whether the runs answer it when they are played
    truth: tuple[float, ...] | int | None = None  # hidden from the students until it is shown
    state: Literal["open", "closed", "shown"] = "open"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room at one moment."""

    code: str
    lock: str  # SHA-256 of the lecturer's secret: what is stored opens nothing
    opened: float  # seconds, on the clock of whoever asks
    version: int = 0  # counts the changes
    ended: bool = False
    picture: Picture | None = None
    view: Mapping[str, Any] = field(default_factory=dict)  # playback, zoom, camera: as `messages.view_from` lets it in
    led: float = 0.0  # when the view was said last
    question: Question | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by student, to the present question
    students: Mapping[str, bool] = field(default_factory=dict)  # everyone who came, and whether he is there now

    def is_over(self, now: float) -> bool:
        """Whether it was ended, or its hours are over."""
        return self.ended or now >= self.opened + HOURS * 3600

    def is_led_with(self, secret: str) -> bool:
        """Whether this is the lecturer's secret; takes equally long for every wrong one."""
        return hmac.compare_digest(locked(secret), self.lock)

    @property
    def present(self) -> int:
        """How many students are there."""
        return sum(self.students.values())


def locked(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


def seated(room: Room, student: str) -> Room:
    """A student comes, or comes back.

    Raises:
        Full: he is one too many.
    """
    if room.students.get(student):
        return room
    if room.present >= MOST_STUDENTS:
        raise Full("there is no seat left in this room")
    students = {**room.students, student: True}
    # those who left and did not come back are forgotten when they would be too many, the first first
    gone = [name for name, there in students.items() if not there and name not in room.answers]
    for name in gone[: max(0, len(students) - 2 * MOST_STUDENTS)]:
        del students[name]
    return replace(room, students=students)


def left(room: Room, student: str) -> Room:
    """A student's connection is gone; what was answered stays, and the seat is kept as long as there is room."""
    return replace(room, students={**room.students, student: False}) if room.students.get(student) else room


def shown(room: Room, picture: Picture) -> Room:
    """The lecturer's stage shows something else."""
    return room if picture == room.picture else replace(room, picture=picture)


def led(room: Room, view: Mapping[str, Any], now: float) -> Room:
    """The lecturer plays, zooms or turns; what is not in this view stays as it was."""
    return replace(room, view={**room.view, **view}, led=now)


def asked(room: Room, question: Question) -> Room:
    """The lecturer asks; answers to an earlier question are gone. Whatever its number was, it is the next."""
    number = room.question.number + 1 if room.question else 1
    return replace(room, question=replace(question, number=number, state="open"), answers={})


def answered(room: Room, student: str, number: int, answer: Answer) -> Room:
    """A student answers, or changes his answer, as long as the question is open.

    Raises:
        NotSeated: he is no student of this room.
        NotAsked: that question is not open.
    """
    if student not in room.students:
        raise NotSeated("this room knows no such student")
    if room.question is None or room.question.number != number or room.question.state != "open":
        raise NotAsked("this question is not open")
    if student not in room.answers and len(room.answers) >= 2 * MOST_STUDENTS:
        raise Full("there are as many answers as can be")
    return replace(room, answers={**room.answers, student: answer})


def closed(room: Room, *, shown: bool) -> Room:
    """No more answers; `shown`: and what is right may be seen."""
    state: Literal["shown", "closed"] = "shown" if shown else "closed"
    return replace(room, question=replace(room.question, state=state)) if room.question else room


def put_away(room: Room) -> Room:
    """The question and its answers are taken away; the next one is counted on."""
    if room.question is None:
        return room
    empty = Question(number=room.question.number, kind="choice", text="", state="closed")
    return replace(room, question=empty, answers={})


def ended(room: Room) -> Room:
    """The room is over; nothing of what was said in it is kept."""
    return replace(room, ended=True, picture=None, view={}, question=None, answers={}, students={})


def for_students(room: Room) -> dict[str, Any]:
    """What a student may know, in parts that are sent when they change."""
    question = room.question
    asked = None
    if question is not None and question.text:
        asked = {name: value for name, value in asdict(question).items() if name != "truth"}
        if question.state == "shown":
            asked["truth"] = question.truth
    return {"picture": room.picture and asdict(room.picture), "view": dict(room.view), "question": asked}


def for_the_wall(room: Room) -> dict[str, Any]:
    """What the lecturer may know beyond that: how many are there, or were and answered, and what; but not who."""
    question = room.question
    number = question.number if question is not None and question.text else 0
    truth = question.truth if question is not None and question.state == "shown" else None
    kind = question.kind if number and question is not None else ""
    answers = {"number": number, "kind": kind, "answers": list(room.answers.values()), "truth": truth}
    everyone = {name for name, there in room.students.items() if there} | room.answers.keys()
    return {
        "present": room.present,
        "everyone": len(everyone),
        "answers": answers,
        "question": for_students(room)["question"],
    }


def to_text(room: Room) -> str:
    """A room as JSON, as it is shared between processes."""
    return json.dumps(asdict(room), separators=(",", ":"))


def from_text(text: str | bytes) -> Room:
    """The mirror of `to_text`."""
    parts = json.loads(text)
    if parts["picture"]:
        parts["picture"] = Picture(**parts["picture"])
    if parts["question"]:
        question = parts["question"]
        truth = question["truth"]
        question |= {
            "options": tuple(question["options"]),
            "bounds": tuple((low, high) for low, high in question["bounds"]),
            "truth": tuple(truth) if isinstance(truth, list) else truth,
        }
        parts["question"] = Question(**question)
    return Room(**parts)
