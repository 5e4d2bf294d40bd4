"""Long computations on the whole server: a few at a time, one a visitor, in the order in which they were asked for."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Condition, get_ident

PATIENCE = 0.05  # seconds between two looks whether somebody still waits


class Turns:
    """So many at once, of each visitor one; the others wait in a row, and hear their place in it.

    A thread that has its turn already is not made to wait for another.
    """

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self._row: dict[int, Hashable] = {}  # threads, those that asked first first, and for whom each computes
        self._moved = Condition()

    @property
    def under_way(self) -> int:
        """How many have their turn."""
        return len(self._in_turn())

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._row) - self.under_way

    @contextmanager
    def taken(self, wait: Callable[[int], object], visitor: Hashable = None) -> Iterator[None]:
        """Waits for a turn, and keeps it as long as what is inside takes.

        Args:
            wait: called every 50 ms with the place in the row, counted from 1; to leave it, it raises.
            visitor: for whom it is, whatever thread computes; None for somebody else than all others.
        """
        thread = get_ident()
        if thread in self._row:
            yield
            return
        with self._moved:
            self._row[thread] = (thread,) if visitor is None else visitor
        try:
            while place := self._place(thread):
                wait(place)
            yield
        finally:
            with self._moved:
                del self._row[thread]
                self._moved.notify_all()

    def _in_turn(self) -> list[int]:
        """The threads that have their turn: the first of each visitor, as many as may."""
        first: dict[Hashable, int] = {}
        for thread, visitor in self._row.copy().items():
            first.setdefault(visitor, thread)
        return list(first.values())[: self.at_once]

    def _place(self, thread: int) -> int:
        """The place in the row after a short wait; 0 for a turn."""
        with self._moved:
            if thread not in self._in_turn():
                self._moved.wait(PATIENCE)
            in_turn = self._in_turn()
            waiting = [each for each in self._row if each not in in_turn]
            return waiting.index(thread) + 1 if thread in waiting else 0
