"""Whether this visitor leads a room, or came from one: what the browser says of it, and what the session keeps."""

import time

import streamlit as st

from figures.stage import lead_in_browser
from rooms import NoSuchRoom, Place, Unreachable, as_typed, is_code, the_store

LEAD = "lead"  # in the lecturer's own link: code and secret
LECTURE = "attends"  # in the address of a student on his own: the code
LED = "led room"  # what the session keeps: the place of that room
HEARD, OVER = "lead heard", "lead over"  # what the browser or the link said last, and that of a room that is over


def led_room() -> Place | None:
    """The room that this visitor leads, by what the session keeps, the browser's tab has kept, or the link says."""
    heard = lead_in_browser() or st.query_params.get(LEAD, "")
    if heard and heard != st.session_state.get(HEARD):
        st.session_state[HEARD] = heard
        code, _, secret = heard.partition(".")
        if is_code(as_typed(code)):
            keep_room(Place(as_typed(code), secret))
    place: Place | None = st.session_state.get(LED)
    if place is not None:
        try:
            if not the_store().room(place.code, time.time()).is_led_with(place.secret):
                keep_room(None)
        except NoSuchRoom:
            keep_room(None)
        except Unreachable:
            return place  # it comes back
    kept: Place | None = st.session_state.get(LED)
    return kept


def lead_is_news() -> bool:
    """Whether the browser says of a room what the session has not heard, as when it comes to another process.

    A new session has what the browser says once the header's button has been drawn.
    """
    heard = lead_in_browser()
    return bool(heard) and heard != st.session_state.get(HEARD)


def keep_room(place: Place | None) -> None:
    """From now on this visitor leads this room, or none."""
    left: Place | None = st.session_state.get(LED)
    st.session_state[OVER] = written(left) if left and not place else ""
    st.session_state[LED] = place


def written(place: Place) -> str:
    """Code and secret, as the lecturer's own link and the browser's tab have them."""
    return f"{place.code}.{place.secret}"


def lead_that_is_over() -> str:
    """What the browser's tab need not keep any longer; "" for nothing."""
    over: str = st.session_state.get(OVER, "")
    return over


def lecture() -> str:
    """The code of the room that this visitor came from to be on his own; "" for none."""
    asked = as_typed(st.query_params.get(LECTURE, ""))
    if is_code(asked):
        st.session_state[LECTURE] = asked
    code: str = st.session_state.get(LECTURE, "")
    return code


def in_own_address() -> dict[str, str]:
    """What stands in this visitor's own address and in no link that is shared."""
    code = lecture()
    return {LECTURE: code} if code else {}
