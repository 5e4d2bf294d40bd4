"""Long computations on the whole server: a few at a time, in the order in which they were asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, get_ident

PATIENCE = 0.05  # seconds between two looks whether somebody still waits


class Turns:
    """So many at once; the others wait in a row, and hear their place in it.

    A thread that has its turn already is not made to wait for another.
    """

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self._row: list[int] = []  # threads, those that have their turn first
        self._moved = Condition()

    @property
    def under_way(self) -> int:
        """How many have their turn."""
        return min(len(self._row), self.at_once)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._row) - self.under_way

    @contextmanager
    def taken(self, wait: Callable[[int], object]) -> Iterator[None]:
        """Waits for a turn, and keeps it as long as what is inside takes.

        Args:
            wait: called every 50 ms with the place in the row, counted from 1; to leave it, it raises.
        """
        thread = get_ident()
        if thread in self._row:
            yield
            return
        with self._moved:
            self._row.append(thread)
        try:
            while place := self._place(thread):
                wait(place)
            yield
        finally:
            with self._moved:
                self._row.remove(thread)
                self._moved.notify_all()

    def _place(self, thread: int) -> int:
        """The place in the row after a short wait; 0 for a turn."""
        with self._moved:
            if self._row.index(thread) >= self.at_once:
                self._moved.wait(PATIENCE)
            return max(0, self._row.index(thread) - self.at_once + 1)
