"""Long work for many visitors: done once, a few at a time, ended where nobody waits for it, kept within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from caching import Cached, cached
from figures.stage import is_script_running
from pages.shared.turns import Turns
from words import language, say_n

COOKIE = "fall_line"  # by which nginx knows a visitor, whatever tab she asks from: deploy/nginx.conf
TURNS = Turns(2)  # long computations on the whole server: more at once would each take longer
LONG = 20_000  # steps from which on a run is one of them
MOST_FOUND = 8  # things that belong to one result
Frozen = tuple[tuple[str, tuple[Any, ...]], ...]
P = ParamSpec("P")
R = TypeVar("R")


def breathe() -> None:
    """Ends this run of a script where the visitor has asked for another, or has gone.

    Streamlit looks for that only when a script talks to it, so long work talks to it now and then.
    """
    if is_script_running():
        st.session_state.get("breath")


kept = partial(cached, breathe=breathe)  # results that one visitor's script computes while others' wait for it


def drawn_once(draw: Callable[P, R]) -> Cached[P, R]:
    """Holds pictures with the words in them for all who look at the same in the same language.

    What they show has to follow from the arguments: from nothing that the session of one visitor has.
    """
    return cached("pictures", breathe=breathe, besides=language)(draw)


def frozen(rows: Mapping[str, Sequence[Any]]) -> Frozen:
    """Rows by name, as a part of the key of a result that is kept."""
    return tuple((name, tuple(row)) for name, row in rows.items())


@contextmanager
def in_turn(steps: int) -> Iterator[None]:
    """Waits, where a run of so many steps is long, until fewer than two others are under way, and says so.

    A tab's script does one thing at a time, and of the tabs of one visitor one computes: nobody holds more than one of
    the two.
    """
    if steps < LONG:
        yield
        return
    with saying_the_place() as wait, TURNS.taken(wait, visitor()):
        yield


def visitor() -> str | None:
    """Who asks, by her browser's cookie; None where she has none, or nobody asks."""
    return st.context.cookies.get(COOKIE) if is_script_running() else None


@contextmanager
def saying_the_place() -> Iterator[Callable[[int], None]]:
    """What tells a visitor her place among those that wait, beside the page and not in it, until she need not wait."""
    shown: list[Any] = []  # the message and the place that it says

    def wait(place: int) -> None:
        breathe()
        if is_script_running() and shown[1:] != [place]:
            words = say_n(
                "Others compute first: {count} place before yours.",
                "Others compute first: {count} places before yours.",
                place,
            )
            say_so = shown[0].toast if shown else st.toast
            shown[:] = [say_so(words, icon=":material/hourglass_empty:", duration="infinite"), place]

    try:
        yield wait
    finally:
        if shown and is_script_running():
            shown[0].empty()


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
