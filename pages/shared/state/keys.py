"""The keys of controls, and what they have been known to show: who moved one, the visitor or her browser's delay?"""

from collections.abc import Callable

import streamlit as st

from words import language

TURNS = 8  # keys of one control that take turns
# Under which the session keeps what each control was last known to show, the values of those that share one, and which
# were moved since they were drawn.
HEARD, SHOWN, MOVED = "heard", "shown by several", "moved"


def key(name: str) -> str:
    """The key of a control; a new one after choices were changed from outside it."""
    return f"{name} {st.session_state.get('generation', 0)}"


def of_words(widget: str) -> str:
    """The key of a list of words with this key: a new one in each language.

    A browser tells of what is chosen by its word, and would go on telling the word of the language before.
    """
    return f"{widget} {language()}"


def renew() -> None:
    """Makes every control show the choices anew."""
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1
    # Of the controls that were: where sliders have reached, what is known to be shown, and what was moved.
    st.session_state.update({"reached": {}, HEARD: {}, SHOWN: {}, MOVED: set()})


def own_key(name: str, value: object) -> str:
    """The key of one of several controls that show a value: a new one where another than itself has changed that.

    A browser that does not show the change yet then tells of a control that is gone, and so does not take it back.
    """
    shown: dict[str, tuple[object, int]] = st.session_state.setdefault(SHOWN, {})
    before, turn = shown.get(name, (value, 0))
    if value != before and f"{name} {turn}" not in st.session_state.setdefault(MOVED, set()):
        turn = (turn + 1) % TURNS
    shown[name] = value, turn
    return f"{name} {turn}"


def when_moved(widget: str, act: Callable[[], object]) -> Callable[[], None]:
    """What a control is given to call: `act`, where a visitor has moved it.

    A browser that has not got its new page yet goes on telling what the old one showed, and Streamlit takes it for a
    change where the control is gone. So a control counts that was drawn since all were last made anew, and what it
    has not been known to show.

    Args:
        widget: its key, under which the session has by now what it shows.
    """
    st.session_state.setdefault(HEARD, {})[widget] = st.session_state.get(widget)
    st.session_state.setdefault(MOVED, set()).discard(widget)

    def moved() -> None:
        heard, value = st.session_state[HEARD], st.session_state[widget]
        if widget in heard and heard[widget] != value:
            heard[widget] = value
            st.session_state[MOVED].add(widget)
            act()

    return moved
