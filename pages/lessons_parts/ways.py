"""From a lesson to the same picture on another page, and to any link of a list."""

from urllib.parse import parse_qs

import streamlit as st

from course import Lesson, Way
from pages.data_parts import state as data_state
from pages.data_parts.choices import DataChoices
from pages.data_parts.link import write as write_data
from pages.lessons_parts.choices import Picture
from pages.lessons_parts.own_list import PAGES
from pages.networks_parts import state as networks_state
from pages.networks_parts.choices import SCHEMA as NETWORKS
from pages.shared.state import HISTORY, SCHEMA, Choices
from words import mark, say

NAMES = {
    "explore": mark("Explore"),
    "curvature": mark("Curvature"),
    "step_by_step": mark("Step by step"),
    "maps": mark("Maps"),
    "data": mark("Data"),
    "networks": mark("Networks"),
}
ON_ITS_OWN = {"data": data_state.HISTORY, "networks": networks_state.HISTORY}  # pages whose pictures are their own
ADDRESSES = {script.removesuffix(".py"): page for page, script in PAGES.items()}


NEXT_PAGE = "page to go to"  # in the session: a run that is overtaken by another would lose a click


def go_on() -> None:
    """Goes to the page that was asked for, if one was."""
    page = st.session_state.pop(NEXT_PAGE, "")
    if page:
        st.switch_page(page)


def ways(lesson: Lesson, race: Picture) -> None:
    """A button for each page that shows more of the same."""
    with st.container(horizontal=True, gap="xsmall", key="lesson ways"):
        st.caption(say("The same on"), width="content")
        for way in lesson.ways:
            page = say(NAMES[way.page])
            label = say("{page}: {part}", page=page, part=say(way.name)) if way.name else page
            widget = f"way {way.page} {way.name}".rstrip()
            st.button(label, key=widget, type="tertiary", on_click=follow, args=(way, race))


def follow(way: Way, race: Picture) -> None:
    """Opens the page with the picture as it is now; what was chosen there before comes back by undo."""
    if way.link and way.page in ON_ITS_OWN:
        open_link(way.page, way.link)
        return
    link = written(race)
    history = HISTORY if isinstance(race, Choices) else ON_ITS_OWN[way.page]
    history.open({key: [part] if isinstance(part, str) else part for key, part in link.items()} | parse_qs(way.link))
    st.session_state[NEXT_PAGE] = f"{way.page}.py"


def written(race: Picture) -> dict[str, str | list[str]]:
    """The parameters of the link to a picture, on its own page."""
    if isinstance(race, Choices):
        return SCHEMA.write(race)
    return write_data(race) if isinstance(race, DataChoices) else NETWORKS.write(race)


def open_link(page: str, query: str) -> None:
    """Opens a link to any page in this tab."""
    ON_ITS_OWN.get(page, HISTORY).open(parse_qs(query))
    st.session_state[NEXT_PAGE] = PAGES[page]
