"""The words of a lesson beside its picture: what one will see, the question, what happened, the task."""

from collections.abc import Sequence

import streamlit as st

from course import LETTERS, Lesson
from pages.lessons_parts.choices import LessonChoices, knobs
from pages.lessons_parts.state import change, current, key
from pages.lessons_parts.watch import at_first
from pages.shared.controls import knob_slider
from pages.shared.state import plain, set_number
from words import Message, say


def introduction(lesson: Lesson, place: str) -> None:
    """Which lesson it is, and what one will see; a page in a frame has no headings."""
    with st.container(gap=None, key="lesson name"):
        if place:
            st.caption(place)
        if st.context.is_embedded:
            st.markdown(f"**{plain(say(lesson.heading))}**")
        else:
            st.header(plain(say(lesson.heading)), anchor=False)
    st.markdown(plain(say(lesson.see)))


def answers(choices: LessonChoices) -> None:
    """The question with a button for each answer; once it is answered, which one it was."""
    lesson = choices.what
    st.markdown(f"**{plain(say(lesson.question))}**")
    if choices.answer:
        right = lesson.right(at_first(choices.lesson))
        answered(lesson, choices.answer, right)
        return
    with st.container(gap="xsmall", key="lesson answers"):
        for number, (name, text) in enumerate(lesson.answers.items()):
            st.button(
                f"{LETTERS[number]}  {plain(say(text))}",
                key=key(f"answer {choices.lesson} {name}"),
                shortcut=str(number + 1),
                width="stretch",
                on_click=take_answer,
                args=(name,),
            )


def take_answer(name: str) -> None:
    """Answers the question."""
    change(answer=name)


def answered(lesson: Lesson, answer: str, right: str) -> None:
    """What was answered, and once the picture has played whether that is right."""
    said, true = (plain(say(lesson.answers[name])) for name in (answer, right))
    st.markdown(say("You said: {answer}.", answer=said))
    with st.container(key="lesson verdict"):
        if answer == right:
            st.markdown(say("**That is right.**"))
        else:
            st.markdown(say("**It came out differently:** {answer}.", answer=true))


def outcome(choices: LessonChoices) -> None:
    """What happened in the picture of the lesson, with its numbers."""
    for sentence in choices.what.happened(at_first(choices.lesson)):
        st.markdown(plain(str(sentence)))


def practice(choices: LessonChoices, now: Message, solved: bool) -> None:
    """One or two knobs, and a task that is checked."""
    lesson = choices.what
    with st.container(gap="xsmall", key="lesson task"):
        st.markdown(say("**Now you.** {task}", task=plain(say(lesson.task.text))))
        for control in lesson.controls:
            knob_slider(
                knobs(choices.lesson)[control.name],
                say(control.label),
                dict(choices.numbers)[control.name],
                f"lesson {choices.lesson} {control.name}",
                lambda value, name=control.name: change(numbers=set_number(current().numbers, name, value)),
            )
        st.markdown(plain(str(now)))
        if solved:
            st.markdown(say("**✓ Solved.**"))


def to_take_away(lesson: Lesson) -> None:
    """The sentence that is worth keeping."""
    with st.container(key="lesson remember"):
        st.markdown(plain(say(lesson.remember)))


def names_of_runs(names: Sequence[tuple[str, str]]) -> None:
    """Which colour is whose, where several run."""
    if len(names) > 1:
        st.markdown("  ".join(f':color[●]{{foreground="{colour}"}} {plain(name)}' for name, colour in names))


def sources(lesson: Lesson) -> None:
    """Where it comes from."""
    st.caption("  \n".join(plain(source) for source in lesson.sources))
