"""The stories over the picture: a card for each, which is a link."""

from functools import cache

import streamlit as st

from pages.shared.state import STORIES, Choices, current, language_in_link, read
from words import say


def story_cards(bare: bool) -> None:
    """A card for each story; embedded, on the front of a course page alone.

    Args:
        bare: whether the link that was opened had asked for nothing.
    """
    if st.context.is_embedded and not bare:
        return
    size = {} if current().size == "screen" else {"size": current().size}
    with st.container(horizontal=True, wrap=False, gap="xsmall", key="stories"):
        for name, story in STORIES.items():
            params = {"story": name, **size, **language_in_link()}
            st.page_link("explore.py", label=f"**{say(story.title)}** {say(story.hint)}", query_params=params)


def mark_card(name: str) -> None:
    """Shows which card the page shows; apart from the cards, which stay as they are while a slider moves."""
    look = "border-color: currentColor; background: color-mix(in srgb, currentColor 10%, transparent); font-weight: 650"
    st.html(f'<span hidden></span><style>.st-key-stories a[href*="story={name}"] {{ {look} }}</style>')


def story_of(choices: Choices) -> str:
    """The name of the story whose choices these are; empty where they are those of none."""
    return next((name for name in STORIES if choices == chosen(name, choices.size)), "")


@cache
def chosen(name: str, size: str) -> Choices:
    """What a story chooses, at a size of the page."""
    return read({"story": [name], "size": [size]})[0]
