"""The stage: shows any plotly figures side by side, plays what moves in them, and keeps zoom and camera."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from figures.stage.assets import revision, source, sources
from figures.stage.drawings import Drawing, Views, drawing
from figures.stage.host import is_script_running, mark_the_end, refer_to_what_is_remembered
from figures.stage.panels import Panel, Point, Table
from figures.stage.room import room_page, words_on_the_wall
from figures.stage.sayings import streamlits_words
from figures.stage.standalone import standalone
from figures.stage.whereabouts import Whereabouts
from landscapes import Domain
from words import ENGLISH, language

__all__ = [
    "Drawing",
    "Mark",
    "Panel",
    "Question",
    "Shown",
    "Table",
    "Views",
    "Whereabouts",
    "drawing",
    "is_script_running",
    "lead_in_browser",
    "lead_room",
    "mark_the_end",
    "present_button",
    "refer_to_what_is_remembered",
    "remember_in_browser",
    "revision",
    "room_page",
    "show_elsewhere",
    "source",
    "sources",
    "speak_language",
    "stage",
    "standalone",
    "viewed",
    "visible",
]

ELSEWHERE = "what is given every stage of this visitor"
_HOME = f"{st.get_option('server.baseUrlPath').strip('/')}/fall-line/{revision()}".lstrip("/")
# Travels with every message: hence two lines that load the rest.
_LOADER = """const home = await import(new URL("/{home}/{file}", window.location.origin).href);
export default home.{name};
"""
_stage, _cargo, _present, _lead, _remember, _language = (
    st.components.v2.component(
        f"fall_line_{name}", js=_LOADER.format(home=_HOME, file=file, name=name), isolate_styles=False
    )
    for name, file in (
        ("stage", "stage.js"),
        ("cargo", "unpack.js"),
        ("presentButton", "present_button.js"),
        ("leadRoom", "lead.js"),
        ("remember", "remember.js"),
        ("speakLanguage", "language.js"),
    )
)


@dataclass(frozen=True)
class Shown:
    """What the person at the stage asked for."""

    start: Point | None  # where the start was put last; None as long as nobody moved it
    window: Domain | None = None  # what a zoom of the map left in view; None where nobody zoomed


@dataclass(frozen=True)
class Mark:
    """A place on the map that can be the answer to a question."""

    at: Point
    letter: str  # on the map
    name: str  # for those who do not see it


@dataclass(frozen=True)
class Question:
    """What is asked before the picture moves."""

    text: str
    answers: Sequence[str]  # to choose from, each with its letter
    marks: Sequence[Mark] = ()  # those that are places on the panel "map", which can be tapped


def visible(key: str, panel: str) -> Domain | None:
    """What the browser shows of a panel, in the units of its axes, where its figure was made for less.

    That is: where the panel is so wide or so high that it shows more than a map covers, or where it was zoomed to a
    small part. None elsewhere, and before the stage with this key was drawn.
    """
    sent = _value(st.session_state.get(key), "views")
    return _intervals(_row(sent, panel))


def viewed(key: str, window: Domain | None = None) -> dict[str, tuple[Domain, ...]]:
    """By panel of the stage with this key, the parts of it that are looked at closely: `window` is that of the map."""
    sent = _value(st.session_state.get(key), "views")
    named = sent if isinstance(sent, Mapping) else {}
    views: dict[str, tuple[Domain, ...]] = {str(name): (view,) for name in named if (view := visible(key, name))}
    if window is not None:
        views["map"] = (*views.get("map", ()), window)
    return views


def stage(
    panels: Sequence[Panel] | Drawing,
    *,
    key: str,
    rows: Sequence[Sequence[str]] | None = None,
    steps: int = 0,
    every: int = 1,
    start: Point | None = None,
    window: Domain | None = None,
    table: Table | None = None,
    notes: Sequence[str] = (),
    title: str = "fall-line",
    heading: str = "",
    opening: str = "",
    hint: str = "",
    flood: str = "",
    ring: str = "",
    question: Question | None = None,
    on_start: Callable[[float, float], object] | None = None,
    on_dragged: Callable[[float, float], object] | None = None,
    on_added: Callable[[float, float], object] | None = None,
    on_window: Callable[[Domain | None], object] | None = None,
    on_flood: Callable[[int], object] | None = None,
    on_answered: Callable[[int], object] | None = None,
) -> Shown:
    """Shows the panels and, under them, the bar that plays their steps.

    Args:
        panels: or a `drawing` of them, which has rows, steps, every, start, table and notes of its own.
        rows: names of panels, row by row, with "play" and "table" among them; those above "play" are the tall ones.
            "play" is what plays the steps and what one does with the pictures: present, copy the link, save. Where no
            row has it, it is under the first.
        steps: length of what plays; with 0 nothing does.
        every: playback stops at the multiples of this step, and at the last one.
        start: an open ring on the panel "map", which a click on the map, a drag or the arrow keys move.
        ring: what the open ring is called by a screen reader; "" for a start.
        window: what the panel "map" shows of its landscape; None for the ranges of its figure.
        notes: sentences under the table.
        title: begins the names of saved pictures.
        heading: what is shown, above saved pictures.
        opening: names what was opened, such as a link: it plays once in a visit from its start, unless the link says a
            step or less motion is asked for. "" for what is not played by itself.
        hint: a line on the map that says what can be done with the start, until it was moved in this visit. The browser
            keeps it: it is enough to give it first.
        flood: name of the control that has many starts of one run shown at once; "" for no such control.
        question: as long as there is one the runs stand at their start, and what they come to is kept back. The stage
            shows its text before an audience alone: else it is on the page.
        on_start: called with the new start before the script runs again.
        on_dragged: the same while the start is still held, by the pointer or a key; without it, `on_start`.
        on_added: called with a place on the map that was clicked while Shift was down.
        on_window: called with what is in view after the map was zoomed or moved, with None when all is.
        on_flood: called with the number of a run on the map, counted from 1, of which many starts are to be shown, and
            with 0 for none.
        on_answered: called with the number of the mark that was tapped, counted from 0.
    """

    def clicked(name: str, act: Callable[[float, float], object] | None) -> None:
        point = _point(st.session_state.get(key), name)
        if act is not None and point is not None:
            act(*point)

    def zoomed() -> None:
        if on_window is not None:
            on_window(_window(st.session_state.get(key)))

    def flooded() -> None:
        sent = _row(st.session_state.get(key), "flood")[:1]
        if on_flood is not None and sent:
            on_flood(int(sent[0]))

    def answered() -> None:
        sent = _row(st.session_state.get(key), "answered")[:1]
        if on_answered is not None and question and sent and 0 <= sent[0] < len(question.marks):
            on_answered(int(sent[0]))

    views = viewed(key, window)
    if not isinstance(panels, Drawing):
        panels = drawing(
            panels, key=key, rows=rows, steps=steps, every=every, start=start, table=table, notes=notes, views=views
        )
    more = {
        "title": title,
        "heading": heading,
        "zooms": on_window is not None,
    }
    seldom = {  # not sent where they are empty
        "opening": opening,
        "hint": hint,
        "flood": flood,
        "ring": ring,
        "question": None if question is None else asdict(question),
        "window": window and [*window[0], *window[1]],
        "window_changed_by_server": window != _window(st.session_state.get(key)),
        "answered_zoom_id": _row(st.session_state.get(key), "window")[:1],
        "last_event_id": max((_row(st.session_state.get(key), name)[2:] for name in ("start", "dragged")), default=()),
    }
    more |= {name: value for name, value in seldom.items() if value}
    message, cargos = panels.message(more), panels.cargos
    elsewhere = st.session_state.get(ELSEWHERE)
    if elsewhere is not None:
        elsewhere(key, message, cargos)
    for name, cargo in cargos.items():  # one behind the other: Streamlit sends together what comes within 5 ms
        _cargo(key=f"{key} {name}", data=cargo)
    sent = _stage(
        key=key,
        data=message,
        on_start_change=lambda: clicked("start", on_start),
        on_dragged_change=lambda: clicked("dragged", on_dragged or on_start),
        on_added_change=lambda: clicked("added", on_added),
        on_window_change=zoomed,
        on_flood_change=flooded,
        on_answered_change=answered,
        on_views_change=lambda: None,  # the script reads it with `visible` when it runs again
    )
    return Shown(_point(sent, "start"), _window(sent))


def show_elsewhere(act: Callable[[str, bytes, Mapping[str, bytes]], object] | None) -> None:
    """From now on every stage of this visitor is given to `act` too: its key, its message and its cargos by name."""
    st.session_state[ELSEWHERE] = act


def lead_room(room: str, secret: str, lead: str) -> None:
    """Has what is seen on the first stage of this page shown in a room, and what is answered there shown on it.

    Args:
        room: path of the room's address.
        secret: with which it is led.
        lead: what the browser's tab keeps, for `lead_in_browser` to tell after it was loaded anew.
    """
    _lead(key="lead", data={"room": room, "key": secret, "kept": lead, "words": words_on_the_wall()})


def present_button(
    name: str, *, leads: bool = False, over: str = "", on_lead: Callable[[], None] = lambda: None
) -> None:
    """A button that has the stage of this page fill the window, with large text, as the key P does.

    With it the browser says whether its tab leads a room.

    Args:
        leads: whether it is known that it does.
        over: a lead that the browser need not keep any longer.
        on_lead: called when the browser has said what `lead_in_browser` then tells.
    """
    data = {"name": name, "leads": leads, "over": over}
    _present(key="present", data=data, width="content", on_lead_change=on_lead)


def speak_language() -> None:
    """Has the document say which language its words are in, and what Streamlit writes by itself be in that language."""
    if language() != ENGLISH:
        _language(key="language", data={"language": language(), **streamlits_words()})


def lead_in_browser() -> str:
    """What the browser's tab has kept of a room that it leads, "" for nothing; it may be anything."""
    told = _value(st.session_state.get("present"), "lead")
    return told if isinstance(told, str) else ""


def remember_in_browser(place: str, words: Mapping[str, str]) -> dict[str, str]:
    """Keeps words under names in the visitor's own browser, and returns all that it keeps there.

    They are added to what is kept. At the first run of a visit nothing is known of that; where there is something, the
    script runs again. Whatever comes from a browser may be anything: names and words have to be looked at.

    Args:
        place: tells what belongs together from other such things.
    """
    sent = _remember(key=f"remember {place}", data={"place": place, "words": dict(words)}, on_kept_change=lambda: None)
    text = _value(sent, "kept")
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except ValueError:  # it is not what we wrote
        found = {}
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {name: word for name, word in pairs if isinstance(name, str) and isinstance(word, str)}


def _value(state: Any, name: str) -> Any:
    """What the browser sent under a name."""
    return state.get(name) if isinstance(state, Mapping) else None


def _row(state: Any, name: str) -> tuple[float, ...]:
    """What stands under a name, where it is a row of finite numbers."""
    sent = _value(state, name)
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return ()
    whole = all(isinstance(c, int | float) and not isinstance(c, bool) and math.isfinite(c) for c in sent)
    return tuple(float(c) for c in sent) if whole else ()


def _point(state: Any, name: str) -> Point | None:
    """A place on the map, where what was sent is one; a count may follow, which tells two messages apart."""
    sent = _row(state, name)
    return (sent[0], sent[1]) if len(sent) in (2, 3) else None


def _window(state: Any) -> Domain | None:
    """What is in view, where what was sent is a count, which tells two messages apart, and behind it two intervals."""
    return _intervals(_row(state, "window")[1:])


def _intervals(ends: Sequence[float]) -> Domain | None:
    """Four numbers as two intervals, where they are that."""
    if len(ends) != 4 or not all(0 < high - low < math.inf for low, high in (ends[:2], ends[2:])):
        return None
    return _rounded(ends[0], ends[1]), _rounded(ends[2], ends[3])


def _rounded(low: float, high: float) -> tuple[float, float]:
    """An interval to a ten-thousandth of its length, which no eye can tell and a link can.

    >>> _rounded(0.123456789, 0.2)
    (0.123457, 0.2)
    """
    digits = 4 - math.floor(math.log10(high - low))
    return round(low, digits), round(high, digits)
