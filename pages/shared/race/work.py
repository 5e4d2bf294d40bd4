"""Long work for many visitors: done once, a few at a time, ended where nobody waits for it, kept within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, Event, Lock
from typing import Any, ParamSpec, Protocol, TypeVar

import streamlit as st

from figures.stage import is_script_running

AT_ONCE = BoundedSemaphore(2)  # long computations on the whole server: more would only take turns, each for longer
LONG = 20_000  # steps from which on a run is one of them
PATIENCE = 0.05  # seconds between two looks whether somebody still waits
MOST_FOUND = 8  # things that belong to one result
P = ParamSpec("P")
R = TypeVar("R")


def breathe() -> None:
    """Ends this run of a script where the visitor has asked for another, or has gone.

    Streamlit looks for that only when a script talks to it, so long work talks to it now and then.
    """
    if is_script_running():
        st.session_state.get("breath")


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


class Kept(Protocol[P, R]):
    """A function whose results are kept."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result, from before or computed now."""

    def has(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the result is there from before."""


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


def kept(most: int, weight: Callable[[R], int]) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Keeps the results of a function, those used last, as long as their weights together are at most `most`.

    A result that another visitor's script is computing is waited for. The last one is kept whatever it weighs.

    Args:
        weight: of one result, such as the number of points in it.
    """

    def decorate(function: Callable[P, R]) -> Kept[P, R]:
        results: OrderedDict[Any, tuple[int, R]] = OrderedDict()
        under_way: dict[Any, Event] = {}
        lock, total = Lock(), 0

        def store(key: Any, result: R) -> None:
            nonlocal total
            results[key] = weight(result), result
            total += results[key][0]
            while total > most and len(results) > 1:
                total -= results.popitem(last=False)[1][0]

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(kwargs.items()))
            while True:
                with lock:
                    if key in results:
                        results.move_to_end(key)
                        return results[key][1]
                    other = under_way.get(key)
                    if other is None:
                        mine = under_way[key] = Event()
                        break
                while not other.wait(PATIENCE):
                    breathe()
            try:
                result = function(*args, **kwargs)
                with lock:
                    store(key, result)
                return result
            finally:  # also where it was ended: then one of those that wait begins anew
                with lock:
                    del under_way[key]
                mine.set()

        def has(*args: P.args, **kwargs: P.kwargs) -> bool:
            with lock:
                return (args, tuple(kwargs.items())) in results

        call.has = has  # type: ignore[attr-defined]
        return call  # type: ignore[return-value]

    return decorate
