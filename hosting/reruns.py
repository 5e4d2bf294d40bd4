"""How often pages are made anew, and how long that takes: for the host."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, local

import numpy as np

LOOKED_BACK = 60.0  # seconds
MOST = 10_000  # reruns that are remembered


class Reruns:
    """The reruns of the last minute.

    Args:
        now: seconds on a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._ended: deque[tuple[float, float]] = deque(maxlen=MOST)  # when, and after how many seconds
        self._lock, self._thread = Lock(), local()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A rerun; those within another are a part of it."""
        if getattr(self._thread, "within", False):
            yield
            return
        self._thread.within, begun = True, self.now()
        try:
            yield
        finally:
            self._thread.within = False
            with self._lock:
                self._ended.append((self.now(), self.now() - begun))
                self._let_go()

    def told(self) -> dict[str, float]:
        """Reruns a second over the last minute, and the seconds that half and 95 % of them did not exceed."""
        with self._lock:
            self._let_go()
            taken = [seconds for _, seconds in self._ended]
        half, most = np.quantile(taken, [0.5, 0.95]).tolist() if taken else (0.0, 0.0)
        return {"reruns_a_second": len(taken) / LOOKED_BACK, "p50_seconds": half, "p95_seconds": most}

    def _let_go(self) -> None:
        """Forgets those of before the last minute."""
        while self._ended and self._ended[0][0] <= self.now() - LOOKED_BACK:
            self._ended.popleft()


RERUNS = Reruns()
