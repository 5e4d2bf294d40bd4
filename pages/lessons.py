"""The course, one idea at a time: what do you think will happen, and what does?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from course import LETTERS
from figures.stage import Mark, Question, stage, viewed, visible
from pages.lessons_parts.asking import questions
from pages.lessons_parts.cards import cards, link_to, listed, mark_card
from pages.lessons_parts.choices import SCHEMA
from pages.lessons_parts.compose import compose
from pages.lessons_parts.progress import remember, where_to_go_on
from pages.lessons_parts.state import HISTORY, change, choose, current, share
from pages.lessons_parts.texts import (
    answers,
    introduction,
    names_of_runs,
    outcome,
    practice,
    sources,
    take_answer,
    to_take_away,
)
from pages.lessons_parts.watch import pictured, stage_of_lesson, watch_with_a_bar
from pages.lessons_parts.ways import go_on, ways
from pages.shared.controls import above, field_control, in_size
from pages.shared.state import came_without_choices
from pages.shared.work import frozen
from words import say

go_on()
HISTORY.follow("lesson")
choices = current()
lesson, answered = choices.what, bool(choices.answer)
bare = came_without_choices()  # before the address is written
in_size(choices.size)
front = st.container(key="front")
with front:
    if not st.context.is_embedded:
        above(say("Lessons"), "", "", HISTORY, questions=partial(questions, choices))
watched = watch_with_a_bar(lesson, choices.race, choices.size)
if watched is None:
    share()
    st.stop()
now = watched.seen
solved = answered and not choices.untouched and lesson.task.solved(now)
remember(choices, solved)
items = [item.lesson for item in listed(choices)]
place = items.index(choices.lesson) if choices.lesson in items else None

with front:
    if bare or not st.context.is_embedded:
        cards(choices)
        mark_card(choices.lesson)
share()

with st.container(key="lesson"):
    with st.container(key="lesson words"):
        number = "" if place is None else say("Lesson {number} of {count}", number=place + 1, count=len(items))
        introduction(lesson, number)
        answers(choices)
        further = where_to_go_on(choices.lesson) if bare and not answered else ""
        if further:
            st.page_link("lessons.py", label=say("Go on where you were"), query_params=link_to(further, choices))
    with st.container(key="lesson picture"):
        names_of_runs(watched.names)
        widget = stage_of_lesson(choices.lesson)
        marks = [
            Mark(lesson.marks[name], letter, say("{letter}: {answer}", letter=letter, answer=say(text)))
            for letter, (name, text) in zip(LETTERS, lesson.answers.items(), strict=False)
            if name in lesson.marks
        ]
        seen = pictured(
            choices.lesson,
            choices.race,
            answered,
            answered and not choices.untouched,
            visible(widget, "map"),
            frozen(viewed(widget)),
        )
        stage(
            seen,
            key=widget,
            title=f"fall-line-{choices.lesson}",
            heading=say(lesson.heading),
            opening=widget,
            question=None
            if answered
            else Question(
                say(lesson.question),
                [f"{letter}  {say(text)}" for letter, text in zip(LETTERS, lesson.answers.values(), strict=False)],
                marks,
            ),
            on_dragged=lambda x, y: HISTORY.choose(replace(current(), start=(x, y)), transient=True),
            on_start=lambda x, y: change(start=(x, y)),
            on_answered=lambda number: take_answer(list(lesson.answers)[number]),
        )
    if answered:
        with st.container(key="lesson after"):
            outcome(choices)
            practice(choices, lesson.task.now(now), solved)
            to_take_away(lesson)
            ways(lesson, choices.race)
            with st.container(horizontal=True, key="lesson turns"):
                st.button(
                    say("Ask again"),
                    type="tertiary",
                    on_click=lambda: choose(replace(current(), answer=""), redraw=True),
                )
                following = None if place is None else next(filter(None, items[place + 1 :]), None)
                if following:
                    st.page_link(
                        "lessons.py",
                        label=say("Next lesson"),
                        query_params=link_to(following, choices),
                        icon=":material/arrow_forward:",
                    )
            if not st.context.is_embedded:
                with st.expander(say("Sources, size, a list for your class"), type="compact", key="lesson more"):
                    sources(lesson)
                    field_control(HISTORY, "size", SCHEMA.fields["size"])
                    compose(choices)
