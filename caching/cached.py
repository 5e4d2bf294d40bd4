"""A function that computes the same thing once: who asks while it is computed waits, who asks later finds it there."""

from collections import Counter
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Event
from typing import Any, Generic, ParamSpec, TypeVar

from caching.pools import POOLS
from caching.size import bytes_of

PATIENCE = 0.05  # seconds between two looks whether somebody still waits
P = ParamSpec("P")
R = TypeVar("R")

_computed: Counter[str] = Counter()


class Cached(Generic[P, R]):
    """A function whose results are held in a pool.

    Where several ask for one result at once, one of them computes it and the others wait. Where that one is ended,
    another begins anew. It is found again by the arguments, and by what the results depend on `besides`.
    """

    __wrapped__: Callable[P, R]

    def __init__(
        self,
        function: Callable[P, R],
        pool: str,
        size: Callable[[R], int],
        breathe: Callable[[], object],
        besides: Callable[[], Hashable],
    ) -> None:
        update_wrapper(self, function)
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.pool, self.size, self.breathe, self.besides = POOLS[pool], size, breathe, besides
        self._under_way: dict[Any, Event] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result, from before or computed now."""
        key = self._key(args, kwargs)
        while True:
            with self.pool.lock:
                if key in self.pool:
                    found: R = self.pool.get(key)
                    return found
                other = self._under_way.get(key)
                if other is None:
                    mine = self._under_way[key] = Event()
                    break
            while not other.wait(PATIENCE):
                self.breathe()
        try:
            result = self.__wrapped__(*args, **kwargs)
            size = self.size(result)
            with self.pool.lock:
                _computed[self.name] += 1
                self.pool.put(key, result, size)
            return result
        finally:  # also where it was ended: then one of those that wait begins anew
            with self.pool.lock:
                del self._under_way[key]
            mine.set()

    def put(self, result: R, *args: P.args, **kwargs: P.kwargs) -> None:
        """Takes in a result that was computed elsewhere."""
        size = self.size(result)
        with self.pool.lock:
            _computed[self.name] += 1
            self.pool.put(self._key(args, kwargs), result, size)

    def has(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the result is there from before."""
        with self.pool.lock:
            return self._key(args, kwargs) in self.pool

    def _key(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        return self.name, args, tuple(kwargs.items()), self.besides()


def cached(
    pool: str,
    size: Callable[[Any], int] = bytes_of,
    breathe: Callable[[], object] = lambda: None,
    besides: Callable[[], Hashable] = lambda: None,
) -> Callable[[Callable[P, R]], Cached[P, R]]:
    """Holds the results of a function, whose arguments can be hashed, in one of the `POOLS`.

    Args:
        size: bytes, about, that a result takes.
        breathe: called every 50 ms by one who waits for another's result; to stop waiting, it raises.
        besides: what the results depend on that is no argument, such as a language.
    """
    return lambda function: Cached(function, pool, size, breathe, besides)


def computed() -> Counter[str]:
    """How often each function has computed a result since the process began, by module and name."""
    return Counter(_computed)


def held() -> dict[str, int]:
    """Bytes, about, that are held in each pool."""
    return {name: pool.total for name, pool in POOLS.items()}


def forget() -> None:
    """Lets all results go, as a process that begins has none."""
    for pool in POOLS.values():
        with pool.lock:
            pool.clear()
