"""Long work on the Networks page: with a bar that says how far, and a button that stops it.

Work says how far it is by `report`, which also ends it where the visitor has asked for something else or has gone. Of
work in several stages each reports its own share, within `stage_of`.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.networks_parts.state import key
from pages.shared.race import breathe
from words import say

STOPPED = "networks stopped"  # what of the session says which work was stopped
R = TypeVar("R")

_listener: ContextVar[Callable[[float], object]] = ContextVar("listener", default=lambda share: None)


def report(share: float) -> None:
    """Says which share of the present work is done, 0 to 1; ends the script where nobody waits for it any more."""
    breathe()
    _listener.get()(share)


@contextmanager
def heard_by(listener: Callable[[float], object]) -> Iterator[None]:
    """Inside, what is reported goes to the listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def stage_of(first: float, last: float) -> Iterator[None]:
    """Inside, 0 to 1 is reported as from one share of the whole work to another."""
    outer = _listener.get()
    with heard_by(lambda share: outer(first + (last - first) * share)):
        yield


def worked(text: str, asked: Hashable, work: Callable[[], R], ready: bool) -> R | None:
    """What the work comes to; None where the visitor has stopped it, and then a button goes on with it.

    Args:
        text: what is done, beside the bar.
        asked: tells this work from other.
        ready: whether it is done already, so that no bar is needed.
    """
    if ready:
        return work()
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        if st.session_state.get(STOPPED) == asked:
            st.button(
                say("Go on"), key=key(f"go on {text}"), type="tertiary", on_click=st.session_state.pop, args=(STOPPED,)
            )
            return None
        bar = st.progress(0.0, text)
        st.button(say("Stop"), key=key(f"stop {text}"), type="tertiary", on_click=_stop, args=(asked,))
    with heard_by(mover(bar, text)):
        result = work()
    place.empty()
    return result


def mover(bar: DeltaGenerator, text: str) -> Callable[[float], None]:
    """A listener that moves a bar by whole hundredths: the browser draws anew whatever it is sent, moved or not."""
    shown = 0

    def move(share: float) -> None:
        nonlocal shown
        hundredths = int(100 * min(share, 1.0))
        if hundredths != shown:
            shown = hundredths
            bar.progress(hundredths, text)

    return move


def _stop(asked: Hashable) -> None:
    st.session_state[STOPPED] = asked
