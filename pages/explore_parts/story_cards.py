"""The stories over the picture: a card for each, which is a link, and a sentence for the one that is shown."""

from functools import cache

import streamlit as st

from pages.shared.state import STORIES, Choices, Story, came_without_choices, current, language_in_link, read
from words import say


def story_cards() -> None:
    """A card for each story; embedded, on the front of a course page alone: where no link had asked for anything."""
    if st.context.is_embedded and not came_without_choices():
        return
    size = {} if current().size == "screen" else {"size": current().size}
    with st.container(horizontal=True, gap="small", key="stories"):
        for name, story in STORIES.items():
            label = f"**{say(story.title)}** {say(story.hint)}"
            params = {"story": name, **size, **language_in_link()}
            st.page_link("explore.py", label=label, help=say(story.sentence), query_params=params)


def story_of(choices: Choices) -> Story | None:
    """The story that these choices tell, if they are those of one."""
    return next((story for name, story in STORIES.items() if choices == chosen(name, choices.size)), None)


@cache
def chosen(name: str, size: str) -> Choices:
    """What a story chooses, at a size of the page."""
    return read({"story": [name], "size": [size]})[0]
