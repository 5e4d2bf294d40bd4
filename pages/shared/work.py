"""Long work for many visitors: done once, a few at a time, ended where nobody waits for it, kept within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore
from typing import Any, TypeVar

import streamlit as st

from caching import cached
from figures.stage import is_script_running

AT_ONCE = BoundedSemaphore(2)  # long computations on the whole server: more would only take turns, each for longer
LONG = 20_000  # steps from which on a run is one of them
PATIENCE = 0.05  # seconds between two looks whether somebody still waits
MOST_FOUND = 8  # things that belong to one result
R = TypeVar("R")


def breathe() -> None:
    """Ends this run of a script where the visitor has asked for another, or has gone.

    Streamlit looks for that only when a script talks to it, so long work talks to it now and then.
    """
    if is_script_running():
        st.session_state.get("breath")


kept = partial(cached, breathe=breathe)  # results that one visitor's script computes while others' wait for it


@contextmanager
def in_turn(steps: int) -> Iterator[None]:
    """Waits, where a run of so many steps is long, until fewer than two others are under way."""
    if steps < LONG:
        yield
        return
    while not AT_ONCE.acquire(timeout=PATIENCE):
        breathe()
    try:
        yield
    finally:
        AT_ONCE.release()


class Once:
    """What belongs to one result and takes long, computed when it is first asked for; of many things the last eight."""

    def __init__(self) -> None:
        self._found: OrderedDict[Any, Any] = OrderedDict()

    def __call__(self, key: Any, compute: Callable[[], R]) -> R:
        """What belongs to the key."""
        if key in self._found:
            found: R = self._found[key]
            return found
        result = compute()
        self._found[key] = result
        while len(self._found) > MOST_FOUND:
            self._found.popitem(last=False)
        return result
