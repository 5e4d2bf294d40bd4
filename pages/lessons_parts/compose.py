"""A list of one's own for a class: lessons in any order, and links with titles. The address bar has it."""

from dataclasses import replace

import streamlit as st

from course import LESSONS
from pages.lessons_parts.choices import LessonChoices
from pages.lessons_parts.own_list import LONGEST_TITLE, MOST, PAGES, Item, item_of_link
from pages.lessons_parts.state import HISTORY, change, current, key
from pages.shared.state import of_words, when_moved
from words import listed, say


def compose(choices: LessonChoices) -> None:
    """What is on the list, and what can be added to it."""
    widget = of_words(key("listed"))
    names = [item.written() for item in choices.own_list]
    st.session_state.setdefault(widget, names)
    titles = {name: say(lesson.title) for name, lesson in LESSONS.items()}
    titles |= {item.written(): item.title for item in choices.own_list if not item.lesson}
    st.multiselect(
        say("Lessons of the list, in the order in which they are chosen"),
        list(titles),
        format_func=titles.__getitem__,
        key=widget,
        max_selections=MOST,
        placeholder=say("the whole course"),
        on_change=when_moved(widget, lambda: change(own_list=tuple(map(as_item, st.session_state[widget])))),
    )
    title, link = (
        st.text_input(say("Title"), key=key("own title")),
        st.text_input(say("Link of your own"), key=key("own link")),
    )
    if link:
        found = item_of_link(title, link)
        if found is None:
            st.error(
                say(
                    "Not added: it takes a title of at most {most} characters and a link to one of the pages {pages}.",
                    most=LONGEST_TITLE,
                    pages=listed(PAGES),
                )
            )
        else:
            st.button(say("Add the link to the list"), on_click=add, args=(found,))
    st.caption(say("The link of this page holds the list: Share shows it."))


def as_item(written: str) -> Item:
    """What the list has under this name."""
    known = {item.written(): item for item in current().own_list}
    return known.get(written) or Item(lesson=written)


def add(found: Item) -> None:
    """Puts a link at the end of the list."""
    items = current().own_list
    if found not in items:
        HISTORY.choose(replace(current(), own_list=(*items, found)[:MOST]), redraw=True)
