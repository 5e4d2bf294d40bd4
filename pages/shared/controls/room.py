"""A room that this visitor leads: to open it, to ask in it, and to end it; and the way back into one."""

import time
from collections.abc import Callable, Mapping
from hashlib import blake2b
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from figures.stage import lead_room, show_elsewhere
from pages.shared.controls.share import address, qr_code, within
from pages.shared.state import (
    LEAD,
    History,
    Point,
    Where,
    keep_room,
    language_in_link,
    lecture,
    led_room,
    written,
)
from rooms import (
    HOURS,
    NoRoomLeft,
    NoSuchRoom,
    Picture,
    Place,
    Question,
    Unreachable,
    asked,
    ended,
    put_away,
    the_store,
)
from words import say

BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
LONGEST = 200  # characters of a question
MOST_OPTIONS = 8
OPTION = 60  # characters
CLASS = "starts of the class"
OPEN = "room panel"  # whether the lecturer's panel is there
Questions = Callable[[], list[Question]]  # what may be asked about what is seen


def no_questions() -> list[Question]:
    """A page about which nothing is asked but what the lecturer writes himself."""
    return []


def room_button(page: History[Any], title: str) -> Place | None:
    """The button of the room, and the room. Where one is led, every stage of this page is shown in it."""
    place = led_room()
    name = say("Room {code}", code=place.code) if place else say("Open a room")
    if st.button(name, key=f"{page.name}room", type="tertiary"):
        if place is None:
            open_room()
        else:
            st.session_state[OPEN] = not st.session_state.get(OPEN)
    if place is None:
        show_elsewhere(None)
        return None
    st.session_state["led stage"] = ""
    show_elsewhere(lambda key, message, cargos: show(page, title, key, message, cargos))
    lead_room(f"{BASE}/fall-line/room/{place.code}", place.secret, written(place))
    return place


def room_panel(page: History[Any], place: Place, questions: Questions) -> None:
    """Beside the wall, which it does not cover: code and QR code, what may be asked, and the end."""
    if not st.session_state.get(OPEN):
        return
    with st.container(key=f"{page.name}room panel"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.header(place.code, anchor=False, width="content")
            if st.button(say("Close"), key=f"{page.name}close room", type="tertiary", icon=":material/close:"):
                st.session_state[OPEN] = False
                st.rerun()
        link = student_link(place)
        code = qr_code(link)
        if code is not None:
            st.image(within(code), alt=say("QR code of the link below"), width="stretch")
        st.code(link, language=None, wrap_lines=True)
        st.caption(
            say("Students who open it see what you see. The room ends after {hours} hours, or here.", hours=HOURS)
        )
        let_all_run(page, place)
        with st.expander(say("Ask"), key=f"{page.name}ask", on_change="rerun", type="compact") as row:
            if row.open:
                for k, question in enumerate(questions()):
                    if st.button(question.text, key=f"{page.name}ask {k}", width="stretch"):
                        ask(place, question)
                own_question(page, place)
        if st.button(say("Take the question away"), key=f"{page.name}put away", width="stretch"):
            change(place, put_away)
            st.rerun()
        with st.expander(say("Your own link"), key=f"{page.name}own link", on_change="rerun", type="compact") as row:
            if row.open:
                st.code(lecturers_link(page, place), language=None, wrap_lines=True)
                st.caption(
                    say("Whoever opens it leads the room. This tab leads it without: keep the link to yourself.")
                )
        if st.button(say("End the room"), key=f"{page.name}end room", width="stretch"):
            change(place, ended)
            keep_room(None)
            st.rerun()


def way_back_to_the_lecture() -> None:
    """For who came from a room to be on his own."""
    if code := lecture():
        home = f"{BASE}/?{urlencode({'room': code, **language_in_link()})}"
        name = say("Back to the lecture")
        with st.container(key="back"):
            st.html(f'<a href="{escape(home)}" target="_self">← {escape(name)}</a>')


def open_room() -> None:
    """One click: a room is there, and this visitor leads it."""
    try:
        keep_room(the_store().open(time.time()))
    except NoRoomLeft:
        st.toast(say("As many rooms are open as this server holds. Try again when one has ended."))
        return
    except Unreachable:
        st.toast(say("The rooms are out of reach at present. Try again in a minute."))
        return
    st.session_state[OPEN] = True
    st.rerun()


def show(page: History[Any], title: str, key: str, message: bytes, cargos: Mapping[str, bytes]) -> None:
    """Shows the first stage of the page in the room, where it is another than before."""
    place = led_room()
    if place is None or st.session_state.setdefault("led stage", "") not in ("", key):
        return
    st.session_state["led stage"] = key
    parts = {named(data): data for data in (message, *cargos.values())}
    names = {name: named(data) for name, data in cargos.items()}
    link = urlsplit(address(page))
    seen = Picture(key, named(message), names, f"/{link.path.lstrip('/')}?{link.query}", title)
    try:
        the_store().show(place.code, time.time(), seen, parts)
    except (NoSuchRoom, Unreachable):
        return  # what the wall says itself


def named(data: bytes) -> str:
    """A name that changes with the content."""
    return blake2b(data, digest_size=9).hexdigest()


def student_link(place: Place) -> str:
    """The link for everybody: without the secret."""
    home = urlsplit(st.context.url or "")
    query = urlencode({"room": place.code, **language_in_link()})
    return urlunsplit(home._replace(path=f"{BASE}/", query=query, fragment=""))


def lecturers_link(page: History[Any], place: Place) -> str:
    """The link that leads the room, to what is seen now."""
    home = urlsplit(address(page))
    return urlunsplit(home._replace(query="&".join(filter(None, [home.query, urlencode({LEAD: written(place)})]))))


def let_all_run(page: History[Any], place: Place) -> None:
    """Everybody's ball: where starts were asked for, all that came run together."""
    try:
        room = the_store().room(place.code, time.time())
    except (NoSuchRoom, Unreachable):
        return
    if room.question is None or room.question.kind != "start":
        return
    name = say("Let all of them run together")
    if st.button(name, key=f"{page.name}run all", type="primary", width="stretch"):
        starts = tuple((x, y) for x, y in the_store().room(place.code, time.time()).answers.values())
        if not starts:
            st.toast(say("Nobody has put a start yet."))
            return
        page.change(flood=room.question.run + 1)
        st.session_state[CLASS] = page.current().where, starts
        change(place, put_away)
        st.rerun()


def starts_of_the_class(where: Where) -> tuple[Point, ...]:
    """From where the class has its balls run on this landscape; none as long as nobody let them."""
    there, starts = st.session_state.get(CLASS, (None, ()))
    return starts if there == where else ()


def forget_the_class() -> None:
    """Other starts are to be shown."""
    st.session_state.pop(CLASS, None)


def own_question(page: History[Any], place: Place) -> None:
    """A question of the lecturer's own, with its answers to choose from."""
    text = st.text_input(say("A question of your own"), max_chars=LONGEST, key=f"{page.name}own question").strip()
    lines = st.text_area(
        say("Its answers, one a line"), key=f"{page.name}own options", max_chars=MOST_OPTIONS * (OPTION + 1)
    ).splitlines()
    options = tuple(line.strip() for line in lines if line.strip())
    if st.button(say("Ask this"), key=f"{page.name}ask own", disabled=not text):
        if not 2 <= len(options) <= MOST_OPTIONS:
            st.error(say("Write 2 to {most} answers, each on a line of its own.", most=MOST_OPTIONS))
        elif long := [option for option in options if len(option) > OPTION]:
            st.error(
                say("An answer has at most {most} characters: {answer}", most=OPTION, answer=long[0][:OPTION] + "…")
            )
        else:
            ask(place, Question(number=0, kind="choice", text=text, options=options))


def ask(place: Place, question: Question) -> None:
    """Asks, and leaves the wall free."""
    change(place, lambda room: asked(room, question))
    st.rerun()


def change(place: Place, step: Callable[[Any], Any]) -> None:
    """Takes a step with the room."""
    try:
        the_store().change(place.code, time.time(), step)
    except NoSuchRoom:
        keep_room(None)
    except Unreachable:
        st.toast(say("The rooms are out of reach at present. Try again in a minute."))
