"""The course, or a list of one's own, as a row of cards over the picture: each is a link."""

from collections.abc import Mapping, Sequence

import streamlit as st

from course import LESSONS
from pages.lessons_parts.choices import LessonChoices
from pages.lessons_parts.own_list import Item
from pages.lessons_parts.progress import TASK, progress
from pages.lessons_parts.ways import open_link
from pages.shared.state import language_in_link, plain
from words import say


def listed(choices: LessonChoices) -> Sequence[Item]:
    """What the cards are of: one's own list, or the whole course."""
    return choices.own_list or [Item(lesson=name) for name in LESSONS]


def link_to(name: str, choices: LessonChoices) -> dict[str, str | list[str]]:
    """The parameters of the link to another lesson, on the same list and in the same size."""
    size = {} if choices.size == "screen" else {"size": choices.size}
    items = {"item": [item.written() for item in choices.own_list]} if choices.own_list else {}
    return {"lesson": name, **items, **size, **language_in_link()}


def cards(choices: LessonChoices) -> None:
    """A card for each, with a mark at those that are done."""
    done, way = progress(), link_to("", choices)
    with st.container(horizontal=True, gap="xsmall", key="course"):
        for number, item in enumerate(listed(choices), start=1):
            if item.lesson:
                there = {**way, "lesson": item.lesson}
                st.page_link("lessons.py", label=label(number, item.lesson, done), query_params=there)
            else:
                st.button(
                    f"{number}  {plain(item.title)}",
                    key=f"own item {number}",
                    width="stretch",
                    on_click=open_link,
                    args=(item.page, item.query),
                )


def label(number: int, name: str, done: Mapping[str, str]) -> str:
    """Number and title, and what was done."""
    title = say(LESSONS[name].title)
    if name + TASK in done:
        return say("{number} **{title}** ✓✓", number=number, title=title)
    if name in done:
        return say("{number} **{title}** ✓", number=number, title=title)
    return say("{number} **{title}**", number=number, title=title)


def mark_card(name: str) -> None:
    """Shows which card the page shows."""
    look = "border-color: currentColor; background: color-mix(in srgb, currentColor 10%, transparent)"
    st.html(f'<span hidden></span><style>.st-key-course a[href*="lesson={name}"] {{ {look} }}</style>')
