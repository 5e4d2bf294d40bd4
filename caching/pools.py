"""How much of what was computed is held: so many bytes of each kind, for all visitors of a process together."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

MEGABYTE = 10**6


class Pool:
    """Results of several functions, those used last, as long as they take no more bytes than there is room for.

    The last one stays whatever it takes.
    """

    def __init__(self, most: int) -> None:
        self.most, self.lock, self.total = most, Lock(), 0
        self._results: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._results

    def __len__(self) -> int:
        return len(self._results)

    def get(self, key: Hashable) -> Any:
        """A result that is there."""
        self._results.move_to_end(key)
        return self._results[key][1]

    def put(self, key: Hashable, result: Any, size: int) -> None:
        """Takes a result of so many bytes in, and lets those go that have not been used for longest."""
        self.total += size - self._results.pop(key, (0, None))[0]
        self._results[key] = size, result
        while self.total > self.most and len(self._results) > 1:
            self.total -= self._results.popitem(last=False)[1][0]

    def clear(self) -> None:
        """Lets all of them go."""
        self._results.clear()
        self.total = 0


# A map as sharp as there is takes 160 MB, and what is told apart on it 70 MB; a run of 500 steps takes 80 kB, one of
# 200,000 steps 25 MB; a picture takes 100 to 400 kB; all steps of a trained network take up to 24 MB.
POOLS = {
    "landscapes": Pool(40 * MEGABYTE),
    "runs": Pool(200 * MEGABYTE),
    "maps": Pool(280 * MEGABYTE),
    "networks": Pool(100 * MEGABYTE),
    "tables": Pool(100 * MEGABYTE),
    "pictures": Pool(100 * MEGABYTE),
}
