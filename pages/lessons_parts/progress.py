"""What a visitor has done of the course: kept in the visitor's own browser, and nowhere else."""

import streamlit as st

from course import LESSONS
from figures.stage import remember_in_browser
from pages.lessons_parts.choices import LessonChoices

KEPT = "course progress"  # in the session
TASK = " task"  # behind the name of a lesson
SOLVED = "solved"
PLACE = "place"


def known(words: dict[str, str]) -> dict[str, str]:
    """What of these words can be progress: a browser may send anything.

    >>> known({"momentum": "far", "momentum task": "solved", "place": "valley", "atlantis": "1", "valley": "7"})
    {'momentum': 'far', 'momentum task': 'solved', 'place': 'valley'}
    """
    may_be = {name: set(lesson.answers) for name, lesson in LESSONS.items()}
    may_be |= {name + TASK: {SOLVED} for name in LESSONS} | {PLACE: set(LESSONS)}
    return {name: word for name, word in words.items() if word in may_be.get(name, ())}


def progress() -> dict[str, str]:
    """All that is known of it: by the names of the lessons their answers, and with TASK behind them what was solved."""
    found: dict[str, str] = st.session_state.setdefault(KEPT, {})
    return found


def remember(choices: LessonChoices, solved: bool) -> None:
    """Keeps the answer, the task and the place, and learns what the browser kept before.

    As long as nothing was answered in this visit the place is not written: it is where to go on.
    """
    now = {}
    if choices.answer:
        now = {choices.lesson: choices.answer, PLACE: choices.lesson}
    if solved:
        now[choices.lesson + TASK] = SOLVED
    st.session_state[KEPT] = progress() | now
    kept = known(remember_in_browser("course", progress()))
    st.session_state[KEPT] = kept | progress()


def where_to_go_on(here: str) -> str:
    """The lesson that was answered last, where it is another; empty where there is none."""
    place = progress().get(PLACE, "")
    return place if place != here else ""
