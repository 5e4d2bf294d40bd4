"""The stories over the picture: a card for each, which is a link."""

from functools import cache

import streamlit as st

from pages.shared.state import STORIES, Choices, came_without_choices, current, language_in_link, read
from words import say


def story_cards(shown: str) -> None:
    """A card for each story; embedded, on the front of a course page alone: where no link had asked for anything.

    Args:
        shown: the name of the story that the page shows, whose card is marked.
    """
    if st.context.is_embedded and not came_without_choices():
        return
    size = {} if current().size == "screen" else {"size": current().size}
    with st.container(horizontal=True, wrap=False, gap="xsmall", key="stories"):
        for name, story in STORIES.items():
            title = f":primary[**{say(story.title)}**]" if name == shown else f"**{say(story.title)}**"
            params = {"story": name, **size, **language_in_link()}
            st.page_link("explore.py", label=f"{title} {say(story.hint)}", query_params=params)


def story_of(choices: Choices) -> str:
    """The name of the story whose choices these are; empty where they are those of none."""
    return next((name for name in STORIES if choices == chosen(name, choices.size)), "")


@cache
def chosen(name: str, size: str) -> Choices:
    """What a story chooses, at a size of the page."""
    return read({"story": [name], "size": [size]})[0]
