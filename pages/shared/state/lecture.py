"""Whether this visitor leads a room, or came from one: what the address says of it, and what the session keeps."""

import time

import streamlit as st

from rooms import NoSuchRoom, Place, Unreachable, as_typed, is_code, the_store

LEAD = "lead"  # in the lecturer's own address: code and secret
LECTURE = "attends"  # in the address of a student on his own: the code


def led_room() -> Place | None:
    """The room that this visitor leads, by what the session keeps or, after a reload, by the address."""
    if LEAD not in st.session_state:
        code, _, secret = st.query_params.get(LEAD, "").partition(".")
        st.session_state[LEAD] = Place(as_typed(code), secret) if is_code(as_typed(code)) else None
    place: Place | None = st.session_state[LEAD]
    if place is not None:
        try:
            if not the_store().room(place.code, time.time()).is_led_with(place.secret):
                keep_room(None)
        except NoSuchRoom:
            keep_room(None)
        except Unreachable:
            return place  # it comes back
    kept: Place | None = st.session_state[LEAD]
    return kept


def keep_room(place: Place | None) -> None:
    """From now on this visitor leads this room, or none."""
    st.session_state[LEAD] = place


def lecture() -> str:
    """The code of the room that this visitor came from to be on his own; "" for none."""
    asked = as_typed(st.query_params.get(LECTURE, ""))
    if is_code(asked):
        st.session_state[LECTURE] = asked
    code: str = st.session_state.get(LECTURE, "")
    return code


def in_own_address() -> dict[str, str]:
    """What stands in this visitor's own address and in no link that is shared."""
    place: Place | None = st.session_state.get(LEAD)
    code = lecture()
    return ({LEAD: f"{place.code}.{place.secret}"} if place else {}) | ({LECTURE: code} if code else {})
